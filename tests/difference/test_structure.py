"""What differs as written: named by kind and id, in words, with what it can do and where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harness.difference.change import Bearing, Change, Sort
from harness.difference.side import Shelf, Side
from harness.difference.structure import structure
from harness.evaluate import evaluate, outcome_of
from harness.model.condition import RuleStatus
from harness.model.policy import Policies, Policy
from tests.difference.kit import CARE, EXAMPLE, REFERENCES, SMALL, changed, compared, copied, edit, side
from tests.generate import Readings, worlds

DECIDES, READS, SAYS = Bearing.DECIDES, Bearing.READS, Bearing.SAYS

SINGLE = {  # what is told, by the edit that makes it: in which file, what stands there, and what instead
    "policy title title: Example -> Sample (says)": (EXAMPLE, "title: Example\n", "title: Sample\n"),
    "policy status status: active -> draft (runs)": (EXAMPLE, "status: active", "status: draft"),
    "policy effective.until effective.until:  -> 31 December 2026 (runs)": (
        *(EXAMPLE, '{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-12-31"}'),
    ),
    "policy applies_to.CPT applies_to.CPT: 63056 -> 63056 63057 (runs)": (
        *(EXAMPLE, 'codes: ["63056"]', 'codes: ["63056", "63057"]'),
    ),
    "parameter care_weeks value: 6 weeks -> 8 weeks (decides)": (CARE, "value: 6", "value: 8"),
    "parameter care_weeks value: 6 weeks -> 42 days (says)": (CARE, "value: 6\n    unit: wk", "value: 42\n    unit: d"),
    "parameter care_weeks title: Length of care -> Care (says)": (CARE, "title: Length of care", "title: Care"),
    "fact pain.severe question: Is the pain severe? -> Is it severe? (says)": (
        *(EXAMPLE, "question: Is the pain severe?", "question: Is it severe?"),
    ),
    "fact pain.severe presumed:  -> no (decides)": (
        *(EXAMPLE, "question: Is the pain severe?\n", "question: Is the pain severe?\n    presumed: false\n"),
    ),
    "fact note.text look_for:  -> Notes (says)": (
        *(EXAMPLE, "What does the note say?\n", "What does the note say?\n    look_for: Notes\n"),
    ),
    "fact pain.score maximum: 10 -> 9 (reads)": (EXAMPLE, "    maximum: 10\n", "    maximum: 9\n"),
    "fact imaging.level choices: T12/L1 L4/L5 -> T12/L1 (reads)": (
        *(EXAMPLE, "choices: [T12/L1, L4/L5]", "choices: [T12/L1]"),
    ),
    "fact care.weeks measure.within: 12 months -> 6 months (reads)": (CARE, "{months: 12}", "{months: 6}"),
    "fact care.weeks measure.of: weeks_spanned -> weeks_covered (reads)": (
        *(CARE, "of: weeks_spanned", "of: weeks_covered"),
    ),
    "fact care.weeks measure.where.supervised: yes -> no (reads)": (CARE, "supervised: true", "supervised: false"),
    "fact care.weeks when_several:  -> latest (reads)": (
        *(CARE, "    minimum: 0\n", "    minimum: 0\n    when_several: latest\n"),
    ),
    "fact pain.months when_several:  -> latest (says)": (
        *(EXAMPLE, "    unit: mo\n", "    unit: mo\n    when_several: latest\n"),
    ),
    "rule severe kind: exception -> definition (names)": (EXAMPLE, "kind: exception", "kind: definition"),
    "rule severe title: Severe pain -> Bad pain (says)": (EXAMPLE, "title: Severe pain", "title: Bad pain"),
    "rule severe when: pain severe: yes -> pain score: at least 7 (decides)": (
        *(EXAMPLE, "{fact: pain.severe, is: true}", "{fact: pain.score, at_least: 7}"),
    ),
    "rule severe urgency:  -> emergency (says)": (
        *(EXAMPLE, "    title: Severe pain\n", "    title: Severe pain\n    urgency: emergency\n"),
    ),
    "rule care-length submit: Therapy records -> Records of 6 weeks (says)": (
        *(EXAMPLE, "submit: Therapy records", "submit: Records of {care_weeks}"),
    ),
    "rule care-length submit: Therapy records -> Records (says)": (
        EXAMPLE,
        "submit: Therapy records",
        "submit: Records",
    ),
    "rule care-length references.some-guideline-2014: says: suggests six weeks -> says: suggests 6 (says)": (
        *(EXAMPLE, "says: suggests six weeks", "says: suggests 6"),
    ),
    "rule care-length when_undocumented:  -> more information needed (decides)": (
        *(EXAMPLE, "    kind: criterion\n", "    kind: criterion\n    when_undocumented: more_information\n"),
    ),
    "decision decision when_undocumented: more information needed -> not medically necessary at this time (decides)": (
        *(EXAMPLE, "decision:\n", "decision:\n  when_undocumented: not_medically_necessary\n"),
    ),
    "topic care title: Care -> Caring (says)": (EXAMPLE, "{id: care, title: Care}", "{id: care, title: Caring}"),
    "reference some-guideline-2014 status: current -> lapsed (says)": (
        *(REFERENCES, "status: current", "status: lapsed"),
    ),
    "reference some-guideline-2014 issued: 2014 -> 2015 (says)": (REFERENCES, "issued: 2014", "issued: 2015"),
    "reference some-guideline-2014 author: Author A -> Author B (says)": (REFERENCES, "given: A}", "given: B}"),
}


@pytest.mark.parametrize("told", SINGLE)
def test_each_difference_is_named_with_both_sides_and_what_it_can_do(tmp_path: Path, told: str) -> None:
    file, was, instead = SINGLE[told]
    assert [*map(tell, compared(tmp_path, {file: (was, instead)}).changes)] == [told]


def tell(change: Change) -> str:
    (detail,) = change.details
    old, new = (" ".join(lines) for lines in (detail.old, detail.new))
    return f"{change.sort} {change.id} {detail.key}: {old} -> {new} ({detail.bearing.word})"


PROPERTY = """properties:
  - id: severe-suffices
    title: Severe pain is enough
    always: {when: {rule: severe}, then: medically_necessary}
"""


def test_properties_decide_nothing(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("decision:\n", f"{PROPERTY}decision:\n")})
    (change,) = comparison.changes
    assert (change.sort, change.id, change.verb, change.bearing) == (Sort.PROPERTY, "severe-suffices", "added", SAYS)
    assert {detail.key: detail.new for detail in change.details} == {
        "title": ("Severe pain is enough",),
        "always.when": ("Severe pain (rule severe)",),
        "always.then": ("medically necessary",),
    }


def test_a_value_that_the_policy_gives_to_a_module_is_placed_on_both_sides(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("{module: care}", "{module: care, with: {care_weeks: 8}}")})
    change = changed(comparison, Sort.PARAMETER, "care_weeks")
    assert change.old is not None
    assert change.new is not None
    assert (str(change.old.place), change.old.module) == ("old/modules/care.yaml:4:3", "care")
    assert (str(change.new.place), change.new.module) == ("new/spine/example/2026-01-01.yaml:7:30", None)
    assert [reader.id for reader in change.read_by] == ["care-length"]


def test_a_rule_under_another_id_has_gone_and_come(tmp_path: Path) -> None:
    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
    edit(new / EXAMPLE, "id: severe", "id: grave")
    edit(new / EXAMPLE, "{rule: severe}", "{rule: grave}")
    found = {change.id: change for change in structure(side(old, "old"), side(new, "new"))}
    assert [(id_, found[id_].verb) for id_ in ("grave", "severe")] == [("grave", "added"), ("severe", "removed")]
    assert found["grave"].old is None
    assert found["severe"].new is None
    assert {detail.key: detail.new for detail in found["grave"].details} == {
        "when": ("pain severe: yes",),
        "title": ("Severe pain",),
        "kind": ("exception",),
    }
    (decision,) = found["decision"].details
    assert decision.new[1] == "  Severe pain (rule grave)"


def test_the_order_of_conditions_decides_nothing(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        {EXAMPLE: ("any: [{rule: severe}, {rule: care-length}]", "any: [{rule: care-length}, {rule: severe}]")},
    )
    (detail,) = changed(comparison, Sort.DECISION, "decision").details
    assert detail.bearing is SAYS
    assert detail.old == (
        "any of these",
        "  Severe pain (rule severe)",
        "  At least 6 weeks of care (rule care-length)",
    )


def test_a_fact_that_nothing_reads_decides_nothing(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("    type: text\n", "    type: boolean\n    presumed: true\n")})
    bearings = {detail.key: detail.bearing for detail in changed(comparison, Sort.FACT, "note.text").details}
    assert bearings == {"type": READS, "presumed": SAYS}


def of(policy: Policy, name: str) -> Side:
    return Side(policy, Shelf(Policies({policy.id: (policy,)}, name), name))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Policy, Policy, tuple[Readings, ...]]:
    """A policy whose decision reads one of its rules, the same with another rule edited, and some cases."""
    policy, cases = draw(worlds(2, 8, 5))
    names = list(policy.rules)
    decision = replace(policy.decision, necessary_when=RuleStatus(draw(st.sampled_from(names))))
    old = replace(policy, decision=decision)
    target, source = sorted(draw(st.lists(st.sampled_from(range(len(names))), min_size=2, max_size=2, unique=True)))[
        ::-1
    ]
    rule = replace(old.rules[names[target]], when=old.rules[names[source]].when)
    return old, replace(old, rules={**old.rules, rule.id: rule}, hash="other"), cases


@given(edited())
@settings(max_examples=60)
def test_what_is_said_not_to_decide_decides_no_case(drawn: tuple[Policy, Policy, tuple[Readings, ...]]) -> None:
    old, new, cases = drawn
    assume(all(change.bearing is not DECIDES for change in structure(of(old, "old"), of(new, "new"))))
    for facts in cases:
        assert outcome_of(old, facts, evaluate(old, facts)) is outcome_of(new, facts, evaluate(new, facts))
