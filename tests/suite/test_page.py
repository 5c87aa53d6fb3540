"""The page about testing says what is so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from harness.cli.test import command
from harness.suite import judge, read_suites, told
from harness.suite.coverage import coverage
from harness.suite.coverage_report import coverage_text

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/testing.md").read_text("utf-8")


SUITE = PAGE.split("```yaml\n")[1].split("```")[0]
FAILURE, COVERAGE = (block.split("```")[0] for block in PAGE.split("```text\n")[1:3])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped policies, with the suite of the page as that of its policy."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "policies/admission/inpatient/tests.yaml"


def failures(file: Path, text: str) -> list[str]:
    file.write_text(text, "utf-8")
    (suite,) = read_suites(["policies/admission"])
    return [told(judged) for test in suite.tests if not (judged := judge(test)).passed]


def unplaced(text: str) -> str:
    """A text without line numbers, which change with every edit of a policy."""
    return re.sub(r":[0-9]+:[0-9]+", "", text)


def test_the_suite_of_the_page_passes(folder: Path) -> None:
    assert failures(folder, SUITE) == []


def test_the_failure_of_the_page_is_told_so(folder: Path) -> None:
    wrong = SUITE.replace("[1, not_medically_necessary, not_met]", "[1, medically_necessary, not_met]")
    assert [unplaced(one) + "\n" for one in failures(folder, wrong)] == [unplaced(FAILURE)]


def test_the_coverage_of_the_page_looks_so(folder: Path) -> None:
    folder.write_text(SUITE, "utf-8")
    (suite,) = read_suites(["policies/admission"])
    found = coverage([suite.tests[0].policy], suite.tests)
    assert unplaced(COVERAGE) == unplaced(coverage_text(found))


def test_every_option_of_the_command_is_on_the_page() -> None:
    names = {name for parameter in command.params for name in parameter.opts if name.startswith("-")}
    assert {name for name in names if f"`{name}" not in PAGE and f" {name}" not in PAGE} == set()
