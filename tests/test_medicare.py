"""An overlay for Medicare Advantage may not be stricter than criteria that Medicare has fully established."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from harness import assess, read_case, read_policies
from harness.cases.write import case_file
from harness.cli.medicare import refused
from harness.model.values import Outcome
from harness.plain_yaml import written
from harness.policies import read_library
from harness.proof import Proved, Refuted
from harness.proof.stricter import spans, stricter
from tests.cli.kit import Run

ROOT = Path(__file__).parent.parent
EPIDURAL = "pain/epidural-steroid-injection"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("tests.yaml", "overlays"))
    (tmp_path / "policies/overlays").mkdir()
    return tmp_path / "policies"


def overlay(folder: Path, business: str, parameters: str, policy: str = EPIDURAL) -> None:
    text = f"overlay: plan\ntitle: A plan\nsummary: Other values.\nline_of_business: {business}\npolicies:\n"
    text += f"  - policy: {policy}\n    parameters: {parameters}\n"
    (folder / "overlays/plan.yaml").write_text(text, "utf-8")


def test_a_stricter_overlay_is_refused_with_a_case(here: Run, folder: Path) -> None:
    overlay(folder, "medicare-advantage", "{pain_weeks: 6}")
    done = here("check")
    assert done.returncode == 2
    assert done.stderr.startswith("policies/overlays/plan.yaml:6:5: error: it is stricter than Medicare")
    assert "4 weeks" in done.stderr
    assert "42 CFR 422.101(b)(6)" in done.stderr


def test_a_looser_overlay_is_allowed(here: Run, folder: Path) -> None:
    overlay(folder, "medicare-advantage", "{pain_weeks: 2}")
    assert "stricter" not in here("check").stderr


def test_another_line_of_business_is_not_held_to_it(here: Run, folder: Path) -> None:
    overlay(folder, "commercial", "{pain_weeks: 6}")
    assert "stricter" not in here("check").stderr


def test_where_medicare_has_no_criteria_an_overlay_may_be_stricter(here: Run, folder: Path) -> None:
    overlay(folder, "medicare-advantage", "{care_months: 4}", "spine/thoracolumbar-decompression")
    assert "stricter" not in here("check").stderr


def entry(folder: Path, text: str) -> None:
    head = "overlay: plan\ntitle: A plan\nsummary: Other values.\nline_of_business: medicare-advantage\npolicies:\n"
    (folder / "overlays/plan.yaml").write_text(f"{head}  - policy: {EPIDURAL}\n{text}", "utf-8")


def told() -> str:
    return "\n".join(map(str, refused(read_library("policies"))))


CRITERION = "    rules: [{{id: further, kind: criterion, title: More, when: {}}}]\n    joins: {{further: decision}}\n"
STRICTER = {
    "a criterion": CRITERION.format("{fact: patient.age, at_least: 18}"),
    "a criterion that fails in half a week only": CRITERION.format(
        "{not: {all: [{fact: pain.duration, at_least: 97}, {fact: pain.duration, less_than: 97.5}]}}"
    ),
    "a parameter": "    parameters: {benefit_percent: 51}\n",
    "a shorter list": "    parameters: {guidance_methods: [fluoroscopy]}\n",
    "what is undocumented": "    when_undocumented: {decision: not_medically_necessary}\n",
    "what is undocumented, but for one rule": (
        "    when_undocumented: {decision: not_medically_necessary, rules: {covered-cause: more_information}}\n"
    ),
}


@pytest.mark.parametrize("text", STRICTER.values(), ids=STRICTER)
def test_the_case_that_an_overlay_is_refused_for_ends_so_when_it_is_assessed(
    folder: Path, tmp_path: Path, text: str
) -> None:
    entry(folder, text)
    done = told()
    assert "it is stricter than Medicare" in done
    plain, overlaid = read_policies("policies"), read_policies("policies", "plan")
    (span,) = spans(plain, overlaid, EPIDURAL)
    assert span.overlaid is not None
    answer = stricter(span.plain, span.overlaid, (span.first, span.last))
    assert isinstance(answer, Refuted)
    order = [Outcome.NOT_MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION, Outcome.MEDICALLY_NECESSARY]
    ends = []
    for policies, under in ((plain, answer.witness.old), (overlaid, answer.witness.new)):
        case = tmp_path / "case.yaml"
        case.write_text(written(case_file(under.policy, under.facts, "witness", "A witness", under.outcome)), "utf-8")
        (assessment,) = assess(policies, read_case(case, policies))
        assert assessment.outcome is under.outcome
        ends.append(order.index(assessment.outcome))
    assert ends[1] < ends[0]
    assert f"{answer.witness.old.outcome} becomes {answer.witness.new.outcome}".replace("_", " ") in done


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ('{from: "2025-01-01", until: "2025-12-31"}', "1 January 2026"),
        ('{from: "2025-07-01"}', "1 January 2025"),
    ],
)
def test_an_overlay_may_not_leave_days_without_a_version(folder: Path, dates: str, day: str) -> None:
    entry(folder, f'    version: "2025-01-01"\n    effective: {dates}\n')
    done = told()
    assert f"no version is in force on {day} any more" in done


def test_a_version_that_runs_earlier_than_medicare_takes_nothing_away(folder: Path) -> None:
    entry(folder, '    version: "2025-01-01"\n    effective: {from: "2024-01-01"}\n')
    assert "stricter" not in told()


def test_an_overlay_may_not_let_a_stricter_version_run_in_place_of_another(folder: Path) -> None:
    """Both versions stand as they are; only the day on which the second one begins is another."""
    first = folder / EPIDURAL / "2025-01-01.yaml"
    text = first.read_text("utf-8")
    second = text.replace('effective: {from: "2025-01-01"}', 'effective: {from: "2026-01-01"}')
    second = second.replace(
        "    title: Length of pain before a first injection\n    value: 4", "    title: Length\n    value: 2"
    )
    (folder / EPIDURAL / "2026-01-01.yaml").write_text(second, "utf-8")
    entry(folder, '    version: "2026-01-01"\n    effective: {from: "2027-01-01"}\n')
    done = told()
    assert "it is stricter than Medicare" in done
    assert "pain duration 2 weeks" in done
    assert "request date 1 January 2026" in done
    entry(folder, '    version: "2026-01-01"\n    effective: {from: "2025-07-01"}\n')
    assert "stricter" not in told()


LOOSER = {
    "shorter waits": "    parameters: {pain_weeks: 0, benefit_percent: 49, sessions_maximum: 5}\n",
    "a longer list": "    parameters: {guidance_methods: [fluoroscopy, CT, ultrasound]}\n",
    "a remark": "    rules: [{id: aside, kind: pitfall, title: T, when: {fact: patient.age, at_least: 3}}]\n",
    "a criterion that every case meets": CRITERION.format(
        "{any: [{fact: patient.age, documented: true}, {fact: patient.age, documented: false}]}"
    ),
}


@pytest.mark.parametrize("text", LOOSER.values(), ids=LOOSER)
def test_what_takes_nothing_away_is_allowed(folder: Path, text: str) -> None:
    entry(folder, text)
    assert "stricter" not in told()
    plain, overlaid = read_policies("policies"), read_policies("policies", "plan")
    for span in spans(plain, overlaid, EPIDURAL):
        assert span.overlaid is not None
        assert isinstance(stricter(span.plain, span.overlaid, (span.first, span.last)), Proved)


def test_the_days_of_a_span_are_those_of_the_version_without_the_overlay(folder: Path) -> None:
    entry(folder, "    parameters: {pain_weeks: 2}\n")
    (span,) = spans(read_policies("policies"), read_policies("policies", "plan"), EPIDURAL)
    assert (span.first, span.last) == (date(2025, 1, 1), date(2199, 12, 31))
