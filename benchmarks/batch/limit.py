"""The limit: the policy as one would write it by hand for Polars, DuckDB and NumPy, Parquet in and Parquet out.

Each writes the same columns; with `reject`, invalid rows go to a second file with the reason instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from batch import bits
from batch.emit import numpy_source, plan, polars_source, sql_source
from harness.batch.parts import REJECTED
from harness.model.policy import Policy
from harness.model.values import FactType, Outcome

WORDS = ["not_met", "met", "undocumented"]
OUTCOMES = [one.value for one in Outcome]


def rejected(output: Path) -> Path:
    return output.with_name(output.name + REJECTED)


def with_polars(policy: Policy, source: Path, output: Path, reject: bool = False) -> None:
    made = _made(polars_source.source(policy))
    rows = pl.scan_parquet(source)
    options: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "statistics": False}
    if not reject:
        _polars_result(policy, made["statuses"](rows)).sink_parquet(output, **options)
        return
    rows = rows.with_row_index("row").with_columns(
        pl.any_horizontal(one.fill_null(False) for one in made["INVALID"].values()).alias("invalid")
    )
    reason = pl.coalesce(pl.when(one).then(pl.lit(text)) for text, one in made["INVALID"].items())
    pl.collect_all(
        [
            _polars_result(policy, made["statuses"](rows.filter(~pl.col("invalid")))).sink_parquet(
                output, lazy=True, **options
            ),
            rows.filter("invalid")
            .select("case_id", "row", reason.alias("reason"))
            .sink_parquet(rejected(output), lazy=True, **options),
        ]
    )


def _polars_result(policy: Policy, settled: pl.LazyFrame) -> pl.LazyFrame:
    words, outcomes, c = pl.Enum(WORDS), pl.Enum(OUTCOMES), pl.col

    def word(step: str) -> pl.Expr:
        held = pl.when(c(step)).then(pl.lit("met", words)).when(c(step).is_null()).then(pl.lit("undocumented", words))
        return held.otherwise(pl.lit("not_met", words))

    known = {one: pl.lit(one.value, outcomes) for one in Outcome}
    outcome = pl.when(c(plan.DECISION)).then(known[Outcome.MEDICALLY_NECESSARY])
    outcome = outcome.when(~c(plan.DECISION)).then(known[Outcome.NOT_MEDICALLY_NECESSARY])
    if plan.IF_MET in {step.name for step in plan.steps(policy)}:
        outcome = outcome.when(c(plan.IF_MET).fill_null(False)).then(known[Outcome.MORE_INFORMATION])
    return settled.select(
        "case_id",
        pl.lit(policy.id, pl.Enum([policy.id])).alias("policy"),
        pl.lit(policy.effective).alias("effective"),
        pl.lit(policy.hash, pl.Enum([policy.hash])).alias("hash"),
        outcome.otherwise(known[policy.decision.when_undocumented]).alias("outcome"),
        *(word(rule).alias(f"rule.{rule}") for rule in policy.order),
    )


def with_duckdb(policy: Policy, source: Path, output: Path, reject: bool = False) -> None:
    with duckdb.connect() as base:
        base.execute(f"CREATE TYPE status AS ENUM {tuple(WORDS)}; CREATE TYPE outcome AS ENUM {tuple(OUTCOMES)}")
        read = f"read_parquet('{source}', file_row_number = {str(reject).lower()})"
        rows = f"(SELECT *, {sql_source.invalid(policy)} AS invalid FROM {read})" if reject else read
        base.execute(f"CREATE VIEW every AS FROM {rows}")
        base.execute(f"CREATE VIEW cases AS FROM every {'WHERE invalid IS NULL' if reject else ''}")
        base.execute(f"COPY ({sql(policy)}) TO '{output}' (FORMAT parquet)")
        if reject:
            bad = "SELECT case_id, file_row_number AS row, invalid AS reason FROM every WHERE invalid IS NOT NULL"
            base.execute(f"COPY ({bad}) TO '{rejected(output)}' (FORMAT parquet)")


def sql(policy: Policy) -> str:
    """The whole query over the view `cases`."""
    asked = plan.IF_MET in {step.name for step in plan.steps(policy)}
    more = f"WHEN \"{plan.IF_MET}\" THEN 'more_information'::outcome" if asked else ""
    words = ",\n".join(
        f"  CASE WHEN \"{rule}\" THEN 'met'::status WHEN \"{rule}\" IS NULL THEN 'undocumented'::status"
        f" ELSE 'not_met'::status END AS \"rule.{rule}\""
        for rule in policy.order
    )
    return (
        f"{sql_source.source(policy)}SELECT case_id, '{policy.id}' AS policy, DATE '{policy.effective}' AS effective,"
        f" '{policy.hash}' AS hash,\n  CASE WHEN decision THEN 'medically_necessary'::outcome"
        f" WHEN NOT decision THEN 'not_medically_necessary'::outcome {more}"
        f" ELSE '{policy.decision.when_undocumented}'::outcome END AS outcome,\n{words}\nFROM settled\n"
    )


def with_numpy(policy: Policy, source: Path, output: Path, reject: bool = False) -> None:
    made = _made(numpy_source.source(policy))
    names = pq.read_schema(source).names if reject else plan.columns(policy)
    kinds = {name: policy.facts[name].type for name in names if name in policy.facts}
    coded = [name for name, kind in kinds.items() if kind is FactType.CHOICE]
    coded += [f"{name}.list.element" for name, kind in kinds.items() if kind is FactType.SET]
    file = pq.ParquetFile(source, read_dictionary=coded)
    options = {"compression": "lz4", "write_statistics": False}
    schema = _schema(policy)
    plain = [field.name for field in schema if field.name not in {"case_id", "effective"}]
    refused = []
    first = 0
    with pq.ParquetWriter(output, schema, use_dictionary=plain, **options) as out:
        for group in range(file.num_row_groups):
            rows = bits.Rows(file.read_row_group(group, columns=names))
            table = _numpy_result(policy, rows, made["statuses"](rows), schema)
            if reject:
                table, bad = _split(table, rows, made["invalid"](rows), first)
                refused.append(bad)
            out.write_table(table)
            first += rows.count
    if reject:
        pq.write_table(pa.concat_tables(refused), rejected(output), **options)


def _split(table: pa.Table, rows: bits.Rows, invalid: dict[str, bits.Plane], first: int) -> tuple[pa.Table, pa.Table]:
    reason = np.zeros(rows.count, np.uint8)
    for number, plane in reversed(list(enumerate(invalid.values(), 1))):
        if plane[:-1].any() or plane[-1]:
            reason[np.unpackbits(plane, count=rows.count, bitorder="little").view(bool)] = number
    numbers = np.flatnonzero(reason)
    texts = pa.array(list(invalid)).take(pa.array(reason[numbers] - 1))
    bad = pa.table({"case_id": rows.array("case_id").take(pa.array(numbers)), "row": numbers + first, "reason": texts})
    return (table.filter(pa.array(reason == 0)) if len(numbers) else table), bad


def _schema(policy: Policy) -> pa.Schema:
    word = pa.dictionary(pa.int8(), pa.string())
    fields = {"case_id": pa.string(), "policy": word, "effective": pa.date32(), "hash": word, "outcome": word}
    return pa.schema({**fields, **{f"rule.{rule}": word for rule in policy.order}})


def _numpy_result(policy: Policy, rows: bits.Rows, steps: dict[str, bits.Pair], schema: pa.Schema) -> pa.Table:
    def coded(index: np.ndarray, words: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(index), pa.array(words))

    met, not_met = steps[plan.DECISION]
    asked = steps[plan.IF_MET][0] & ~(met | not_met) if plan.IF_MET in steps else np.zeros_like(met)
    place = {Outcome.MEDICALLY_NECESSARY: met, Outcome.NOT_MEDICALLY_NECESSARY: not_met}
    place[Outcome.MORE_INFORMATION] = asked
    rest = ~(met | not_met | asked)
    place[policy.decision.when_undocumented] = place[policy.decision.when_undocumented] | rest
    index = sum(
        number * np.unpackbits(place[Outcome(one)], count=rows.count, bitorder="little")
        for number, one in enumerate(OUTCOMES)
    )
    none = np.zeros(rows.count, np.int8)
    columns = [
        rows.array("case_id"),
        coded(none, [policy.id]),
        pa.array(np.full(rows.count, (policy.effective - bits.EPOCH).days, np.int32), pa.date32()),
        coded(none, [policy.hash]),
        coded(index.astype(np.int8), OUTCOMES),
        *(coded(bits.indices(steps[rule], rows.count), WORDS) for rule in policy.order),
    ]
    return pa.table(columns, schema=schema)


def _made(text: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    exec(text, made)
    return made


WAYS = {"Polars": with_polars, "DuckDB": with_duckdb, "NumPy": with_numpy}
