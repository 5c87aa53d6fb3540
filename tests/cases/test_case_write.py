"""Facts written as a case file are read back as they were; as an entry of `tests.yaml` they have its shape."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from case_kit import fact, policy
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import schema
from harness.cases import read_case
from harness.cases.measures import days_since
from harness.cases.write import case_file, policy_test
from harness.errors import Mistakes
from harness.model.builtin import LEVELS, SETTINGS, SEXES, SIDES
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.policy import Fact, Measure, MeasureOf, Policies, Policy
from harness.model.values import FactType, Interval, Outcome, Status, Value
from harness.plain_yaml import written
from harness.strict_yaml import parse_yaml

SINCE = Measure(MeasureOf.DAYS_SINCE, date_fact="a.date")
FACTS = (
    fact("a.truth", "boolean"),
    fact("a.presumed", "boolean", presumed=False),
    fact("a.weeks", "number", unit="wk", minimum=Decimal(-70), maximum=Decimal(7000)),
    fact("a.days", "number", unit="d"),
    fact("a.plain", "number"),
    fact("a.share", "number", unit="%", minimum=Decimal(0), maximum=Decimal(100), presumed=Interval.point(50)),
    fact("a.choice", "choice", choices=("none", "yes", "4-", "5", "2026-01-01", "a: b")),
    fact("a.several", "set", choices=("none", "no", "true", "1.5")),
    fact("a.codes", "set", system="ICD-10-CM"),
    fact("a.date", "date"),
    fact("a.text", "text"),
    fact("a.since", "number", unit="d", measure=SINCE),
)
POLICY = policy("spine/x", *FACTS)
SHELF = Policies({POLICY.id: (POLICY,)}, "policies")
CODES = ("M51.14", "M51.16", "G83.4", "Z99", "A0A.1234")
DAYS = st.dates(date(2020, 1, 1), date(2199, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=40).map(str.strip)


def numbers(low: int, high: int, step: Decimal = Decimal("0.000001")) -> st.SearchStrategy[Decimal]:
    """Numbers of so many steps: whole ones, round ones and such of six decimals."""
    exact = st.integers(int(low / step), int(high / step)).map(lambda n: n * step)
    return st.one_of(st.integers(low, high).map(Decimal), st.integers(low, high).map(lambda n: Decimal(n) / 2), exact)


def ranges(bounds: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Interval]:
    pairs = st.tuples(bounds, bounds).map(lambda pair: Interval(min(pair), max(pair)))
    return st.one_of(
        bounds.map(Interval.point),
        pairs,
        bounds.map(lambda n: Interval(n, None)),
        bounds.map(lambda n: Interval(None, n)),
    )


def values(one: Fact, on: date) -> st.SearchStrategy[Value]:
    match one.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.NUMBER if one.unit == "wk":
            return ranges(st.one_of(numbers(-70, 7000), numbers(-70, 6999, Decimal("0.000007"))))
        case FactType.NUMBER if one.unit == "%":
            return ranges(numbers(0, 100))
        case FactType.NUMBER:
            return ranges(numbers(-(10**9) if one.measure is None else 0, 10**9))
        case FactType.CHOICE:
            return st.sampled_from(one.choices)
        case FactType.SET:
            return st.frozensets(st.sampled_from(one.choices or CODES), max_size=4)
        case FactType.DATE:
            return ranges(st.integers(1, on.toordinal()).map(Decimal))
        case FactType.TEXT:
            return TEXTS.filter(bool)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Reading]:
    """The facts of any case that a file can hold."""
    on = draw(DAYS)
    held: dict[str, Value | None] = {
        "request.date": Interval.point(on.toordinal()),
        "request.level": draw(st.sampled_from((None, *LEVELS))),
        "request.side": draw(st.sampled_from((None, *SIDES))),
        "request.setting": draw(st.sampled_from((None, *SETTINGS))),
        "patient.age": draw(st.one_of(st.none(), st.integers(0, 130).map(Interval.point))),
        "patient.sex": draw(st.sampled_from((None, *SEXES))),
    }
    for one in FACTS:
        held[one.id] = draw(st.one_of(st.none(), values(one, on)))
    day = held["a.date"]
    if isinstance(day, Interval):
        held["a.since"] = days_since(day, on)
    return {name: _reading(POLICY.facts[name], value) for name, value in held.items()}


def _reading(one: Fact, value: Value | None) -> Reading:
    if value is not None:
        return Reading(State.DOCUMENTED, value)
    return UNDOCUMENTED if one.presumed is None else Reading(State.PRESUMED, one.presumed)


@settings(max_examples=150)
@given(cases())
def test_a_case_file_is_read_back_as_it_was(facts: dict[str, Reading]) -> None:
    statuses = {"some-rule": Status.NOT_MET}
    content = case_file(POLICY, facts, "a-case", "A case: made up", Outcome.MORE_INFORMATION, statuses)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text(written(content), "utf-8")
        case = read_case(file, SHELF)
    assert dict(case.services[0].facts) == facts
    assert case.request_date.toordinal() == facts["request.date"].value.low  # type: ignore[union-attr]


@settings(max_examples=50)
@given(cases())
def test_an_entry_of_the_tests_has_their_shape(facts: dict[str, Reading]) -> None:
    entry = policy_test(POLICY, facts, "it is so", Outcome.NOT_MEDICALLY_NECESSARY, {"some-rule": Status.MET})
    assert entry["expect"] == {"outcome": "not_medically_necessary", "rules": {"some-rule": "met"}}
    mistakes = Mistakes()
    text = written({"policy": "spine/x", "request_date": "2026-01-01", "tests": [entry]})
    located = parse_yaml(text, "tests.yaml", mistakes)
    assert located is not None
    schema.check(located, "tests", mistakes)
    assert not mistakes, [*mistakes]


def test_what_is_presumed_or_given_by_a_date_is_left_out() -> None:
    on = date(2026, 3, 2)
    day = Interval.point(on.toordinal() - 30)
    facts = {name: _reading(one, None) for name, one in POLICY.facts.items()} | {
        "request.date": Reading(State.DOCUMENTED, Interval.point(on.toordinal())),
        "a.date": Reading(State.DOCUMENTED, day),
        "a.since": Reading(State.DOCUMENTED, Interval.point(30)),
        "a.weeks": Reading(State.DOCUMENTED, Interval(Decimal(41), Decimal(42))),
    }
    content = case_file(POLICY, facts, "a-case", "A case")
    assert content["facts"] == {
        "a.weeks": {"value": {"at_least": 41, "at_most": 42}, "unit": "d"},
        "a.date": "2026-01-31",
    }
    assert "expect" not in content
    assert "patient" not in content


def test_a_policy_without_the_built_in_facts_can_be_written_as_well() -> None:
    bare: Policy = replace(POLICY, facts={one.id: one for one in FACTS})
    facts = {name: _reading(one, None) for name, one in POLICY.facts.items()}
    facts["request.date"] = Reading(State.DOCUMENTED, Interval.point(date(2026, 3, 2).toordinal()))
    assert case_file(bare, facts, "a", "b") == case_file(POLICY, facts, "a", "b")
