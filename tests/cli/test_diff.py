"""`necessity diff` as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import BAD_INPUT, DONE, GOOD, Run
from tests.difference.kit import CARE, EXAMPLE, SMALL, copied, edit
from tests.difference.test_revisions import commit, git

CHANGE, UNKNOWN = 3, 4
OTHER_WORDS = (EXAMPLE, "title: Severe pain", "title: Bad pain")
LONGER = (CARE, "value: 6", "value: 8")
OTHER_MEASURE = (CARE, "{months: 12}", "{months: 6}")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`old` and `new`, the same as yet, in the folder where the command runs."""
    for name in ("old", "new"):
        copied(SMALL, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.mark.parametrize(
    ("change", "code", "verdict"),
    [
        (OTHER_WORDS, DONE, "no_case_changes"),
        (LONGER, CHANGE, "outcomes_can_change"),
        (OTHER_MEASURE, UNKNOWN, "unknown"),
    ],
)
def test_exit_code_tells_whether_outcomes_can_change(
    here: Run, folders: Path, change: tuple[str, str, str], code: int, verdict: str
) -> None:
    file, *words = change
    edit(folders / "new" / file, *words)
    names = (f"old/{EXAMPLE}", f"new/{EXAMPLE}", "--format", "json")
    assert here("diff", *names).returncode == DONE, "without the option it is 0 whatever the answer"
    done = here("diff", *names, "--exit-code")
    assert (done.returncode, done.stderr) == (code, "")
    assert json.loads(done.stdout)["verdict"] == verdict


@pytest.mark.usefixtures("folders")
def test_identical_files(here: Run) -> None:
    done = here("diff", f"old/{EXAMPLE}", f"new/{EXAMPLE}", "--exit-code")
    assert done.returncode == DONE
    assert "The content is identical, so no case changes." in done.stdout


def test_one_policy_is_compared_with_the_version_before(here: Run, folders: Path) -> None:
    later = (folders / "new" / EXAMPLE).read_text("utf-8").replace("2026-01-01", "2027-01-01")
    (folders / "new/spine/example/2027-01-01.yaml").write_text(later, "utf-8")
    for words in (
        ("spine/example",),
        ("spine/example@2026-01-01", "spine/example"),
        ("new/spine/example/2027-01-01.yaml",),
    ):
        done = here("diff", *words, "--policies", "new")
        assert "effective.from: 1 January 2026 -> 1 January 2027" in done.stdout, done.stderr
        assert "No case changes" in done.stdout


@pytest.mark.parametrize(
    ("start", "file", "shown"),
    [
        ("new/spine/example", "2026-01-01.yaml", f"../../{EXAMPLE}"),
        ("new/spine", "example/2026-01-01.yaml", f"../{EXAMPLE}"),
        ("new", EXAMPLE, f"./{EXAMPLE}"),
        ("old", f"../new/{EXAMPLE}", f"../new/{EXAMPLE}"),
        (".", f"new/modules/../{EXAMPLE}", f"new/modules/../{EXAMPLE}"),
    ],
)
def test_a_file_is_found_from_wherever_the_command_runs(
    here: Run, folders: Path, monkeypatch: pytest.MonkeyPatch, start: str, file: str, shown: str
) -> None:
    monkeypatch.chdir(folders / start)
    done = here("diff", file, file)
    assert "The content is identical" in done.stdout, done.stderr
    assert f"  old: {shown}, effective" in done.stdout


def test_a_policy_file_is_named_by_its_place_where_nothing_is_shared(
    here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policies" / EXAMPLE
    file.parent.mkdir(parents=True)
    text = (SMALL / EXAMPLE).read_text("utf-8").replace("uses: [{module: care}]\n", "")
    rule = text[text.index("  - id: care-length") : text.index("  - id: severe")]
    alone = text.replace(rule, "").replace(", {rule: care-length}", "")
    file.write_text(alone.replace("    title: Severe pain\n", "    title: Severe pain\n    topic: care\n"), "utf-8")
    monkeypatch.chdir(file.parent)
    done = here("diff", file.name, file.name)
    assert "The content is identical" in done.stdout, done.stderr


def test_witnesses_are_case_files_that_assess_reproduces(here: Run, folders: Path) -> None:
    edit(folders / "new" / CARE, "value: 6", "value: 8")
    here("diff", f"old/{EXAMPLE}", f"new/{EXAMPLE}", "--witnesses", "cases/of/diff")
    files = sorted((folders / "cases/of/diff").iterdir())
    assert files
    for file in files:
        side = file.stem.rpartition("-")[2]
        done = here("assess", str(file), "--policies", side, "--format", "json")
        (one,) = json.loads(done.stdout)["assessments"]
        assert f"expect: {{outcome: {one['outcome']}}}" in file.read_text("utf-8")


def test_a_version_that_is_not_in_force_is_told_in_its_witness(here: Run, folders: Path) -> None:
    later = (folders / "new" / EXAMPLE).read_text("utf-8").replace("2026-01-01", "2027-01-01")
    (folders / "new/spine/example/2027-01-01.yaml").write_text(later.replace("severe, is: true", "severe, is: false"))
    here("diff", "spine/example", "--policies", "new", "--witnesses", "cases")
    old = next((folders / "cases").glob("*-old.yaml")).read_text("utf-8")
    assert "Its version of 2026-01-01 is not the one in force on 2027-01-01" in old


def test_a_revision_beside_what_is_on_the_disk(here: Run, folders: Path) -> None:
    git(folders, "init", ".")
    commit(folders)
    edit(folders / "new" / CARE, "value: 6", "value: 8")
    for words in (
        ("HEAD:spine/example",),
        ("HEAD:spine/example", "spine/example"),
        (f"HEAD:new/{EXAMPLE}", f"new/{EXAMPLE}"),
        ("HEAD:new", "new"),
        ("HEAD",),
        ("HEAD:",),
    ):
        done = here("diff", *words, "--policies", "new")
        assert "value: 6 weeks -> 8 weeks" in done.stdout, (words, done.stderr)
        assert "old: HEAD:new/modules/care.yaml:4 (module care)" in done.stdout
    commit(folders)
    done = here("diff", "HEAD~1", "HEAD", "--policies", "new")
    assert "new: HEAD:new/modules/care.yaml:4 (module care)" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "there is no policy, file, folder or revision `nowhere`"),
        (("spine/nothing",), "there is no policy `spine/nothing`"),
        (("spine/example",), "there is no version of `spine/example` before that of 2026-01-01"),
        (("spine/example@2020-01-01", "spine/example"), "there is no version of `spine/example` from `2020-01-01`"),
        (("gone.yaml", "spine/example"), "there is no file `gone.yaml`"),
        (("new", "spine/example"), "`new` is a whole folder of policies, and `spine/example` is one policy"),
        (("new",), "`new` is a whole folder, and there is nothing to compare it with"),
        ((f"new/{CARE}", f"new/{CARE}"), f"`new/{CARE}` is no policy"),
        (("a", "b", "c"), "more than two things are named"),
        (("HEAD:spine/nothing",), "there is no policy `spine/nothing` in this revision"),
        (("HEAD:new/spine/example/2020-01-01.yaml",), "there is no policy file `new/spine/example/2020-01-01.yaml`"),
        (("nowhere:spine/example",), "there is no revision `nowhere`"),
        ((":spine/example",), "no revision stands before the colon"),
        (("HEAD~1..HEAD",), "there is no policy, file, folder or revision `HEAD~1..HEAD`"),
        (("--", "--output=stolen"), "there is no policy, file, folder or revision `--output=stolen`"),
    ],
)
def test_what_names_nothing_is_told_with_a_cure(here: Run, folders: Path, words: tuple[str, ...], told: str) -> None:
    git(folders, "init", ".")
    commit(folders)
    done = here("diff", "--policies", "new", *words)
    assert done.returncode == BAD_INPUT
    assert told in done.stderr
    assert "  help: " in done.stderr
    assert done.stdout == ""


@pytest.mark.usefixtures("folders")
def test_outside_of_a_repository_a_revision_is_told_to_need_one(here: Run) -> None:
    done = here("diff", "HEAD", "--policies", "new")
    assert done.returncode == BAD_INPUT
    assert "`new` is not in a git repository, so that it has no revisions" in done.stderr


def test_the_mistakes_of_both_sides_are_told_at_once_and_apart(here: Run, folders: Path) -> None:
    edit(folders / "old" / EXAMPLE, "{rule: severe}", "{rule: sever}")
    edit(folders / "new" / EXAMPLE, "fact: pain.severe", "fact: pain.sever")
    done = here("diff", f"old/{EXAMPLE}", f"new/{EXAMPLE}")
    assert done.returncode == BAD_INPUT
    assert f"old/{EXAMPLE}:55:18: error: rule `sever` is not declared (old side)" in done.stderr
    assert "(new side)" in done.stderr


def test_a_witness_folder_that_cannot_be_made_is_told(here: Run, folders: Path) -> None:
    (folders / "taken").write_text("a file")
    done = here("diff", f"old/{EXAMPLE}", f"new/{EXAMPLE}", "--witnesses", "taken")
    assert done.returncode == BAD_INPUT
    assert "taken:1:1: error: the folder cannot be made" in done.stderr


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize("limit", ["0", "-1", "nan", "soon"])
def test_a_time_limit_that_is_none_is_told(here: Run, limit: str) -> None:
    done = here("diff", f"old/{EXAMPLE}", f"new/{EXAMPLE}", "--time-limit", limit)
    assert done.returncode == BAD_INPUT
    assert "Invalid value for '--time-limit'" in done.stderr


def test_the_same_words_give_the_same_bytes(necessity: Run, folders: Path) -> None:
    edit(folders / "new" / CARE, "value: 6", "value: 8")
    words = ("diff", f"{GOOD}/{EXAMPLE}", f"new/{EXAMPLE}", "--format", "markdown")
    first, second = (necessity(*words).stdout for _ in range(2))
    assert first
    assert first == second
