"""How a fact of a row is held: its value or its bounds, with what the policy presumes, and whether it is documented."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis

from harness.batch.columns import (
    SET_SEPARATOR,
    TYPES,
    column,
    high,
    low,
    possible,
    presumed_high,
    presumed_low,
)
from harness.model.builtin import facts_of
from harness.model.policy import Fact, Policy
from harness.model.values import DAYS, FactType, Interval, Value

Expression = Any  # a deferred expression of Ibis, or a constant; the library gives the two no common type


@dataclass(frozen=True, slots=True)
class Held:
    """One fact of a row. The bounds are the value itself, unless columns with bounds stand beside it."""

    fact: Fact
    value: Expression
    low: Expression
    high: Expression
    documented: Expression
    known: bool = True  # whether any row can hold it

    @property
    def is_ranged(self) -> bool:
        return self.low is not self.high


def facts_held(policy: Policy, columns: Collection[str]) -> Mapping[str, Held]:
    """Every fact that a policy can read, in a canonical table with these columns; one without a column is NULL."""
    return {name: _presumed(_stated(fact, columns), columns) for name, fact in facts_of(policy).items()}


def _stated(fact: Fact, columns: Collection[str]) -> Held:
    found = [ibis._[name] if name in columns else None for name in (column(fact.id), low(fact.id), high(fact.id))]
    value, least, most = found
    stated = [one for one in found if one is not None]
    if not stated:
        absent = ibis.null(TYPES[fact.type])
        return Held(fact, absent, absent, absent, ibis.literal(False), known=False)
    documented = functools.reduce(operator.or_, (one.notnull() for one in stated))
    if least is None and most is None:
        return Held(fact, value, value, value, documented)
    return Held(fact, value, _first(fact, value, least), _first(fact, value, most), documented)


def _first(fact: Fact, *several: Expression) -> Expression:
    known = [one for one in several if one is not None]
    if not known:
        return ibis.null(TYPES[fact.type])
    return known[0] if len(known) == 1 else ibis.coalesce(*known)


def _presumed(held: Held, columns: Collection[str]) -> Held:
    """The same, where nothing is documented, as the policy presumes it."""
    fact, presumed = held.fact, held.fact.presumed
    derived = presumed_low(fact.id) in columns
    if presumed is None and not derived:
        return held
    if possible(fact.id) not in columns and not derived and not held.is_ranged and _is_one(presumed):
        assert presumed is not None
        value = held.value.fill_null(literal(fact, presumed))
        return Held(fact, value, value, value, held.documented)
    bounds = (presumed.low, presumed.high) if isinstance(presumed, Interval) else (None, None)
    sources = (presumed_low(fact.id), presumed_high(fact.id))
    ends = [
        ibis.ifelse(held.documented, end, _of_bound(fact, bound, source, sources if derived else (), columns))
        for end, bound, source in zip((held.low, held.high), bounds, sources, strict=True)
    ]
    return Held(fact, held.value, ends[0], ends[1], held.documented)


def _is_one(presumed: Value | None) -> bool:
    return not isinstance(presumed, Interval) or presumed.is_point


def _of_bound(
    fact: Fact, bound: Decimal | None, source: str, sources: Sequence[str], columns: Collection[str]
) -> Expression:
    """A bound that is presumed: of days since a presumed date before the fact's own, and none over records."""
    known = ibis.null(TYPES[fact.type]) if bound is None else number(fact, bound)
    if possible(fact.id) in columns:
        known = ibis.ifelse(ibis._[possible(fact.id)], ibis.null(TYPES[fact.type]), known)
    if sources:
        derived = functools.reduce(operator.or_, (ibis._[one].notnull() for one in sources))
        known = ibis.ifelse(derived, ibis._[source], known)
    return known


def literal(fact: Fact, value: Value) -> Expression:
    """A value of the policy as the canonical column of a fact holds it."""
    match value:
        case Interval(bound):
            assert value.is_point
            assert bound is not None
            return number(fact, bound)
        case frozenset():
            return ibis.literal(set_text(value))
        case _:
            return ibis.literal(value)


def number(fact: Fact, canonical: Decimal) -> Expression:
    """A canonical number or day as the column of a fact holds it: in the fact's own unit, or as a date.

    Division rounds correctly, so that a number of days which a week's fraction cannot hold still lies between the
    same neighbours.
    """
    if fact.type is FactType.DATE:
        return ibis.literal(date.fromordinal(int(canonical)))
    return ibis.literal(float(Fraction(canonical) / DAYS.get(fact.unit or "", 1)))


def set_text(members: Collection[str]) -> str:
    return SET_SEPARATOR + "".join(f"{one}{SET_SEPARATOR}" for one in sorted(members))
