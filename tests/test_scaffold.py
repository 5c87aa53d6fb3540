"""`necessity new`: what it writes works from the first minute, and nothing that is there is ever written over."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from harness import read_policies
from harness.errors import BadInputError
from harness.scaffold import files as scaffold_files
from harness.scaffold import new_policy, new_version, write_new
from tests.cli.kit import BAD_INPUT, DONE, ROOT, Run

MADE = (
    "examples/spine-lumbar-mri/case.yaml",
    "policies/references.yaml",
    "policies/spine/lumbar-mri/2026-01-01.yaml",
    "policies/spine/lumbar-mri/tests.yaml",
)
SCHEMAS = sorted((ROOT / "schemas").iterdir())
NEW = ("new", "policy", "spine/lumbar-mri", "--from", "2026-01-01")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which the commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file.read_text("utf-8") for name, file in sorted(found.items()) if not name.startswith("schemas/")}


def done(here: Run, *words: str) -> str:
    finished = here(*words)
    assert (finished.returncode, finished.stderr) == (DONE, ""), finished
    return finished.stdout


def told(here: Run, *words: str) -> str:
    finished = here(*words)
    assert (finished.returncode, finished.stdout) == (BAD_INPUT, ""), finished
    return finished.stderr


# --- a new policy ---


def test_an_empty_folder_becomes_one_of_policies(folder: Path, here: Run) -> None:
    printed = done(here, *NEW, "--title", "MRI of the lower back")
    assert printed.startswith("wrote policies/spine/lumbar-mri/2026-01-01.yaml\n")
    assert tuple(texts(folder)) == MADE
    assert {file.name for file in (folder / "schemas").iterdir()} == {
        file.name for file in (ROOT / "schemas").iterdir()
    }
    policy = read_policies("policies").versions["spine/lumbar-mri"][0]
    assert (policy.title, policy.status, policy.approval) == ("MRI of the lower back", "active", None)


def test_it_passes_every_check_from_the_first_minute(here: Run) -> None:
    done(here, *NEW)
    assert done(here, "check") == "policies: 1 policy, nothing wrong\n"
    tested = done(here, "test", "--coverage", "--cover-min", "100")
    assert "100 %" in tested
    assert tested.endswith("7 tests passed\n")
    assert "proved" in done(here, "prove", "spine/lumbar-mri").splitlines()[0]
    assert "0 survived; 100.0 %" in done(here, "mutate", "spine/lumbar-mri")
    assert "NOT MEDICALLY NECESSARY" in done(here, "assess", "examples/spine-lumbar-mri/case.yaml")
    assert done(here, "format", "--check", "policies", "examples") == "0 files to format, 4 files in order\n"


def test_each_file_names_its_schema(folder: Path, here: Run) -> None:
    done(here, *NEW)
    for name, text in texts(folder).items():
        first = text.splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        kind = {"case": "case", "tests": "tests", "references": "references"}.get(Path(name).stem, "policy")
        assert ((folder / name).parent / schema).resolve() == folder / "schemas" / f"{kind}.schema.json"


def test_no_source_is_invented(folder: Path, here: Run) -> None:
    done(here, *NEW)
    policy = read_policies("policies").versions["spine/lumbar-mri"][0]
    assert not policy.references
    ignored = "necessity: ignore=rule-without-reference to be sourced before approval"
    assert texts(folder)[MADE[2]].count(ignored) == len(policy.rules)


def test_every_text_of_the_report_says_what_to_write(here: Run) -> None:
    done(here, *NEW)
    policy = read_policies("policies").versions["spine/lumbar-mri"][0]
    said = [text for rule in policy.rules.values() for text in (rule.title, *rule.says.values())]
    said += [fact.question for fact in policy.facts.values() if not fact.id.startswith(("request.", "patient."))]
    said += [*policy.decision.says.values(), policy.summary, *(topic.title for topic in policy.topics)]
    assert all(text.startswith("[write: ") for text in said)


def test_a_second_policy_leaves_all_else_as_it_is(folder: Path, here: Run) -> None:
    done(here, *NEW)
    before = texts(folder)
    done(here, "new", "policy", "imaging/knee-mri", "--from", "2026-02-01")
    after = texts(folder)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 3
    assert done(here, "check") == "policies: 2 policies, nothing wrong\n"


def test_two_policies_of_one_name_have_an_example_each(folder: Path, here: Run) -> None:
    done(here, *NEW)
    done(here, "new", "policy", "brain/lumbar-mri", "--from", "2026-02-01")
    assert {file.name for file in (folder / "examples").iterdir()} == {"spine-lumbar-mri", "brain-lumbar-mri"}


def test_what_is_printed_can_be_typed_as_it_stands(folder: Path, here: Run) -> None:
    printed = done(here, *NEW, "--policies", "a b/it's")
    typed = [shlex.split(line) for line in printed.splitlines() if line.startswith("  necessity")]
    assert len(typed) == 4
    for _, *words in typed:
        done(here, *words)
    (case,) = (folder / "a b").glob("examples/*/case.yaml")
    assert "`necessity assess 'a b/examples/spine-lumbar-mri/case.yaml'` prints" in case.read_text("utf-8")


def test_a_folder_of_two_lines_is_refused(folder: Path, here: Run) -> None:
    assert "the name of the folder holds what cannot be printed" in told(here, *NEW, "--policies", "a\nstatus: draft")
    assert not list(folder.iterdir())


def test_the_folder_of_policies_may_lie_elsewhere(folder: Path, here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done(here, *NEW, "--policies", "a/b/rules")
    assert (folder / "a" / "b" / "examples" / "spine-lumbar-mri" / "case.yaml").exists()
    assert (folder / "a" / "b" / "schemas" / "policy.schema.json").exists()
    monkeypatch.chdir(folder / "a" / "b" / "rules")
    done(here, "new", "policy", "imaging/knee-mri", "--from", "2026-02-01", "--policies", ".")
    assert done(here, "check", ".").endswith(": 2 policies, nothing wrong\n")
    assert (folder / "a" / "b" / "examples" / "imaging-knee-mri" / "case.yaml").exists()


@pytest.mark.parametrize("title", ['It is "so": {x}', "# no comment", "true", "2026-01-01", "naïve \\ back"])
def test_any_title_is_kept(title: str, here: Run) -> None:
    done(here, *NEW, "--title", title)
    assert read_policies("policies").versions["spine/lumbar-mri"][0].title == title


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (["a/b"], ["`--from` is missing: the day it takes effect"]),
        (["a/b", "--from", "1.1.2026"], ["`1.1.2026` is not a date of the calendar"]),
        (["a/b", "--from", "2026-02-30"], ["`2026-02-30` is not a date of the calendar"]),
        (["Spine/Lumbar_MRI", "--from", "2026-01-01"], ["is no policy id", "did you mean `spine/lumbar-mri`?"]),
        (["lumbar"], ["`lumbar` is no policy id", "such as `spine/lumbar-mri`", "`--from` is missing"]),
        (["modules/x", "--from", "2026-01-01"], ["`modules` is no area"]),
        (["a/" + "b" * 90, "--from", "2026-01-01"], ["longer than 80 characters"]),
        (["a/b", "--from", "2026-01-01", "--title", " "], ["the title is empty"]),
        (["a/b", "--from", "2026-01-01", "--title", "x" * 161], ["longer than 160 characters"]),
        (["a/b", "--from", "2026-01-01", "--title", "x\x07"], ["holds what cannot be printed"]),
    ],
)
def test_wrong_words_are_told_and_nothing_is_written(
    words: list[str], messages: list[str], folder: Path, here: Run
) -> None:
    printed = told(here, "new", "policy", *words)
    assert all(message in printed for message in messages), printed
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", [*MADE[:1], *MADE[2:]])
def test_nothing_is_written_over(name: str, folder: Path, here: Run) -> None:
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine\n", "utf-8")
    printed = told(here, *NEW)
    assert "already" in printed
    assert texts(folder) == {name: "mine\n"}


def test_references_that_are_there_are_kept(folder: Path, here: Run) -> None:
    (folder / "policies").mkdir()
    (folder / "policies" / "references.yaml").write_text("references: {}\n", "utf-8")
    done(here, *NEW)
    assert texts(folder)["policies/references.yaml"] == "references: {}\n"


def test_all_or_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_policy("a/b", "2026-01-01", None, Path("policies"))
    last = list(made)[-1]
    (folder / "schemas").mkdir()
    write = scaffold_files.Path.open

    def fails(file: Path, mode: str = "r", **options: object) -> object:
        if file == last and mode == "x":
            raise OSError(28, "No space left on device", str(file))
        return write(file, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(scaffold_files.Path, "open", fails)
    with pytest.raises(BadInputError, match="no space left on device"):
        write_new(made)
    monkeypatch.undo()
    assert [file.name for file in folder.iterdir()] == ["schemas"]
    assert not list((folder / "schemas").iterdir())


def test_a_file_that_appears_meanwhile_is_not_written_over(folder: Path) -> None:
    made = new_policy("a/b", "2026-01-01", None, Path("policies"))
    late = folder / list(made)[1]
    late.parent.mkdir(parents=True)
    late.write_text("mine\n", "utf-8")
    with pytest.raises(BadInputError, match="the file is there already"):
        write_new(made)
    assert texts(folder) == {late.relative_to(folder).as_posix(): "mine\n"}


# --- a new version ---

OLD = """\
# yaml-language-server: $schema=x.json
policy: spine/x
title: X  # as printed
# Whoever approved the old one.
approval: {body: Committee, date: "2025-11-01", next_review: "2026-11-01"}
summary: A policy.
status: active
effective: {from: "2026-01-01", until: "2026-06-30"}
revisions:
  # Of a word.
  - {date: "2026-02-01", says: corrected a word}

# The sections.
topics: [{id: care, title: Care}]
facts:
  a.b: {question: Is it?, type: boolean}
rules:
  - {id: one, kind: definition, topic: care, title: One, when: {fact: a.b, is: true}}
decision: {necessary_when: {rule: one}}
"""
RENEWED = """\
# yaml-language-server: $schema=x.json
policy: spine/x
title: X  # as printed
summary: A policy.
status: active
effective: {from: "2026-07-01"}

# The sections.
topics: [{id: care, title: Care}]
facts:
  a.b: {question: Is it?, type: boolean}
rules:
  - {id: one, kind: definition, topic: care, title: One, when: {fact: a.b, is: true}}
decision: {necessary_when: {rule: one}}
"""


def with_old(folder: Path, text: str) -> None:
    (folder / "policies" / "spine" / "x").mkdir(parents=True)
    (folder / "policies" / "spine" / "x" / "2026-01-01.yaml").write_text(text, "utf-8")


def test_a_new_version_leaves_out_what_is_true_of_the_old_one_alone(folder: Path, here: Run) -> None:
    with_old(folder, OLD)
    printed = done(here, "new", "version", "spine/x", "--from", "2026-07-01")
    assert "left out `approval` and `revisions` and `effective.until`" in printed
    assert texts(folder) == {
        "policies/spine/x/2026-01-01.yaml": OLD,
        "policies/spine/x/2026-07-01.yaml": RENEWED,
    }
    assert len(read_policies("policies").versions["spine/x"]) == 2


@pytest.mark.parametrize("file", sorted((ROOT / "policies").glob("*/*/2*.yaml")), ids=lambda file: file.parent.name)
def test_a_copy_of_a_shipped_policy_differs_in_its_date_alone(file: Path) -> None:
    policies = read_policies(ROOT / "policies")
    newest = policies.versions["/".join(file.parts[-3:-1])][-1]
    if Path(newest.place.file) != file:
        return
    made = new_version(newest, "2199-12-31")
    changed = zip(file.read_text("utf-8").splitlines(), made.text.splitlines(), strict=True)
    assert [new for old, new in changed if old != new] == ['effective: {from: "2199-12-31"}']
    assert made.file == file.with_name("2199-12-31.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('effective:\n  # The first day.\n  from: "2026-01-01"  # a Thursday\n',
         'effective:\n  # The first day.\n  from: "2026-07-01"  # a Thursday\n'),
        ("effective: {from: '2026-01-01'}\n", 'effective: {from: "2026-07-01"}\n'),
        ('effective:\n  from: "2026-01-01"\n  until: "2026-06-30"\n\n', 'effective: {from: "2026-07-01"}\n\n'),
    ],
)  # fmt: skip
def test_the_day_is_written_where_it_stands(old: str, new: str, folder: Path) -> None:
    wanted = 'effective: {from: "2026-01-01", until: "2026-06-30"}\n'
    with_old(folder, OLD.replace(wanted, old))
    made = new_version(read_policies("policies").versions["spine/x"][0], "2026-07-01")
    assert made.text == RENEWED.replace('effective: {from: "2026-07-01"}\n', new)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["spine/y", "--from", "2026-07-01"], "there is no policy `spine/y`\n  help: did you mean `spine/x`?"),
        (["spine/x", "--from", "2026-01-01"], "takes effect on 2026-01-01, and a new one must follow it"),
        (["spine/x", "--from", "2025-07-01"], "a version that was in force is not edited"),
        (["spine/x", "--from", "tomorrow"], "`tomorrow` is not a date of the calendar"),
        (["spine/x"], "`--from` is missing"),
        (["spine/x", "--from", "2026-03-01"], "is in force until 2026-06-30, so the next begins on 2026-07-01"),
        (
            ["spine/x", "--from", "2026-03-01"],
            'or write `until: "2026-02-28"` in policies/spine/x/2026-01-01.yaml first',
        ),
        (["spine/x", "--from", "2026-09-01"], "help: give `--from 2026-07-01`"),
    ],
)
def test_a_wrong_version_is_told(words: list[str], message: str, folder: Path, here: Run) -> None:
    with_old(folder, OLD)
    assert message in told(here, "new", "version", *words)
    assert texts(folder) == {"policies/spine/x/2026-01-01.yaml": OLD}


def test_a_retired_policy_has_no_new_version(folder: Path, here: Run) -> None:
    with_old(folder, OLD.replace("status: active", "status: retired"))
    assert "policy `spine/x` is retired" in told(here, "new", "version", "spine/x", "--from", "2026-07-01")


def test_the_schemas_beside_the_policies_are_those_that_are_read(folder: Path, here: Run) -> None:
    done(here, *NEW)
    for file in SCHEMAS:
        assert json.loads((folder / "schemas" / file.name).read_text("utf-8")) == json.loads(file.read_text("utf-8"))
