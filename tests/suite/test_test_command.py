"""`necessity test`, through the door that a policy author takes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import harness.cli
from tests.suite.kit import HEAD, SMALL, library

Run = Callable[..., tuple[int, str, str]]
PASSED, BAD_INPUT, FAILED = 0, 2, 3
WRONG = SMALL.replace("[6, medically_necessary, met]", "[6, more_information, met]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def necessity_test(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["necessity", "test", *words])
        with pytest.raises(SystemExit) as left:
            harness.cli.main()
        told = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, told.out, told.err

    return necessity_test


def test_all_that_passed_is_counted_by_file(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    assert run() == (PASSED, "policies/spine/example/tests.yaml: 3 passed\n\n3 tests passed\n", "")


def test_a_failure_is_told_with_its_place_and_the_exit_code_is_3(run: Run, folder: Path) -> None:
    library(folder, WRONG)
    code, told, errors = run()
    assert (code, errors) == (FAILED, "")
    assert told.splitlines() == [
        "policies/spine/example/tests.yaml: 2 passed, 1 failed",
        "",
        "policies/spine/example/tests.yaml:14:11: failed: six weeks are enough[6]",
        "  outcome: expected more_information, found medically_necessary",
        "  `care-length` is met (policies/spine/example/2026-01-01.yaml:41:5):",
        "    care weeks: 6 weeks; asked: at least 6 weeks",
        "",
        "3 tests, 1 failed",
    ]


def test_x_stops_at_the_first_failure(run: Run, folder: Path) -> None:
    library(folder, WRONG.replace("[{value: 41, unit: d}, not_medically", "[{value: 41, unit: d}, medically"))
    _, told, _ = run("-x")
    assert told.endswith("2 tests, 1 failed; stopped at the first failure, 1 not run\n")


def test_k_chooses_by_file_and_name_and_v_lists(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    _, told, _ = run("-k", "SIX weeks", "-v")
    assert told.splitlines()[:2] == [
        "passed  policies/spine/example/tests.yaml::six weeks are enough[41 d]",
        "passed  policies/spine/example/tests.yaml::six weeks are enough[6]",
    ]
    code, told, errors = run("-k", "seven")
    assert (code, told) == (BAD_INPUT, "")
    assert "none of the 3 tests holds `seven`" in errors


def test_a_suite_that_cannot_be_read_is_bad_input(run: Run, folder: Path) -> None:
    library(folder, SMALL.replace("pain.severe", "pain.sever"))
    code, told, errors = run()
    assert (code, told) == (BAD_INPUT, "")
    assert "tests.yaml:6:13: error: policy `spine/example@2026-01-01` has no fact `pain.sever`" in errors
    assert json.loads(run("--format", "json")[2])["errors"][0]["line"] == 6


@pytest.mark.parametrize("path", ["nowhere", "policies/modules"])
def test_a_path_without_tests_is_bad_input(run: Run, folder: Path, path: str) -> None:
    library(folder, SMALL)
    code, told, errors = run(path)
    assert (code, told) == (BAD_INPUT, "")
    assert errors.startswith(f"{path}:1:1: error: ")


def test_tests_run_against_a_changed_copy_of_the_policies(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    library(folder / "copy", SMALL)
    module = folder / "copy/policies/modules/care.yaml"
    module.write_text(module.read_text("utf-8").replace("value: 6", "value: 8"), "utf-8")
    assert run("policies")[0] == PASSED
    code, told, _ = run("policies", "--policies", "copy/policies")
    assert code == FAILED
    assert "six weeks are enough[6]" in told
    assert "care weeks: 6 weeks; asked: at least 8 weeks" in told


def test_json_holds_every_test_and_the_same_bytes_each_time(run: Run, folder: Path) -> None:
    library(folder, WRONG)
    code, told, _ = run("--format", "json", "--coverage")
    assert code == FAILED
    data = json.loads(told)
    assert (data["tests"], data["run"], data["failed"]) == (3, 3, 1)
    assert [one["passed"] for one in data["results"]] == [True, True, False]
    assert data["results"][2]["differences"][0]["actual"] == "medically_necessary"
    assert data["coverage"]["policies"][0]["policy"] == "spine/example"
    assert run("--format", "json", "--coverage")[1] == told


def test_cases_beside_the_policies_are_run_too(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    (folder / "examples").mkdir()
    case = (
        'case: one\nrequest: {date: "2026-03-01", services: [{policy: spine/example}, {policy: spine/example}]}\n'
        "facts: {pain.severe: true}\nexpect: [{outcome: medically_necessary}, {outcome: more_information}]\n"
    )
    (folder / "examples/one.yaml").write_text(case, "utf-8")
    code, told, _ = run()
    assert code == FAILED
    assert "examples/one.yaml:4:42: failed: one, service 2: spine/example" in told
    assert told.endswith("5 tests, 1 failed\n")


@pytest.mark.parametrize("words", [(), ("-v",), ("--format", "lcov")])
def test_a_name_cannot_give_a_terminal_or_a_log_orders(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    library(folder, WRONG.replace("six weeks are enough", r'"evil \e[31m\n::error::x\x85"'))
    code, told, errors = run(*words)
    assert code == FAILED
    assert r"evil \x1b[31m\n::error::x\x85[6]" in told + errors
    assert not any(line.lstrip().startswith("::") for line in (told + errors).splitlines())
    assert (told + errors).replace("\n", "").isprintable()


def test_a_folder_cannot_forge_a_line(run: Run, folder: Path) -> None:
    library(folder / "a\n::error::x", SMALL)
    _, told, _ = run("a\n::error::x")
    assert told.splitlines()[0] == r"a\n::error::x/policies/spine/example/tests.yaml: 3 passed"


def test_a_pipe_does_not_stop_the_run(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    for name in ("policies/spine/example/pipe.yaml", "policies/spine/example/2027-01-01.yaml", "policies/a/tests.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)
    code, told, errors = run("policies/spine/example/tests.yaml", "policies/a/tests.yaml")
    assert (code, told) == (BAD_INPUT, "")
    assert "2027-01-01.yaml:1:1: error: a folder or a device, not a plain file" in errors


@pytest.mark.parametrize("name", ["one.yml", "one.YAML", "one.yaml"])
def test_a_case_is_run_from_a_folder_whatever_its_ending(run: Run, folder: Path, name: str) -> None:
    library(folder, SMALL)
    (folder / "examples").mkdir()
    case = 'case: one\nrequest: {date: "2026-03-01", services: [{policy: spine/example}]}\nfacts: {pain.severe: true}\n'
    (folder / "examples" / name).write_text(f"{case}expect: {{outcome: medically_necessary}}\n", "utf-8")
    assert run()[1].endswith("4 tests passed\n")
    assert run("examples")[1] == f"examples/{name}: 1 passed\n\n1 test passed\n"


@pytest.mark.parametrize("synthetic", ["", "synthetic: false\n"])
@pytest.mark.parametrize("words", [(), ("-v",), ("--format", "json"), ("--coverage",), ("--format", "lcov")])
def test_nothing_of_a_patient_is_told(run: Run, folder: Path, synthetic: str, words: tuple[str, ...]) -> None:
    library(folder, SMALL)
    case = (
        f"case: c-17\ntitle: Jane Roe\n{synthetic}"
        'request: {date: "2026-03-01", services: [{policy: spine/example}, {policy: spine/example}]}\n'
        "facts: {care.weeks: 3.141, pain.severe: false}\n"
        "expect: [{outcome: medically_necessary, rules: {care-length: met}}, {outcome: medically_necessary}]\n"
    )
    (folder / "one.yaml").write_text(case, "utf-8")
    code, told, errors = run("one.yaml", *words)
    assert code == FAILED
    assert "c-17, service 1: spine/example" in told + errors
    assert "care-length" in told + errors
    assert not any(word in told + errors for word in ("Jane", "Roe", "3.141"))
    (folder / "one.yaml").write_text(
        case.replace("title", "synthetic: true\ntitle").replace("synthetic: false\n", ""), "utf-8"
    )
    told, errors = run("one.yaml", *words)[1:]
    assert "Jane Roe, service 1: spine/example" in told + errors


def test_a_case_without_a_date_is_not_passed_over(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    (folder / "examples").mkdir()
    (folder / "examples/one.yaml").write_text("case: one\nrequest: {}\nexpect: {outcome: more_information}\n", "utf-8")
    assert run()[0] == BAD_INPUT


# Coverage


def test_a_folder_under_two_names_is_one(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    (folder / "examples").mkdir()
    case = 'case: one\nrequest: {date: "2026-03-01", services: [{policy: spine/example}]}\nfacts: {pain.severe: true}\n'
    (folder / "examples/one.yaml").write_text(f"{case}expect: {{outcome: medically_necessary}}\n", "utf-8")
    told = run(f"{folder}/policies", "examples", "./policies", "--coverage")[1]
    assert told.count("spine/example@2026-01-01  ") == 1
    assert "spine/example@2026-01-01      4  11 of 13  84 %" in told
    assert told.endswith("4 tests passed\n")


def test_each_policy_is_held_to_the_least(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    other = folder / "policies/spine/other/2026-01-01.yaml"
    other.parent.mkdir()
    text = (folder / "policies/spine/example/2026-01-01.yaml").read_text("utf-8")
    other.write_text(text.replace("policy: spine/example", "policy: spine/other").replace("63056", "63057"), "utf-8")
    code, _, errors = run("--cover-min", "42")
    assert (code, errors) == (FAILED, "the tests reach 0 % of spine/other@2026-01-01, and 42 % are asked\n")


def test_what_no_test_reaches_comes_first(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    code, told, _ = run("--coverage")
    assert code == PASSED
    assert told.splitlines() == [
        "spine/example@2026-01-01, not reached by any test:",
        "  policies/spine/example/2026-01-01.yaml:49:5: `severe` is undocumented",
        "  policies/spine/example/2026-01-01.yaml:53:1: the decision ends in more information",
        "",
        "coverage                  tests   reached",
        "spine/example@2026-01-01      3  11 of 13  84 %",
        "",
        "policies/spine/example/tests.yaml: 3 passed",
        "",
        "3 tests passed",
    ]


def test_too_little_coverage_fails(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    assert run("--cover-min", "84")[0] == PASSED
    code, _, errors = run("--cover-min", "85")
    assert (code, errors) == (FAILED, "the tests reach 84 % of spine/example@2026-01-01, and 85 % are asked\n")


def test_a_policy_without_tests_counts_as_not_reached(run: Run, folder: Path) -> None:
    library(folder, SMALL)
    other = folder / "policies/spine/other/2026-01-01.yaml"
    other.parent.mkdir()
    text = (folder / "policies/spine/example/2026-01-01.yaml").read_text("utf-8")
    other.write_text(text.replace("policy: spine/example", "policy: spine/other").replace("63056", "63057"), "utf-8")
    told = run("--coverage")[1]
    assert "\npolicies/spine/other/2026-01-01.yaml:1:1: no test runs under spine/other@2026-01-01\n" in told
    assert "spine/other@2026-01-01        0   0 of 13   0 %" in told
    assert "spine/other" not in run("policies/spine/example", "--coverage")[1]


def test_an_earlier_version_is_not_counted(run: Run, folder: Path) -> None:
    file = library(folder, SMALL)
    later = file.parent / "2026-02-01.yaml"
    earlier = (file.parent / "2026-01-01.yaml").read_text("utf-8")
    later.write_text(earlier.replace('"2026-01-01"', '"2026-02-01"'), "utf-8")
    before = file.read_text("utf-8").replace(HEAD, HEAD.replace("03-01", "01-15"))
    file.write_text(before, "utf-8")
    told = run("--coverage")[1]
    assert "spine/example@2026-02-01      0  0 of 13  0 %" in told
    assert "2026-01-01" not in told


def test_lcov_has_a_line_a_rule_and_a_branch_a_status(run: Run, folder: Path) -> None:
    library(folder, WRONG)
    code, told, errors = run("--format", "lcov")
    assert code == FAILED
    assert errors.startswith("policies/spine/example/tests.yaml:14:11: failed: six weeks are enough[6]")
    records = parsed(told)
    assert set(records) == {"policies/spine/example/2026-01-01.yaml"}
    lines, branches, totals = records["policies/spine/example/2026-01-01.yaml"]
    assert lines == {41: 3, 48: 3, 49: 3, 52: 3, 53: 3}
    assert sorted(branches[49]) == [0, 1, 2]  # `severe` is never undocumented, met once, not met twice
    assert totals == {"BRF": 13, "BRH": 11, "LF": 5, "LH": 5}


def parsed(text: str) -> dict[str, tuple[dict[int, int], dict[int, list[int]], dict[str, int]]]:
    """An LCOV file, read as its format is documented (geninfo(1)); its totals must agree with its records."""
    files = {}
    for record in text.removesuffix("end_of_record\n").split("end_of_record\n"):
        name, lines, branches, totals = "", {}, {}, {}
        seen = set()
        for key, _, value in (line.partition(":") for line in record.splitlines()):
            match key:
                case "SF":
                    name = value
                case "DA":
                    number, hits = map(int, value.split(","))
                    assert number not in lines
                    lines[number] = hits
                case "BRDA":
                    number, block, branch, taken = value.split(",")
                    assert (number, block, branch) not in seen
                    seen.add((number, block, branch))
                    branches.setdefault(int(number), []).append(0 if taken == "-" else int(taken))
                case "LF" | "LH" | "BRF" | "BRH":
                    totals[key] = int(value)
                case other:
                    assert other == "TN", other
        every = [taken for several in branches.values() for taken in several]
        assert totals == {
            "LF": len(lines),
            "LH": sum(map(bool, lines.values())),
            "BRF": len(every),
            "BRH": sum(map(bool, every)),
        }
        files[name] = lines, branches, totals
    return files
