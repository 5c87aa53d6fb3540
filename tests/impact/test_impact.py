"""`necessity impact` as its user runs it, held to the direct evaluator row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from harness.cli.impact import command
from harness.cli.sample import command as sample
from harness.evaluate import evaluate, outcome_of
from harness.model.condition import rules_read
from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.policies import read_policies
from tests.cli.kit import BAD_INPUT, DONE, SHIPPED, Run, is_told
from tests.difference.kit import EXAMPLE, SMALL, copied, edit
from tests.sampling.kit import readings, rows_of

SURGERY = "spine/thoracolumbar-decompression"
FILE = f"{SURGERY}/2025-01-01.yaml"
WEEKS = "title: Length of physical therapy, first to last visit in elapsed days\n    value: "
RANKS = {Outcome.MEDICALLY_NECESSARY: 0, Outcome.MORE_INFORMATION: 1, Outcome.NOT_MEDICALLY_NECESSARY: 2}
ROWS = 2_000
ENGINES = ("polars", "duckdb")
Told = Mapping[str, Any]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped policies with therapy of eight weeks (`new`), and sampled cases of the old ones."""
    folder = tmp_path_factory.mktemp("impact")
    copied(Path(SHIPPED), folder / "new")
    edit(folder / "new/modules/conservative-care.yaml", f"{WEEKS}6", f"{WEEKS}8")
    words = [SURGERY, "-n", str(ROWS), "--seed", "4", "--policies", SHIPPED]
    done = CliRunner().invoke(sample, [*words, "--output", str(folder / "cases.parquet")])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="session")
def names(folder: Path) -> tuple[str, str, str]:
    return f"{SHIPPED}/{FILE}", f"{folder}/new/{FILE}", f"{folder}/cases.parquet"


@pytest.fixture(scope="session")
def told(names: tuple[str, str, str]) -> Told:
    words = [*names, "--by", "patient.sex", "--by", "patient.age", "--format", "json"]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    result: Told = json.loads(done.stdout)
    return result


def behind(policy: Policy) -> set[str]:
    found: set[str] = set()
    waiting = list(rules_read(policy.decision.necessary_when))
    while waiting:
        rule = waiting.pop()
        found.add(rule)
        waiting += rules_read(policy.rules[rule].when)
    return found


def test_every_count_is_that_of_the_direct_evaluator(
    folder: Path, names: tuple[str, str, str], told: Told, tmp_path: Path
) -> None:
    both = [read_policies(SHIPPED), read_policies(str(folder / "new"))]
    old, new = (one.versions[SURGERY][0] for one in both)
    ways: Counter[tuple[str, str]] = Counter()
    groups: dict[str, Counter[tuple[str | None, str, str]]] = {"patient.sex": Counter(), "patient.age": Counter()}
    rules: dict[str, Counter[str]] = {"worse": Counter(), "better": Counter()}
    relevant = behind(new) | behind(old)
    for row in rows_of(Path(names[2]), old):
        facts = readings(row, old, both[0], tmp_path)  # weeks are in a condition alone: both sides read alike
        was, now = evaluate(old, facts), evaluate(new, facts)
        before, after = outcome_of(old, facts, was), outcome_of(new, facts, now)
        ways[before.value, after.value] += 1
        age = row["patient.age"]
        band = None if age is None else f"{int(age) // 10 * 10} to {int(age) // 10 * 10 + 9}"
        groups["patient.sex"][row["patient.sex"], before.value, after.value] += 1
        groups["patient.age"][band, before.value, after.value] += 1
        if before is not after:
            word = "worse" if RANKS[after] > RANKS[before] else "better"
            rules[word].update(rule for rule in relevant if was[rule] is not now[rule])
    assert {(o, n): c for o, of in told["outcomes"].items() for n, c in of.items() if c} == dict(ways)
    assert told["changed"] == sum(count for (o, n), count in ways.items() if o != n) > 0
    assert told["share_changed"] == told["changed"] / ROWS
    assert {one["rule"]: one["worse"] for one in told["rules"] if one["worse"]} == dict(rules["worse"])
    assert {one["rule"]: one["better"] for one in told["rules"] if one["better"]} == dict(rules["better"])
    for grouping in told["groups"]:
        found = {
            (one["group"], o, n): c
            for one in grouping["groups"]
            for o, of in one["outcomes"].items()
            for n, c in of.items()
            if c
        }
        assert found == dict(groups[grouping["column"]])


def test_the_parameter_that_changed_is_named_as_the_cause(told: Told) -> None:
    changed = {one["rule"]: one["changed"] for one in told["rules"]}
    assert "therapy-completed" in changed
    assert set(map(tuple, changed.values())) == {("parameter physical_therapy_weeks: 6 weeks -> 8 weeks",)}
    assert told["rules"][0]["rule"] == "therapy-completed", "what the others read stands before them"
    assert told["changed_without_a_rule"] == 0
    assert (told["worse"], told["better"]) == (told["changed"], 0), "more weeks are stricter"


def test_the_other_way_round_what_was_worse_is_better(here: Run, names: tuple[str, str, str], told: Told) -> None:
    done = here("impact", names[1], names[0], names[2], "--format", "json")
    assert done.returncode == DONE, done.stderr
    back = json.loads(done.stdout)
    assert (back["worse"], back["better"]) == (told["better"], told["worse"])
    assert back["same_outcome_other_deficiencies"] == told["same_outcome_other_deficiencies"]


def test_groups_are_in_order_and_undocumented_is_last(told: Told) -> None:
    sex, age = ([one["group"] for one in grouping["groups"]] for grouping in told["groups"])
    assert sex == ["female", "male", "other", None]
    assert age[-1] is None
    starts = [int(one.split()[0]) for one in age[:-1]]
    assert starts == sorted(starts)


def test_rejected_rows_and_a_column_that_no_policy_reads(
    here: Run, names: tuple[str, str, str], tmp_path: Path
) -> None:
    cases = pl.read_parquet(names[2]).head(40)
    dates = pl.Series("request_date", [None] * 3 + cases["request_date"].to_list()[3:], dtype=pl.Date)
    cases = cases.with_columns(dates, pl.Series("site", ["<b>&amp;|"] * 20 + ["north"] * 20))
    flat = cases.drop([name for name, of in cases.schema.items() if isinstance(of, pl.List)])
    flat.write_csv(tmp_path / "cases.csv")
    done = here("impact", *names[:2], str(tmp_path / "cases.csv"), "--by", "site", "--format", "json")
    assert done.returncode == DONE, done.stderr
    found = json.loads(done.stdout)
    assert (found["rows"], found["compared"], found["rejected"]) == (40, 37, 3)
    assert found["rejected_reasons"] == {"`request_date` is missing": 3}
    assert [(one["group"], one["rows"], one["rejected"]) for one in found["groups"][0]["groups"]] == [
        ("<b>&amp;|", 20, 3),
        ("north", 20, 0),
    ]
    page = here("impact", *names[:2], str(tmp_path / "cases.csv"), "--by", "site", "--format", "html").stdout
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;amp;|" in page
    _Page(page)
    marked = here("impact", *names[:2], str(tmp_path / "cases.csv"), "--by", "site", "--format", "markdown").stdout
    assert "<b>" not in marked
    assert "&lt;b&gt;&amp;amp;&#124;" in marked


class _Page(HTMLParser):
    """Well formed, without scripts and loads; every drawing with a title and a description."""

    VOID = ("meta", "br", "link", "img")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open
        assert self.seen["script"] == self.seen["link"] == self.seen["img"] == 0
        assert len(self.ids) == len(set(self.ids))
        assert set(self.labelled) <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.labelled += (given.get("aria-labelledby") or "").split()
        if tag == "svg":
            assert given["role"] == "img"
            assert given["aria-labelledby"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += bool(attrs) or 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_has_a_table_beside_each_picture(here: Run, names: tuple[str, str, str], tmp_path: Path) -> None:
    page = tmp_path / "impact.html"
    words = ("--by", "patient.sex", "--by", "patient.age", "--format", "html", "--output", str(page))
    assert here("impact", *names, *words).returncode == DONE
    seen = _Page(page.read_text("utf-8")).seen
    assert (seen["svg"], seen["desc"], seen["table"]) == (3, 3, 4)


def test_both_engines_tell_the_same(here: Run, names: tuple[str, str, str]) -> None:
    pages = {engine: here("impact", *names, "--by", "boundary", "--engine", engine).stdout for engine in ENGINES}
    assert pages["polars"] == pages["duckdb"] != ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "patient.sexx"), "there is no column `patient.sexx` to group by"),
        (("--by", "case_id"), "column `case_id` has more than 100 different values"),
    ],
)
def test_a_column_that_makes_no_groups_is_told(
    here: Run, names: tuple[str, str, str], words: tuple[str, str], says: str
) -> None:
    done = here("impact", *names, *words)
    assert done.returncode == BAD_INPUT
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_folder_is_no_policy(here: Run, names: tuple[str, str, str]) -> None:
    done = here("impact", SHIPPED, SHIPPED, names[2])
    is_told(done)
    assert "is a whole folder of policies" in done.stderr


def test_a_rule_of_one_side_counts_where_it_helped_or_was_missed(here: Run, tmp_path: Path) -> None:
    """An exception is taken away: who had it becomes worse by it; the other way round it makes them better."""
    for name in ("old", "new"):
        copied(SMALL, tmp_path / name)
    exception = "  - id: severe\n    kind: exception\n    title: Severe pain\n    when: {fact: pain.severe, is: true}\n"
    edit(tmp_path / "new" / EXAMPLE, exception, "")
    edit(tmp_path / "new" / EXAMPLE, "any: [{rule: severe}, {rule: care-length}]", "any: [{rule: care-length}]")
    rows = [(severe, weeks) for severe in (True, False, None) for weeks in (3.0, 8.0, None)]
    cases = pl.DataFrame(rows, schema={"pain.severe": pl.Boolean, "care.weeks": pl.Float64}, orient="row")
    date = pl.Series("request_date", ["1999-01-01"] * len(rows)).str.to_date()
    cases = cases.with_columns(date, case_id=pl.int_range(pl.len()).cast(pl.String))
    cases.write_parquet(tmp_path / "cases.parquet")
    for old, new, word in (("old", "new", "worse"), ("new", "old", "better")):
        names = [str(tmp_path / side / EXAMPLE) for side in (old, new)]
        done = here("impact", *names, str(tmp_path / "cases.parquet"), "--format", "json")
        assert done.returncode == DONE, done.stderr
        told = json.loads(done.stdout)
        assert told["compared"] == len(rows), "the request date does not choose a version"
        severe = {one["rule"]: one for one in told["rules"]}["severe"]
        assert severe[word] >= 2, "severe pain, and care too short or not documented"
        assert "rule severe, " in severe["changed"][0]
