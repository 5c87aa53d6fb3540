"""The plugin, in a pytest of its own: what it collects, how it runs, and what it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.suite.kit import SMALL, library

WRONG = SMALL.replace("[6, medically_necessary, met]", "[6, more_information, met]")
FILE = "policies/spine/example/tests.yaml"
PASSED, FAILED, INTERRUPTED, USAGE, NONE = 0, 1, 2, 4, 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\naddopts = --strict-config\n", "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, with the plugin as the project's entry point loads it."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_tests_have_ids_that_read_as_sentences_and_can_be_run_alone(folder: Path) -> None:
    library(folder, SMALL)
    listed = run(folder, "--collect-only", "-q").stdout.splitlines()[:3]
    assert listed == [
        f"{FILE}::severe pain is enough",
        f"{FILE}::six weeks are enough[41 d]",
        f"{FILE}::six weeks are enough[6]",
    ]
    done = run(folder, listed[0], listed[2], "-q")
    assert (done.returncode, "2 passed" in done.stdout) == (PASSED, True)


def test_a_failure_is_told_as_the_command_tells_it_and_without_a_traceback(folder: Path) -> None:
    library(folder, WRONG)
    done = run(folder, "-k", "six", "--junitxml", "report.xml")
    assert done.returncode == FAILED
    assert f"{FILE}:14:11: failed: six weeks are enough[6]" in done.stdout.splitlines()
    assert "    care weeks: 6 weeks; asked: at least 6 weeks" in done.stdout.splitlines()
    assert "1 failed, 1 passed, 1 deselected" in done.stdout
    assert "Traceback" not in done.stdout
    assert "pytest_plugin.py" not in done.stdout
    cases = {case.get("name"): case for case in ET.parse(folder / "report.xml").iter("testcase")}
    assert set(cases) == {"six weeks are enough[41 d]", "six weeks are enough[6]"}
    failure = cases["six weeks are enough[6]"].find("failure")
    assert failure is not None
    assert "expected more_information, found medically_necessary" in (failure.text or "")


def test_a_name_cannot_give_a_terminal_or_a_log_orders(folder: Path) -> None:
    library(folder, WRONG.replace("six weeks are enough", r'"evil \e[31m\n::error::x"'))
    done = run(folder, "-v")
    assert done.returncode == FAILED
    assert r"failed: evil \x1b[31m\n::error::x[6]" in done.stdout
    assert done.stdout.replace("\n", "").isprintable()
    assert not any(line.lstrip().startswith("::") for line in done.stdout.splitlines())


def test_x_and_n_work(folder: Path) -> None:
    library(folder, WRONG)
    assert "1 failed, 2 passed" in run(folder, "-n", "2").stdout
    library(folder / "first", WRONG.replace("severe pain is enough", "a").replace("true", "false"))
    done = run(folder, "first", "-x", "-n0")
    assert "stopping after 1 failures" in done.stdout
    assert done.returncode == FAILED


def test_a_broken_suite_is_a_collection_error_with_the_messages_alone(folder: Path) -> None:
    library(folder, SMALL.replace("pain.severe", "pain.sever"))
    done = run(folder, FILE)
    assert done.returncode == INTERRUPTED
    assert f"{FILE}:6:13: error: policy `spine/example@2026-01-01` has no fact `pain.sever`" in done.stdout.splitlines()
    assert "  help: did you mean `pain.severe`?" in done.stdout.splitlines()
    assert "Traceback" not in done.stdout
    assert "pytest_plugin.py" not in done.stdout


CASE = 'case: one\nrequest: {date: "2026-03-01", services: [{policy: spine/example}]}\nfacts: {pain.severe: true}\n'


def test_cases_that_expect_something_are_collected_under_the_folder_of_the_settings(folder: Path) -> None:
    library(folder / "library", SMALL)
    (folder / "cases").mkdir()
    (folder / "cases/one.yaml").write_text(f"{CASE}expect: {{outcome: medically_necessary}}\n", "utf-8")
    (folder / "cases/silent.yaml").write_text(CASE, "utf-8")
    assert run(folder, "cases").returncode == INTERRUPTED  # there is no folder `policies`
    with (folder / "pytest.ini").open("a", encoding="utf-8") as settings:
        settings.write("necessity_policies = library/policies\n")
    done = run(folder, "cases", "-v")
    assert done.returncode == PASSED
    assert "cases/one.yaml::one PASSED" in done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize(
    "request_",
    [
        "request:\n  services:\n    - policy: spine/example\n\n  date: x\n",
        'request: {\n "date": "2026-03-01",\n services: [{policy: spine/example}]\n}\n',
    ],
)
def test_a_case_with_a_mistake_is_still_one(folder: Path, request_: str) -> None:
    library(folder, SMALL)
    (folder / "one.yml").write_text(f"case: one\n{request_}facts: {{x.y: 1}}\nexpect: {{}}\n", "utf-8")
    assert run(folder, "one.yml").returncode == INTERRUPTED


def test_a_pipe_does_not_stop_the_run(folder: Path) -> None:
    library(folder, SMALL)
    os.mkfifo(folder / "pipe.yaml")
    assert "3 passed" in run(folder).stdout


FOREIGN = {
    "pipeline.yaml": "case: one\nrequest: {method: GET, date: today}\nexpect: {status: 200}\n",
    "block.yaml": "case: one\nrequest:\n  services: [web]\n\nexpect:\n  date: today\n",
    "all-keys/tests.yaml": "policy: strict\nrequest_date: none\ntests: []\n",
    "dated/tests.yaml": "policy: strict\nrequest_date: none\ntests: []\n",
    "dated/2026-01-01.yaml": "post: a day in a diary\n",
    "tests.yaml": "tests: [{name: of another program}]\npolicy: none\n",
    "expect.yaml": "expect: [1, 2]\ncase: *nothing\n",
    "broken.yaml": "expect: {\ncase: [\n",
    "latin.yaml": b"expect: caf\xe9\n",
    "helm/tests.yaml": "- just: a list\n",
}


def test_where_there_are_no_policies_nothing_of_the_project_is_loaded(folder: Path) -> None:
    (folder / "values.yaml").write_text("replicas: 1\n", "utf-8")
    (folder / "test_other.py").write_text(
        "import sys\n"
        "def test_it():\n"
        "    loaded = {name for name in sys.modules if name.startswith('harness')}\n"
        "    assert loaded == {'harness', 'harness.pytest_plugin'}, loaded\n",
        "utf-8",
    )
    assert "1 passed" in run(folder).stdout


@pytest.mark.parametrize("name", FOREIGN)
def test_yaml_of_another_program_is_not_collected(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    beside = [other for other in FOREIGN if other.partition("/")[0] == name.partition("/")[0]]
    for one in beside:
        text = FOREIGN[one]
        (folder / one).write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run(folder)
    assert (done.returncode, "no tests ran" in done.stdout) == (NONE, True), done.stdout
