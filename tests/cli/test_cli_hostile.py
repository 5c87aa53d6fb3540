"""Hostile input brings nothing down, and health data never stands in an error."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.kit import A_PLACE, BAD, BAD_INPUT, BROKEN, GOOD, REQUEST, SENTINEL, Run, is_told

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
