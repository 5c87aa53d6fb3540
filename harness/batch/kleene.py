"""Statuses as nullable booleans: met is true, not met false, undocumented NULL, and SQL's logic is strong Kleene."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence

import ibis
from ibis.expr.types import BooleanValue, IntegerValue

UNDOCUMENTED: BooleanValue = ibis.null("boolean")


def constant(truth: bool) -> BooleanValue:
    found: BooleanValue = ibis.literal(truth)
    return found


def all_of(statuses: Iterable[BooleanValue]) -> BooleanValue:
    return functools.reduce(operator.and_, statuses)


def any_of(statuses: Iterable[BooleanValue]) -> BooleanValue:
    return functools.reduce(operator.or_, statuses)


def is_met(status: BooleanValue) -> BooleanValue:
    """Whether it is met: itself never undocumented."""
    return status.fill_null(False)


def is_not_met(status: BooleanValue) -> BooleanValue:
    return (~status).fill_null(False)


def settled(met: BooleanValue, not_met: BooleanValue) -> BooleanValue:
    """Met, not met, or neither: undocumented."""
    return ibis.cases((met, True), (not_met, False), else_=UNDOCUMENTED)


def count(at_least: int, statuses: Sequence[BooleanValue]) -> BooleanValue:
    """Met when enough are met; not met when too few still could be (`harness.evaluate.count_status`)."""
    if at_least == 1:
        return any_of(statuses)
    if at_least == len(statuses):
        return all_of(statuses)
    return settled(
        number_of(is_met(one) for one in statuses) >= at_least,
        number_of(is_not_met(one) for one in statuses) > len(statuses) - at_least,
    )


def number_of(truths: Iterable[BooleanValue]) -> IntegerValue:
    """How many of some are true; none of them may be NULL."""
    return functools.reduce(operator.add, (truth.cast("int16") for truth in truths))
