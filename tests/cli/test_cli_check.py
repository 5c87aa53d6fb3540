"""`necessity check` as its user meets it: codes, formats, where the words go, `--explain`, `--watch`."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cli.check import FURTHER, _watch, compiled
from harness.cli.watching import changes
from harness.lint import LINTS
from harness.model.policy import Policies
from harness.policies import Library
from tests.cli.kit import A_PLACE, BAD_INPUT, CLEAN, DONE, LONGEST, Run, is_told, surroundings
from tests.engine.samples import chain

WARNINGS = 3
POLICY = "policies/spine/example/2026-01-01.yaml"


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(CLEAN, "policies"))


def change(old: str, new: str, file: str = POLICY) -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), "utf-8")


def ask_badly() -> None:
    change("question: Is the imaging recent?", "question: Recent imaging")


def break_it() -> None:
    change("{fact: imaging.recent, is: false}", "{fact: imaging.resent, is: false}")


# Codes and streams


def test_without_a_path_it_is_the_folder_policies(policies: Path, here: Run) -> None:
    done = here("check")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, f"{policies}: 1 policy, nothing wrong\n", "")


def test_warnings_alone_have_a_code_of_their_own(policies: Path, here: Run) -> None:
    ask_badly()
    done = here("check", str(policies))
    assert (done.returncode, done.stdout) == (WARNINGS, "")
    assert done.stderr == (
        f"{POLICY}:31:15: warning: the question of `imaging.recent` does not end in `?` [question-without-mark]\n"
        "  help: ask it as a whole question, as one would ask a colleague\n"
        "policies: 1 warning (`necessity check --explain CODE` says more of a warning)\n"
    )


def test_an_error_outweighs_warnings(policies: Path, here: Run) -> None:
    assert policies.is_dir()
    ask_badly()
    break_it()
    done = here("check")
    is_told(done)
    assert "warning" not in done.stderr, "they wait until the file can be read"


def test_what_the_engine_cannot_run_is_an_error() -> None:
    library = Library(Policies({"area/name": (chain(502),)}, "policies"), {}, {}, ())
    assert all("in the engine" in mistake.message for mistake in compiled(library))
    assert len(list(compiled(library))) == 2
    assert compiled in FURTHER


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_data_goes_to_standard_output_whatever_is_found(policies: Path, here: Run, form: str) -> None:
    assert policies.is_dir()
    clean = here("check", "--format", form)
    assert (clean.returncode, clean.stderr) == (DONE, "")
    ask_badly()
    warned = here("check", "--format", form)
    assert (warned.returncode, warned.stderr) == (WARNINGS, "")
    assert "question-without-mark" in warned.stdout
    break_it()
    broken = here("check", "--format", form)
    assert (broken.returncode, broken.stderr) == (BAD_INPUT, "")
    assert "imaging.resent" in broken.stdout
    if form != "github":
        json.loads(broken.stdout)


def test_several_files_are_checked_as_a_commit_hook_names_them(policies: Path, here: Run) -> None:
    ask_badly()
    done = here("check", f"{policies}/modules/shared.yaml", f"{policies}/references.yaml")
    assert (done.returncode, done.stdout) == (DONE, "2 paths: nothing wrong\n")
    assert here("check", POLICY, f"{policies}/references.yaml").returncode == WARNINGS


def test_a_path_that_does_not_exist_is_told_with_the_rest(policies: Path, here: Run) -> None:
    ask_badly()
    done = here("check", str(policies), "policies/spine/nowhere.yaml")
    is_told(done)
    assert "there is no such file" in done.stderr
    assert "question-without-mark" in done.stderr


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "01.12.2026"])
def test_a_date_that_is_none_is_told(here: Run, day: str) -> None:
    done = here("check", "--on", day)
    assert done.returncode == BAD_INPUT
    assert f"`{day}` is not a date; write it as 2026-11-20" in done.stderr


def test_a_past_review_is_told_on_a_date(policies: Path, here: Run) -> None:
    assert policies.is_dir()
    change("uses:", 'approval: {body: C, date: "2025-11-20", next_review: "2026-11-20"}\nuses:')
    assert here("check").returncode == DONE
    done = here("check", "--on", "2026-11-21")
    assert done.returncode == WARNINGS
    assert "was due on 2026-11-20" in done.stderr


# --explain and --codes


@pytest.mark.parametrize("code", LINTS)
def test_explain_prints_the_page_of_a_code(here: Run, code: str) -> None:
    done = here("check", "--explain", code)
    page = Path(__file__).parent.parent.parent / f"docs/checks/{code}.md"
    assert (done.returncode, done.stdout) == (DONE, page.read_text("utf-8"))


def test_a_mistyped_code_is_told(here: Run) -> None:
    done = here("check", "--explain", "keyorder")
    is_told(done)
    assert "did you mean `key-order`?" in done.stderr


def test_codes_lists_every_code(here: Run) -> None:
    done = here("check", "--codes")
    assert [line for line in done.stdout.splitlines() if not line.startswith(" ")] == list(LINTS)


# --watch


def test_watch_checks_again_at_each_change_and_survives_a_broken_file(
    policies: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def happening() -> Iterator[str]:
        break_it()
        yield "a change"
        (policies / "references.yaml").write_text("}{", "utf-8")
        yield "another"
        shutil.rmtree(policies)
        yield "a third"
        shutil.copytree(CLEAN, policies)
        yield "a fourth"

    monkeypatch.setattr("harness.cli.watching.changes", lambda _: happening())
    _watch([str(policies)], "text", None)
    told = capsys.readouterr()
    assert told.out == "policies: 1 policy, nothing wrong\n" * 2
    rounds = told.err.split("\nwatching `policies`; Ctrl-C ends\n\n")
    assert [bool(A_PLACE.search(one)) for one in rounds] == [False, True, True, True, False, False]


def test_watch_ends_on_ctrl_c_within_a_check(
    policies: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def happening() -> Iterator[str]:
        yield "a change"
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.cli.watching.changes", lambda _: happening())
    _watch([str(policies)], "text", None)
    assert capsys.readouterr().out.count("nothing wrong") == 2


def test_watch_of_nothing_is_told_at_once(here: Run, tmp_path: Path) -> None:
    is_told(here("check", "--watch", str(tmp_path / "nowhere")))


def test_watch_without_its_library_says_what_to_install(
    policies: Path, here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "harness.cli.watching", None)
    done = here("check", "--watch", str(policies))
    is_told(done)
    assert "necessity-harness[authoring]" in done.stderr


def test_what_happens_while_a_check_runs_is_not_missed_and_only_yaml_counts(policies: Path) -> None:
    watched = changes([str(policies)])
    (policies / "notes.txt").write_text("not a policy", "utf-8")
    ask_badly()
    (seen,) = next(watched)
    assert seen[1] == str(Path(POLICY).absolute())


def test_watch_sees_a_change_and_ends_with_code_0_on_ctrl_c(policies: Path) -> None:
    command = [sys.executable, "-m", "harness.cli", "check", "--watch", str(policies)]
    running = subprocess.Popen(
        command, env=surroundings(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8"
    )
    assert running.stderr is not None
    lines = iter(running.stderr.readline, "")
    assert next(line for line in lines if line.strip()).startswith("watching")
    ask_badly()
    assert next(line for line in lines if line.strip()).endswith("[question-without-mark]\n")
    running.send_signal(signal.SIGINT)
    assert [line for line in lines if line.strip() and not line.startswith(("watching", " ", "policies: "))] == []
    running.stderr.close()
    assert running.wait(LONGEST) == DONE
