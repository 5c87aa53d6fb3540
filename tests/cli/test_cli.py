"""The command, through the door that a user takes: words in; words, a file and an exit code out."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
from pathlib import Path

import pytest

import harness.cli.assess
from harness import BadInputError, assess, read_case, read_policies, render
from harness.report import FORMATS
from tests.cli.kit import BAD, BAD_INPUT, CLEAN, DONE, EXAMPLES, GOOD, PROGRAM_FAILED, SHIPPED, Run, broken, is_told

# What is assessed, and the codes


@pytest.mark.parametrize(("example", "code"), [("founding", 3), ("04-complete-care", 0), ("08b-no-work-up", 4)])
def test_exit_code_says_the_outcome_when_asked(necessity: Run, example: str, code: int) -> None:
    words = ["assess", str(EXAMPLES / example / "case.yaml"), "--policies", SHIPPED]
    assert necessity(*words, "--exit-code").returncode == code


def test_an_assessment_that_is_not_favourable_is_no_failure(necessity: Run) -> None:
    done = necessity("assess", str(EXAMPLES / "founding" / "case.yaml"), "--policies", SHIPPED)
    assert (done.returncode, done.stderr) == (DONE, "")


def test_policies_are_looked_for_in_the_folder_of_that_name(necessity: Run, tmp_path: Path, case: str) -> None:
    shutil.copytree(GOOD, tmp_path / "policies")
    assert necessity("assess", case).stdout == necessity("assess", case, "--policies", GOOD).stdout != ""


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_three_lines_of_python_do_the_same(necessity: Run, case: str, form: str) -> None:
    policies = read_policies(GOOD)
    assessments = assess(policies, read_case(case, policies))
    assert necessity("assess", case, "--policies", GOOD, "--format", form).stdout == render(assessments, form)


def test_python_raises_what_the_command_prints(necessity: Run, tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        read_case(broken(tmp_path), read_policies(GOOD))
    assert necessity("assess", broken(tmp_path), "--policies", GOOD).stderr == f"{caught.value}\n"


# What is wrong is told


def test_mistakes_are_told_as_json_too(necessity: Run, tmp_path: Path) -> None:
    done = necessity("assess", broken(tmp_path), "--policies", GOOD, "--format", "json")
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    (mistake,) = json.loads(done.stderr)["errors"]
    assert mistake == {
        "file": str(tmp_path / "broken.yaml"),
        "line": 3,
        "column": 21,
        "message": "`pain.score` is text, not a number",
        "help": mistake["help"],
    }
    assert mistake["help"]


def test_a_file_is_named_as_the_user_named_it(necessity: Run, tmp_path: Path) -> None:
    broken(tmp_path)
    assert necessity("assess", "broken.yaml", "--policies", GOOD).stderr.startswith("broken.yaml:3:21: error: ")


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (["explain", "spine/exampel", "severe"], "did you mean `spine/example`?"),
        (["explain", "spine/example", "sever"], "did you mean `severe`?"),
        (["explain", "nonsense", "severe"], "there are `spine/example`"),
        (["explain", "spine/example", "nonsense"], "there are `care-length`, `severe`"),
        (["compile", "spine/exampel"], "did you mean `spine/example`?"),
        (["compile", "spine/example@2026-01-02"], "did you mean `2026-01-01`?"),
    ],
)
def test_an_unknown_id_is_met_with_the_nearest(here: Run, words: list[str], cure: str) -> None:
    done = here(*words, "--policies", GOOD)
    is_told(done)
    assert f"  help: {cure}" in done.stderr


@pytest.mark.parametrize("policy", ["spine/example", "spine/example@2026-01-01"])
def test_a_policy_compiles_by_id_and_by_version(necessity: Run, policy: str) -> None:
    done = necessity("compile", policy, "--policies", GOOD)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert json.loads(done.stdout)


def test_the_latest_version_compiles_unless_another_is_named(necessity: Run, tmp_path: Path) -> None:
    later = tmp_path / "two/spine/example/2026-07-01.yaml"
    shutil.copytree(GOOD, tmp_path / "two")
    text = (BAD / "good/spine/example/2026-01-01.yaml").read_text("utf-8")
    later.write_text(text.replace('"2026-01-01"', '"2026-07-01"').replace("id: severe", "id: harsh"), "utf-8")
    later.write_text(later.read_text("utf-8").replace("{rule: severe}", "{rule: harsh}"), "utf-8")
    said = {at: necessity("compile", f"spine/example{at}", "--policies", "two").stdout for at in ("", "@2026-01-01")}
    assert "harsh" in said[""]
    assert "harsh" not in said["@2026-01-01"]


def test_explain_prints_the_rule(here: Run) -> None:
    done = here("explain", "spine/example", "care-length", "--policies", GOOD)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert "At least 6 weeks of care" in done.stdout


# check


def test_check_of_a_good_folder(necessity: Run) -> None:
    done = necessity("check", CLEAN)
    assert (done.returncode, done.stdout, done.stderr) == (DONE, f"{CLEAN}: 1 policy, nothing wrong\n", "")
    assert json.loads(necessity("check", CLEAN, "--format", "json").stdout) == {"errors": [], "warnings": []}


def test_check_tells_all_that_is_wrong_in_all_files(necessity: Run, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "mixed")
    for name in ("unknown-fact", "wrong-code"):
        shutil.copytree(BAD / "good/spine/example", tmp_path / "mixed/spine" / name)
        text = (BAD / f"policies/{name}.yaml").read_text("utf-8").replace("spine/example", f"spine/{name}")
        (tmp_path / f"mixed/spine/{name}/2026-01-01.yaml").write_text(text, "utf-8")
    done = necessity("check", "mixed")
    is_told(done)
    files = {line.split(":")[0] for line in done.stderr.splitlines() if ": error: " in line}
    assert files == {f"mixed/spine/{name}/2026-01-01.yaml" for name in ("unknown-fact", "wrong-code")}
    errors = json.loads(necessity("check", "mixed", "--format", "json").stdout)["errors"]
    assert len(errors) == done.stderr.count(": error: ")


@pytest.mark.parametrize("folder", ["nowhere", "file", "empty"])
def test_check_of_what_holds_no_policy(here: Run, tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    is_told(here("check", str(tmp_path / folder)))


# --output


def test_output_is_the_whole_report_and_nothing_is_printed(necessity: Run, tmp_path: Path, case: str) -> None:
    for name in ("new.html", "old.html"):
        (tmp_path / "old.html").write_text("an old report, longer than nothing", "utf-8")
        done = necessity("assess", case, "--policies", GOOD, "--format", "html", "--output", name)
        assert (done.returncode, done.stdout, done.stderr) == (DONE, "", "")
        printed = necessity("assess", case, "--policies", GOOD, "--format", "html").stdout
        assert (tmp_path / name).read_text("utf-8") == printed
    assert {file.name for file in tmp_path.iterdir()} == {"case.yaml", "new.html", "old.html"}


def test_a_bad_case_leaves_the_old_report(here: Run, tmp_path: Path, old: Path) -> None:
    is_told(here("assess", broken(tmp_path), "--policies", GOOD, "--output", str(old)))


def test_a_report_that_cannot_be_made_leaves_the_old_one(
    here: Run, case: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(harness.cli.assess, "render", fail)
    assert here("assess", case, "--policies", GOOD, "--output", str(old)).returncode == PROGRAM_FAILED


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_report(
    here: Run, case: str, old: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], fail)
    done = here("assess", case, "--policies", GOOD, "--output", str(old))
    is_told(done)
    assert "no space left on device" in done.stderr


@pytest.mark.parametrize("name", [".", "nowhere/report.txt", "report.txt/within", "x" * 300])
def test_a_place_that_cannot_be_written(here: Run, case: str, old: Path, name: str) -> None:
    is_told(here("assess", case, "--policies", GOOD, "--output", f"{old.parent}/{name}"))


def test_a_link_is_written_through_and_closed_stays_closed(necessity: Run, tmp_path: Path, case: str) -> None:
    report, link = tmp_path / "report.txt", tmp_path / "link.txt"
    report.write_text("old", "utf-8")
    report.chmod(0o600)
    link.symlink_to(report)
    assert necessity("assess", case, "--policies", GOOD, "--output", "link.txt").returncode == DONE
    assert link.is_symlink()
    assert report.read_text("utf-8").startswith("Medical necessity")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_pipe_is_written_to_and_not_replaced(necessity: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert necessity("compile", "spine/example", "--policies", GOOD, "--output", "pipe").returncode == DONE
        assert os.read(reader, 10).startswith(b"{")
    finally:
        os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


# Help


def test_explain_without_a_rule_shows_the_policy(here: Run) -> None:
    done = here("explain", "spine/example", "--policies", GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert "- care-length (criterion): At least 6 weeks of care" in done.stdout
    assert "- pain.severe: Is the pain severe? (true or false)" in done.stdout
    stated, _, measured = done.stdout.partition("Facts measured (no case need state them)\n")
    assert "- care.weeks" not in stated
    assert "- care.weeks: How many weeks of care? (number in wk; measured from episodes: physical_therapy)" in measured
    assert "- physical_therapy (counts with supervised: true)" in measured


@pytest.mark.parametrize(
    ("word", "told"), [("chek", "did you mean `check`?"), ("cure", "`necessity --help` lists them")]
)
def test_a_command_that_there_is_not(here: Run, word: str, told: str) -> None:
    done = here(word)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert f"Error: there is no command `{word}`; {told}\n" in done.stderr


@pytest.mark.parametrize("command", [[], ["assess"], ["check"], ["compile"], ["explain"]])
def test_help(here: Run, command: list[str]) -> None:
    for word in ("--help", "-h"):
        done = here(*command, word)
        assert (done.returncode, done.stderr) == (DONE, "")
        assert done.stdout.startswith(" ".join(["Usage: necessity", *command]))


def test_version(necessity: Run) -> None:
    done = necessity("--version")
    assert (done.returncode, done.stderr) == (DONE, "")
    assert re.search(r"[0-9]+\.[0-9]+\.[0-9]+", done.stdout)
