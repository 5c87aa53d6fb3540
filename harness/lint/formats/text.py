"""Text for a person: what is wrong, where, what to write instead; then how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import in_one_line, printable
from harness.lint.result import Result


def as_text(result: Result, paths: Sequence[str]) -> str:
    """The whole result; of what was looked at, `paths` are the names that the user gave."""
    return printable("".join(f"{one}\n" for one in (*result.told, _summary(result, paths))))


def _summary(result: Result, paths: Sequence[str]) -> str:
    looked = in_one_line(paths[0]) if len(paths) == 1 else f"{len(paths)} paths"
    counted = [
        _count(len(result.errors), "error", "errors"),
        _count(len(result.warnings), "warning", "warnings"),
    ]
    told = ", ".join(part for part in counted if part)
    if result.warnings:
        return f"{looked}: {told} (`necessity check --explain CODE` says more of a warning)"
    policies = _count(result.policies, "policy", "policies")
    return f"{looked}: {told or ', '.join(part for part in (policies, 'nothing wrong') if part)}"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""
