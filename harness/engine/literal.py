"""Literals: what a rule's condition is made of when it reaches the engine, and how a few of them fold into patterns.

The engine has two values, we have three. So every literal carries one test that holds exactly when it is met and one
that holds exactly when it is not met, and each test has an exact opposite because its property is never absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.engine.names import bounds
from harness.model.values import Status

_OPPOSITE = {"$gte": "$lt", "$lt": "$gte", "$gt": "$lte", "$lte": "$gt", "$eq": "$neq", "$neq": "$eq"}

Written = dict[str, object]


@dataclass(frozen=True, slots=True)
class Check:
    """One property of a message compared with a literal of its own type: the only kind of test we give the engine."""

    name: str
    operator: str
    value: int | str

    @property
    def negated(self) -> Check:
        return Check(self.name, _OPPOSITE[self.operator], self.value)

    @property
    def written(self) -> Written:
        test: Written = {self.name: self.value}
        return test if self.operator == "$eq" else {self.operator: test}


@dataclass(frozen=True, slots=True)
class Literal:
    """A condition that two tests settle; `undocumented` is empty when it is never undocumented.

    `after` names the nodes that must have settled before its properties can be asserted, `of` what makes them.
    """

    met: Check
    not_met: Check
    undocumented: tuple[Check, ...]
    of: str = field(compare=False)
    after: tuple[str, ...] = ()

    @property
    def possible(self) -> Check:
        return self.not_met.negated

    @property
    def negated(self) -> Literal:
        return Literal(self.not_met, self.met, self.undocumented, self.of, self.after)

    @property
    def tests(self) -> tuple[Check, ...]:
        return (self.met, self.not_met, *self.undocumented)


def word(name: str, after: tuple[str, ...] = ()) -> Literal:
    """Met when the property holds the word `met`: the status of a node, or of a comparison settled beforehand."""
    met, not_met, undocumented = (Check(name, "$eq", s.word) for s in (Status.MET, Status.NOT_MET, Status.UNDOCUMENTED))
    return Literal(met, not_met, (undocumented,), name, after)


def has_status(name: str, status: Status | None, after: tuple[str, ...]) -> Literal:
    """The status of a node; with `status` given, whether it is that one, which is never undocumented."""
    if status is None:
        return word(name, after)
    test = Check(name, "$eq", status.word)
    return Literal(test, test.negated, (), name, after)


def at_least(name: str, threshold: int, after: tuple[str, ...] = ()) -> Literal:
    """Of a range: met when even its low end suffices, not met when not even its high end does."""
    return _ranged(name, "low", "$gte", threshold, after)


def more_than(name: str, threshold: int) -> Literal:
    return _ranged(name, "low", "$gt", threshold)


def at_most(name: str, threshold: int) -> Literal:
    return _ranged(name, "high", "$lte", threshold)


def less_than(name: str, threshold: int) -> Literal:
    return _ranged(name, "high", "$lt", threshold)


def _ranged(name: str, sure: str, operator: str, threshold: int, after: tuple[str, ...] = ()) -> Literal:
    low, high = bounds(name)
    certain, possible = (low, high) if sure == "low" else (high, low)
    met = Check(certain, operator, threshold)
    not_met = Check(possible, operator, threshold).negated
    return Literal(met, not_met, (met.negated, not_met.negated), name, after)


Patterns = dict[Status, tuple[tuple[Check, ...], ...]]


def folded(literals: tuple[Literal, ...], alternative: bool) -> Patterns:
    """The tests for each status of `all` of the literals (of `any`, if alternative).

    Each status has branches, each a conjunction. Over all statuses exactly one branch holds of any message: the engine
    fires once a true branch (D12), and 64 at most for one message.
    """
    if alternative:  # any is all of the opposites, its ends swapped
        opposite = _all_of(tuple(one.negated for one in literals))
        return {status.negated: branches for status, branches in opposite.items()}
    return _all_of(literals)


def _all_of(literals: tuple[Literal, ...]) -> Patterns:
    return {
        Status.MET: (tuple(one.met for one in literals),),
        # The first one that is not met ...
        Status.NOT_MET: tuple(
            (*(before.possible for before in literals[:n]), one.not_met) for n, one in enumerate(literals)
        ),
        # ... or else the first one that is not met for sure.
        Status.UNDOCUMENTED: tuple(
            (
                *(before.met for before in literals[:n]),
                *one.undocumented,
                *(later.possible for later in literals[n + 1 :]),
            )
            for n, one in enumerate(literals)
            if one.undocumented
        ),
    }
