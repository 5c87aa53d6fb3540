"""What is written never replaces what is read, and never stands among the policies as one of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.kit import DONE, REQUEST, Run, is_told
from tests.difference.kit import EXAMPLE, SMALL, copied

TESTS = """policy: spine/example
request_date: "2026-03-02"
tests:
  - name: severe pain is enough
    given: {pain.severe: true}
    expect: {outcome: medically_necessary}
"""
WORDS = {
    "assess": ("assess", "case.yaml", "--policies", "policies"),
    "compile": ("compile", "spine/example"),
    "diff": ("diff", f"policies/{EXAMPLE}", f"policies/{EXAMPLE}"),
    "mutate": ("mutate", "spine/example", "--min", "0"),
    "test": ("test", "policies"),
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Policies with tests beside them, and a case, in the folder where the command runs."""
    copied(SMALL, tmp_path / "policies")
    (tmp_path / "policies/spine/example/tests.yaml").write_text(TESTS, "utf-8")
    (tmp_path / "case.yaml").write_text(f"{REQUEST}facts: {{pain.severe: true}}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    "output",
    [
        f"policies/{EXAMPLE}",
        "policies/spine/example/tests.yaml",
        "policies/references.yaml",
        "policies/new.yaml",
        "policies/spine/../spine/example/NEW.YML",
        "link/new.yaml",
    ],
)
def test_no_output_stands_among_the_policies(here: Run, place: Path, words: tuple[str, ...], output: str) -> None:
    (place / "link").symlink_to(place / "policies")
    before = content(place)
    done = here(*words, "--output", output)
    is_told(done)
    assert "--output" in done.stderr
    assert content(place) == before


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_report_beside_the_policies_is_written(here: Run, place: Path, words: tuple[str, ...]) -> None:
    for output in ("report.yaml", "policies/report.txt"):
        done = here(*words, "--output", output)
        assert done.returncode == DONE, done.stderr
        assert (place / output).stat().st_size


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_case_is_not_replaced_through_a_link(here: Run, place: Path, link: object) -> None:
    assert callable(link)
    link(place / "case.yaml", place / "other.txt")
    before = content(place)
    done = here(*WORDS["assess"], "--output", "other.txt")
    is_told(done)
    assert "the output would replace `case.yaml`, which is read" in done.stderr
    assert content(place) == before


def test_a_policy_that_lies_elsewhere_and_is_linked_is_not_replaced(here: Run, place: Path) -> None:
    shutil.move(place / "policies" / EXAMPLE, place / "real.txt")
    (place / "policies" / EXAMPLE).symlink_to(place / "real.txt")
    before = content(place)
    done = here(*WORDS["compile"], "--output", "real.txt")
    is_told(done)
    assert "for `--output`" in done.stderr
    assert content(place) == before


def test_tests_named_for_mutants_are_not_replaced(here: Run, place: Path) -> None:
    shutil.move(place / "policies/spine/example/tests.yaml", place / "mine.yaml")
    done = here("mutate", "spine/example", "--tests", "mine.yaml", "--output", "mine.yaml")
    is_told(done)
    assert "the output would replace `mine.yaml`, which is read" in done.stderr
    assert (place / "mine.yaml").read_text("utf-8") == TESTS


@pytest.mark.parametrize("words", [WORDS["diff"], ("prove", "spine/example")], ids=["diff", "prove"])
@pytest.mark.parametrize("folder", ["policies", "policies/spine/example", "policies/witnesses"])
def test_no_witnesses_stand_among_the_policies(here: Run, place: Path, words: tuple[str, ...], folder: str) -> None:
    before = content(place)
    done = here(*words, "--witnesses", folder)
    is_told(done)
    assert "--witnesses" in done.stderr
    assert content(place) == before
