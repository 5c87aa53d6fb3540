"""One version's expression over all rows of a source, of which a part is computed when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import polars as pl

from harness.batch import rowwise
from harness.batch.canonical import BAD, reason
from harness.batch.columns import CASE_ID, ROW
from harness.batch.edge import Edge
from harness.batch.engines import CASES, ENGINES, Rows
from harness.batch.expression import Compiled, compiled
from harness.batch.prepare import prepared
from harness.batch.source import Source
from harness.batch.versions import Version

WHY = "why_"  # why a row is rejected; NULL for one that is not


@dataclass(frozen=True, slots=True)
class Sheet:
    version: Version
    expression: Compiled
    rows: Rows
    reasons: Rows
    edge: Edge

    @classmethod
    def of(cls, version: Version, scan: pl.LazyFrame, rules: Sequence[str], engine: str) -> Sheet:
        """`scan` are the cases as their file has them; `rules` those of all versions, in the order of the result."""
        ready = prepared(version.policy, ibis.table(ibis.Schema.from_polars(scan.collect_schema()), name=CASES))
        expression = compiled(version.policy, ready.table.columns)
        on = ENGINES[engine]
        told = ready.table.mutate(**{WHY: reason(ready.faults)})
        return cls(version, expression, on(expression.on(ready.table), scan), on(told, scan), Edge(expression, rules))

    @classmethod
    def measured(cls, version: Version, file: Path, rules: Sequence[str], engine: str) -> Sheet:
        """The same over the canonical table that `measure` wrote."""
        scan = pl.scan_parquet(file)
        table = ibis.table(ibis.Schema.from_polars(scan.collect_schema()), name=CASES)
        expression = compiled(version.policy, table.columns)
        on = ENGINES[engine]
        return cls(version, expression, on(expression.on(table), scan), on(table, scan), Edge(expression, rules))

    def part(self, first: int, count: int, only: pl.Series | None) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The results of a part with their row numbers, and its rejected rows; of the rows in `only`, where given."""
        by_row = self.expression.remedy is None
        columns = self.edge.columns()
        computed = self.rows(first, count, [pl.all()] if by_row else columns)
        if only is not None:
            computed = computed.filter(pl.col(ROW).is_in(only.implode()))
        bad = computed[BAD]
        rejected = self._rejected(first, count, computed[ROW].filter(bad)) if bad.any() else _NONE_REJECTED
        if bad.any():
            computed = computed.filter(~bad)
        remedies = rowwise.remedies(self.expression, computed) if by_row else None
        rows = computed.select(columns) if by_row else computed
        return self.edge.finished(rows, remedies).with_columns(rows[ROW]), rejected

    def _rejected(self, first: int, count: int, numbers: pl.Series) -> pl.DataFrame:
        found = self.reasons(first, count, [pl.col(ROW), pl.col(CASE_ID), pl.col(WHY).alias("reason")])
        return found.filter(pl.col(ROW).is_in(numbers.implode()))


_NONE_REJECTED = pl.DataFrame(schema={ROW: pl.Int64, CASE_ID: pl.String, "reason": pl.String})


def measure(
    version: Version, source: Source, episodes: Path, folder: Path, known: Collection[str], memory: str
) -> Path:
    """Write the canonical cases of a version with what their episodes measure, in the order of the source.

    Episodes are measured by DuckDB, which goes to disk where `memory` does not suffice.
    """
    target = folder / f"measured-{version.policy.effective.isoformat()}.parquet"
    connection = ibis.duckdb.connect(memory_limit=memory, temp_directory=str(folder))
    table = connection.read_parquet(str(source.file), file_row_number=True)
    table = table.select(*source.read, **{ROW: table.file_row_number})
    ready = prepared(version.policy, table, connection.read_parquet(str(episodes)), known=known)
    told = ready.table.mutate(**{WHY: reason(ready.faults)}).order_by(ROW)
    connection.to_parquet(told, target)
    connection.disconnect()
    return target
