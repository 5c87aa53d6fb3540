"""`necessity compile --format sql`: what is printed, that it parses, and that it says what `necessity batch` says."""

from __future__ import annotations

import itertools
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sqlglot

from harness.batch.run import Job, run
from harness.batch.sql import DIALECTS, NOT_IN_FORCE, spelt, statement
from harness.batch.versions import Version, in_turn
from harness.cli.batch import versions_of
from harness.policies import read_policies
from harness.sampling import plan_of, sample_of, span_of
from tests.cli.kit import BAD_INPUT, DONE, SHIPPED, Run, is_told

GOLDEN = Path(__file__).parent.parent / "golden" / "sql"
POLICIES = read_policies(SHIPPED)
SMALL = "admission/inpatient"


@pytest.mark.parametrize("dialect", ["postgres", "bigquery", "snowflake"])
def test_admission(here: Run, dialect: str, record: bool) -> None:
    done = here("compile", SMALL, "--format", "sql", "--dialect", dialect, "--policies", SHIPPED)
    assert (done.returncode, done.stderr) == (DONE, "")
    file = GOLDEN / f"admission.{dialect}.sql"
    if record:
        file.write_text(done.stdout, "utf-8")
    assert done.stdout == file.read_text("utf-8")


@pytest.mark.parametrize(("policy", "dialect"), list(zip(POLICIES.versions, itertools.cycle(DIALECTS), strict=False)))
def test_every_policy_has_a_statement_that_parses(policy: str, dialect: str) -> None:
    """Each in one dialect, in turn: a large policy takes seconds."""
    told = statement(versions_of(POLICIES, policy)[-1], dialect)
    (parsed,) = sqlglot.parse(told, dialect=dialect)
    assert parsed is not None
    assert {"outcome", "deficiencies", "remedy", "reason"} < set(parsed.named_selects)
    assert not any(mark in name for name in parsed.named_selects for mark in ".-")


def test_a_dialect_goes_with_sql(here: Run) -> None:
    for words in (["--format", "sql"], ["--dialect", "duckdb"]):
        done = here("compile", SMALL, "--policies", SHIPPED, *words)
        assert done.returncode == BAD_INPUT
        is_told(done)


@pytest.mark.parametrize("policy", [SMALL, "imaging/lumbar-mri", "therapy/outpatient-physical-therapy"])
def test_duckdb_answers_as_batch_does(policy: str, tmp_path: Path) -> None:
    version = list(in_turn(POLICIES, policy))[-1]
    cases = _cases(version, tmp_path)
    run(Job([version], str(cases), str(tmp_path / "out.parquet")))
    expected = pl.read_parquet(tmp_path / "out.parquet").sort("case_id")
    answered = _answered(version, cases)
    accepted = answered.filter(pl.col("reason").is_null()).drop("reason")
    assert accepted.columns == [one.replace("rule.", "rule__").replace("-", "_") for one in expected.columns]
    assert accepted.rows() == expected.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)).rows()
    refused = pl.read_parquet(tmp_path / "out.parquet.rejected.parquet").sort("case_id")
    told = answered.filter(pl.col("reason").is_not_null())
    assert set(told["outcome"]) == {None}
    assert told["case_id"].to_list() == refused["case_id"].to_list()
    assert told["reason"][0] == NOT_IN_FORCE


def _cases(version: Version, folder: Path) -> Path:
    """500 sampled rows, and one of a day before the version."""
    file = folder / "cases.parquet"
    days = span_of(POLICIES, version.policy, None)
    rows = pl.from_arrow(next(sample_of(plan_of(version.policy), [], days, 500, 1, 0.0).tables()))
    early = rows.head(1).with_columns(case_id=pl.lit("~early"), request_date=pl.date(1990, 1, 1))
    pl.concat([rows, early]).write_parquet(file)
    return file


def _answered(version: Version, cases: Path) -> pl.DataFrame:
    """What DuckDB answers to the statement, over a table with the columns that its comment asks for."""
    told = statement(version, "duckdb")
    wanted = [line.split() for line in told.splitlines() if line.startswith("--   ") and line.endswith(TYPES)]
    rows = pl.read_parquet(cases)
    there = {spelt(name): name for name in rows.columns}
    selected = []
    for _, name, of in wanted:
        value = f'"{there[name]}"' if name in there else "NULL"
        if name in there and isinstance(rows.schema[there[name]], pl.List):
            value = f"CASE WHEN len({value}) = 0 THEN '[]' ELSE array_to_string({value}, ';') END"
        selected.append(f"CAST({value} AS {of}) AS {name}")
    with duckdb.connect() as db:
        db.register("file", rows.to_arrow())
        db.execute(f"CREATE TABLE cases AS SELECT {', '.join(selected)} FROM file")
        return db.sql(told).pl().sort("case_id")


TYPES = ("VARCHAR", "DOUBLE", "BOOLEAN", "DATE")
