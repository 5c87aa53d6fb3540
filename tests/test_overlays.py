"""Overlays: other values for named policies, laid over them without a copy, each mistake told at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness import BadInputError, assess, read_case, read_policies
from harness.lint import check
from harness.model.condition import All, RuleStatus
from harness.model.values import Interval, Outcome
from harness.policies import read_library
from tests.cli.kit import Run

ROOT = Path(__file__).parent.parent
SURGERY = "spine/thoracolumbar-decompression"
GOOD = ROOT / "tests/bad/good"
PLAIN = """\
overlay: plan
title: A plan
summary: Other values.
policies:
  - policy: spine/example
"""
ADULT = "{id: adult, kind: criterion, title: An adult, when: {fact: patient.age, at_least: 18}}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, tmp_path / "policies")
    (tmp_path / "policies/overlays").mkdir()
    return tmp_path / "policies"


def lay(folder: Path, entry: str) -> None:
    (folder / "overlays/plan.yaml").write_text(PLAIN + entry, "utf-8")


def told(overlay: str = "plan") -> str:
    with pytest.raises(BadInputError) as caught:
        read_policies("policies", overlay)
    return str(caught.value)


def test_the_shipped_overlay_changes_its_values_and_nothing_else() -> None:
    plain, sourced = (read_policies(ROOT / "policies", name).versions[SURGERY][-1] for name in (None, "sourced"))
    assert sourced.version == f"{plain.version}+sourced"
    assert sourced.overlay is not None
    assert plain.overlay is None
    assert sourced.hash != plain.hash
    changed = {name for name, one in sourced.parameters.items() if one.value != plain.parameters[name].value}
    assert changed == {"care_months", "therapy_delivery", "medication_classes_minimum", "modalities_minimum"}
    assert set(sourced.rules) - set(plain.rules) == {"care-six-weeks", "therapy-recent"}
    altered = {name for name, rule in plain.rules.items() if sourced.rules[name].when != rule.when}
    assert {"conservative-care-complete", "therapy-completed"} <= altered
    unaffected = read_policies(ROOT / "policies", "sourced").versions["admission/inpatient"][-1]
    assert unaffected.overlay is None


def test_the_same_case_ends_otherwise_under_an_overlay_that_the_assessment_names(here: Run) -> None:
    policies = read_policies(ROOT / "policies", "sourced")
    (assessment,) = assess(policies, read_case(ROOT / "examples/06b-care-42-days/case.yaml", policies))
    assert assessment.outcome is Outcome.MEDICALLY_NECESSARY
    assert assessment.overlay is not None
    folder, case = str(ROOT / "policies"), str(ROOT / "examples/06b-care-42-days/case.yaml")
    for form in ("text", "markdown", "html", "json"):
        report = here("assess", case, "--policies", folder, "--overlay", "sourced", "--format", form).stdout
        assert "Values that published sources carry" in report, form
        without = here("assess", case, "--policies", folder, "--format", form).stdout
        assert "Values that published sources carry" not in without, form


def test_an_overlay_is_compared_with_the_policy_that_it_changes(here: Run) -> None:
    done = here("diff", f"{SURGERY}+sourced", "--policies", str(ROOT / "policies"))
    assert "Parameter modalities_minimum: 4 -> 2." in done.stdout
    assert "Cases become favourable" in done.stdout
    assert "overlay sourced" in done.stdout


def test_a_parameter_has_the_value_of_the_overlay(folder: Path) -> None:
    lay(folder, "    parameters: {care_weeks: 9}\n")
    policy = read_policies("policies", "plan").versions["spine/example"][0]
    assert policy.parameters["care_weeks"].value == Interval.point(63)
    assert policy.parameters["care_weeks"].place.file == "policies/overlays/plan.yaml"


def test_a_rule_joins_the_decision_and_what_is_undocumented_is_read_otherwise(folder: Path) -> None:
    policy = read_policies("policies").versions["spine/example"][0]
    entry = """\
    when_undocumented: {decision: not_medically_necessary}
    rules:
      - {id: adult, kind: criterion, title: An adult, when: {fact: patient.age, at_least: 18}}
    joins: {adult: decision}
"""
    lay(folder, entry)
    changed = read_policies("policies", "plan").versions["spine/example"][0]
    assert changed.decision.when_undocumented is Outcome.NOT_MEDICALLY_NECESSARY
    assert isinstance(changed.decision.necessary_when, All)
    assert changed.decision.necessary_when.items[-1] == RuleStatus("adult")
    assert set(changed.rules) == {*policy.rules, "adult"}


def test_an_overlay_changes_when_a_version_is_in_force(folder: Path) -> None:
    lay(folder, '    version: "2026-01-01"\n    effective: {from: "2027-01-01"}\n')
    assert read_policies("policies", "plan").versions["spine/example"][0].effective.isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("entry", "message", "cure"),
    [
        ("    parameters: {care_week: 9}\n", "the policy has no parameter `care_week`", "did you mean `care_weeks`?"),
        ('    version: "2025-01-01"\n', "takes effect on 2025-01-01", "there are `2026-01-01`"),
        ('    effective: {from: "2027-01-01"}\n', "other dates are for one version", "name it by `version:`"),
        ("    joins: {adult: decision}\n", "`adult` is no rule of this overlay", ""),
        ("    when_undocumented: {rules: {nothing: more_information}}\n", "rule `nothing` is not declared", ""),
        ("    colour: red\n", "unknown key `colour`", ""),
        ("    parameters: {care_weeks: many}\n", "the value is a word, the module's own is a number", "write a number"),
        (
            "    facts: {patient.age: {question: How old?, type: number}}\n",
            "every request has `patient.age` already",
            "leave it out",
        ),
        (
            f"    rules: [{ADULT}, {ADULT}]\n    joins: {{adult: decision}}\n",
            "rule `adult` is declared twice",
            "the first is at policies/overlays/plan.yaml:6:13",
        ),
        (f"    rules: [{ADULT}]\n", "nothing reads criterion `adult`", "name under `joins` what requires it"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(folder: Path, entry: str, message: str, cure: str) -> None:
    lay(folder, entry)
    text = told()
    assert message in text
    assert cure in text
    assert "policies/overlays/plan.yaml:6:" in text
    assert message in "\n".join(map(str, read_library("policies").mistakes)), "check reads every overlay"


def test_a_value_of_another_sort_is_told_once(folder: Path) -> None:
    lay(folder, "    parameters: {care_weeks: 9 wk}\n")
    assert told().count("error: ") == 1


def test_a_value_that_decides_nothing_is_warned_of_at_the_overlay(folder: Path) -> None:
    lay(folder, "    parameters: {care_weeks: -3}\n")
    (warning,) = (one for one in check(["policies"]).warnings if one.place.file.endswith("plan.yaml"))
    assert warning.code == "threshold-decides-nothing"
    assert warning.place.line == 6
    lay(folder, "    parameters: {care_weeks: 9}\n")
    assert not any(one.place.file.endswith("plan.yaml") for one in check(["policies"]).warnings)


def test_a_rule_that_another_rule_of_the_overlay_reads_needs_no_join(folder: Path) -> None:
    older = "{id: older, kind: criterion, title: An older adult, when: {all: [{rule: adult}]}}"
    lay(folder, f"    rules: [{ADULT}, {older}]\n    joins: {{older: decision}}\n")
    assert {"adult", "older"} <= read_policies("policies", "plan").versions["spine/example"][0].rules.keys()


def test_no_overlay_lets_two_versions_begin_on_one_day(folder: Path) -> None:
    first = folder / "spine/example/2026-01-01.yaml"
    second = first.read_text("utf-8").replace("2026-01-01", "2026-07-01")
    (folder / "spine/example/2026-07-01.yaml").write_text(second, "utf-8")
    lay(folder, '    version: "2026-07-01"\n    effective: {from: "2026-01-01"}\n')
    assert "two versions of `spine/example` take effect on 2026-01-01" in told()
    assert "take effect on 2026-01-01" in "\n".join(map(str, read_library("policies").mistakes))


def test_versions_that_an_overlay_puts_in_another_order_are_held_to_that_order(folder: Path) -> None:
    first = folder / "spine/example/2026-01-01.yaml"
    text = first.read_text("utf-8")
    (folder / "spine/example/2026-07-01.yaml").write_text(text.replace("2026-01-01", "2026-07-01"), "utf-8")
    first.write_text(text.replace('{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-06-30"}'), "utf-8")
    lay(folder, '    version: "2026-07-01"\n    effective: {from: "2025-01-01", until: "2025-12-31"}\n')
    assert not read_library("policies").mistakes
    assert len(read_policies("policies", "plan").versions["spine/example"]) == 2


def test_a_file_beside_the_overlays_is_told_what_an_overlay_is_called(folder: Path) -> None:
    (folder / "overlays/plan.yml").write_text("", "utf-8")
    assert "an overlay `overlays/<name>.yaml`" in "\n".join(map(str, read_library("policies").mistakes))


def test_an_overlay_of_no_policy_is_told(folder: Path) -> None:
    text = PLAIN.replace("spine/example", "spine/exampel")
    (folder / "overlays/plan.yaml").write_text(f"{text}    parameters: {{a: 1}}\n", "utf-8")
    assert "no policy is called `spine/exampel`" in told()
    assert "did you mean `spine/example`?" in told()


def test_one_policy_is_changed_once(folder: Path) -> None:
    lay(folder, "    parameters: {care_weeks: 9}\n  - policy: spine/example\n    parameters: {care_weeks: 8}\n")
    assert "`spine/example` is changed twice" in told()


def test_there_must_be_such_an_overlay(folder: Path) -> None:
    lay(folder, "    parameters: {care_weeks: 9}\n")
    assert "there is no overlay `plam`" in told("plam")
    assert "did you mean `plan`?" in told("plam")
