"""`necessity prove` as its user runs it: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import cli
from harness.cli import prove as command
from harness.proof.results import Result
from tests.proof.kit import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]

HEAD = """policy: spine/example
title: Example
summary: Example.
status: active
effective: {from: "2026-01-01"}
topics: [{id: care, title: Care}]
"""
POLICY = f"""{HEAD}facts:
  therapy.length: {{question: How long?, type: number, unit: wk, minimum: 0}}
  emergency.present: {{question: Is there an emergency?, type: boolean, presumed: false}}
rules:
  - {{id: care, kind: criterion, title: Care, when: {{fact: therapy.length, at_least: 6}}}}
  - {{id: emergency, kind: exception, title: Emergency, when: {{fact: emergency.present, is: true}}}}
decision:
  necessary_when: {{any: [{{rule: emergency}}, {{rule: care}}]}}
properties:
  - {{id: longer-never-hurts, title: Longer never hurts, monotone: {{fact: therapy.length, toward: more}}}}
"""
WRONG = (
    '  - {id: longer-never-helps, title: "Longer never helps: never", monotone: {fact: therapy.length, toward: less}}\n'
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies/spine/example").mkdir(parents=True)
    shutil.copy(ROOT / "tests/bad/good/references.yaml", tmp_path / "policies/references.yaml")
    write(tmp_path, POLICY)
    return tmp_path


def write(folder: Path, policy: str, day: str = "2026-01-01") -> None:
    text = policy.replace("2026-01-01", day)
    (folder / f"policies/spine/example/{day}.yaml").write_text(text, "utf-8")


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    assert folder.is_dir()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["necessity", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return subprocess.CompletedProcess(words, left.value.code, told.out, told.err)

    return run


def test_what_is_proved_ends_with_0_and_says_so(here: Run) -> None:
    done = here("prove", "spine/example")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout == (
        "spine/example, version of 1 January 2026: 11 proved\n"
        "Every possible case was asked about, requested on any day from 1 January 2026 on.\n"
        "\n"
        "Worth knowing (1)\n"
        "\n"
        "  each of these presumptions can be all that makes an outcome unfavourable:\n"
        "    emergency present: presumed no; documented as yes, the case can be medically necessary\n"
        "    help: `--witnesses DIR` writes two cases for each that show it\n"
        "\n"
        "Proved (11)\n"
        "\n"
        "  longer-never-hurts: Longer never hurts\n"
        "  an outcome is unfavourable only through documented facts and declared presumptions\n"
        "  3 outcomes can each be reached\n"
        "  2 criteria and exceptions each decide some case\n"
        "  4 statuses that rules speak for can be reached\n"
    )


def test_what_is_refuted_ends_with_3_and_stands_first_with_its_cases(here: Run, folder: Path) -> None:
    write(folder, POLICY + WRONG)
    done = here("prove", "spine/example", "--witnesses", "shown")
    assert done.returncode == 3
    assert done.stdout.splitlines()[:15] == [
        "spine/example, version of 1 January 2026: 1 refuted, 11 proved",
        "Every possible case was asked about, requested on any day from 1 January 2026 on.",
        "",
        "Refuted (1)",
        "",
        "  longer-never-helps",
        "    Longer never helps: never",
        "    at policies/spine/example/2026-01-01.yaml:17:5",
        "    Two cases, in which nothing else is documented:",
        "      request date    1 January 2026",
        "      therapy length  6 weeks, then 5 weeks",
        "      ends in         medically necessary, then not medically necessary",
        f"    written to {Path('shown/longer-never-helps.before.yaml')}",
        f"    written to {Path('shown/longer-never-helps.after.yaml')}",
        "",
    ]


def test_the_files_written_are_assessed_as_they_say(here: Run, folder: Path) -> None:
    write(folder, POLICY + WRONG)
    here("prove", "spine/example", "--witnesses", "shown")
    files = sorted((folder / "shown").glob("*.yaml"))
    assert len(files) == 4
    for file in files:
        done = here("assess", str(file), "--format", "json")
        assert done.returncode == 0, done.stderr
        (assessment,) = json.loads(done.stdout)["assessments"]
        said = file.read_text("utf-8").splitlines()[2]
        assert said == f"# It ends in: {assessment['outcome'].replace('_', ' ')}"


def test_the_same_question_gets_the_same_bytes(here: Run, folder: Path) -> None:
    write(folder, POLICY + WRONG)
    first = here("prove", "spine/example", "--witnesses", "shown").stdout
    written = {file.name: file.read_bytes() for file in (folder / "shown").iterdir()}
    assert here("prove", "spine/example", "--witnesses", "shown").stdout == first
    assert {file.name: file.read_bytes() for file in (folder / "shown").iterdir()} == written


def test_json_says_the_same(here: Run, folder: Path) -> None:
    write(folder, POLICY + WRONG)
    done = here("prove", "spine/example", "--format", "json")
    data = json.loads(done.stdout)
    assert done.returncode == 3
    assert (data["version"], data["policy"], data["claims"]) == (1, "spine/example", len(data["results"]))
    (refuted,) = [result for result in data["results"] if result["verdict"] == "refuted"]
    assert refuted["claim"] == {"kind": "property", "property": "longer-never-helps"}
    assert [one["case"]["facts"] for one in refuted["cases"]] == [{"therapy.length": 6}, {"therapy.length": 5}]
    assert [one["outcome"] for one in refuted["cases"]] == ["medically_necessary", "not_medically_necessary"]


def test_one_property_can_be_asked_about_alone(here: Run, folder: Path) -> None:
    write(folder, POLICY + WRONG)
    done = here("prove", "spine/example", "--property", "longer-never-hurts")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "spine/example, version of 1 January 2026: 1 proved"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["spine/exampel"], "there is no policy `spine/exampel`\n  help: did you mean `spine/example`?"),
        (
            ["spine/example", "--property", "longer-never-hurt"],
            "there is no property `longer-never-hurt`\n  help: did you mean `longer-never-hurts`?",
        ),
        (["spine/example", "--witnesses", "policies/references.yaml"], "the cases would replace one of the files"),
    ],
)
def test_wrong_words_are_told_with_a_cure(here: Run, words: list[str], told: str) -> None:
    done = here("prove", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr


def test_a_policy_without_properties_has_none_to_ask_about(here: Run, folder: Path) -> None:
    write(folder, POLICY[: POLICY.index("properties:")])
    done = here("prove", "spine/example", "--property", "x")
    assert done.returncode == 2
    assert "error: `spine/example` declares no properties" in done.stderr


@pytest.mark.parametrize("limit", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_limit_is_a_number_above_nought(here: Run, limit: str) -> None:
    done = here("prove", "spine/example", "--time-limit", limit)
    assert done.returncode == 2
    assert "--time-limit" in done.stderr


def test_a_later_version_ends_the_days_that_are_asked_about(here: Run, folder: Path) -> None:
    dated = '  - {id: late, kind: pitfall, title: Late, when: {fact: request.date, at_least: "2027-01-01"}}\ndecision:'
    write(folder, POLICY.replace("decision:", dated))
    assert here("prove", "spine/example").returncode == 0
    write(folder, POLICY, "2027-01-01")
    done = here("prove", "spine/example@2026-01-01")
    assert done.returncode == 3
    assert "requested on any day from 1 January 2026 to 31 December 2026." in done.stdout
    assert "`request.date` on or after 1 January 2027 cannot be: the request is of 31 December 2026" in done.stdout


def test_a_draft_says_that_its_cases_wait(here: Run, folder: Path) -> None:
    write(folder, POLICY.replace("status: active", "status: draft"))
    done = here("prove", "spine/example")
    assert "This version is a draft: `necessity assess` takes up its cases once it is active." in done.stdout


def hard() -> str:
    """A policy that z3 does not settle soon: whether ten can be put into nine places, one in each."""
    people, places = range(10), range(9)
    facts = [f"  p{one}.h{place}: {{question: Here?, type: boolean}}" for one in people for place in places]
    rules = []
    for one in people:
        somewhere = ", ".join(f"{{fact: p{one}.h{place}, is: true}}" for place in places)
        rules.append(f"  - {{id: in-{one}, kind: definition, title: In, when: {{any: [{somewhere}]}}}}")
    for place in places:
        those = ", ".join(f"{{fact: p{one}.h{place}, is: true}}" for one in people)
        alone = f"{{not: {{count: {{at_least: 2, of: [{those}]}}}}}}"
        rules.append(f"  - {{id: once-{place}, kind: definition, title: Once, when: {alone}}}")
    read = ", ".join([f"{{rule: in-{one}}}" for one in people] + [f"{{rule: once-{place}}}" for place in places])
    claim = "  - {id: never, title: Never, never: {when: {fact: p0.h0, documented: true}}}"
    lines = ["facts:", *facts, "rules:", *rules, "decision:", f"  necessary_when: {{all: [{read}]}}"]
    return HEAD + "\n".join((*lines, "properties:", claim)) + "\n"


def test_what_the_time_limit_leaves_open_is_unknown_and_ends_with_4(here: Run, folder: Path) -> None:
    write(folder, hard())
    done = here("prove", "spine/example", "--property", "never", "--time-limit", "0.05")
    assert done.returncode == 4
    assert done.stdout.splitlines()[3:] == [
        "Unknown (1)",
        "",
        "  never",
        "    Never",
        "    at policies/spine/example/2026-01-01.yaml:121:5",
        "    the time limit of 0.05 seconds was reached",
        "    help: give it more time with `--time-limit`",
    ]


def test_an_interruption_prints_what_is_done(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = command.prove

    def interrupted(*given: object, **named: object) -> Iterator[Result]:
        for number, result in enumerate(whole(*given, **named)):  # type: ignore[arg-type]
            if number == 3:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(command, "prove", interrupted)
    done = here("prove", "spine/example")
    assert done.returncode == 130
    assert done.stdout.splitlines()[0] == "spine/example, version of 1 January 2026: 2 proved"
    assert "It was interrupted: 9 of 12 questions are not answered." in done.stdout
    assert "longer-never-hurts: Longer never hurts" in done.stdout


def test_without_the_solver_one_sentence_says_what_to_install(folder: Path) -> None:
    without = "import sys; sys.modules['z3'] = None; sys.argv = ['necessity', 'prove', 'x/y']"
    code = f"{without}; from harness.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        "error: `necessity prove` needs the solver z3, which is not installed\n"
        "  help: pip install 'necessity-harness[authoring]'\n"
    )
