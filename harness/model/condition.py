"""Conditions: a closed set of frozen classes that evaluate, engine, batch, proof and site all walk with `match`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.model.values import Status, Value


class Operator(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    INCLUDES = "includes"
    INCLUDES_ANY = "includes_any"
    EXCLUDES = "excludes"


@dataclass(frozen=True, slots=True)
class Constant:
    """The right-hand side of a comparison: a literal, or the value of the parameter named.

    For `in`, `not_in` and the operators of sets the value is a tuple (of choices, codes or code families such as
    `M51.1-`); for the others one value. Numbers are canonical (see `harness.model.values`).
    """

    value: Value | tuple[str, ...]
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class OtherFact:
    """The right-hand side of a comparison is what another fact holds."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compare:
    fact: str
    operator: Operator
    operand: Constant | OtherFact


@dataclass(frozen=True, slots=True)
class Documented:
    """Whether a fact is documented (a presumption is not a document); itself never undocumented."""

    fact: str
    expected: bool


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """The status of another rule; with `status` named, whether it has that status (then never undocumented)."""

    rule: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class All:
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    item: Condition


@dataclass(frozen=True, slots=True)
class Count:
    """Met when at least `at_least` items are met; not met when too few still could be."""

    at_least: int
    items: tuple[Condition, ...]
    parameter: str | None = None


# Which condition within another: the index of each child on the way down, empty for the whole.
Step = tuple[int, ...]

Condition = Compare | Documented | RuleStatus | All | AnyOf | Not | Count


def children(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All(items) | AnyOf(items) | Count(items=items):
            return items
        case Not(item):
            return (item,)
        case _:
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it, in reading order."""
    yield condition
    for child in children(condition):
        yield from walk(child)


def rules_read(condition: Condition) -> tuple[str, ...]:
    """Ids of the rules a condition refers to, each once, in reading order."""
    return tuple(dict.fromkeys(c.rule for c in walk(condition) if isinstance(c, RuleStatus)))


def rules_met_by(condition: Condition) -> Iterator[str]:
    """Ids of the rules whose being met helps to meet a condition, in reading order."""
    match condition:
        case RuleStatus(name, None | Status.MET):
            yield name
        case All(items) | AnyOf(items) | Count(items=items):
            for item in items:
                yield from rules_met_by(item)


def facts_read(condition: Condition) -> tuple[str, ...]:
    """Ids of the facts a condition reads itself (not through other rules), each once, in reading order."""
    found: dict[str, None] = {}
    for c in walk(condition):
        match c:
            case Compare(fact, _, operand):
                found[fact] = None
                if isinstance(operand, OtherFact):
                    found[operand.fact] = None
            case Documented(fact):
                found[fact] = None
    return tuple(found)
