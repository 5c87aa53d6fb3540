"""Quantities: what the engine is told of a case's facts. Everything is typed and normalised before it is asserted.

The engine coerces types, saturates integers and compares an absent property at random (D1, D8, D17). So a quantity is
always there, and is either a range of two whole numbers below 2**53 or the word of a status. Text is never asserted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from harness.engine.names import bounds
from harness.errors import InternalError
from harness.model.case import Reading, State
from harness.model.condition import Operator
from harness.model.values import Interval, Status, Value

Facts = Mapping[str, Reading]
Asserted = int | str

SCALE = 10**6  # numbers are asserted in millionths, exactly
LARGEST = 7 * 10**9  # 10**9 weeks in days; what is read from files is below it
_UNBOUNDED = 9 * 10**15  # beyond every number in millionths, below 2**53


class NotExactError(ValueError):
    """A number that is too large, or has too many decimals, to be told exactly."""


def scaled(number: Decimal) -> int:
    """A number in millionths; never rounded."""
    numerator, denominator = number.as_integer_ratio()
    whole, rest = divmod(numerator * SCALE, denominator)
    if rest or abs(whole) > LARGEST * SCALE:
        raise NotExactError
    return whole


@dataclass(frozen=True, slots=True)
class Measured:
    """A number or date fact as a range in millionths (dates count days); unbounded when undocumented."""

    name: str
    fact: str

    @property
    def properties(self) -> tuple[str, ...]:
        return bounds(self.name)

    def read(self, facts: Facts) -> tuple[Asserted, ...]:
        value = facts[self.fact].value
        if value is None:
            return -_UNBOUNDED, _UNBOUNDED
        if not isinstance(value, Interval):
            raise InternalError(f"fact `{self.fact}` is compared as a number but does not hold one")
        try:
            low = -_UNBOUNDED if value.low is None else scaled(value.low)
            high = _UNBOUNDED if value.high is None else scaled(value.high)
        except (NotExactError, ValueError, OverflowError):
            raise InternalError(f"the number of fact `{self.fact}` cannot be told to the engine exactly") from None
        if low > high:
            raise InternalError(f"the range of fact `{self.fact}` ends before it starts")
        return low, high


@dataclass(frozen=True, slots=True)
class Held:
    """How many of the listed codes or choices a set fact holds; none to all of them when undocumented."""

    name: str
    fact: str
    listed: tuple[str, ...]

    @property
    def properties(self) -> tuple[str, ...]:
        return bounds(self.name)

    def read(self, facts: Facts) -> tuple[Asserted, ...]:
        value = facts[self.fact].value
        if value is None:
            return 0, len(self.listed)
        if not isinstance(value, frozenset):
            raise InternalError(f"fact `{self.fact}` is compared as a set but does not hold one")
        number = sum(_holds(value, one) for one in self.listed)
        return number, number


@dataclass(frozen=True, slots=True)
class DocumentedFact:
    """Whether a fact is documented, as the word of a status."""

    name: str
    fact: str

    @property
    def properties(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, facts: Facts) -> tuple[Asserted, ...]:
        return (_word(facts[self.fact].state is State.DOCUMENTED),)


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether a boolean or choice fact holds one of the values listed, as the word of a status."""

    name: str
    fact: str
    listed: tuple[Value, ...]

    @property
    def properties(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, facts: Facts) -> tuple[Asserted, ...]:
        value = facts[self.fact].value
        return (Status.UNDOCUMENTED.word if value is None else _word(value in self.listed),)


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact compared with another, settled here: the engine goes wrong between two properties (D1, D2)."""

    name: str
    fact: str
    operator: Operator
    other: str

    @property
    def properties(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, facts: Facts) -> tuple[Asserted, ...]:
        left, right = facts[self.fact].value, facts[self.other].value
        if left is None or right is None:
            return (Status.UNDOCUMENTED.word,)
        if isinstance(left, Interval) and isinstance(right, Interval):
            return (_RANGES[self.operator](left, right).word,)
        return (_word(_PLAIN[self.operator](left, right)),)


Quantity = Measured | Held | DocumentedFact | Settled | Compared


def _word(truth: bool) -> str:
    return Status.MET.word if truth else Status.NOT_MET.word


def _holds(held: frozenset[str], code: str) -> bool:
    """`M51.1-` stands for every code that starts with `M51.1`."""
    if code.endswith("-"):
        family = code.removesuffix("-")
        return any(one[: len(family)] == family for one in held)
    return code in held


def _several(value: Value) -> Iterable[str]:
    return value if isinstance(value, frozenset) else (str(value),)


def _set(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _not_below(left: Interval, right: Interval) -> Status:
    if left.low is not None and right.high is not None and left.low >= right.high:
        return Status.MET
    if left.high is not None and right.low is not None and left.high < right.low:
        return Status.NOT_MET
    return Status.UNDOCUMENTED


_RANGES: dict[Operator, Callable[[Interval, Interval], Status]] = {
    Operator.IS: lambda left, right: min(_not_below(left, right), _not_below(right, left)),
    Operator.AT_LEAST: _not_below,
}
_PLAIN: dict[Operator, Callable[[Value, Value], bool]] = {
    Operator.IS: lambda left, right: left == right,
    Operator.IN: lambda left, right: any(left == one for one in _several(right)),
    Operator.INCLUDES: lambda left, right: all(_holds(_set(left), one) for one in _several(right)),
    Operator.INCLUDES_ANY: lambda left, right: any(_holds(_set(left), one) for one in _several(right)),
}
