"""The streams of the command, and what is said when the program itself fails."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import harness.cli.assess
from harness import InternalError
from tests.cli.kit import (
    BAD_INPUT,
    DONE,
    EXAMPLES,
    GOOD,
    LONGEST,
    PROGRAM_FAILED,
    REQUEST,
    SENTINEL,
    SHIPPED,
    Run,
    surroundings,
)

# The streams


def test_a_reader_that_has_seen_enough_is_not_told_off(necessity: Run, case: str) -> None:
    for words in (["assess", case, "--policies", GOOD], ["compile", "spine/example", "--policies", GOOD]):
        reader, writer = os.pipe()
        os.close(reader)
        done = necessity(*words, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_told(necessity: Run, case: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = necessity("assess", case, "--policies", GOOD, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == BAD_INPUT
    assert done.stderr.startswith("(standard output): error: the output cannot be written: no space left")
    assert "defect" not in done.stderr


def test_without_standard_output_a_report_is_still_written(tmp_path: Path, case: str) -> None:
    command = f'exec "{sys.executable}" -m harness.cli assess "{case}" --policies "{GOOD}"'
    for more in ("", "--output report.txt"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {more} >&-"],
            cwd=tmp_path,
            env=surroundings(),
            stderr=subprocess.PIPE,
            timeout=LONGEST,
            check=False,
        )
        assert (done.returncode, done.stderr) == (DONE, b"")
    assert (tmp_path / "report.txt").stat().st_size


def test_a_terminal_of_another_encoding_gets_the_same_bytes(necessity: Run) -> None:
    words = ["assess", str(EXAMPLES / "08b-no-work-up" / "case.yaml"), "--policies", SHIPPED]
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = necessity(*words, env=surroundings(**plain))
    assert (done.returncode, done.stderr) == (DONE, "")
    assert done.stdout == necessity(*words).stdout


def on_a_terminal(folder: Path, *words: str, **more: str) -> str:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "harness.cli", *words],
        cwd=folder,
        env=surroundings(**more),
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    read = b""
    try:
        while chunk := os.read(ours, 65536):
            read += chunk
    except OSError:  # how a terminal says that its other end is closed
        pass
    finally:
        os.close(ours)
        process.wait(LONGEST)
    return read.decode().replace("\r\n", "\n")


def test_colour_is_for_a_terminal_that_wants_it(necessity: Run, tmp_path: Path, case: str) -> None:
    words = ["assess", case, "--policies", GOOD]
    piped = necessity(*words).stdout
    assert "\x1b" not in piped
    coloured = on_a_terminal(tmp_path, *words, TERM="xterm")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == piped
    assert on_a_terminal(tmp_path, *words, TERM="xterm", NO_COLOR="1") == piped
    assert on_a_terminal(tmp_path, *words, TERM="dumb") == piped
    assert on_a_terminal(tmp_path, *words, "--output", "report.txt", TERM="xterm") == ""
    assert (tmp_path / "report.txt").read_text("utf-8") == piped


def test_a_file_cannot_give_the_terminal_orders(tmp_path: Path) -> None:
    (tmp_path / "key.yaml").write_text(f'{REQUEST}"\\e[41mkey\\a": 1\n', "utf-8")
    assert "\x1b" not in on_a_terminal(tmp_path, "assess", "key.yaml", "--policies", GOOD, TERM="xterm")
    service = REQUEST.replace("spine/example}", 'spine/example, description: "\\e[41mred\\a"}')
    (tmp_path / "value.yaml").write_text(service, "utf-8")
    shown = on_a_terminal(tmp_path, "assess", "value.yaml", "--policies", GOOD, TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in shown
    assert "\a" not in shown


# When the program fails


def test_a_folder_cannot_forge_a_line(here: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a\n::error::x\x1b"
    for sort in ("empty", "policies"):
        (folder / sort / "modules").mkdir(parents=True)
    (folder / "policies" / "spine.yaml").write_text("x: 1\n", "utf-8")
    for words in (["check", str(folder / "policies")], ["check", str(folder)], ["test", str(folder / "empty")]):
        told = here(*words).stderr
        assert r"a\n::error::x\x1b" in told
        assert not any(line.startswith("::") for line in told.splitlines())


def test_what_is_not_foreseen_is_told_without_its_data(here: Run, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(SENTINEL)

    monkeypatch.setattr(harness.cli.assess, "read_case", fail)
    for form in ("text", "json"):
        done = here("assess", case, "--policies", GOOD, "--format", form)
        assert (done.returncode, done.stdout) == (PROGRAM_FAILED, "")
        assert re.fullmatch(
            r"error: the program failed \(KeyError at [a-z_.]+:[0-9]+\), and nothing was written\n  help: .*\n",
            done.stderr,
        )


@pytest.mark.parametrize("kind", ["RecursionError", "MemoryError", "UnicodeError", "AssertionError"])
def test_no_failure_shows_a_traceback(case: str, kind: str) -> None:
    program = (
        "import sys, harness.cli.assess\n"
        f"def fail(*_, **__): raise {kind}({SENTINEL!r})\n"
        "harness.cli.assess.assess = fail\n"
        f"sys.argv[1:] = ['assess', {case!r}, '--policies', {GOOD!r}]\n"
        "harness.cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert (done.returncode, done.stdout) == (PROGRAM_FAILED, "")
    assert done.stderr.startswith(f"error: the program failed ({kind} at <string>:2)")
    assert SENTINEL not in done.stderr


def test_a_disagreement_of_the_engines_is_a_failure_of_the_program(
    here: Run, case: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disagree(*_: object) -> None:
        raise InternalError("the engine and the direct evaluator disagree on rule `severe`")

    monkeypatch.setattr(harness.cli.assess, "assess", disagree)
    done = here("assess", case, "--policies", GOOD, "--output", str(old))
    assert (done.returncode, done.stdout) == (PROGRAM_FAILED, "")
    assert done.stderr == "error: the engine and the direct evaluator disagree on rule `severe`\n"
