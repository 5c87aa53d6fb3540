"""The rows of a sample, so many at a time; each part of it is the same whatever was made before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from harness.sampling.boundary import Boundary
from harness.sampling.columns import AS_DRAWN, Column, columns_of, day_array, type_of
from harness.sampling.draw import Facts, drawn
from harness.sampling.plan import Plan
from harness.sampling.span import Span
from harness.sampling.values import Codes

SHARE = 0.02  # of the rows that are boundary cases
ROWS_AT_ONCE = 1 << 16

_ID_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be sampled: so many `rows`, of which `edges` hold a boundary case."""

    plan: Plan
    columns: tuple[Column, ...]
    days: Span
    requests: Codes  # the day of the request in each boundary case, an ordinal; AS_DRAWN where it does not matter
    rows: int
    edges: int
    seed: int

    @property
    def schema(self) -> pa.Schema:
        first = [("case_id", pa.string()), ("request_date", pa.date32())]
        last = [("synthetic", pa.bool_()), ("boundary", pa.bool_())]
        return pa.schema([*first, *((one.name, type_of(one)) for one in self.columns), *last])

    @property
    def parts(self) -> int:
        return -(-self.rows // ROWS_AT_ONCE)

    def tables(self) -> Iterator[pa.Table]:
        """The rows, part by part."""
        for part in range(self.parts):
            yield self._table(part)

    def _table(self, part: int) -> pa.Table:
        start = part * ROWS_AT_ONCE
        rows = min(ROWS_AT_ONCE, self.rows - start)
        chance = np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence([self.seed, part])))
        first, last = self.days.first.toordinal(), self.days.last.toordinal()
        days = chance.integers(first, last, rows, np.int32, endpoint=True)
        facts = drawn(self.plan, chance, rows)
        places, cases = self._edges(start, start + rows)
        requests = self.requests[cases]
        days[places] = np.where(requests == AS_DRAWN, days[places], requests)
        arrays = [self._column(column, facts[column.fact.id], days, places, cases) for column in self.columns]
        is_edge = np.zeros(rows, np.bool_)
        is_edge[places] = True
        ends = [pa.array(np.ones(rows, np.bool_)), pa.array(is_edge)]
        return pa.table([_ids(start, rows), day_array(days), *arrays, *ends], schema=self.schema)

    def _column(self, column: Column, facts: Facts, days: Codes, places: Codes, cases: Codes) -> pa.Array:
        codes = dict(facts.parts)[column.part].copy()
        edges = column.edges[cases]
        codes[places] = np.where(edges == AS_DRAWN, codes[places], edges)
        return column.array(codes, days)

    def _edges(self, start: int, end: int) -> tuple[Codes, Codes]:
        """Where boundary cases stand in some rows, counted from the first of them, and which they are."""
        known = len(self.requests)
        if not self.edges or not known:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        numbers = range(self.edges)
        low, high = (bisect_left(numbers, row, key=self._place) for row in (start, end))
        places = [self._place(number) - start for number in range(low, high)]
        # Where there is not room for all of them, some of every sort.
        cases = [number % known if self.edges >= known else number * known // self.edges for number in range(low, high)]
        return np.array(places, np.int32), np.array(cases, np.int32)

    def _place(self, number: int) -> int:
        return (2 * number + 1) * self.rows // (2 * self.edges)


def sample_of(
    plan: Plan, boundaries: Sequence[Boundary], days: Span, rows: int, seed: int, share: float = SHARE
) -> Sample:
    """`share` of the rows hold boundary cases; more, up to half of them, where each would else not be there once."""
    edges = 0 if not boundaries or not share else max(int(rows * share), min(len(boundaries), rows // 2))
    requests = [AS_DRAWN if one.request is None else one.request.toordinal() for one in boundaries]
    columns = tuple(column for one in plan.facts.values() for column in columns_of(one, boundaries))
    return Sample(plan, columns, days, np.array(requests, np.int32), rows, edges, seed)


def _ids(start: int, rows: int) -> pa.Array:
    numbers = pa.array(np.arange(start + 1, start + rows + 1)).cast(pa.string())
    return pc.binary_join_element_wise("synthetic", pc.utf8_lpad(numbers, _ID_DIGITS, "0"), "-")
