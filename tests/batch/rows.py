"""Readings as rows of a canonical table, and as rows of a file of cases: what the tests of batch hold the two to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from harness.batch.columns import RANGED, REQUEST_DATE, TYPES, column, high, low
from harness.batch.held import set_text
from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.policy import Fact, Policy
from harness.model.values import DAYS, FactType, Interval

Readings = Mapping[str, Reading]

POLARS = {"boolean": pl.Boolean, "float64": pl.Float64, "string": pl.String, "date": pl.Date}


def canonical(policy: Policy, rows: Iterable[Readings]) -> pl.DataFrame:
    """Only what is documented: what is presumed, the policy says itself."""
    rows = list(rows)
    columns: dict[str, list[object]] = {}
    schema = {}
    for fact in facts_of(policy).values():
        names = [column(fact.id), *((low(fact.id), high(fact.id)) if fact.type in RANGED else ())]
        for name in names:
            schema[name] = POLARS[TYPES[fact.type]]
            columns[name] = []
        for row in rows:
            for name, value in zip(names, _values(fact, row.get(fact.id, UNDOCUMENTED)), strict=False):
                columns[name].append(value)
    return pl.DataFrame(columns, schema=schema)


def _values(fact: Fact, reading: Reading) -> tuple[object, object, object]:
    value = reading.value if reading.state is State.DOCUMENTED else None
    if isinstance(value, frozenset):
        return set_text(value), None, None
    if not isinstance(value, Interval):
        return value, None, None
    if value.is_point:
        return _number(fact, value.low), None, None
    return None, _number(fact, value.low), _number(fact, value.high)


def _number(fact: Fact, canonical: object) -> object:
    if canonical is None:
        return None
    if fact.type is FactType.DATE:
        return date.fromordinal(int(canonical))
    return float(canonical / DAYS.get(fact.unit or "", 1))


def canonical_of_file(policy: Policy, file: Path) -> list[dict[str, object]]:
    """The rows of a file of cases by canonical columns, made without what the package makes them with."""
    table = pl.read_parquet(file)
    names = {}
    for fact in facts_of(policy).values():
        names[REQUEST_DATE if fact.id == "request.date" else fact.id] = column(fact.id)
        names |= {f"{fact.id}.at_least": low(fact.id), f"{fact.id}.at_most": high(fact.id)}
    rows = []
    for row in table.iter_rows(named=True):
        read = {names.get(name, name): value for name, value in row.items()}
        rows.append({name: set_text(value) if isinstance(value, list) else value for name, value in read.items()})
    return rows
