"""Spark answers as Polars does; one session for all, for it takes half a minute to start."""

from __future__ import annotations

import importlib
import warnings
from pathlib import Path

import polars as pl
import pytest

from harness.batch import java
from harness.batch.run import Job, run
from harness.batch.versions import Version, in_turn
from harness.errors import BadInputError
from harness.policies import read_policies
from harness.sampling import plan_of, sample_of, span_of
from tests.cli.kit import BAD_INPUT, SHIPPED, Run

POLICIES = read_policies(SHIPPED)
ROWS = 5000


@pytest.mark.filterwarnings("ignore")
def test_spark_answers_as_polars_does(tmp_path: Path) -> None:
    try:
        java.check()
    except BadInputError as error:
        pytest.skip(str(error))
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spark = importlib.import_module("harness.batch.spark")
    with spark.session_on("local[2]") as session:
        for policy in ("imaging/lumbar-mri", "therapy/outpatient-physical-therapy"):
            versions = list(in_turn(POLICIES, policy))
            cases = _cases(versions, tmp_path)
            told = run(Job(versions, str(cases), str(tmp_path / "polars.parquet")))
            assert spark.run(Job(versions, str(cases), str(tmp_path / "spark.parquet")), session) == told
            assert told.rows == ROWS
            assert sum(told.rejected.values()) >= 8
            for name in ("{}.parquet", "{}.parquet.rejected.parquet"):
                by_polars, by_spark = (_rows(tmp_path / name.format(one)) for one in ("polars", "spark"))
                assert by_spark.equals(by_polars)


def _cases(versions: list[Version], folder: Path) -> Path:
    """Sampled rows, some of them of no version, without a date, or with what is no number."""
    each = -(-ROWS // len(versions))
    sampled = [
        pl.from_arrow(
            next(sample_of(plan_of(one.policy), [], span_of(POLICIES, one.policy, None), each, 1, 0.0).tables())
        )
        for one in versions
    ]
    number = pl.int_range(pl.len())
    rows = pl.concat(sampled, how="diagonal").with_columns(
        pl.format("case-{}", number.cast(pl.String)).alias("case_id"),
        pl.when(number < 3)
        .then(pl.date(1990, 1, 1))
        .when(number < 5)
        .then(None)
        .otherwise("request_date")
        .alias("request_date"),
        pl.when(number.is_between(5, 7)).then(float("nan")).otherwise("patient.age").alias("patient.age"),
    )
    rows.write_parquet(folder / "cases.parquet")
    return folder / "cases.parquet"


def _rows(file: Path) -> pl.DataFrame:
    return pl.read_parquet(file).with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)).sort("case_id")


def test_without_java_it_says_so(here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    cases, out = tmp_path / "cases.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"case_id": ["a"], "request_date": [None]}).write_parquet(cases)
    words = ("batch", "admission/inpatient", str(cases), "--output", str(out), "--engine", "spark")
    done = here(*words, "--policies", SHIPPED)
    assert done.returncode == BAD_INPUT
    assert "error: `--engine spark` needs Java 17, and there is none" in done.stderr
    assert "help: install Java 17 or later" in done.stderr
    assert not out.exists()
