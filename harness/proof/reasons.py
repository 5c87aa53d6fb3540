"""Why something can never be: the smallest part of what is asked that cannot hold together, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Documented,
    Not,
    Operator,
    RuleStatus,
)
from harness.model.policy import Policy
from harness.model.values import Status
from harness.model.wording import STATUS_WORDS, threshold
from harness.proof.every_case import EveryCase
from harness.proof.logic import Truth
from harness.proof.solver import UnsettledError

Asked = tuple[Condition, Status]  # a condition, and the status it should have

_MOST_TOLD = 4  # of what cannot hold together
_DEEPEST = 3  # alternatives within alternatives that are told apart
_PAIRS = (
    (Operator.IS, Operator.IS_NOT),
    (Operator.IN, Operator.NOT_IN),
    (Operator.AT_LEAST, Operator.LESS_THAN),
    (Operator.AT_MOST, Operator.MORE_THAN),
    (Operator.INCLUDES_ANY, Operator.EXCLUDES),
)
_OPPOSITE = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_IS = {Operator.IS, Operator.IS_NOT, Operator.IN, Operator.NOT_IN}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    text: str
    formula: Truth
    asked: Asked | None = None  # None for what limits the facts


def why_never(every_case: EveryCase, asked: Iterable[Asked], level: int = 0) -> str:
    """Why some conditions can never have the statuses named; empty when no reason was found."""
    limits = [_Part(one.says, one.formula) for one in every_case.encoded.read.limits if one.says]
    parts = [part for condition, status in asked for part in _parts(every_case, condition, status)]
    try:
        found = _smallest_conflict(every_case, [*parts, *limits])
    except UnsettledError:
        return ""
    told = [part for part in found if part.asked is not None]
    split = next((part for part in told if _alternatives(part)), None)
    if split is not None and level < _DEEPEST:
        rest = [part.asked for part in told if part.asked is not None and part is not split]
        reasons = [why_never(every_case, [*rest, one], level + 1) for one in _alternatives(split)]
        if all(reasons):
            return "; ".join(dict.fromkeys(reasons))
    return _said([part.text for part in told], [part.text for part in found if part.asked is None])


def _smallest_conflict(every_case: EveryCase, parts: Sequence[_Part]) -> list[_Part]:
    """Parts that cannot hold together, while any fewer of them can; none when all can."""
    kept = _conflict(every_case, parts)
    for part in kept:
        if part in kept:
            kept = _conflict(every_case, [one for one in kept if one is not part]) or kept
    return kept


def _conflict(every_case: EveryCase, parts: Sequence[_Part]) -> list[_Part]:
    found = every_case.conflicts.conflict([part.formula for part in parts])
    return [parts[number] for number in found or ()]


def _said(told: Sequence[str], limits: Sequence[str]) -> str:
    if not told:
        return ""
    if len(told) > _MOST_TOLD:
        told = [*told[: _MOST_TOLD - 1], f"{len(told) - _MOST_TOLD + 1} more"]
    several = "both" if len(told) == 2 else "all"  # noqa: PLR2004 - English has a word for two
    joined = f"{', '.join(told[:-1])} and {told[-1]} cannot {several} hold" if len(told) > 1 else f"{told[0]} cannot be"
    return f"{joined}: {' and '.join(limits)}" if limits else joined


def _parts(every_case: EveryCase, condition: Condition, status: Status) -> Iterator[_Part]:
    """What must all hold for a condition to have a status, taken apart as far as that goes."""
    match condition, status:
        case (All(items), Status.MET) | (AnyOf(items), Status.NOT_MET):
            for item in items:
                yield from _parts(every_case, item, status)
        case Not(item), _:
            yield from _parts(every_case, item, status.negated)
        case RuleStatus(rule, None), _:
            yield from _parts(every_case, every_case.policy.rules[rule].when, status)
        case RuleStatus(rule, Status() as named), Status.MET:
            yield from _parts(every_case, every_case.policy.rules[rule].when, named)
        case _:
            formula = every_case.encoded.status_of(condition).is_(status)
            yield _Part(_text(condition, status, every_case.policy), formula, (condition, status))


def _alternatives(part: _Part) -> list[Asked]:
    match part.asked:
        case (AnyOf(items), Status.MET) | (All(items), Status.NOT_MET):
            assert part.asked is not None
            return [(item, part.asked[1]) for item in items]
        case _:
            return []


def _text(condition: Condition, status: Status, policy: Policy) -> str:
    match condition, status:
        case Compare(fact), Status.UNDOCUMENTED:
            return f"`{fact}` undocumented"
        case Compare(fact, operator), Status.NOT_MET if operator in _OPPOSITE:
            return _comparison(replace(condition, operator=_OPPOSITE[operator]), policy)
        case Compare(), _:
            return f"{'not ' if status is Status.NOT_MET else ''}{_comparison(condition, policy)}"
        case Documented(fact, expected), _:
            return f"`{fact}` {'documented' if expected is (status is Status.MET) else 'not documented'}"
        case RuleStatus(rule, None), _:
            return f"rule `{rule}` {STATUS_WORDS[status]}"
        case RuleStatus(rule, Status() as named), _:
            return f"rule `{rule}` {'' if status is Status.MET else 'not '}{STATUS_WORDS[named]}"
        case Count(at_least, items), _:
            return f"{'' if status is Status.MET else 'not '}at least {at_least} of {len(items)} conditions"
        case (AnyOf(items), Status.MET) | (All(items), Status.NOT_MET):
            others = len(items) - _MOST_TOLD + 1
            shown = items if len(items) <= _MOST_TOLD else items[: _MOST_TOLD - 1]
            words = [_text(item, status, policy) for item in shown]
            return " or ".join(words if shown is items else [*words, f"one of {others} others"])
        case _:
            return f"a condition {STATUS_WORDS[status]}"


def _comparison(compare: Compare, policy: Policy) -> str:
    return f"`{compare.fact}` {'is ' if compare.operator in _IS else ''}{threshold(compare, policy)}"
