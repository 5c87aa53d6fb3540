"""Every code has its page, and the page is right: what it says to avoid is found, and what it prefers is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.lint import HEADINGS, LINTS, Lint, check
from harness.lint import codes as modules
from tests.lint.kit import BASE, LATE, checked, codes

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(file.stem for file in Path(modules.__file__).parent.glob("*.py") if file.stem != "__init__")


def snippet(lint: Lint, heading: str) -> str:
    before, _, rest = lint.section(heading).partition("```yaml\n")
    assert not before.strip()
    return rest.removesuffix("```")


def test_every_module_is_a_lint_of_its_name() -> None:
    assert sorted(code.replace("-", "_") for code in LINTS) == FILES


def test_the_base_of_these_tests_is_clean() -> None:
    result = check([str(BASE)], LATE)
    assert not result.told


@pytest.mark.parametrize("lint", LINTS.values(), ids=lambda lint: lint.code)
def test_every_code_says_what_why_avoid_and_prefer(lint: Lint) -> None:
    found = [line[3:] for line in lint.page.splitlines() if line.startswith("## ")]
    assert tuple(found) == HEADINGS
    assert all(lint.section(heading) for heading in HEADINGS)
    assert lint.page.startswith(f"# {lint.code}\n\n{lint.title}.\n")
    assert len(lint.title) < 80


@pytest.mark.parametrize("lint", LINTS.values(), ids=lambda lint: lint.code)
def test_what_a_page_avoids_is_found(lint: Lint, tmp_path: Path) -> None:
    assert lint.code in codes(checked(tmp_path, snippet(lint, "Avoid")))


@pytest.mark.parametrize("lint", LINTS.values(), ids=lambda lint: lint.code)
def test_what_a_page_prefers_is_not(lint: Lint, tmp_path: Path) -> None:
    assert lint.code not in codes(checked(tmp_path, snippet(lint, "Prefer")))


def test_the_written_pages_are_those_of_the_lints() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/checks.py"), "--check"], check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout
    assert {file.stem for file in (ROOT / "docs/checks").glob("*.md")} == {*LINTS, "index"}
