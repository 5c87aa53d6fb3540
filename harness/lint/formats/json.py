"""JSON: errors and warnings, each with its place."""

from __future__ import annotations

import json

from harness.errors import Mistake
from harness.lint.result import LintWarning, Result


def as_json(result: Result) -> str:
    content = {
        "errors": [_entry(error) for error in result.errors],
        "warnings": [{**_entry(warning), "code": warning.code} for warning in result.warnings],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _entry(one: Mistake | LintWarning) -> dict[str, object]:
    place = one.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": one.message,
        "help": one.help,
    }
