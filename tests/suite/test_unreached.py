"""`necessity test --prove`: of what no test reaches, what no case can reach is told apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.kit import Run

ROOT = Path(__file__).parent.parent.parent
WRITTEN = "when: {fact: stay.acute_bronchitis, is: true}"
CONTRADICTION = (
    "when: {all: [{fact: stay.expected_midnights, less_than: 1}, {fact: stay.expected_midnights, more_than: 3}]}"
)


@pytest.fixture
def stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    policy = Path("policies/admission/inpatient/2025-01-01.yaml")
    text = policy.read_text("utf-8")
    assert WRITTEN in text
    policy.write_text(text.replace(WRITTEN, CONTRADICTION), "utf-8")
    return policy


@pytest.mark.usefixtures("stay")
def test_what_no_case_reaches_does_not_count(here: Run) -> None:
    done = here("test", "policies/admission", "--prove", "-k", "midnights")
    impossible = done.stdout.partition("proved that no case reaches:\n")[2].partition("\n\n")[0]
    assert impossible.strip().endswith("`bronchitis-usually-outpatient` is given")
    without = here("test", "policies/admission", "--coverage", "-k", "midnights")
    assert "`bronchitis-usually-outpatient` is given" in without.stdout
    assert "proved" not in without.stdout


@pytest.mark.usefixtures("stay")
def test_what_some_case_reaches_counts_all_the_same(here: Run) -> None:
    done = here("test", "policies/admission", "--prove", "-k", "midnights")
    unreached = done.stdout.partition("not reached by any test:\n")[2].partition("\n\n")[0]
    assert "`documented-need` is met" in unreached
    assert "stay expected midnights: less than 1 midnight" in unreached
