"""One policy with one small mistake put in on purpose, and how a condition is changed in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.errors import Place
from harness.model.condition import All, AnyOf, Condition, Count, Not, Step, children
from harness.model.policy import Policy


class Sort(StrEnum):
    """The mistakes that are tried, each of a sort that authors make."""

    THRESHOLD = "threshold shifted"
    OPERATOR = "operator changed"
    ALL_ANY = "all and any swapped"
    CHILD = "condition dropped"
    CHOICE = "choice dropped"
    NOT = "not dropped"
    STATUS = "status changed"
    PRESUMED = "presumption changed"
    EXCEPTION = "exception removed"
    UNDOCUMENTED = "reading of undocumented changed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """`what` says the mistake in words, `where` which rule, parameter or fact holds it."""

    sort: Sort
    where: str
    what: str
    place: Place
    policy: Policy


def steps(condition: Condition, step: Step = ()) -> Iterator[tuple[Step, Condition]]:
    """A condition and everything below it, each with the step that leads to it."""
    yield step, condition
    for number, child in enumerate(children(condition)):
        yield from steps(child, (*step, number))


def changed(condition: Condition, step: Step, new: Condition) -> Condition:
    """The condition with another one at a step."""
    if not step:
        return new
    number, rest = step[0], step[1:]
    match condition:
        case All(items) | AnyOf(items) | Count(items=items):
            below = (*items[:number], changed(items[number], rest, new), *items[number + 1 :])
            return replace(condition, items=below)
        case Not(item):
            return Not(changed(item, rest, new))
        case _:
            raise KeyError(step)
