"""Rows of the file as one case at a time: the harness's readings, and plain values as a rule engine is given them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from batch.data import is_ranged
from batch.emit import plan
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.policy import Fact, Policy
from harness.model.values import FactType, Interval, to_canonical

Row = dict[str, Any]


def first_rows(source: Path, count: int) -> list[Row]:
    return next(pq.ParquetFile(source).iter_batches(count)).to_pylist()


def readings(policy: Policy, row: Row) -> dict[str, Reading]:
    return {fact.id: _reading(fact, row) for fact in policy.facts.values()}


def _reading(fact: Fact, row: Row) -> Reading:
    value = row[plan.column(fact.id)]
    if fact.type in {FactType.NUMBER, FactType.DATE}:
        low, high = (_number(fact, end) for end in _ends(fact, row))
        value = None if low is None and high is None else Interval(low, high)
    elif fact.type is FactType.SET and value is not None:
        value = frozenset(value)
    if value is not None:
        return Reading(State.DOCUMENTED, value)
    return UNDOCUMENTED if fact.presumed is None else Reading(State.PRESUMED, fact.presumed)


def _ends(fact: Fact, row: Row) -> tuple[Any, Any]:
    value = row[plan.column(fact.id)]
    if value is not None or not is_ranged(fact):
        return value, value
    return row[f"{fact.id}.at_least"], row[f"{fact.id}.at_most"]


def _number(fact: Fact, value: float | dt.date | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(value.toordinal()) if isinstance(value, dt.date) else to_canonical(Decimal(str(value)), fact.unit)


def plain(policy: Policy, row: Row) -> Row:
    """Values under plain names: a number or date as its two ends, numbers in the fact's own unit, dates as ordinals."""
    return dict(_plain(policy, row))


def _plain(policy: Policy, row: Row) -> Iterator[tuple[str, Any]]:
    for fact in policy.facts.values():
        name = plan.name(fact.id)
        if fact.type in {FactType.NUMBER, FactType.DATE}:
            low, high = (end.toordinal() if isinstance(end, dt.date) else end for end in _ends(fact, row))
            yield f"{name}_low", low
            yield f"{name}_high", high
        elif fact.type is not FactType.TEXT:
            yield name, row[plan.column(fact.id)]
