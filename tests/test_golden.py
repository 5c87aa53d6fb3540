"""The whole report of the founding case, in every format. `make golden` records it anew; read the difference."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.schema import load

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}


def necessity(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("form", ENDINGS)
def test_founding_case(form: str, record: bool) -> None:
    done = necessity("assess", "examples/founding/case.yaml", "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    file = GOLDEN / f"founding.{ENDINGS[form]}"
    if record:
        file.write_text(done.stdout, "utf-8")
    assert done.stdout == file.read_text("utf-8")


def test_explain_prints_a_rule_as_the_site_will_show_it(record: bool) -> None:
    done = necessity("explain", "spine/thoracolumbar-decompression", "physical-therapy")
    assert done.returncode == 0
    file = GOLDEN / "physical-therapy.txt"
    if record:
        file.write_text(done.stdout, "utf-8")
    assert done.stdout == file.read_text("utf-8")


ASKED = {"questions-lumbar-fusion": (), "questions-fusion-smoker": ("--case", "examples/fusion-smoker/case.yaml")}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_questions(name: str, form: str, record: bool) -> None:
    done = necessity("questions", "spine/lumbar-fusion", *ASKED[name], "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    file = GOLDEN / f"{name}.{ENDINGS[form]}"
    if record:
        file.write_text(done.stdout, "utf-8")
    assert done.stdout == file.read_text("utf-8")


def test_json_is_what_its_schema_says() -> None:
    report = json.loads((GOLDEN / "founding.json").read_text("utf-8"))
    Draft202012Validator(load("assessment")).validate(report)


def test_readme_opens_with_the_report() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert (GOLDEN / "founding.txt").read_text("utf-8").strip() in readme, "paste the new report into README.md"


def test_two_processes_write_the_same_bytes() -> None:
    first, second = (
        necessity("assess", "examples/08b-no-work-up/case.yaml", "--format", "json", env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert first.stdout
    assert first.stdout == second.stdout
