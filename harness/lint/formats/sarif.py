"""SARIF 2.1.0, the OASIS format of results of static analysis, as code hosts and editors read it."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from harness.errors import Mistake
from harness.lint.codes import LINTS
from harness.lint.lint import Lint
from harness.lint.result import LintWarning, Result

READING = "reading"  # stands for the code of an error: what makes reading fail
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_DISTRIBUTION = "necessity-harness"


def as_sarif(result: Result) -> str:
    driver = {"name": "necessity", "version": version(_DISTRIBUTION), "rules": _rules()}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not result.errors}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one) for one in result.told],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rules() -> list[dict[str, object]]:
    reading: dict[str, object] = {
        "id": READING,
        "shortDescription": {"text": "What makes reading a policy fail."},
        "defaultConfiguration": {"level": "error"},
    }
    return [reading, *(_rule(lint) for lint in LINTS.values())]


def _rule(lint: Lint) -> dict[str, object]:
    return {
        "id": lint.code,
        "shortDescription": {"text": f"{lint.title}."},
        "fullDescription": {"text": " ".join(lint.section("What it finds").split())},
        "help": {"text": lint.page, "markdown": lint.page},
        "defaultConfiguration": {"level": "warning"},
        # `helpUri` must be a whole address, which a copy of this repository does not have.
        "properties": {"page": lint.page_file},
    }


def _result(one: Mistake | LintWarning) -> dict[str, object]:
    level, code = ("warning", one.code) if isinstance(one, LintWarning) else ("error", READING)
    place = one.place
    return {
        "ruleId": code,
        "ruleIndex": [READING, *LINTS].index(code),
        "level": level,
        "message": {"text": f"{one.message}\nhelp: {one.help}" if one.help else one.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(place.file),
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }


def _artifact(file: str) -> dict[str, str]:
    """Where a file is: below the folder in which the check was run, or by its whole address."""
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}
