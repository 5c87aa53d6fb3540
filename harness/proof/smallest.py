"""Which of all cases that answer a question a reader should see: few facts, exact values, round numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import z3

from harness.model.values import FactType
from harness.proof.case import REQUEST_DATE, Stated, SymbolicCase
from harness.proof.logic import Truth, every, no, some
from harness.proof.values import MILLION, Number, Span, Words, YesNo
from harness.proof.vocabulary import key_of

Wishes = Iterator[tuple[Truth, ...]]  # of each group the first is granted that can be


def wishes(cases: Sequence[SymbolicCase], of: Collection[str] | None = None) -> Wishes:
    """What to wish of one or two cases, in order; of some facts alone, where these are all that a reader is to see."""
    every_one = {id(one): one for case in cases for one in case.facts.values()}.values()
    stated = [one for one in every_one if of is None or one.fact.id in of]
    for one in reversed(stated):  # what every request has stands first, and is the last to be given up
        yield (no(one.stated),)
    for case in cases:
        yield from _request_day(case)
    for one in stated:
        case = next(case for case in cases if case.facts.get(key_of(one.fact)) is one)
        yield from _beside(one, cases[0])
        yield from _value(one, case)


def _beside(one: Stated, first: SymbolicCase) -> Wishes:
    """Of a number that two cases state differently, a second one that is only a step away."""
    other = first.facts.get(key_of(one.fact))
    if other is None or other is one or not isinstance(one.value, Span) or not isinstance(other.value, Span):
        return
    steps = (one.value.low == other.value.low + sign * _step(one) for sign in (-1, 1))
    points = (one.value.is_point, other.value.is_point, other.stated)
    yield tuple(some((no(one.stated), every((*points, step)))) for step in steps)


def _step(one: Stated) -> int:
    if one.fact.type is FactType.DATE:
        return 1
    return MILLION * (7 if one.fact.unit == "wk" else 1)


def _value(one: Stated, case: SymbolicCase) -> Wishes:
    match one.value:
        case YesNo(value):
            yield some((no(one.stated), value)), no(value)
        case Words(holds) if one.fact.type is FactType.CHOICE:
            first, *others = (*holds.values(), False)
            yield some((no(one.stated), first)), *others
        case Words(holds):
            for held in reversed(list(holds.values())):
                yield (no(held),)
        case Span() as span if one.fact.id != REQUEST_DATE:
            yield (some((no(one.stated), span.is_point)),)
            yield (some((no(one.stated), span.is_point, no(span.has_low))),)
            yield (some((no(one.stated), span.is_point, no(span.has_high))),)
            for has, bound in ((span.has_low, span.low), (span.has_high, span.high)):
                yield from _bound(has, bound, _numbers(one, case))


def _bound(has: Truth, bound: Number, numbers: Iterable[Number]) -> Wishes:
    first, *others = (bound == number for number in numbers)
    yield some((no(has), first)), *others


def _request_day(case: SymbolicCase) -> Wishes:
    day = case.request_day
    first, last = (one.toordinal() for one in case.days)
    yield tuple(day == one for one in dict.fromkeys((*case.preferred, first, *_around(_dates(case), 1), last)))


def _dates(case: SymbolicCase) -> Iterable[int]:
    return sorted({n for (_, sort), all_ in case.vocabulary.thresholds.items() if sort == FactType.DATE for n in all_})


def _numbers(one: Stated, case: SymbolicCase) -> Iterator[Number]:
    """Numbers that a reader takes in at a glance, the thresholds first."""
    thresholds = case.vocabulary.thresholds.get(key_of(one.fact), ())
    if one.fact.type is FactType.DATE:
        yield case.request_day
        yield from _around(thresholds, 1)
        return
    step = _step(one)
    yield from _around(thresholds, step)
    yield 0
    if step > MILLION:
        yield from _around(thresholds, MILLION)
    for whole in dict.fromkeys((step, MILLION)):
        yield whole * z3.Int(f"whole {one.fact.id} {whole}")


def _around(thresholds: Iterable[int], step: int) -> Iterator[int]:
    for offset in (0, -step, step):
        yield from (number + offset for number in thresholds)
