"""Rows to measure on: a Parquet file of synthetic cases in the columns that `necessity batch` reads, seeded.

Not `necessity sample`: plain draws, a few of them correlated, fast enough for ten million rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harness.model.condition import Compare, Constant, walk
from harness.model.policy import Fact, Policy
from harness.model.values import DAYS, FactType, Interval

CHUNK = 122_880  # rows a row group, as DuckDB writes them
FIRST_DAY, DAYS_LONG = dt.date(2025, 2, 1), 600
BAD = 0.001  # the share of rows with a value that its fact cannot have
UNDOCUMENTED, RANGES, COPIED = 0.08, 0.05, 0.8

Draw = np.random.Generator


def write(policy: Policy, rows: int, path: Path, seed: int = 1) -> None:
    """A file of so many rows; the first of them are the same whatever the number."""
    with pq.ParquetWriter(path, schema(policy), compression="zstd", compression_level=1) as out:
        for number, first in enumerate(range(0, rows, CHUNK)):
            draw = np.random.default_rng([seed, number])
            table = pa.table(_columns(policy, first, draw), schema=schema(policy))
            out.write_table(table.slice(0, rows - first), row_group_size=CHUNK)


def schema(policy: Policy) -> pa.Schema:
    fields = [pa.field("case_id", pa.string(), nullable=False), pa.field("request_date", pa.date32(), nullable=False)]
    for fact in stated(policy):
        fields.append(pa.field(fact.id, _type(fact)))
        fields += [pa.field(f"{fact.id}.{end}", _type(fact)) for end in ("at_least", "at_most") if is_ranged(fact)]
    return pa.schema(fields)


def stated(policy: Policy) -> list[Fact]:
    """The facts with a column of their own."""
    return [fact for fact in policy.facts.values() if fact.id != "request.date"]


def is_ranged(fact: Fact) -> bool:
    """Whether the file has columns for its bounds: of every number and date but the request's and the patient's."""
    return fact.type in {FactType.NUMBER, FactType.DATE} and not fact.id.startswith(("request.", "patient."))


def thresholds(policy: Policy) -> dict[str, float]:
    """The highest number that each fact is compared with, in the fact's own unit."""
    found: dict[str, float] = {}
    for rule in policy.rules.values():
        for part in walk(rule.when):
            match part:
                case Compare(fact, _, Constant(value=Interval(low=low))) if low is not None:
                    own = float(low) / DAYS.get(policy.facts[fact].unit or "", 1)
                    found[fact] = max(found.get(fact, 0.0), own)
    return found


def _type(fact: Fact) -> pa.DataType:
    return {
        FactType.BOOLEAN: pa.bool_(),
        FactType.NUMBER: pa.float64(),
        FactType.DATE: pa.date32(),
        FactType.SET: pa.list_(pa.string()),
    }.get(fact.type, pa.string())


def _columns(policy: Policy, first: int, draw: Draw) -> list[pa.Array]:
    ids = pc.utf8_lpad(pa.array(np.arange(first, first + CHUNK)).cast(pa.string()), 9, "0")
    day = (FIRST_DAY - dt.date(1970, 1, 1)).days + draw.integers(0, DAYS_LONG, CHUNK).astype("int32")
    made: list[pa.Array] = [pc.binary_join_element_wise("case", ids, "-"), pa.array(day, pa.date32())]
    highest = thresholds(policy)
    choices: dict[tuple[str, ...], np.ndarray] = {}  # drawn first for each list of choices: the request's
    for fact in stated(policy):
        absent = draw.random(CHUNK) < UNDOCUMENTED
        match fact.type:
            case FactType.BOOLEAN:
                made.append(pa.array(draw.random(CHUNK) < (0.02 if fact.presumed is False else 0.85), mask=absent))
            case FactType.NUMBER:
                values = draw.integers(0, 6 * (highest.get(fact.id, 5) or 5) + 2, CHUNK) / 2
                values = np.floor(values) if fact.id == "patient.age" else values
                made += _numbers(fact, values, absent, draw)
            case FactType.DATE:
                before = np.where(draw.random(CHUNK) < BAD / 4, -1, draw.integers(10, 2000, CHUNK))
                made += _ranged(fact, (day - before).astype("int32"), absent, draw)
            case FactType.CHOICE:
                made.append(_choices(fact, choices, absent, draw))
            case FactType.SET:
                made.append(_sets(fact, absent, draw))
            case FactType.TEXT:
                made.append(
                    pa.DictionaryArray.from_arrays(
                        pa.array(draw.integers(0, 2, CHUNK).astype("int8"), mask=absent), ["as noted", "see the letter"]
                    ).cast(pa.string())
                )
    return made


def _numbers(fact: Fact, values: np.ndarray, absent: np.ndarray, draw: Draw) -> Iterable[pa.Array]:
    bad = draw.random(CHUNK) < BAD / 4
    if fact.minimum is not None:
        values[bad] = -1
    return _ranged(fact, values, absent, draw)


def _ranged(fact: Fact, values: np.ndarray, absent: np.ndarray, draw: Draw) -> Iterable[pa.Array]:
    """The value; or, in a few rows, one or both of its bounds."""
    if not is_ranged(fact):
        return [pa.array(values, _type(fact), mask=absent)]
    sort = draw.random(CHUNK)
    ranged = ~absent & (sort < RANGES)
    low, high = ranged & (sort < RANGES * 2 / 3), ranged & (sort > RANGES / 3)
    width = draw.integers(1, 9, CHUNK).astype(values.dtype)
    return [
        pa.array(values, _type(fact), mask=absent | ranged),
        pa.array(values, _type(fact), mask=~low),
        pa.array(values + width, _type(fact), mask=~high),
    ]


def _choices(fact: Fact, drawn: dict[tuple[str, ...], np.ndarray], absent: np.ndarray, draw: Draw) -> pa.Array:
    index = draw.integers(0, len(fact.choices), CHUNK).astype("int8")
    if len(fact.choices) > 6:  # levels: mostly those of the spine that such a policy is about
        index = np.clip(draw.normal(len(fact.choices) * 0.72, 2, CHUNK), 0, len(fact.choices) - 1).astype("int8")
    if fact.choices in drawn:
        index = np.where(draw.random(CHUNK) < COPIED, drawn[fact.choices], index)
    drawn.setdefault(fact.choices, index)
    index = np.where(draw.random(CHUNK) < BAD / 10, np.int8(len(fact.choices)), index)
    return pa.DictionaryArray.from_arrays(pa.array(index, mask=absent), [*fact.choices, "no such choice"]).cast(
        "string"
    )


def _sets(fact: Fact, absent: np.ndarray, draw: Draw) -> pa.Array:
    """Most sets are empty; the others hold each choice with a chance."""
    names = [*fact.choices, "no such choice"]
    held = (draw.random((CHUNK, len(names))) < 0.3) & (draw.random(CHUNK) < 0.3)[:, None]
    held[:, -1] = draw.random(CHUNK) < BAD / 10
    held[absent] = False
    ends = np.concatenate([[0], held.sum(axis=1).cumsum()]).astype("int32")
    items = pa.DictionaryArray.from_arrays(np.nonzero(held)[1].astype("int8"), names).cast("string")
    return pa.ListArray.from_arrays(pa.array(ends), items, mask=pa.array(absent))
