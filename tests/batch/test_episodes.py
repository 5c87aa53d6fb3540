"""Measures of many cases against those of the single case, on random episodes and at every edge that was thought of."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from conftest import Bring, bringing
from episode_kit import EPISODES, Chance, Row, cases_table, episodes_table, fact, in_own_unit, policy, read_singly
from episode_kit import statement as columns_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.batch.columns import column, high, low
from harness.batch.measured import (
    measured,
    measured_high,
    measured_low,
    possible,
    presumed_high,
    presumed_low,
    settled,
)
from harness.batch.words import is_blank, is_one_of, plain
from harness.cases.measures import days_since, measure, same_attribute
from harness.cases.several import Said, settle
from harness.errors import Mistakes
from harness.model.policy import Fact, Measure, MeasureOf, Policy, Window
from harness.model.values import FactType, Interval
from tests.generate import fact_of

TODAY = date(2025, 11, 24)
SEEDS = st.integers(0, 2**32)


def lines(table: Any) -> dict[int, dict[str, Any]]:
    """An expression's rows, by the row of the cases."""
    found = table.to_pyarrow().to_pylist()
    assert len({line["row"] for line in found}) == len(found)
    return {line["row"]: line for line in found}


def compare(asked: Policy, rows: list[Row], got: dict[int, dict[str, Any]]) -> None:
    """Every measure of every row, bound by bound; a difference is shown by the row with the fewest episodes."""
    assert set(got) == {row.number for row in rows}
    differences = []
    for row, name, expected in read_singly(asked, rows):
        line = got[row.number]
        assert line["reason"] is None
        found = line[measured_low(name)], line[measured_high(name)], line[possible(name)]
        if found != expected:
            differences.append((len(row.episodes), asked.facts[name].measure, row, expected, found))
    assert not differences, min(differences, key=lambda one: one[0])


# A seed instead of drawn episodes: one query costs as much for hundreds of cases as for one.
@settings(max_examples=6, deadline=None)
@given(SEEDS)
@example(1)  # asks for 3 months and for 90 days, which DuckDB takes for equal intervals
def test_many_cases_are_measured_as_one(duckdb: Bring, seed: int) -> None:
    chance = Chance(random.Random(seed))
    asked, rows = chance.policy(), chance.rows(300)
    compare(asked, rows, lines(measured(asked, duckdb(cases_table(rows)), duckdb(episodes_table(rows)))))


@pytest.mark.filterwarnings("ignore")
def test_spark_measures_as_one_case(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.sql.session.timeZone", "UTC")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    try:
        bring = bringing(ibis.pyspark.connect(session), tmp_path)
        chance = Chance(random.Random(7))
        asked, rows = chance.policy(), chance.rows(200)
        compare(asked, rows, lines(measured(asked, bring(cases_table(rows)), bring(episodes_table(rows)))))
        letters = words_of_special_letters()
        found = matched(bring, letters, WANTED)
        assert found == {text: any(same_attribute(text, word) for word in WANTED) for text in letters}
    finally:
        session.stop()


def chosen(chance: random.Random, value: Interval | None) -> Interval | None:
    """What a row states beside a measure: nothing, the same, or something else."""
    near = Decimal(chance.choice((0, 1, 6, 7, 41, 42))) + chance.choice((Decimal(0), Decimal("0.000007")))
    ranges = (Interval.point(near), Interval(near, None), Interval(None, near), Interval(near, near + 7))
    return chance.choice((None, None, value, *ranges))


@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_what_is_stated_and_measured_is_settled_as_in_one_case(duckdb: Bring, seed: int) -> None:
    chance = Chance(random.Random(seed))
    asked, rows = chance.policy(), chance.rows(200)
    stated: dict[str, list[float | None]] = {}
    expected: list[tuple[int, Fact, Interval | None]] = []
    rejected = set()
    for row in rows:
        for one in asked.facts.values():
            assert one.measure is not None
            value, _ = measure(one.measure, row.episodes, row.request)
            said = chosen(chance.random, value)
            for name, number in columns_of(one, said).items():
                stated.setdefault(name, []).append(number)
            mistakes = Mistakes()
            several = [Said(v, (), None, None) for v in (said, value) if v is not None]
            reading = settle(one, several, mistakes) if several else None
            if mistakes:
                rejected.add((row.number, one.id))
            expected.append((row.number, one, reading.value if reading else None))  # type: ignore[arg-type]
    typed = {name: pa.array(numbers, pa.float64()) for name, numbers in stated.items()}
    got = lines(settled(asked, duckdb(cases_table(rows, typed)), duckdb(episodes_table(rows))))
    for number, one, value in expected:
        line = got[number]
        assert {name: line[name] for name in columns_of(one, value)} == columns_of(one, value), (one, value)
        assert ((number, one.id) in rejected) == (f"`{one.id}` is stated otherwise" in (line["reason"] or ""))


LAST_USE = fact_of("last.use", FactType.DATE)


@pytest.mark.parametrize("presumed", [None, Interval.point(date(2025, 11, 4).toordinal())])
def test_days_since_a_date(duckdb: Bring, presumed: Interval | None) -> None:
    since = fact("last.age", Measure(MeasureOf.DAYS_SINCE, date_fact="last.use"), "wk")
    asked = replace(policy(since), facts={"last.use": replace(LAST_USE, presumed=presumed), since.id: since})
    day, other = TODAY - timedelta(days=41), TODAY
    dates = [(day, None, None), (None, day, other), (None, day, None), (None, None, day), (None, None, None)]
    rows = [Row(n, f"case-{n}", TODAY, ()) for n in range(len(dates))]
    names = [column("last.use"), low("last.use"), high("last.use")]
    stated = {name: pa.array([one[i] for one in dates], pa.date32()) for i, name in enumerate(names)}
    cases = duckdb(cases_table(rows, stated))
    got, settled_ = lines(measured(asked, cases)), lines(settled(asked, cases))
    for number, (value, least, most) in enumerate(dates):
        ends = [None if one is None else Decimal(one.toordinal()) for one in (value or least, value or most)]
        known = days_since(Interval(*ends), TODAY) if any(ends) else None
        found = got[number][measured_low(since.id)], got[number][measured_high(since.id)]
        assert found == ((known.low, known.high) if known else (None, None))
        assert {name: settled_[number][name] for name in columns_of(since, known)} == columns_of(since, known)
        if presumed is not None:
            read = None if known else 20
            assert got[number][presumed_low(since.id)] == got[number][presumed_high(since.id)] == read
            assert settled_[number][presumed_low(since.id)] == (None if known else 20 / 7)
        else:
            assert presumed_low(since.id) not in got[number]


def test_41_days_are_less_than_6_weeks_and_42_are_not() -> None:
    weeks = fact("care.weeks", Measure(MeasureOf.WEEKS_SPANNED, ("therapy",)), "wk")
    for days in range(1, 4000):
        below, reached = (in_own_unit(weeks, Decimal(one)) for one in (days - 1, days))
        threshold = float(Decimal(days)) / 7
        assert below is not None
        assert below < threshold == reached
    # The nearest that a stated number of weeks can come to a whole number of days, at the most a number can be.
    assert 999_999_999.142857 != 6_999_999_994 / 7


VISITS = fact("care.visits", Measure(MeasureOf.SESSIONS, ("therapy",)), "{visits}")
COUNT = fact("care.count", Measure(MeasureOf.COUNT, ("therapy",), {"supervised": (True,), "at": ("home",)}), None)


def episode(**more: Any) -> dict[str, Any]:
    return {"case_id": "a", "kind": "therapy", "start": date(2025, 10, 1), "end": date(2025, 10, 31), **more}


def reason(duckdb: Bring, *some: dict[str, Any], schema: pa.Schema = EPISODES, known: tuple[str, ...] = ()) -> Any:
    """What is told of a case with these episodes; nothing is of another one."""
    rows = [Row(0, "a", TODAY, ()), Row(1, "b", TODAY, ()), Row(2, "c", TODAY, ())]
    table = pa.Table.from_pylist([*some, episode(case_id="b")], schema)
    got = lines(measured(policy(COUNT, VISITS), duckdb(cases_table(rows)), duckdb(table), known=known))
    assert got[1]["reason"] is got[2]["reason"] is None
    return got[0]["reason"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, None),
        ({"start": TODAY, "end": TODAY, "sessions": 10_000.0, "sessions.at_least": None}, None),
        ({"kind": None}, "an episode has no `kind`"),
        ({"kind": "Therapy"}, "an episode is of a kind that no policy here reads"),
        ({"end": date(2025, 9, 30)}, "`end` of an episode is before its `start`"),
        ({"end": date(2025, 11, 25)}, "`end` of an episode is after the request date"),
        ({"start": date(1899, 12, 31)}, "an episode is dated before 1900"),
        ({"sessions": -1.0}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions": 2.5}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions": float("inf")}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions": float("nan")}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions": 10_001.0}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions.at_most": -1}, "`sessions` of an episode is not a whole number of them"),
        ({"sessions": 2.0, "sessions.at_most": 2}, "an episode has `sessions` and a bound of it beside"),
        (
            {"sessions.at_least": 3, "sessions.at_most": 2},
            "the range of `sessions` of an episode ends before it begins",
        ),
        ({"attribute.at": ""}, "attribute `at` of an episode is empty"),
    ],
)
def test_a_case_is_rejected_for_its_episodes(duckdb: Bring, wrong: dict[str, Any], told: str | None) -> None:
    assert reason(duckdb, episode(), episode(**wrong)) == told


def test_all_that_is_wrong_is_told_once(duckdb: Bring) -> None:
    later = TODAY + timedelta(days=1)
    told = reason(duckdb, episode(kind=None), episode(kind=None), episode(start=later, end=later))
    future = [f"`{name}` of an episode is after the request date" for name in ("start", "end")]
    assert told.split("; ") == ["an episode has no `kind`", *future]


def test_kinds_that_another_policy_reads_are_no_mistake(duckdb: Bring) -> None:
    assert reason(duckdb, episode(kind="surgery"), known=("surgery",)) is None


def test_an_attribute_of_another_type_is_a_mistake(duckdb: Bring) -> None:
    schema = EPISODES.set(
        EPISODES.get_field_index("attribute.supervised"), pa.field("attribute.supervised", pa.int64())
    )
    told = reason(duckdb, episode(**{"attribute.supervised": 1}), schema=schema)
    assert told == "attribute `supervised` of an episode is a number, not `true` or `false`"


def test_columns_may_be_missing(duckdb: Bring) -> None:
    spanned = fact("care.days", Measure(MeasureOf.DAYS_SPANNED, ("therapy",), within=Window(days=30)))
    rows = [Row(0, "a", TODAY, ()), Row(1, "b", TODAY, ())]
    bare = pa.table({"case_id": ["a"], "kind": ["therapy"]})
    line = lines(measured(policy(COUNT, spanned), duckdb(cases_table(rows)), duckdb(bare)))
    for name in ("care.count", "care.days"):
        assert (line[0][measured_low(name)], line[0][possible(name)]) == (None, True)  # it may count, so it is named
        assert (line[1][measured_low(name)], line[1][possible(name)]) == (None, False)


def test_cases_without_episodes_have_no_measures(duckdb: Bring) -> None:
    rows = [Row(0, "a", TODAY, ())]
    line = lines(measured(policy(COUNT), duckdb(cases_table(rows))))[0]
    assert line == {"row": 0, "reason": None, possible("care.count"): False} | dict.fromkeys(
        (measured_low("care.count"), measured_high("care.count"))
    )


def test_other_columns_of_the_cases_are_kept(duckdb: Bring) -> None:
    rows = [Row(0, "a", TODAY, ())]
    line = lines(settled(policy(COUNT), duckdb(cases_table(rows, {"patient__sex": ["female"]}))))[0]
    assert (line["case_id"], line["patient__sex"], line["care__count"]) == ("a", "female", None)


WANTED = ["Straße", "office", "kelvin visit", "ŉame", "ΐ", "'q\\d' \"x\"", "a.b*", "i\u0307", "σς", "ﬃ"]


def words_of_special_letters() -> list[str]:
    """Every letter that folds, alone and in place of its folded form in a word, and words in other cases and spaces."""
    special = [letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.casefold() != letter]
    texts = set(special) | {word.upper() for word in WANTED} | {word.title() for word in WANTED} | set(WANTED)
    for word in map(plain, WANTED):
        texts |= {word.replace(one.casefold(), one) for one in special if one.casefold() in word}
    white = [chr(code) for code in range(0x3001) if chr(code).isspace()]
    texts |= {f"{one}kelvin{one} {one}VISIT\n" for one in white} | {"kelvin", "kelvinvisit", "axb", "a.bb", "\u200bΐ"}
    return sorted(texts)


def matched(bring: Bring, texts: list[str], wanted: list[str]) -> dict[str, bool]:
    table = bring(pa.table({"text": texts}))
    found = table.select(table.text, is_one=is_one_of(table.text, wanted)).to_pyarrow().to_pylist()
    return {line["text"]: line["is_one"] for line in found}


def test_text_is_compared_as_in_one_case(duckdb: Bring) -> None:
    texts = words_of_special_letters()
    found = matched(duckdb, texts, WANTED)
    assert found == {text: any(same_attribute(text, word) for word in WANTED) for text in texts}
    assert sum(found.values()) > 90


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text("sS\u017fßẞtTﬅ \t\u2003fFﬁiIİ\u0307kK\u212a\\.[", max_size=6), min_size=2, max_size=200, unique=True
    )
)
def test_any_text_is_compared_as_in_one_case(duckdb: Bring, texts: list[str]) -> None:
    wanted = [one for one in texts[:3] if one.strip()] or ["s"]
    expected = {text: any(same_attribute(text, word) for word in wanted) for text in texts}
    assert matched(duckdb, texts, wanted) == expected


def test_blank_text_is_all_white_space(duckdb: Bring) -> None:
    texts = ["", " ", "\t\u2003\x1c", " a ", "\u200b"]
    table = duckdb(pa.table({"text": texts}))
    found = table.select(table.text, blank=is_blank(table.text)).to_pyarrow().to_pylist()
    assert {line["text"]: line["blank"] for line in found} == {text: not text.strip() for text in texts}


@pytest.fixture(autouse=True)
def _as_the_batch_runs() -> Iterator[None]:
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    yield
    ibis.options.sql.fuse_selects = before
