"""The embedded engines that an expression runs on: each computes the rows of a part when it is asked for them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import duckdb
import ibis
import polars as pl
from ibis.expr.types import Table

CASES = "cases"  # the table that an expression reads

Rows = Callable[[int, int, Sequence[pl.Expr]], pl.DataFrame]

ibis.options.sql.fuse_selects = False  # a stage is computed once, and not written out wherever it is read


def on_polars(expression: Table, scan: pl.LazyFrame) -> Rows:
    """Some columns of some rows of an expression over a table: the first row, how many, the columns."""

    @functools.cache  # why rows are rejected is rarely asked
    def compiled() -> pl.LazyFrame:
        connection = ibis.polars.connect()
        connection.create_table(CASES, scan)
        found: pl.LazyFrame = connection.compile(expression)
        return found

    def rows(first: int, count: int, columns: Sequence[pl.Expr]) -> pl.DataFrame:
        return compiled().slice(first, count).select(columns).collect(engine="streaming")

    return rows


def on_duckdb(expression: Table, scan: pl.LazyFrame) -> Rows:
    """The same by DuckDB."""
    sql = str(ibis.to_sql(expression, dialect="duckdb"))

    def rows(first: int, count: int, columns: Sequence[pl.Expr]) -> pl.DataFrame:
        with duckdb.connect() as connection:
            connection.register(CASES, scan.slice(first, count).collect().to_arrow())
            found = pl.from_arrow(connection.sql(sql).to_arrow_table())
        assert isinstance(found, pl.DataFrame)
        return found.sort("row").select(columns)

    return rows


ENGINES = {"polars": on_polars, "duckdb": on_duckdb}
