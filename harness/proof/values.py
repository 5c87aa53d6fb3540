"""What a fact holds, as formulas: true or false, one or several words, a number or date between two bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import z3

from harness.evaluate import included
from harness.model.values import FactType, Interval, Value
from harness.proof.logic import Truth, every, if_else, some

Number: TypeAlias = "int | z3.ArithRef"

MILLION = 10**6  # numbers are held in millionths, since a file holds six decimals; dates in days


@dataclass(frozen=True, slots=True, eq=False)
class YesNo:
    value: Truth


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A choice or a set: which of the words it holds. A text holds none, since it is never compared."""

    holds: Mapping[str, Truth]

    def includes(self, word: str) -> Truth:
        """Whether it holds a word, or any code of a family."""
        return some(held for one, held in self.holds.items() if included(word, frozenset((one,))))


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A number or date between two bounds, either of which may be missing; both are where nothing is known."""

    has_low: Truth
    low: Number
    has_high: Truth
    high: Number

    @property
    def is_point(self) -> Truth:
        return every((self.has_low, self.has_high, equal(self.low, self.high)))


SymbolicValue = YesNo | Words | Span


@dataclass(frozen=True, slots=True, eq=False)
class SymbolicReading:
    """How a fact reads in every possible case. Where nothing is `present`, the value says nothing."""

    kind: FactType
    documented: Truth
    present: Truth
    value: SymbolicValue


def equal(one: Number, other: Number) -> Truth:
    return one == other


def at_least_as_much(one: Number, other: Number) -> Truth:
    return one >= other


def scale(kind: FactType) -> int:
    """How many units of the solver make one of a value."""
    return 1 if kind is FactType.DATE else MILLION


def scaled(number: Decimal, kind: FactType) -> int:
    exact = number * scale(kind)
    assert exact == int(exact), "no file holds more than six decimals"
    return int(exact)


def unscaled(number: int, kind: FactType) -> Decimal:
    exact = Decimal(number) / scale(kind)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def constant(value: Value | tuple[str, ...], kind: FactType) -> SymbolicValue:
    """A value that is the same in every case."""
    match value:
        case bool():
            return YesNo(value)
        case Interval(low, high):
            return Span(
                low is not None,
                0 if low is None else scaled(low, kind),
                high is not None,
                0 if high is None else scaled(high, kind),
            )
        case str():
            return Words({value: True})
        case _:
            return Words(dict.fromkeys(sorted(value), True))


def nothing(kind: FactType) -> SymbolicValue:
    """The value of a fact of which nothing is known."""
    match kind:
        case FactType.BOOLEAN:
            return YesNo(False)
        case FactType.NUMBER | FactType.DATE:
            return Span(False, 0, False, 0)
        case _:
            return Words({})


def choose(when: Truth, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    """The one value where a formula holds, else the other."""
    match one, other:
        case YesNo(), YesNo():
            return YesNo(if_else(when, one.value, other.value))
        case Words(), Words():
            words = dict.fromkeys((*one.holds, *other.holds))
            return Words({w: if_else(when, one.holds.get(w, False), other.holds.get(w, False)) for w in words})
        case Span(), Span():
            return Span(
                if_else(when, one.has_low, other.has_low),
                number_if(when, one.low, other.low),
                if_else(when, one.has_high, other.has_high),
                number_if(when, one.high, other.high),
            )
    raise TypeError("two values of one fact are of one sort")


def number_if(when: Truth, one: Number, other: Number) -> Number:
    if isinstance(when, bool):
        return one if when else other
    return z3.If(when, one, other)
