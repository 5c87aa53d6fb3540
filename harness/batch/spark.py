"""A file of cases through the versions of a policy on Spark, for those who outgrow one machine."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import polars as pl
from ibis.expr.types import Table
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from harness.batch import kleene
from harness.batch.columns import CASE_ID, REQUEST_DATE, ROW
from harness.batch.engines import CASES
from harness.batch.expression import compiled
from harness.batch.held import Expression
from harness.batch.parts import REJECTED, Parts
from harness.batch.prepare import prepared
from harness.batch.readable import REASON, Readable
from harness.batch.run import NO_DATE, NO_VERSION, Job, Summary
from harness.batch.source import Source, opened, refused
from harness.batch.statuses import OUTCOME
from harness.batch.versions import Version
from harness.errors import InternalError

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",  # a number out of bounds is told of its row, and ends no run
    "spark.sql.legacy.sizeOfNull": "false",  # which that setting would bring
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


@contextmanager
def session_on(master: str) -> Iterator[SparkSession]:
    """Spark, as long as it is needed. Raises BadInputError where it cannot be started, InternalError when it fails."""
    builder = SparkSession.builder.master(master).appName("necessity batch")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (Py4JError, PySparkException, RuntimeError, TypeError):
        cure = "name one such as `local[2]` or `spark://host:7077`"
        raise refused("(command line)", f"Spark cannot be started on `{master}`", cure) from None
    try:
        yield session
    except (Py4JError, PySparkException) as error:  # its message may repeat what is in the file
        raise InternalError(f"Spark failed ({type(error).__name__}), and nothing was written") from None
    finally:
        session.stop()


def check(job: Job) -> None:
    """Raises BadInputError for what is not done on Spark."""
    if job.episodes is not None:
        raise refused(job.episodes, "`--engine spark` does not measure episodes", "use `polars` or `duckdb`")
    if Path(job.output).suffix not in {"", ".parquet"}:
        raise refused(job.output, "`--engine spark` writes Parquet", "end the name in `.parquet`, or name a folder")


def run(job: Job, session: SparkSession) -> Summary:
    """Write the assessments of all cases, in no particular order. The output appears whole or not at all.

    Raises BadInputError as `harness.batch.run.run` does. Each machine of a cluster has to see the folder of the output.
    """
    check(job)
    parts = Parts.of(job.output)
    parts.begin({}, resume=False)
    try:
        source = opened(job.cases, job.table, [version.policy for version in job.versions], parts.folder)
        run_ = _Run(session, ibis.pyspark.connect(session), parts.folder)
        results, rejected = run_.tables(job.versions, source)
        files, told = run_.written(results, "results"), run_.written(rejected, "rejected")
        summary = _summary(files, told, source)
        _finish(parts, files, told)
    finally:
        shutil.rmtree(parts.folder, ignore_errors=True)
    return summary


def without_remedy(versions: Sequence[Version]) -> list[str]:
    """The versions whose remedies are no column, so that they are not told."""
    return [version.policy.version for version in versions if compiled(version.policy, ()).remedy is None]


@dataclass(frozen=True, slots=True)
class _Run:
    session: SparkSession
    connection: Any  # Ibis' backend, which has no types
    folder: Path

    def tables(self, versions: Sequence[Version], source: Source) -> tuple[Table, Table]:
        """The rows of the result and the rejected ones, as expressions."""
        read = self.session.read.parquet(source.file.resolve().as_uri())
        numbered = read.select("*", read["_metadata.row_index"].alias(ROW))
        numbered.createOrReplaceTempView(CASES)
        cases = self.connection.table(CASES)
        rules = list(dict.fromkeys(rule for version in versions for rule in version.policy.rules))
        results, rejected = [], [_left(cases, versions)]
        for version in versions:
            inside = cases.filter(_covers(version))
            ready = prepared(version.policy, inside)
            expression = compiled(version.policy, ready.table.columns)
            readable, computed = Readable(expression, rules), expression.on(ready.table)
            results.append(_with_remedy(readable.results(computed)))
            rejected.append(readable.rejected(ready.table, ready.faults))
        return ibis.union(*results), ibis.union(*rejected)

    def written(self, table: Table, name: str) -> list[Path]:
        target = self.folder / name
        self.session.sql(self.connection.compile(table)).write.parquet(target.resolve().as_uri())
        for check_sum in target.glob(".*.crc"):
            check_sum.unlink()
        return sorted(target.glob("*.parquet"))


def _with_remedy(results: Table) -> Table:
    """Beside another version whose remedies are told, there is a column for them."""
    return results if "remedy" in results.columns else results.mutate(remedy=ibis.null("string"))


def _covers(version: Version) -> Expression:
    day = ibis._[REQUEST_DATE]
    bounds = [day.notnull()]
    if version.first is not None:
        bounds.append(day >= version.first)
    if version.last is not None:
        bounds.append(day <= version.last)
    return kleene.is_met(kleene.all_of(bounds))


def _left(cases: Table, versions: Sequence[Version]) -> Table:
    """The rows that come under no version."""
    outside = cases.filter(~kleene.any_of(_covers(version) for version in versions))
    why = ibis.ifelse(ibis._[REQUEST_DATE].isnull(), NO_DATE, NO_VERSION)
    return outside.mutate(**{REASON: why}).select(ROW, CASE_ID, REASON)


def _summary(files: list[Path], rejected: list[Path], source: Source) -> Summary:
    summary = Summary(ignored=source.ignored)
    keys = ["policy", "effective", OUTCOME]
    counted = pl.scan_parquet(files).select(pl.col(keys).cast(pl.String)).group_by(keys).len()
    for policy, effective, outcome, number in counted.sort(keys).collect().iter_rows():
        summary.outcomes.setdefault((policy, effective), Counter())[outcome] = number
    for why, number in pl.scan_parquet(rejected).group_by(REASON).len().collect().iter_rows():
        summary.rejected[why] = number
    return summary


def _finish(parts: Parts, files: list[Path], rejected: list[Path]) -> None:
    """Put the output in its place, the rejected rows before it."""
    told = parts.output.with_name(parts.output.name + REJECTED)
    rows = pl.read_parquet(rejected).sort(ROW)
    whole = files[0].parent
    if parts.output.suffix:
        whole = parts.folder / "whole.parquet"
        pl.scan_parquet(files).sink_parquet(whole)
    if rows.height:
        rows.write_parquet(parts.folder / "told.parquet")
        (parts.folder / "told.parquet").replace(told)
    else:
        told.unlink(missing_ok=True)
    whole.replace(parts.output)
