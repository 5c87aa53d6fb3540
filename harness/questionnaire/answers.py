"""The answers to a fact that its comparisons tell apart, each by one value that stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from harness.model.case import Reading, State
from harness.model.condition import Compare, Constant
from harness.model.policy import Fact
from harness.model.values import FactType, Interval, Value

_ONE = Decimal(1)


def answers(fact: Fact, now: Reading, beside: Iterable[Value | tuple[str, ...]]) -> Iterator[Reading]:
    """Documented readings of a fact, at least one on each side of every value that it is compared with (`beside`).

    What is documented as a range is asked for more exactly: its answers lie within the range.
    """
    for value in _values(fact, now, list(beside)):
        yield Reading(State.DOCUMENTED, value)


def operand(compare: Compare) -> Value | tuple[str, ...] | None:
    return compare.operand.value if isinstance(compare.operand, Constant) else None


def _values(fact: Fact, now: Reading, beside: Sequence[Value | tuple[str, ...]]) -> Iterable[Value]:
    match fact.type:
        case FactType.BOOLEAN:
            return (True, False)
        case FactType.CHOICE:
            return fact.choices
        case FactType.NUMBER | FactType.DATE:
            return _numbers(fact, now, [one for one in beside if isinstance(one, Interval)])
        case FactType.SET:
            return _sets(beside)
        case FactType.TEXT:
            return ("",)


def _numbers(fact: Fact, now: Reading, beside: Sequence[Interval]) -> list[Value]:
    """Each threshold, a number between each two, and one beyond either end, as far as the bounds of the fact let."""
    known = now.value if now.state is State.DOCUMENTED and isinstance(now.value, Interval) else None
    low, high = fact.least, fact.maximum
    if fact.measure is not None:  # what is stated is held to these bounds; what is measured is only not negative
        low, high = min(fact.least or Decimal(0), Decimal(0)), None
    if fact.type is FactType.DATE:
        low, high = _ONE, None
    if known is not None:
        low, high = known.low if known.low is not None else low, known.high if known.high is not None else high
    points = sorted({end for one in beside for end in (one.low, one.high) if end is not None})
    points += [end for end in (low, high) if end is not None and known is not None]
    points = sorted(set(points)) or [low if low is not None else high if high is not None else Decimal(0)]
    tried = [points[0] - _ONE, points[-1] + _ONE, *points]
    whole = fact.type is FactType.DATE
    tried += [_between(a, b, whole=whole) for a, b in pairwise(points)]
    within = sorted({n for n in tried if (low is None or n >= low) and (high is None or n <= high)})
    return [Interval.point(number) for number in within or [low if low is not None else points[0]]]


def _between(one: Decimal, other: Decimal, *, whole: bool) -> Decimal:
    return (one + other) // 2 if whole else (one + other) / 2


def _sets(beside: Sequence[Value | tuple[str, ...]]) -> list[Value]:
    """Nothing, each code that is asked about, those of one comparison together, and all of them.

    A code beneath a family stands for the family.
    """
    lists = [sorted(_code(one) for one in some) for some in beside if isinstance(some, tuple | frozenset)]
    single = sorted({code for some in lists for code in some})
    several = [*([code] for code in single), *lists, single]
    return list(dict.fromkeys([frozenset[str](), *map(frozenset, several)]))


def _code(code: str) -> str:
    return f"{code[:-1]}0" if code.endswith("-") else code
