"""Sets of statuses as three bits (not met 1, undocumented 2, met 4), and the logic of three values upon them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.model.values import Status

Statuses = int

NOTHING: Statuses = 0
ANYTHING: Statuses = 7
BITS = {status: 1 << status for status in Status}
SETTLED: Statuses = BITS[Status.MET] | BITS[Status.NOT_MET]


def members(some: Statuses) -> tuple[Status, ...]:
    return tuple(status for status in Status if some & BITS[status])


def union(some: Iterable[Status]) -> Statuses:
    found = NOTHING
    for status in some:
        found |= BITS[status]
    return found


def _table(join: Callable[[Status, Status], Status]) -> tuple[tuple[Statuses, ...], ...]:
    return tuple(
        tuple(union(join(a, b) for a in members(one) for b in members(other)) for other in range(8)) for one in range(8)
    )


LEAST = _table(min)
GREATEST = _table(max)
NEGATED = tuple(union(one.negated for one in members(some)) for some in range(8))
IS_ONE = tuple(len(members(some)) == 1 for some in range(8))
LOW = tuple(min(members(some), default=Status.NOT_MET) for some in range(8))
HIGH = tuple(max(members(some), default=Status.NOT_MET) for some in range(8))


def counted(at_least: int, items: Iterable[Statuses]) -> Statuses:
    """The statuses of `count`: by how many items are met, and could still be."""
    reached = {(0, 0)}
    for some in items:
        reached = {
            (met + (one is Status.MET), could + (one is not Status.NOT_MET))
            for met, could in reached
            for one in members(some)
        }
    return union(
        Status.MET if met >= at_least else Status.UNDOCUMENTED if could >= at_least else Status.NOT_MET
        for met, could in reached
    )
