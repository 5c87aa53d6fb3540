"""What no case file can state: two values of one choice, a range that ends before it begins, a date in the future."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import z3

from harness.cases.request import OLDEST
from harness.model.policy import Fact
from harness.model.values import FactType, quantity
from harness.model.wording import date_words
from harness.proof.case import AGE, REQUEST_DATE, Stated, SymbolicCase
from harness.proof.logic import Truth, every, implies, no, some
from harness.proof.values import MILLION, Number, Span, Words, scaled
from harness.strict_yaml import MAX_NUMBER

_MOST = int(MAX_NUMBER) * MILLION


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """What holds of every case that a file can hold; `says` is why, where a reader may ask."""

    formula: Truth
    says: str = ""


def limits(case: SymbolicCase, facts: Iterable[Fact]) -> Iterator[Limit]:
    """What holds of a case that states these facts, as they are declared."""
    first, last = case.days
    yield Limit(case.request_day >= first.toordinal(), f"the request is of {date_words(first)} or later")
    yield Limit(case.request_day <= last.toordinal(), f"the request is of {date_words(last)} or earlier")
    for fact in facts:
        stated = case.stated(fact)
        match stated.value:
            case Words(holds) if fact.system is None:
                yield from _choices(fact, stated, holds)
            case Span() as span if fact.id != REQUEST_DATE:
                yield from _span(case, fact, stated, span)


def is_counted(fact: Fact) -> bool:
    """Whether a fact can be measured from the treatment records of a case."""
    return fact.measure is not None and bool(fact.measure.episodes)


def _choices(fact: Fact, stated: Stated, holds: Mapping[str, Truth]) -> Iterator[Limit]:
    mine = [held for word, held in holds.items() if word in fact.choices]
    yield Limit(every(no(held) for word, held in holds.items() if word not in fact.choices))
    if fact.type is FactType.CHOICE:
        yield Limit(implies(stated.stated, some(mine)))
        if len(mine) > 1:
            yield Limit(z3.AtMost(*mine, 1))


def _span(case: SymbolicCase, fact: Fact, stated: Stated, span: Span) -> Iterator[Limit]:
    yield Limit(implies(stated.stated, some((span.has_low, span.has_high))))
    yield Limit(implies(no(stated.stated), every((no(span.has_low), no(span.has_high)))))
    yield Limit(implies(every((span.has_low, span.has_high)), span.low <= span.high))
    if fact.type is FactType.DATE:
        yield Limit(_from(span, 1))
        yield Limit(_up_to(span, case.request_day), f"`{fact.id}` is not after the request date")
    elif fact.id == AGE:
        yield Limit(_from(span, 0))
        yield Limit(_up_to(span, OLDEST * MILLION), f"`{fact.id}` is at most {OLDEST} years")
    else:
        yield Limit(_from(span, -_MOST))
        yield Limit(_up_to(span, _MOST))
        yield from _declared(case, fact, span)


def _declared(case: SymbolicCase, fact: Fact, span: Span) -> Iterator[Limit]:
    """The bounds of a fact hold of what is stated; what is measured can lie beyond, though never below zero."""
    if fact.least is not None:
        least = _from(span, scaled(fact.least, fact.type))
        certain = not is_counted(fact) or fact.least <= 0
        says = f"`{fact.id}` is at least {quantity(fact.least, fact.unit)}"
        yield Limit(least if certain else every((_from(span, 0), implies(case.ordinary, least))), says)
    if fact.maximum is not None:
        most = _up_to(span, scaled(fact.maximum, fact.type))
        says = f"`{fact.id}` is at most {quantity(fact.maximum, fact.unit)}"
        yield Limit(implies(case.ordinary, most) if is_counted(fact) else most, says)


def _from(span: Span, least: Number) -> Truth:
    return every((implies(span.has_low, span.low >= least), implies(span.has_high, span.high >= least)))


def _up_to(span: Span, most: Number) -> Truth:
    return every((implies(span.has_low, span.low <= most), implies(span.has_high, span.high <= most)))
