"""The command, through the door that a user takes: words in; words, a file and an exit code out."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import harness.cli
from harness import BadInputError, InternalError, assess, read_case, read_policies, render
from harness.report import FORMATS

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SHIPPED = str(ROOT / "policies")
BAD = Path(__file__).parent / "bad"
GOOD = str(BAD / "good")
BROKEN = sorted((BAD / "cases").glob("*.yaml"))

REQUEST = 'case: small\nrequest: {date: "2026-03-02", services: [{policy: spine/example}]}\n'
SENTINEL = "sentinel-of-health-data"
A_PLACE = re.compile(r"^[^\n]*?:[0-9]+:[0-9]+: error: ", re.MULTILINE)
DONE, PROGRAM_FAILED, BAD_INPUT = 0, 1, 2
LONGEST = 20  # seconds, after which a run is taken to hang

Run = Callable[..., subprocess.CompletedProcess[str]]


def surroundings(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


@pytest.fixture
def necessity(tmp_path: Path) -> Run:
    """Runs the command in a process of its own, in an empty folder."""

    def run(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "harness.cli", *words]
        settings = {"cwd": tmp_path, "env": surroundings(), "stdin": subprocess.DEVNULL, "timeout": LONGEST}
        if "stdout" not in options:
            settings["capture_output"] = True
        return subprocess.run(command, check=False, encoding="utf-8", **(settings | options))

    return run


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, for what a process of its own would not add to."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["necessity", *words])
        with pytest.raises(SystemExit) as left:
            harness.cli.main()
        told = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return run


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(REQUEST, "utf-8")
    return str(tmp_path / "case.yaml")


def broken(folder: Path) -> str:
    (folder / "broken.yaml").write_text(f"{REQUEST}facts: {{pain.score: {SENTINEL}}}\n", "utf-8")
    return str(folder / "broken.yaml")


def is_told(done: subprocess.CompletedProcess[str]) -> None:
    """Bad input is told on standard error alone: place, mistake, cure; and it is no failure of the program."""
    assert done.returncode == BAD_INPUT, done.stderr
    assert done.stdout == ""
    assert A_PLACE.match(done.stderr), done.stderr
    assert "Traceback" not in done.stderr


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
    done = necessity("check", GOOD)
    assert (done.returncode, done.stdout, done.stderr) == (DONE, f"{GOOD}: 1 policy, nothing wrong\n", "")
    assert json.loads(necessity("check", GOOD, "--format", "json").stdout) == {"errors": []}


def test_check_tells_all_that_is_wrong_in_all_files(necessity: Run, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "mixed")
    for name in ("unknown-fact", "wrong-code"):
        shutil.copytree(BAD / "good/spine/example", tmp_path / "mixed/spine" / name)
        text = (BAD / f"policies/{name}.yaml").read_text("utf-8").replace("spine/example", f"spine/{name}")
        (tmp_path / f"mixed/spine/{name}/2026-01-01.yaml").write_text(text, "utf-8")
    done = necessity("check", "mixed")
    is_told(done)
    files = {line.split(":")[0] for line in done.stderr.splitlines() if not line.startswith(" ")}
    assert files == {f"mixed/spine/{name}/2026-01-01.yaml" for name in ("unknown-fact", "wrong-code")}
    errors = json.loads(necessity("check", "mixed", "--format", "json").stderr)["errors"]
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


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A report of an earlier run, which must be there unchanged after the test, and nothing else beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    report = folder / "report.txt"
    report.write_bytes(b"the old report\r\n\xff")
    yield report
    assert report.read_bytes() == b"the old report\r\n\xff"
    assert [file.name for file in folder.iterdir()] == ["report.txt"], "the run has left something behind"


def test_a_bad_case_leaves_the_old_report(here: Run, tmp_path: Path, old: Path) -> None:
    is_told(here("assess", broken(tmp_path), "--policies", GOOD, "--output", str(old)))


def test_a_report_that_cannot_be_made_leaves_the_old_one(
    here: Run, case: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(harness.cli, "render", fail)
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


# Hostile input

_MANY = 100_000
HOSTILE: dict[str, str | bytes] = {
    "nothing": "",
    "comment-only": "# nothing\n",
    "null": "~\n",
    "text": "just text\n",
    "number": "12\n",
    "list": f"- {SENTINEL}\n",
    "zero-bytes": b"\0" * 1000,
    "binary": bytes(range(256)) * 100,
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "latin-1": REQUEST.replace("small", "kleín").encode("latin-1"),
    "utf-16": REQUEST.encode("utf-16"),
    "three-megabytes": f'{REQUEST}title: "{"a" * 3_000_000}"\n',
    "billion-laughs": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n",
    "alias-of-itself": "a: &a [*a]\n",
    "alias-alone": "*a\n",
    "alias-as-key": "&a b: 1\n*a : 2\n",
    "merge": "a: &a {b: 1}\n<<: *a\n",
    "python-object": '!!python/object/apply:os.system ["touch hacked"]\n',
    "deep-lists": "[" * _MANY,
    "deep-mappings": "{a: " * _MANY,
    "deep-keys": "? " * _MANY,
    "list-as-key": "? [a, b]\n: 1\n",
    "two-documents": f"{REQUEST}---\n{REQUEST}",
    "lone-surrogate": f'{REQUEST}title: "\\ud800"\n',
    "long-number": f"{REQUEST}facts: {{pain.score: {'9' * _MANY}}}\n",
    "long-number-like": f"{REQUEST}facts: {{pain.score: {'1' * _MANY}x}}\n",
    "long-decimal": f"{REQUEST}facts: {{pain.score: 0.{'9' * _MANY}}}\n",
    "long-word": f"{REQUEST}facts: {{note.text: {'a' * _MANY}}}\n",
    "long-key": f"{REQUEST}{'a' * _MANY}: 1\n",
    "many-unknown-keys": REQUEST + "".join(f"key{n}: 1\n" for n in range(3000)),
    "many-facts": f"{REQUEST}facts:\n" + "".join(f"  pain.scale{n}: 1\n" for n in range(3000)),
    "other-digits": REQUEST.replace("2026", "\uff12\uff10\uff12\uff16"),
    "year-zero": REQUEST.replace("2026-03-02", "0000-00-00"),
    "year-one": REQUEST.replace("2026-03-02", "0001-01-01"),
    "infinity": f"{REQUEST}facts: {{pain.score: .inf}}\n",
    "not-a-number": f"{REQUEST}facts: {{pain.score: .nan}}\n",
    "code-as-key": f"{REQUEST}__class__: {{__init__: 1}}\n",
    "placeholder": f'{REQUEST}"{{case.__class__}}": "{{0}} %s %(x)s {{{{ 7 * 7 }}}}"\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_case_brings_the_program_down(necessity: Run, tmp_path: Path, name: str) -> None:
    content = HOSTILE[name]
    (tmp_path / "case.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    done = necessity("assess", "case.yaml", "--policies", GOOD)
    is_told(done)
    assert SENTINEL not in done.stderr
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize(
    "name", ["alias-as-key", "binary", "deep-lists", "billion-laughs", "nothing", "lone-surrogate"]
)
def test_no_policy_brings_the_program_down(here: Run, tmp_path: Path, name: str) -> None:
    content = HOSTILE[name]
    shutil.copytree(GOOD, tmp_path / "policies")
    for file in ("references.yaml", "modules/care.yaml", "spine/example/2026-01-01.yaml"):
        (tmp_path / "policies" / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = here("check", str(tmp_path / "policies"))
    is_told(done)
    assert done.stderr.count(": error: ") >= 3, "each of the files is told of"


@pytest.mark.parametrize("word", ["nowhere.yaml", ".", "/dev/zero", "/dev/null", "pipe", "outward.yaml", "self.yaml"])
def test_what_is_no_plain_file_is_no_case(necessity: Run, tmp_path: Path, word: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "outward.yaml").symlink_to(BAD / "good/references.yaml")
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    is_told(necessity("assess", word, "--policies", GOOD))


def test_a_document_that_is_a_pipe_does_not_stop_the_run(necessity: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "note.txt")
    (tmp_path / "case.yaml").write_text(f"{REQUEST}documents: [{{id: note, type: note, file: note.txt}}]\n", "utf-8")
    is_told(necessity("assess", "case.yaml", "--policies", GOOD))


def test_a_policy_that_is_a_pipe_does_not_stop_the_run(necessity: Run, tmp_path: Path, case: str) -> None:
    shutil.copytree(GOOD, tmp_path / "policies")
    os.mkfifo(tmp_path / "policies/modules/pipe.yaml")
    is_told(necessity("assess", case))


def test_a_document_of_one_long_word_does_not_stop_the_run(necessity: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a" * 2_000_000, "utf-8")
    quotes = ", ".join(f"{{document: note, quote: {'a' * n}}}" for n in range(1, 30))
    documents = "documents: [{id: note, type: note, file: note.txt}]\n"
    text = f"{REQUEST}facts: {{pain.severe: {{value: true, evidence: [{quotes}]}}}}\n{documents}"
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    is_told(necessity("assess", "case.yaml", "--policies", GOOD))


def test_a_file_name_of_no_encoding(necessity: Run) -> None:
    for form in ("text", "json"):
        done = necessity("assess", os.fsdecode(b"\xff.yaml"), "--policies", GOOD, "--format", form)
        assert done.returncode == BAD_INPUT
        assert "\\udcff.yaml" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["assess"],
        ["assess", ""],
        ["assess", "a", "b"],
        ["assess", "a", "--format", "pdf"],
        ["assess", "a", "--output"],
        ["assess", "a", "--output", ""],
        ["assess", "a", "--policies", ""],
        ["check", ""],
        ["explain"],
    ],
)
def test_wrong_words_are_bad_input(here: Run, words: list[str]) -> None:
    done = here(*words)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert re.search(r"^(Usage: necessity|Error: )", done.stderr, re.MULTILINE)


# Health data never stands in an error

_IDS = {"policy", "code", "kind", "document", "id", "unit"}
_WORDS_OF_THE_POLICY = {"T12/L1", "L4/L5", "weakness", "numbness", "true", "false"}


def values(data: Any, key: str = "") -> Iterator[str]:
    """The values of a case, as text, but for those that are ids."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from values(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from values(value, key)
    elif key not in _IDS and data not in _WORDS_OF_THE_POLICY and len(data) > 2:
        yield data


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_no_value_of_a_broken_case_is_told(here: Run, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.chdir(BAD)
    done = here("assess", f"cases/{file.name}", "--policies", "good")
    is_told(done)
    told = A_PLACE.sub("", done.stderr)
    try:
        held = list(values(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)))
    except yaml.YAMLError:
        held = []
    assert [value for value in held if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", told)] == []
    assert "sentinel" not in told.lower()


@pytest.mark.parametrize(
    ("fixture", "value", "other"),
    [
        ("choice-unknown", "T12-L1", "L4-L5"),
        ("set-with-unknown-choice", "numbnes", "weaknes"),
        ("level-of-another-spelling", "T12-L1", "L5-S1"),
        ("patient-sex-abbreviated", "F", "femal"),
        ("number-above-maximum", "8127", "11"),
        ("number-in-quotes", '"8"', '"9.5"'),
        ("boolean-as-yes", "yes", "no"),
        ("boolean-as-text", "very much so", "yes"),
        ("date-not-in-quotes", "2026-01-15", "2025-12-31"),
        ("date-not-of-the-calendar", "2026-02-29", "2026-02-31"),
        ("fact-stated-otherwise-than-measured", "8127", "1"),
        ("fact-stated-twice-differently", "7.25", "1"),
        ("code-of-diagnosis-malformed", "5114", "M511X"),
        ("patient-with-age-and-birth-date", "1967-03-14", "1934-01-01"),
        ("quote-of-no-word-in-the-document", "epidural steroid", "gabapentin"),
    ],
)
def test_an_error_does_not_depend_on_the_value(here: Run, tmp_path: Path, fixture: str, value: str, other: str) -> None:
    shutil.copytree(BAD / "cases/documents", tmp_path / "documents")
    text = (BAD / f"cases/{fixture}.yaml").read_text("utf-8")
    assert value in text
    told = []
    for one in (value, other):
        (tmp_path / "case.yaml").write_text(text.replace(value, one, 1), "utf-8")
        told.append(here("assess", str(tmp_path / "case.yaml"), "--policies", GOOD).stderr)
    assert told[0] == told[1] != ""


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
    assert done.stderr.startswith("(standard output):1:1: error: the output cannot be written: no space left")
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


def test_what_is_not_foreseen_is_told_without_its_data(here: Run, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(SENTINEL)

    monkeypatch.setattr(harness.cli, "read_case", fail)
    for form in ("text", "json"):
        done = here("assess", case, "--policies", GOOD, "--format", form)
        assert (done.returncode, done.stdout) == (PROGRAM_FAILED, "")
        assert re.fullmatch(
            r"error: the program failed \(KeyError at test_cli\.py:[0-9]+\), and nothing was written\n  help: .*\n",
            done.stderr,
        )


@pytest.mark.parametrize("kind", ["RecursionError", "MemoryError", "UnicodeError", "AssertionError"])
def test_no_failure_shows_a_traceback(case: str, kind: str) -> None:
    program = (
        "import sys, harness.cli\n"
        f"def fail(*_, **__): raise {kind}({SENTINEL!r})\n"
        "harness.cli.assess = fail\n"
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

    monkeypatch.setattr(harness.cli, "assess", disagree)
    done = here("assess", case, "--policies", GOOD, "--output", str(old))
    assert (done.returncode, done.stdout) == (PROGRAM_FAILED, "")
    assert done.stderr == "error: the engine and the direct evaluator disagree on rule `severe`\n"


# Help


def test_explain_without_a_rule_shows_the_policy(here: Run) -> None:
    done = here("explain", "spine/example", "--policies", GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert "- care-length (criterion): At least 6 weeks of care" in done.stdout
    assert "- pain.severe: Is the pain severe? (true or false)" in done.stdout
    assert "- physical_therapy (counts with supervised: true)" in done.stdout


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
