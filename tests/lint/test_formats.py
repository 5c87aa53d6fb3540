"""What programs read of a check: JSON, SARIF 2.1.0 and the workflow commands of GitHub Actions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import Mistake, Place
from harness.lint import FORMATS, LINTS, LintWarning, Result, as_text

ERROR = Mistake(Place("policies/a b/x,y:1%.yaml", 3, 7), "fact `a` is\nnot declared", "did you mean `b`?")
BARE = Mistake(Place("/home/nurse/policies/references.yaml"), "the file is empty")
WARNING = LintWarning(Place("policies/modules/care.yaml", 12, 5), "nothing reads fact `é`", "leave it out", "key-order")
RESULT = Result((BARE, ERROR), (WARNING,), 2)
NOTHING = Result((), (), 2)


def sarif(result: Result) -> dict[str, Any]:
    content = json.loads(FORMATS["sarif"](result))
    assert content["version"] == "2.1.0"
    assert content["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = content["runs"]
    assert isinstance(run, dict)
    return run


def test_json_holds_errors_and_warnings_apart() -> None:
    content = json.loads(FORMATS["json"](RESULT))
    assert content["errors"][1] == {
        "file": ERROR.place.file,
        "line": 3,
        "column": 7,
        "message": ERROR.message,
        "help": ERROR.help,
    }
    assert content["warnings"] == [
        {
            "file": "policies/modules/care.yaml",
            "line": 12,
            "column": 5,
            "message": "nothing reads fact `é`",
            "help": "leave it out",
            "code": "key-order",
        }
    ]
    assert json.loads(FORMATS["json"](NOTHING)) == {"errors": [], "warnings": []}


def test_workflow_commands_are_one_line_each_and_escaped() -> None:
    bare, error, warning = FORMATS["github"](RESULT).splitlines()
    place = "file=/home/nurse/policies/references.yaml,line=1,col=1,title=necessity check"
    assert bare == f"::error {place}::the file is empty"
    place = "file=policies/a b/x%2Cy%3A1%25.yaml,line=3,col=7,title=necessity check"
    assert error == f"::error {place}::fact `a` is%0Anot declared%0Ahelp: did you mean `b`?"
    place = "file=policies/modules/care.yaml,line=12,col=5,title=key-order"
    assert warning == f"::warning {place}::nothing reads fact `é`%0Ahelp: leave it out"
    assert FORMATS["github"](NOTHING) == ""


def test_a_workflow_command_holds_nothing_that_a_terminal_obeys() -> None:
    evil = Mistake(Place("x\x1b[2J.yaml"), "unknown key `\x1b[31m\r::stop-commands::x`")
    (line,) = FORMATS["github"](Result((evil,), (), 0)).splitlines()
    assert line.isprintable()


def test_sarif_has_a_result_for_each_with_its_rule_and_its_place() -> None:
    run = sarif(RESULT)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["reading", *LINTS]
    assert run["invocations"] == [{"executionSuccessful": False}]
    results = run["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("reading", "error"),
        ("reading", "error"),
        ("key-order", "warning"),
    ]
    for one in results:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    assert results[1]["message"]["text"] == "fact `a` is\nnot declared\nhelp: did you mean `b`?"
    assert results[1]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "policies/a%20b/x%2Cy%3A1%25.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 7},
            }
        }
    ]


def test_sarif_names_a_whole_path_by_a_whole_address() -> None:
    located = sarif(RESULT)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert located == {"uri": "file:///home/nurse/policies/references.yaml"}


def test_sarif_of_nothing_wrong_still_says_what_was_looked_for() -> None:
    run = sarif(NOTHING)
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_each_rule_of_sarif_has_what_a_code_host_shows() -> None:
    for rule in sarif(NOTHING)["tool"]["driver"]["rules"][1:]:
        lint = LINTS[rule["id"]]
        assert rule["shortDescription"] == {"text": f"{lint.title}."}
        assert rule["fullDescription"]["text"]
        assert "## Prefer" in rule["help"]["markdown"]
        assert rule["defaultConfiguration"] == {"level": "warning"}
        assert (Path(__file__).parent.parent.parent / rule["properties"]["page"]).is_file()


@pytest.mark.parametrize(
    ("result", "paths", "last"),
    [
        (NOTHING, ["policies"], "policies: 2 policies, nothing wrong"),
        (Result((), (), 0), ["care.yaml"], "care.yaml: nothing wrong"),
        (Result((), (), 1), ["a", "b"], "2 paths: 1 policy, nothing wrong"),
        (Result((BARE,), (), 1), ["policies"], "policies: 1 error"),
        (RESULT, ["p"], "p: 2 errors, 1 warning (`necessity check --explain CODE` says more of a warning)"),
    ],
)
def test_text_ends_in_how_much_there_is(result: Result, paths: list[str], last: str) -> None:
    assert as_text(result, paths).splitlines()[-1] == last


def test_text_tells_errors_first_and_each_with_its_cure() -> None:
    assert as_text(RESULT, ["p"]).splitlines()[:-1] == [
        "/home/nurse/policies/references.yaml:1:1: error: the file is empty",
        "policies/a b/x,y:1%.yaml:3:7: error: fact `a` is\\nnot declared",
        "  help: did you mean `b`?",
        "policies/modules/care.yaml:12:5: warning: nothing reads fact `é` [key-order]",
        "  help: leave it out",
    ]
