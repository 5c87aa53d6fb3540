"""How each fact of a symbolic case reads under one policy: as stated, as measured from a date, or as presumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import z3

from harness.model.builtin import facts_of
from harness.model.policy import Fact, MeasureOf, Policy
from harness.proof.case import SymbolicCase
from harness.proof.limits import Limit, is_counted, limits
from harness.proof.logic import Truth, every, implies, no, same, some
from harness.proof.values import (
    MILLION,
    Number,
    Span,
    SymbolicReading,
    SymbolicValue,
    choose,
    constant,
    equal,
    nothing,
    number_if,
)

Readings = Mapping[str, SymbolicReading]


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The readings of a policy's facts, and what holds of every case that this policy can read."""

    readings: Readings
    limits: tuple[Limit, ...]
    is_odd: bool  # whether some case is not `ordinary`


def read(policy: Policy, case: SymbolicCase) -> Read:
    facts = facts_of(policy)
    found = list(limits(case, facts.values()))
    readings = {fact.id: _reading(case, fact) for fact in facts.values() if not is_derived(fact)}
    for fact in facts.values():
        if is_derived(fact):
            readings[fact.id] = _derived(case, fact, readings)
            found += _consistent(case, fact, readings)
    return Read({fact: readings[fact] for fact in facts}, tuple(found), any(map(_is_odd, facts.values())))


def is_derived(fact: Fact) -> bool:
    """Whether a fact is measured from a date."""
    return fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE


def _is_odd(fact: Fact) -> bool:
    if is_derived(fact):
        return fact.when_several is not None
    beyond = fact.maximum is not None or fact.presumed is not None or (fact.minimum is not None and fact.minimum > 0)
    return is_counted(fact) and beyond


def _reading(case: SymbolicCase, fact: Fact) -> SymbolicReading:
    stated = case.stated(fact)
    if fact.presumed is None:
        return SymbolicReading(fact.type, stated.stated, stated.stated, stated.value)
    present: Truth = True
    presumed: SymbolicValue = constant(fact.presumed, fact.type)
    if is_counted(fact):  # records that may count are not nothing, and then nothing is presumed
        unknown = every((no(case.ordinary), case.records_may_count(fact)))
        present = some((stated.stated, no(unknown)))
        presumed = choose(unknown, nothing(fact.type), presumed)
    return SymbolicReading(fact.type, stated.stated, present, choose(stated.stated, stated.value, presumed))


def _derived(case: SymbolicCase, fact: Fact, readings: Readings) -> SymbolicReading:
    source = _source(fact, readings)
    assert isinstance(source.value, Span)
    stated, measured = case.stated(fact), days_since(source.value, case.request_day)
    own = nothing(fact.type) if fact.presumed is None else constant(fact.presumed, fact.type)
    presumed = every((source.present, no(source.documented)))  # the date is; then so are the days since
    undocumented = choose(presumed, measured, own)
    documented = choose(stated.stated, stated.value, measured)
    is_documented = some((stated.stated, source.documented))
    present = some((is_documented, presumed, fact.presumed is not None))
    return SymbolicReading(fact.type, is_documented, present, choose(is_documented, documented, undocumented))


def _source(fact: Fact, readings: Readings) -> SymbolicReading:
    assert fact.measure is not None
    return readings[fact.measure.date_fact or ""]


def days_since(day: Span, request_day: z3.ArithRef) -> Span:
    """Days from a date to the request, as `harness.cases.measures` counts them."""
    since = request_day - day.high
    low: Number = number_if(every((day.has_high, since >= 0)), MILLION * since, 0)
    return Span(some((day.has_low, day.has_high)), low, day.has_low, MILLION * (request_day - day.low))


def _consistent(case: SymbolicCase, fact: Fact, readings: Readings) -> Iterator[Limit]:
    """What is stated beside what is measured: the same, unless the policy says which of several holds."""
    source, stated = _source(fact, readings), case.stated(fact)
    assert isinstance(source.value, Span)
    assert isinstance(stated.value, Span)
    both = every((stated.stated, source.documented))
    if fact.when_several is not None:
        yield Limit(implies(both, no(case.ordinary)))
        return
    measured = days_since(source.value, case.request_day)
    yield Limit(implies(both, same_span(stated.value, measured)))


def same_span(one: Span, other: Span) -> Truth:
    return every(
        (
            same(one.has_low, other.has_low),
            same(one.has_high, other.has_high),
            implies(one.has_low, equal(one.low, other.low)),
            implies(one.has_high, equal(one.high, other.high)),
        )
    )
