"""`necessity format`, as its user runs it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.kit import BAD_INPUT, DONE, PROGRAM_FAILED, ROOT, Run, surroundings

WOULD_CHANGE = 3
UNTIDY = "title: T\npolicy:  a/b # an id\n"
TIDY = "policy: a/b  # an id\ntitle: T\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of policies: a file in order, one that is not, one that cannot be read, one that is none of ours."""
    root = tmp_path / "policies"
    (root / "a" / "b").mkdir(parents=True)
    (root / "a" / "b" / "2026-01-01.yaml").write_text(UNTIDY, "utf-8")
    (root / "references.yaml").write_text("references: {}\n", "utf-8")
    (root / "site.yaml").write_text("nav: [ ]\n", "utf-8")
    return root


def texts(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_folder_of_policies_is_put_in_order_where_none_is_named(folder: Path, necessity: Run) -> None:
    before = texts(folder)
    done = necessity("format")
    assert done.returncode == DONE
    assert done.stdout == (
        "formatted policies/a/b/2026-01-01.yaml\n1 file formatted, 1 file in order, 1 file of another kind left alone\n"
    )
    assert texts(folder) == {**before, "a/b/2026-01-01.yaml": TIDY.encode()}
    assert necessity("format").stdout.startswith("0 files formatted, 2 files in order")


def test_check_lists_what_would_change_and_writes_nothing(folder: Path, necessity: Run) -> None:
    before = texts(folder)
    done = necessity("format", "--check")
    assert done.returncode == WOULD_CHANGE
    assert done.stdout.startswith("would format policies/a/b/2026-01-01.yaml\n1 file to format, 1 file in order")
    assert texts(folder) == before
    assert necessity("format", "--check", "policies/references.yaml").returncode == DONE


def test_diff_shows_what_would_change_and_writes_nothing(folder: Path, necessity: Run) -> None:
    before = texts(folder)
    done = necessity("format", "--diff", "policies/a")
    assert done.returncode == DONE
    assert done.stdout == (
        "--- policies/a/b/2026-01-01.yaml\n"
        "+++ policies/a/b/2026-01-01.yaml\n"
        "@@ -1,2 +1,2 @@\n"
        "+policy: a/b  # an id\n"
        " title: T\n"
        "-policy:  a/b # an id\n"
        "1 file to format, 0 files in order\n"
    )
    assert texts(folder) == before
    assert necessity("format", "--diff", "--check", "policies/a").returncode == WOULD_CHANGE


def test_a_file_with_mistakes_is_told_and_left_alone_and_the_others_are_not(folder: Path, necessity: Run) -> None:
    (folder / "a" / "b" / "tests.yaml").write_text("policy: yes\ntests: []\n", "utf-8")
    done = necessity("format")
    assert done.returncode == BAD_INPUT
    assert done.stderr.startswith("policies/a/b/tests.yaml:1:9: error: ")
    assert done.stdout.endswith("1 file of another kind left alone, 1 file with mistakes left alone\n")
    assert (folder / "a" / "b" / "tests.yaml").read_text("utf-8") == "policy: yes\ntests: []\n"
    assert (folder / "a" / "b" / "2026-01-01.yaml").read_text("utf-8") == TIDY


def test_a_file_that_cannot_be_written_does_not_stop_the_others(
    folder: Path, here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a" / "c").mkdir()
    for name in ("b/2026-06-01.yaml", "c/2026-01-01.yaml"):
        (folder / "a" / name).write_text(UNTIDY, "utf-8")
    whole = tempfile.mkstemp

    def fails(dir: Path, prefix: str) -> tuple[int, str]:  # noqa: A002 - as the library has it
        if Path(dir).name == "b":
            raise PermissionError(13, "Permission denied")
        return whole(dir=dir, prefix=prefix)

    monkeypatch.setattr(tempfile, "mkstemp", fails)
    monkeypatch.chdir(folder.parent)
    done = here("format")
    assert done.returncode == BAD_INPUT
    assert done.stdout == (
        "formatted policies/a/c/2026-01-01.yaml\n"
        "1 file formatted, 1 file in order, 1 file of another kind left alone, 2 files not written\n"
    )
    assert [line.partition(" error: ")[0] for line in done.stderr.splitlines()[::2]] == [
        "policies/a/b/2026-01-01.yaml:1:1:",
        "policies/a/b/2026-06-01.yaml:1:1:",
    ]
    assert (folder / "a" / "c" / "2026-01-01.yaml").read_text("utf-8") == TIDY


def test_a_closed_standard_input_is_told(folder: Path) -> None:
    command = f"{sys.executable} -m harness.cli format - <&-"
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=surroundings(), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (BAD_INPUT, b"")
    assert done.stderr.startswith(b"(standard input):1:1: error: it is closed")


def test_no_value_of_a_case_is_told_whatever_else_it_says(folder: Path, necessity: Run) -> None:
    (folder / "case.yaml").write_text("case: one\npolicy: a/b\nfacts: {a.b: 0812765}\n", "utf-8")
    (folder / "quoted.yaml").write_text("policy: a/b\n'case': one\nfacts: {a.b: 0812765}\n", "utf-8")
    done = necessity("format", "policies/case.yaml", "policies/quoted.yaml")
    assert done.returncode == BAD_INPUT
    assert done.stderr.count(": error: ") == 2
    assert "812765" not in done.stderr


def test_an_editor_sends_a_file_and_gets_it_back(necessity: Run) -> None:
    done = necessity("format", "-", stdin=None, input=UNTIDY)
    assert (done.returncode, done.stdout, done.stderr) == (DONE, TIDY, "")
    done = necessity("format", "-", "--check", stdin=None, input=UNTIDY)
    assert (done.returncode, done.stdout) == (WOULD_CHANGE, "")
    done = necessity("format", "-", stdin=None, input="policy: yes\n")
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert done.stderr.startswith("(standard input):1:9: error: ")
    done = necessity("format", "-", stdin=None, input="nav: []\n")
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert done.stderr.startswith("(standard input):1:1: error: this is not a policy, a module, ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.yaml"], "nowhere.yaml:1:1: error: there is no such file"),
        (["-", "policies"], "(command line): error: `-` stands with other paths"),
        (["empty"], "empty:1:1: error: the folder holds no YAML file"),
        ([""], "it is empty"),
    ],
)
def test_wrong_words_are_told(words: list[str], told: str, folder: Path, necessity: Run) -> None:
    (folder.parent / "empty").mkdir()
    done = necessity("format", *words)
    assert done.returncode == BAD_INPUT
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_keeps_its_mode_and_a_link_stays_one(folder: Path, necessity: Run) -> None:
    file = folder / "a" / "b" / "2026-01-01.yaml"
    file.chmod(0o640)
    link = folder / "a" / "b" / "2027-01-01.yaml"
    link.symlink_to("2026-01-01.yaml")
    assert necessity("format", "policies/a/b/2027-01-01.yaml").returncode == DONE
    assert link.is_symlink()
    assert (file.read_text("utf-8"), file.stat().st_mode & 0o777) == (TIDY, 0o640)


def test_what_the_program_cannot_answer_for_is_left_alone(
    folder: Path, here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.formatting.format.written", lambda _: "policy: a/c\n")
    before = texts(folder)
    done: subprocess.CompletedProcess[str] = here("format", str(folder))
    assert done.returncode == PROGRAM_FAILED
    assert "without changing what it says; it was left alone" in done.stderr
    assert texts(folder) == before


def test_what_this_project_ships_is_in_order(here: Run) -> None:
    done = here("format", "--check", str(ROOT / "policies"), str(ROOT / "examples"))
    assert done.returncode == DONE, done.stdout
