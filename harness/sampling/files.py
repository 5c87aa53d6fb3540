"""Rows as a file: Parquet, CSV or NDJSON, by the ending of its name. Each says that its cases are synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harness.sampling.rows import Sample

NOTE = "Synthetic cases, made from a policy alone. They are of no patient, and no measure of one."
FORMS = (".parquet", ".csv", ".ndjson")

_ROWS_OF_TEXT = 1 << 13  # at once: text takes more room than columns
_BETWEEN = ";"  # the members of a set, in CSV
_EMPTY = "[]"


def write_rows(sample: Sample, tables: Iterable[pa.Table], stream: BinaryIO, form: str) -> None:
    """Write the tables of a sample in the form of one of `FORMS`, one after the other."""
    if form == ".parquet":
        _parquet(sample, tables, stream)
        return
    whole = {column.name for column in sample.columns if column.is_whole}
    header = True
    for table in tables:
        frame = pl.from_arrow(_in_words(table, whole, lists=form == ".ndjson"))
        assert isinstance(frame, pl.DataFrame)
        for some in frame.iter_slices(_ROWS_OF_TEXT):
            text = some.write_ndjson() if form == ".ndjson" else some.write_csv(include_header=header)
            stream.write(text.encode())
            header = False


def marks(sample: Sample) -> Mapping[str, str]:
    """What a file says of itself: that it is synthetic, and what it was made from."""
    policy = sample.plan.policy
    return {
        "synthetic": "true",
        "note": NOTE,
        "policy": policy.version,
        "hash": policy.hash,
        "rows": str(sample.rows),
        "seed": str(sample.seed),
    }


def _parquet(sample: Sample, tables: Iterable[pa.Table], stream: BinaryIO) -> None:
    schema = sample.schema.with_metadata({f"necessity.{key}": value for key, value in marks(sample).items()})
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table.cast(schema))


def _in_words(table: pa.Table, whole: set[str], *, lists: bool) -> pa.Table:
    """The table as text holds it: whole numbers without a point, and sets as words where there are no lists."""
    for number, field in enumerate(table.schema):
        column = table.column(number)
        if field.name in whole:
            column = column.cast(pa.int64())
        elif pa.types.is_list(field.type) and not lists:
            words = pc.binary_join(column, _BETWEEN)
            column = pc.if_else(pc.equal(words, ""), _EMPTY, words)
        else:
            continue
        table = table.set_column(number, field.name, column)
    return table
