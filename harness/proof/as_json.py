"""What was proved, for a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.model.policy import Policy
from harness.proof.results import (
    AbsenceNeverDenies,
    Claim,
    OutcomeReached,
    PresumptionDenies,
    PropertyHolds,
    Result,
    RuleDecides,
    StatusReached,
)
from harness.proof.shown import case_files, cases_of

VERSION = 1


def as_json(policy: Policy, results: Sequence[Result], of: int, files: Mapping[int, Sequence[str]]) -> dict[str, Any]:
    """`of` is how many claims there are; fewer results mean that it was interrupted."""
    return {
        "version": VERSION,
        "policy": policy.id,
        "effective": policy.effective.isoformat(),
        "hash": policy.hash,
        "claims": of,
        "results": [_result(result, files.get(number, ())) for number, result in enumerate(results)],
    }


def _result(result: Result, files: Sequence[str]) -> dict[str, Any]:
    return {
        "claim": _claim(result.claim),
        "verdict": result.verdict.value,
        "says": result.says,
        "why": list(result.why),
        "help": result.help,
        "file": result.place.file,
        "line": result.place.line,
        "column": result.place.column,
        "cases": [
            {"case": written.content, "outcome": case.outcome.value}
            for written, case in zip(case_files(result), cases_of(result), strict=True)
        ],
        "written": list(files),
    }


def _claim(claim: Claim) -> dict[str, str]:
    match claim:
        case PropertyHolds(declared):
            return {"kind": "property", "property": declared.id}
        case AbsenceNeverDenies():
            return {"kind": "absence never denies"}
        case PresumptionDenies(fact):
            return {"kind": "presumption", "fact": fact}
        case OutcomeReached(outcome):
            return {"kind": "outcome", "outcome": outcome.value}
        case RuleDecides(rule):
            return {"kind": "rule decides", "rule": rule}
        case StatusReached(rule, status):
            return {"kind": "status", "rule": rule, "status": status.word}
