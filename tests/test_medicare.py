"""An overlay for Medicare Advantage may not be stricter than criteria that Medicare has fully established."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
