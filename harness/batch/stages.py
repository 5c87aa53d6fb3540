"""Named columns computed one on the other, so that whatever several read is computed once."""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
from ibis.expr.types import Table

from harness.batch.held import Expression


@dataclass(slots=True)
class Stages:
    """Columns by stage: one reads only those of earlier stages and the table's own."""

    columns: list[dict[str, Expression]] = field(default_factory=list)
    stage: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, expression: Expression, after: int = -1) -> Expression:
        """Compute a column in the stage behind another one, and return what reads it."""
        number = after + 1
        while len(self.columns) <= number:
            self.columns.append({})
        self.columns[number][name] = expression
        self.stage[name] = number
        return ibis._[name]

    def on(self, table: Table) -> Table:
        for columns in self.columns:
            if columns:
                table = table.mutate(**columns)
        return table
