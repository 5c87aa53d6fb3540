"""What a proof about cases does not reach is never rounded up to no change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness.difference.change import Bearing
from harness.difference.comparison import Comparing, Comparison, Difference
from harness.difference.meaning import Verdict
from harness.difference.structure import structure
from harness.difference.summary import summary
from harness.difference.text import render_text
from harness.model.condition import Documented
from harness.model.policy import Approval, Fact, Kind, Measure, MeasureOf, Policy, Rule, Urgency, Window
from harness.model.values import FactType, Interval, Outcome
from harness.proof import Proved
from tests.difference.kit import CARE, EXAMPLE, SMALL, Edits, compared, copied, edit, side

LEVEL = ("fact: pain.severe, is: true", "fact: imaging.level, in: [L4/L5]")
SCORE = ("fact: pain.severe, is: true", "fact: pain.score, at_most: 3")
WHERE = "where: {supervised: true}"


def beside(folder: Path, both: Edits, new_only: Edits) -> Comparison:
    """Two copies with the same edits, and one of them with more."""
    old, new = copied(SMALL, folder / "old", both), copied(SMALL, folder / "new", both)
    for file, words in new_only.items():
        edit(new / file, *words)
    return Comparing(60, lambda _: None).versions(side(old, "old"), side(new, "new"))


def test_an_added_choice_that_decides_leaves_the_answer_unknown(tmp_path: Path) -> None:
    wider = {EXAMPLE: ("choices: [T12/L1, L4/L5]", "choices: [T12/L1, L4/L5, L5/S1]")}
    one = beside(tmp_path, {EXAMPLE: LEVEL}, wider)
    assert all(way.answer == Proved() for way in one.meaning.ways)
    assert one.meaning.verdict is Verdict.UNKNOWN
    proved, caution = summary(one)[-2:]
    assert proved.startswith("No case that both sides can read changes: this is proved")
    assert caution == (
        "Values of fact imaging.level that only one side can read are left out: a case that states one is refused on "
        "the other side. Which outcomes they reach is not compared."
    )


def test_a_raised_minimum_of_what_decides_leaves_the_answer_unknown(tmp_path: Path) -> None:
    one = beside(
        tmp_path, {EXAMPLE: SCORE}, {EXAMPLE: ("    minimum: 0\n    maximum: 10", "    minimum: 2\n    maximum: 10")}
    )
    assert one.meaning.verdict is Verdict.UNKNOWN


def test_values_of_one_side_limit_what_is_said_of_each_direction(tmp_path: Path) -> None:
    longer = {CARE: ("value: 6", "value: 8"), EXAMPLE: ("choices: [T12/L1, L4/L5]", "choices: [T12/L1, L4/L5, L5/S1]")}
    said = summary(beside(tmp_path, {EXAMPLE: LEVEL}, longer))
    assert "No case that both sides can read becomes favourable." in said


def test_a_choice_of_a_fact_that_decides_nothing_changes_no_case(tmp_path: Path) -> None:
    one = compared(tmp_path, {EXAMPLE: ("choices: [T12/L1, L4/L5]", "choices: [T12/L1]")})
    assert one.meaning.verdict is Verdict.NO_CASE_CHANGES


@pytest.mark.parametrize(
    ("was", "now", "key"),
    [
        ('{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-12-31"}', "effective.until"),
        ("status: active", "status: draft", "status"),
        ('codes: ["63056"]', 'codes: ["63057"]', "applies_to.CPT"),
    ],
)
def test_a_policy_that_stops_or_starts_to_run_changes_outcomes(tmp_path: Path, was: str, now: str, key: str) -> None:
    one = compared(tmp_path, {EXAMPLE: (was, now)})
    assert one.meaning.verdict is Verdict.OUTCOMES_CAN_CHANGE
    proved, caution = summary(one)[-2:]
    assert proved.startswith("Where the policy runs on both sides, no case changes: this is proved")
    assert caution == (
        f"When the policy runs changes ({key}): a request for which it runs on one side only gets an outcome there and "
        "none on the other."
    )


def test_another_date_in_the_same_file_changes_when_the_policy_runs(tmp_path: Path) -> None:
    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
    moved = (new / EXAMPLE).rename(new / "spine/example/2026-02-01.yaml")
    edit(moved, '{from: "2026-01-01"}', '{from: "2026-02-01"}')
    one = Comparing(60, lambda _: None).versions(side(old, "old"), side(new, "new"))
    assert one.meaning.verdict is Verdict.OUTCOMES_CAN_CHANGE


@pytest.mark.parametrize("status", ["active", "draft"])
def test_a_later_version_beside_the_one_before_it_runs_instead_of_it(tmp_path: Path, status: str) -> None:
    folder = copied(SMALL, tmp_path / "new")
    later = (folder / EXAMPLE).read_text("utf-8").replace("2026-01-01", "2027-01-01")
    (folder / "spine/example/2027-01-01.yaml").write_text(later.replace("status: active", f"status: {status}"), "utf-8")
    new = side(folder, "new")
    old = replace(new, policy=new.shelf.policies.versions["spine/example"][0])
    assert Comparing(60, lambda _: None).versions(old, new).meaning.verdict is Verdict.NO_CASE_CHANGES


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (WHERE, 'where: {supervised: "yes"}', ("measure.where.supervised", ("yes",), ('"yes"',))),
        (WHERE, 'where: {supervised: "true"}', ("measure.where.supervised", ("yes",), ('"true"',))),
        ("where: {visits: 1}", 'where: {visits: "1"}', ("measure.where.visits", ("1",), ('"1"',))),
        ("where: {visits: 1}", "where: {visits: true}", ("measure.where.visits", ("1",), ("yes",))),
        (
            "where: {kind: [true, a]}",
            'where: {kind: ["yes", b]}',
            ("measure.where.kind", ("yes", "a"), ('"yes"', "b")),
        ),
    ],
)
def test_a_value_of_another_type_is_told_as_written(
    tmp_path: Path, was: str, now: str, told: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    both = {} if was == WHERE else {CARE: (WHERE, was)}
    one = beside(tmp_path, both, {CARE: (was, now)})
    ((detail,),) = [change.details for change in one.changes]
    assert (detail.key, detail.old, detail.new) == told
    assert detail.bearing is Bearing.READS
    assert one.meaning.verdict is Verdict.UNKNOWN


def test_content_that_differs_unseen_is_not_said_to_be_the_same(tmp_path: Path) -> None:
    old = side(copied(SMALL, tmp_path / "old"), "old")
    new = replace(old, policy=replace(old.policy, hash="other"))
    assert structure(old, new) == ()
    one = Comparing(60, lambda _: None).versions(old, new)
    text = render_text(Difference("old", "new", (one,), is_of_one=True))
    assert "Nothing differs" not in text
    assert "The files differ in what is not compared here, such as spacing or notation" in " ".join(text.split())


@pytest.mark.parametrize(
    ("was", "now", "key"),
    [
        ("    kind: exception\n", "    kind: exception\n    basis: regulation\n", "basis"),
        ("status: active\n", "status: active\nrationale: It is known.\n", "rationale"),
        ("status: active\n", "status: active\nsummary_of_evidence: Much is known.\n", "summary_of_evidence"),
    ],
)
def test_every_text_that_is_read_is_compared(tmp_path: Path, was: str, now: str, key: str) -> None:
    (change,) = compared(tmp_path, {EXAMPLE: (was, now)}).changes
    assert [detail.key for detail in change.details] == [key]


def test_another_kind_of_rule_can_change_which_deficiencies_are_named(tmp_path: Path) -> None:
    one = compared(tmp_path, {EXAMPLE: ("kind: exception", "kind: definition")})
    assert [change.bearing for change in one.changes] == [Bearing.NAMES]
    assert one.meaning.verdict is Verdict.NO_CASE_CHANGES
    said = summary(one)
    assert "Differences: 1 in which deficiencies are named." in said
    assert said[-2].startswith("No case changes its outcome: this is proved")
    assert said[-1] == "Which deficiencies are named can change (rule severe); the proof is of outcomes alone."


OTHER: dict[type, dict[str, object]] = {  # another value for each field that a reader could miss
    Policy: {
        "id": "spine/other",
        "title": "Other",
        "summary": "Other.",
        "status": "draft",
        "effective": date(2027, 1, 1),
        "until": date(2028, 1, 1),
        "approval": Approval("Committee", date(2025, 1, 1), None),
        "applies_to": (),
        "topics": (),
        "parameters": {},
        "references": {},
        "summary_of_evidence": "Other.",
        "rationale": "Other.",
        "medicare_established": True,
    },
    Rule: {
        "kind": Kind.PITFALL,
        "topic": "other",
        "title": "Other",
        "says": {},
        "submit": "Other",
        "references": (),
        "when": Documented("pain.severe", expected=True),
        "module": "other",
        "urgency": Urgency.URGENT,
        "when_undocumented": Outcome.MORE_INFORMATION,
        "basis": "guideline",
        "relation": "adds",
    },
    Fact: {
        "question": "Other?",
        "look_for": "Other",
        "type": FactType.TEXT,
        "unit": "d",
        "minimum": Decimal(1),
        "maximum": Decimal(1),
        "choices": ("other",),
        "system": "CPT",
        "presumed": Interval.point(Decimal(3)),
        "when_several": "latest",
        "measure": None,
    },
    Measure: {
        "of": MeasureOf.COUNT,
        "episodes": ("other",),
        "where": {"delivery": ("other",)},
        "within": Window(days=3),
        "date_fact": "imaging.date",
    },
}
ELSEWHERE = {  # a place, what is made of the rest, and what is compared part by part
    Policy: {"facts", "rules", "order", "decision", "hash", "place", "properties", "overlay"},
    Rule: {"id", "place", "places"},
    Fact: {"id", "place"},
    Measure: set[str](),
}


@pytest.mark.parametrize("part", OTHER)
def test_every_field_is_compared(tmp_path: Path, part: type) -> None:
    assert {field.name for field in fields(part)} == OTHER[part].keys() | ELSEWHERE[part]
    old = side(copied(SMALL, tmp_path / "old"), "old")
    for name, value in OTHER[part].items():
        new = replace(old, policy=_edited(old.policy, part, name, value))
        assert structure(old, new), f"another {name} of a {part.__name__} is not told"


def _edited(policy: Policy, part: type, name: str, value: object) -> Policy:
    rule, fact = policy.rules["care-length"], policy.facts["care.weeks"]
    assert fact.measure is not None
    changed: dict[str, Any] = {name: value}
    if part is Rule:
        return replace(policy, rules={**policy.rules, rule.id: replace(rule, **changed)})
    if part is Measure:
        changed = {"measure": replace(fact.measure, **changed)}
    if part is not Policy:
        return replace(policy, facts={**policy.facts, fact.id: replace(fact, **changed)})
    return replace(policy, **changed)
