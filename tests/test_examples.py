"""The ten cases of the evidence base, and their variants, end as they must: for these reasons and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import assess, read_case, read_policies
from harness.model.assessment import Assessment, Role
from harness.model.policy import Kind, Policies
from harness.model.values import Outcome, Status

ROOT = Path(__file__).parent.parent
YES, NO, ASK = Outcome.MEDICALLY_NECESSARY, Outcome.NOT_MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION


@pytest.fixture(scope="module")
def policies() -> Policies:
    return read_policies(ROOT / "policies")


def surgery(policies: Policies, example: str) -> Assessment:
    return assess(policies, read_case(ROOT / "examples" / example / "case.yaml", policies))[0]


def deficiencies(assessment: Assessment) -> dict[str, Status]:
    return {f.rule: f.status for f in assessment.findings if f.role is Role.DEFICIENCY}


@pytest.mark.parametrize(
    ("example", "outcome", "reasons", "exceptions"),
    [
        ("02-cauda-equina", YES, {}, {"cauda-equina"}),
        ("03-progressive-weakness", YES, {}, {"progressive-deficit", "severe-weakness"}),
        ("04-complete-care", YES, {}, set()),
        ("05-therapy-41-days", NO, {"physical-therapy": Status.NOT_MET}, set()),
        ("06-therapy-42-days", YES, {}, set()),
        ("06b-care-42-days", NO, {"care-duration": Status.NOT_MET}, set()),
        ("07-imaging-mismatch", NO, {"imaging-correlates": Status.NOT_MET}, set()),
        ("08-prior-surgery", YES, {}, set()),
        ("08b-no-work-up", ASK, {"prior-surgery-work-up": Status.UNDOCUMENTED}, set()),
        ("09-contraindications", YES, {}, set()),
        ("10-refused-physical-therapy", NO, {"physical-therapy": Status.NOT_MET}, set()),
    ],
)
def test_case_of_the_evidence_base(
    policies: Policies, example: str, outcome: Outcome, reasons: dict[str, Status], exceptions: set[str]
) -> None:
    assessment = surgery(policies, example)
    assert assessment.outcome is outcome
    assert assessment.review_required is (outcome is not YES)
    assert deficiencies(assessment) == reasons
    applying = {r.rule for r in assessment.rules if r.kind is Kind.EXCEPTION and r.status is Status.MET}
    assert applying == exceptions


def test_founding_case(policies: Policies) -> None:
    operation, stay = assess(policies, read_case(ROOT / "examples/founding/case.yaml", policies))
    assert operation.outcome is NO
    assert operation.review_required
    assert operation.urgency is not None
    assert {"physical-therapy", "care-duration", "neuropathic-agent", "epidural-considered"} <= set(
        deficiencies(operation)
    )
    assert set(deficiencies(operation).values()) == {Status.UNDOCUMENTED}
    exceptions = [f for f in operation.findings if f.role is Role.EXCEPTION]
    assert exceptions
    assert all(f.status is Status.NOT_MET for f in exceptions)
    assert {p.fact for p in operation.presumptions} >= {fact.fact for f in exceptions for fact in f.facts}
    assert stay.outcome is YES
    assert stay.policy == "admission/inpatient"


def test_what_an_exception_waives_is_never_named(policies: Policies) -> None:
    assessment = surgery(policies, "02-cauda-equina")
    waived = {r.rule for r in assessment.rules if r.kind is Kind.CRITERION and not r.matters}
    assert "physical-therapy" in waived
    assert not waived & {f.rule for f in assessment.findings}
    assert not assessment.documents_required or all(not set(d.rules) & waived for d in assessment.documents_required)
    assert not assessment.remedies


def test_every_remedy_makes_the_outcome_favourable_and_none_is_larger_than_needed(policies: Policies) -> None:
    operation = assess(policies, read_case(ROOT / "examples/founding/case.yaml", policies))[0]
    (remedy,) = operation.remedies
    assert {step.rule for step in remedy.steps} == set(deficiencies(operation))
    assert all(step.document_can_settle for step in remedy.steps)


def test_a_refusal_is_documented_and_a_contraindication_satisfies(policies: Policies) -> None:
    refused = surgery(policies, "10-refused-physical-therapy")
    (remedy,) = refused.remedies
    assert [step.document_can_settle for step in remedy.steps] == [False]
    spared = surgery(policies, "09-contraindications")
    assert {r.rule: r.status for r in spared.rules}["nsaid"] is Status.MET


def test_the_case_of_the_documentation_runs(policies: Policies, tmp_path: Path) -> None:
    page = (ROOT / "docs/getting-started.md").read_text("utf-8")
    (tmp_path / "my-first-case.yaml").write_text(page.split("```yaml\n")[1].split("```")[0], "utf-8")
    (assessment,) = assess(policies, read_case(tmp_path / "my-first-case.yaml", policies))
    assert assessment.outcome is NO
    assert {r.rule: r.status for r in assessment.rules}["therapy-completed"] is Status.UNDOCUMENTED


def test_an_emergency_without_imaging_is_asked_about_and_not_denied(policies: Policies, tmp_path: Path) -> None:
    case = """
case: emergency
request: {date: "2025-11-24", services: [{policy: spine/thoracolumbar-decompression, level: T12/L1, side: left}]}
facts: {neuro.cauda_equina: true}
"""
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    (assessment,) = assess(policies, read_case(tmp_path / "case.yaml", policies))
    assert assessment.outcome is ASK
    assert list(deficiencies(assessment)) == ["imaging-correlates"]
    assert assessment.urgency is not None


def test_undocumented_dates_do_not_hide_a_medicine(policies: Policies, tmp_path: Path) -> None:
    case = """
case: undated
request: {date: "2025-11-24", services: [{policy: spine/thoracolumbar-decompression, level: T12/L1, side: left}]}
episodes: [{kind: medication, attributes: {class: NSAID, agent: naproxen}}]
"""
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    (assessment,) = assess(policies, read_case(tmp_path / "case.yaml", policies))
    assert "nsaid" not in deficiencies(assessment)


def test_all_46_rows_of_the_founding_assessment_have_their_rule(policies: Policies) -> None:
    page = (ROOT / "docs/founding-rows.md").read_text("utf-8")
    groups = {"DA": (1, 3), "DF": (0, 6), "BX": (0, 6), "AL": (0, 7), "PS": (1, 5), "IM": (0, 3)}
    groups |= {"PF": (1, 4), "IP": (1, 2), "RD": (0, 5)}
    evidence = [f"{group}-{n}" for group, (first, last) in groups.items() for n in range(first, last + 1)]
    assert len(evidence) == 46
    rows = {line.split("|")[1].strip(): line for line in page.splitlines() if line.startswith("|")}
    rules = {rule for versions in policies.versions.values() for p in versions for rule in p.rules}
    for row in evidence:
        line = rows[row]
        named = [word for word in line.split("`")[1::2] if word in rules]
        assert named or "decision" in line, f"{row} names no rule"
