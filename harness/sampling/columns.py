"""One column of a file: codes of many rows, and the values that they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa

from harness.model.case import Reading
from harness.model.policy import Fact
from harness.model.values import FactType, Interval
from harness.sampling.boundary import Boundary
from harness.sampling.draw import NOTHING
from harness.sampling.numbers import in_own_unit
from harness.sampling.plan import Drawn
from harness.sampling.values import Codes, Held

AS_DRAWN = -2  # the code of what a boundary case leaves as it was drawn

_EPOCH = dt.date(1970, 1, 1).toordinal()
_TYPES = {
    FactType.BOOLEAN: pa.bool_(),
    FactType.NUMBER: pa.float64(),
    FactType.DATE: pa.date32(),
    FactType.CHOICE: pa.string(),
    FactType.SET: pa.list_(pa.string()),
    FactType.TEXT: pa.string(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a fact, or of one bound of it (`part`). `edges` are the codes of the boundary cases."""

    name: str
    part: str
    fact: Fact
    values: tuple[Held, ...]
    held: pa.Array  # the values as the file holds them; of a date the days before the request
    edges: Codes

    @property
    def is_whole(self) -> bool:
        """Whether it holds numbers, and whole ones alone."""
        return self.fact.type is FactType.NUMBER and all(value == int(value) for value in self.values)  # type: ignore[arg-type] # numbers

    def array(self, codes: Codes, days: Codes) -> pa.Array:
        """What the codes stand for, in the requests of some days (ordinals)."""
        missing = codes == NOTHING
        if self.fact.type is not FactType.DATE:
            return self.held.take(pa.array(codes, mask=missing))
        offsets = self.held.to_numpy(zero_copy_only=False)[codes]
        return pa.array((days - _EPOCH - offsets).astype(np.int32), mask=missing).cast(pa.date32())


def columns_of(drawn: Drawn, boundaries: Sequence[Boundary]) -> tuple[Column, ...]:
    """The columns of one fact, each with what the boundary cases hold in it."""
    fact = drawn.palette.fact
    codes = {value: number for number, value in enumerate(drawn.palette.values)}
    parts = {part: np.full(len(boundaries), AS_DRAWN, np.int32) for part in _parts(drawn)}
    for number, boundary in enumerate(boundaries):
        if fact.id not in boundary.facts:
            continue
        for column in parts.values():
            column[number] = NOTHING
        for part, value in _held(fact, boundary.facts[fact.id], boundary.request):
            parts[part][number] = codes.setdefault(value, len(codes))
    values = tuple(codes)
    held = _array(fact, values)
    return tuple(Column(f"{fact.id}{part}", part, fact, values, held, edges) for part, edges in parts.items())


def day_array(days: Codes) -> pa.Array:
    return pa.array((days - _EPOCH).astype(np.int32)).cast(pa.date32())


def type_of(column: Column) -> pa.DataType:
    return _TYPES[column.fact.type]


def _parts(drawn: Drawn) -> tuple[str, ...]:
    return ("", ".at_least", ".at_most") if drawn.has_range else ("",)


def _array(fact: Fact, values: Sequence[Held]) -> pa.Array:
    match fact.type:
        case FactType.NUMBER:
            return pa.array([float(value) for value in values], pa.float64())  # type: ignore[arg-type] # numbers
        case FactType.DATE:
            return pa.array(values, pa.int32())
        case FactType.SET:
            return pa.array([sorted(value) for value in values], _TYPES[fact.type])  # type: ignore[arg-type] # sets
        case kind:
            return pa.array(values, _TYPES[kind])


def _held(fact: Fact, reading: Reading, request: dt.date | None) -> list[tuple[str, Held]]:
    """What a reading holds, by the part of the column."""
    value = reading.value
    if value is None:
        return []
    if not isinstance(value, Interval):
        return [("", value)]
    bounds = (("", value.low),) if value.is_point else ((".at_least", value.low), (".at_most", value.high))
    return [(part, _number(fact, bound, request)) for part, bound in bounds if bound is not None]


def _number(fact: Fact, bound: Decimal, request: dt.date | None) -> Held:
    if fact.type is FactType.DATE:
        assert request is not None
        return request.toordinal() - int(bound)
    own = in_own_unit(bound, fact)
    return own.quantize(Decimal(1)) if own == int(own) else own.normalize()
