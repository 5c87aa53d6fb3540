"""`necessity mutate` as an author uses it: the survivors it names are killed by the tests it offers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from harness import read_policies
from harness.cli.progress import Watched
from harness.model.policy import Policy
from harness.mutation import Fate, mutants, running_under, tried
from harness.suite import read_suites
from tests.cli.kit import Run

ROOT = Path(__file__).parent.parent.parent
STAY = "admission/inpatient"
SURGERY = "spine/thoracolumbar-decompression"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))


@pytest.mark.usefixtures("folder")
def test_the_tests_of_the_stay_notice_every_mistake(here: Run) -> None:
    done = here("mutate", STAY)
    assert done.returncode == 0
    assert "survived:" not in done.stdout
    assert "0 survived; 100.0 % of those that a test can kill" in done.stdout


@pytest.mark.parametrize("half", [0, 1])
def test_the_tests_of_the_operation_notice_every_mistake(half: int) -> None:
    policy = read_policies(ROOT / "policies").versions[SURGERY][-1]
    tests = running_under(policy, read_suites([str(ROOT / "policies/spine/thoracolumbar-decompression")])[0].tests)
    fates = [one.fate for one in tried(policy, list(mutants(policy))[half::2], tests, 2)]
    assert len(fates) > 200
    assert Fate.SURVIVED not in fates


def test_a_survivor_comes_with_the_test_that_kills_it(here: Run, folder: Path) -> None:
    suite = folder / STAY / "tests.yaml"
    text = suite.read_text("utf-8")
    assert "- [2, medically_necessary, met]" in text
    suite.write_text(text.replace("        - [2, medically_necessary, met]\n", ""), "utf-8")
    done = here("mutate", STAY)
    assert done.returncode == 3
    survivors = done.stdout.split("\n\n")[:-2]
    shifted = next(block for block in survivors if "2 midnights -> 3 midnights" in block)
    place, _, _ = shifted.partition(": survived:")
    lines = (folder / STAY / "2025-01-01.yaml").read_text("utf-8").splitlines()
    assert lines[int(place.split(":")[1]) - 1].strip() == "midnights_minimum:"
    for block in survivors:
        if "survived:" in block:
            offered = "\n".join(block.splitlines()[2:])
            assert "request_date" not in offered, "the date of the file will do"
            suite.write_text(
                suite.read_text("utf-8") + dedent(offered).replace("\n", "\n  ").join(["  ", "\n"]), "utf-8"
            )
    assert here("test", str(suite)).returncode == 0
    assert here("format", "--check", str(suite)).returncode == 0
    assert here("mutate", STAY).returncode == 0


def test_fewer_may_be_asked_for(here: Run, folder: Path) -> None:
    suite = folder / STAY / "tests.yaml"
    suite.write_text(suite.read_text("utf-8").replace("        - [2, medically_necessary, met]\n", ""), "utf-8")
    assert here("mutate", STAY, "--min", "80").returncode == 0
    found = json.loads(here("mutate", STAY, "--format", "json").stdout)
    assert found["complete"] is True
    assert 80 < found["percent_killed"] < 100
    assert {one["fate"] for one in found["mutants"]} == {"killed", "survived", "equivalent"}
    assert all("test" in one for one in found["mutants"] if one["fate"] == "survived")


def test_tests_that_fail_already_are_told(here: Run, folder: Path) -> None:
    suite = folder / STAY / "tests.yaml"
    suite.write_text(
        suite.read_text("utf-8").replace("[2, medically_necessary, met]", "[2, medically_necessary, not_met]"), "utf-8"
    )
    done = here("mutate", STAY)
    assert done.returncode == 2
    assert "error: the test fails under the policy as it is: hospital care expected over two midnights" in done.stderr


def test_a_policy_without_tests_is_told(here: Run, folder: Path) -> None:
    (folder / STAY / "tests.yaml").unlink()
    done = here("mutate", STAY)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "policies/admission/inpatient/tests.yaml:1:1: error: policy `admission/inpatient` has no tests"
    )


def test_what_is_done_is_kept_when_the_work_is_interrupted() -> None:
    def work() -> Iterator[int]:
        yield from (1, 2)
        raise KeyboardInterrupt

    watched = Watched(work(), "working", 9)
    assert list(watched) == [1, 2]
    assert watched.interrupted


def test_a_policy_that_says_the_same_twice_has_an_equivalent_mutant() -> None:
    policy: Policy = read_policies(ROOT / "policies").versions[STAY][-1]
    tests = running_under(policy, read_suites([str(ROOT / "policies" / STAY)])[0].tests)
    fates = {one.mutant.what: one.fate for one in tried(policy, mutants(policy), tests, 2)}
    assert fates["asked for when undocumented"] is Fate.EQUIVALENT


MRI = "imaging/lumbar-mri"
PLAN = """\
overlay: plan
title: A plan
summary: Other values.
policies:
  - policy: admission/inpatient
    parameters: {midnights_minimum: 3}
"""
UNDER_PLAN = """
  - name: two midnights are too few for the plan
    overlay: plan
    given: {stay.expected_midnights: 2}
    expect: {rules: {two-midnights: not_met}}
"""


@pytest.fixture
def plan(folder: Path) -> Path:
    (folder / "overlays/plan.yaml").write_text(PLAN, "utf-8")
    suite = folder / STAY / "tests.yaml"
    suite.write_text(f"{suite.read_text('utf-8').rstrip()}\n{UNDER_PLAN}", "utf-8")
    return suite


def test_what_an_overlay_says_is_changed_alone_and_its_own_tests_run(here: Run, plan: Path) -> None:
    done = here("mutate", STAY, "--overlay", "plan")
    assert "+plan: 2 mutants, 1 tests: 1 killed" in done.stdout
    assert done.returncode == 3
    survivor = done.stdout.split("\n\n")[0]
    assert survivor.startswith("policies/overlays/plan.yaml:6:18: survived: parameter `midnights_minimum`")
    offered = "\n".join(survivor.splitlines()[2:])
    plan.write_text(plan.read_text("utf-8") + dedent(offered).replace("\n", "\n  ").join(["  ", "\n"]), "utf-8")
    assert here("test", str(plan), "--overlay", "plan").stdout.endswith("\n2 tests passed\n")
    assert here("mutate", STAY, "--overlay", "plan").returncode == 0
    assert json.loads(here("mutate", STAY, "--overlay", "plan", "--format", "json").stdout)["overlay"] == "plan"


@pytest.mark.usefixtures("plan")
def test_an_overlay_without_tests_or_of_other_policies_is_told(here: Run) -> None:
    done = here("mutate", MRI, "--overlay", "plan")
    assert done.returncode == 2
    assert f"overlay `plan` does not change {MRI}@" in done.stderr
    done = here("mutate", SURGERY, "--overlay", "sourced", "--tests", f"policies/{STAY}/tests.yaml")
    assert done.returncode == 2
    assert "write some with `overlay: sourced`" in done.stderr
    done = here("test", "--overlay", "plam")
    assert done.returncode == 2
    assert "no test runs under overlay `plam`" in done.stderr
    assert "did you mean `plan`?" in done.stderr
