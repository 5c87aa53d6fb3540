"""A test that failed, in the words of the field: what was expected, what is, and the facts and rules that led there."""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import in_one_line
from harness.model.wording import STATUS_WORDS, fact_name
from harness.suite.judge import Difference, Judged, Reason

_MOST_REASONS = 8  # of one test; who has not seen the cause by then reads the whole assessment


def told(judged: Judged) -> str:
    """A failed test as text, its place first so that a terminal or an editor jumps to it."""
    return "\n".join(map(in_one_line, _lines(judged)))


def _lines(judged: Judged) -> Iterator[str]:
    test = judged.test
    yield f"{test.place}: failed: {test.name}"
    for one in judged.differences:
        yield from (f"  {line}" for line in _difference(one))
    shown = judged.reasons[:_MOST_REASONS]
    for reason in shown:
        yield from (f"  {line}" for line in _reason(reason))
    if len(judged.reasons) > len(shown):
        yield f"  and {len(judged.reasons) - len(shown)} more rules"


def _difference(one: Difference) -> Iterator[str]:
    about = f"rule `{one.rule}`" if one.about == "rule" else one.about
    yield f"{about}: expected {one.expected}, found {one.actual}"


def _reason(reason: Reason) -> Iterator[str]:
    yield f"`{reason.rule}` is {STATUS_WORDS[reason.status]} ({reason.place}):"
    for rule, status in reason.rules:
        yield f"  rule `{rule}`: {STATUS_WORDS[status]}"
    for fact in reason.facts:
        asked = f"; asked: {' and '.join(fact.thresholds)}" if fact.thresholds else ""
        yield f"  {fact_name(fact.fact)}: {fact.text}{asked}"
