"""Truth as formulas, and statuses as pairs of them: the connectives of strong Kleene logic over every possible case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import z3

from harness.model.values import Status

# A formula of z3; a plain bool where it is known already, so that what is constant never reaches the solver.
Truth: TypeAlias = "bool | z3.BoolRef"


def every(parts: Iterable[Truth]) -> Truth:
    kept: list[z3.BoolRef] = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    if len(kept) < 2:  # noqa: PLR2004 - nothing to join
        return kept[0] if kept else True
    return z3.And(kept)


def some(parts: Iterable[Truth]) -> Truth:
    kept: list[z3.BoolRef] = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    if len(kept) < 2:  # noqa: PLR2004 - nothing to join
        return kept[0] if kept else False
    return z3.Or(kept)


def no(one: Truth) -> Truth:
    return not one if isinstance(one, bool) else z3.Not(one)


def implies(one: Truth, other: Truth) -> Truth:
    return some((no(one), other))


def same(one: Truth, other: Truth) -> Truth:
    if isinstance(one, bool):
        return other if one else no(other)
    if isinstance(other, bool):
        return one if other else no(one)
    return True if one.eq(other) else one == other


def if_else(when: Truth, one: Truth, other: Truth) -> Truth:
    return some((every((when, one)), every((no(when), other))))


def at_least(number: int, parts: Sequence[Truth]) -> Truth:
    """Whether so many of some formulas hold."""
    number -= sum(part is True for part in parts)
    kept = [part for part in parts if not isinstance(part, bool)]
    if number <= 0 or number > len(kept):
        return number <= 0
    if number == 1:
        return some(kept)
    return every(kept) if number == len(kept) else z3.PbGe([(part, 1) for part in kept], number)


def identical(one: Truth, other: Truth) -> bool:
    """Whether two formulas are one and the same, not merely equivalent."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one.eq(other))


@dataclass(frozen=True, slots=True, eq=False)
class SymbolicStatus:
    """In which cases something is met and in which not met; in all others it is undocumented. Never both."""

    met: Truth
    not_met: Truth

    @property
    def undocumented(self) -> Truth:
        return every((no(self.met), no(self.not_met)))

    @property
    def negated(self) -> SymbolicStatus:
        return SymbolicStatus(self.not_met, self.met)

    def is_(self, status: Status) -> Truth:
        match status:
            case Status.MET:
                return self.met
            case Status.NOT_MET:
                return self.not_met
            case Status.UNDOCUMENTED:
                return self.undocumented

    def is_identical(self, other: SymbolicStatus) -> bool:
        return identical(self.met, other.met) and identical(self.not_met, other.not_met)


def of_truth(truth: Truth) -> SymbolicStatus:
    """Met or not met, never undocumented."""
    return SymbolicStatus(truth, no(truth))


def all_met(parts: Sequence[SymbolicStatus]) -> SymbolicStatus:
    return SymbolicStatus(every(p.met for p in parts), some(p.not_met for p in parts))


def any_met(parts: Sequence[SymbolicStatus]) -> SymbolicStatus:
    return SymbolicStatus(some(p.met for p in parts), every(p.not_met for p in parts))


def count_met(number: int, parts: Sequence[SymbolicStatus]) -> SymbolicStatus:
    """Met when enough are; not met when so many are not that too few still could be."""
    missed = len(parts) - number + 1
    return SymbolicStatus(at_least(number, [p.met for p in parts]), at_least(missed, [p.not_met for p in parts]))
