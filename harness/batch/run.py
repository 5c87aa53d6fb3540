"""A file of cases through the versions of a policy, part by part, on an embedded engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from harness.batch.columns import CASE_ID, REQUEST_DATE, ROW
from harness.batch.episode_file import kinds_read, opened_episodes
from harness.batch.parts import Parts, fingerprint, spans
from harness.batch.sheet import Sheet, measure
from harness.batch.source import Source, opened
from harness.batch.statuses import OUTCOME
from harness.batch.versions import Version
from harness.errors import BadInputError, Mistake, Place
from harness.model.policy import Policy

ROWS = 1_000_000  # of a part: about a gigabyte while it is worked on
MEMORY = "2GB"  # of DuckDB, while it measures episodes; beyond it goes to disk

NO_VERSION = "no version of the policy is in force on `request_date`"
NO_DATE = "`request_date` is missing"

Watch = Callable[[Iterable[int], int], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: cases through the versions of one policy into an output.

    `beside` are policies whose facts the file may have columns of, though this run does not read them; `numbered`
    results keep the row's number.
    """

    versions: Sequence[Version]
    cases: str
    output: str
    table: str | None = None
    episodes: str | None = None
    engine: str = "polars"
    rows: int = ROWS
    beside: Sequence[Policy] = ()
    numbered: bool = False


@dataclass(slots=True)
class Summary:
    """What a run made of its rows: how many ended how under each version, and how many were rejected, and why."""

    outcomes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)
    ignored: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(sum(counts.values()) for counts in self.outcomes.values()) + sum(self.rejected.values())


def run(job: Job, *, resume: bool = False, watch: Watch | None = None) -> Summary:
    """Write the assessments of all cases. `watch` is handed the numbers of the parts and the rows of each.

    Raises BadInputError for cases, episodes or an output that cannot be used; KeyboardInterrupt when `watch` ends
    early, with the parts kept for a run that resumes. The output appears whole or not at all.
    """
    try:
        return _run(job, resume=resume, watch=watch)
    except (OSError, duckdb.IOException) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else "the disk takes no more"
        message = f"the output cannot be written: {told.lower()}"
        cure = "make room, or name a folder that exists and has some; then `--resume` goes on"
        raise BadInputError([Mistake(Place(job.output), message, cure)]) from None


def _run(job: Job, *, resume: bool, watch: Watch | None) -> Summary:
    parts = Parts.of(job.output)
    parts.begin(_plan(job), resume=resume)
    read = [*job.beside, *(version.policy for version in job.versions)]
    source = opened(job.cases, job.table, read, parts.folder)
    several = list(spans(source.rows, job.rows))
    todo = [number for number in range(len(several)) if not parts.is_done(number)]
    if todo:
        rules = list(dict.fromkeys(rule for version in job.versions for rule in version.policy.rules))
        sheets = _sheets(job, source, rules, parts.folder)
        for number in todo if watch is None else watch(todo, job.rows):
            rows, rejected = _part(source, sheets, several[number])
            parts.keep(number, rows if job.numbered else rows.drop(ROW), rejected)
    if not all(parts.is_done(number) for number in todo):
        raise KeyboardInterrupt
    summary = _summary(parts, len(several), source)
    parts.finish(len(several))
    return summary


def _plan(job: Job) -> dict[str, object]:
    read = [Path(name) for name in (job.cases, job.episodes) if name is not None]
    return {
        "read": [fingerprint(file) for file in read if file.is_file()],
        "table": job.table,
        "versions": [[v.policy.version, v.policy.hash, str(v.first), str(v.last)] for v in job.versions],
        "engine": job.engine,
        "rows": job.rows,
    }


def _sheets(job: Job, source: Source, rules: Sequence[str], folder: Path) -> list[Sheet]:
    if job.episodes is None:
        return [Sheet.of(version, source.scan(), rules, job.engine) for version in job.versions]
    known = kinds_read(version.policy for version in job.versions)
    episodes = opened_episodes(job.episodes, [version.policy for version in job.versions], folder)
    files = [measure(version, source, episodes, folder, known, MEMORY) for version in job.versions]
    pairs = zip(job.versions, files, strict=True)
    return [Sheet.measured(version, file, rules, job.engine) for version, file in pairs]


def _part(source: Source, sheets: Sequence[Sheet], span: tuple[int, int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The results of some rows, in their order and with their numbers, and the rejected ones."""
    days = source.scan().slice(*span).select(ROW, CASE_ID, REQUEST_DATE).collect()
    found, rejected = [], []
    left = pl.repeat(True, days.height, eager=True)
    for sheet in sheets:
        inside = sheet.version.covers(days[REQUEST_DATE])
        left = left & ~inside
        if inside.any() or sheet is sheets[0]:  # the first one at least, for the columns
            good, bad = sheet.part(*span, None if inside.all() else days[ROW].filter(inside))
            found.append(good)
            rejected.append(bad)
    why = pl.when(pl.col(REQUEST_DATE).is_null()).then(pl.lit(NO_DATE)).otherwise(pl.lit(NO_VERSION))
    rejected.append(days.filter(left).select(ROW, CASE_ID, why.alias("reason")))
    rows = pl.concat(found) if len(found) == 1 else pl.concat(found).sort(ROW)
    return rows, pl.concat(rejected).sort(ROW)


def _summary(parts: Parts, count: int, source: Source) -> Summary:
    summary = Summary(ignored=source.ignored)
    keys = ["policy", "effective", OUTCOME]
    counted = pl.scan_parquet(parts.rows(count)).select(pl.col(keys).cast(pl.String)).group_by(keys).len()
    for policy, effective, outcome, number in counted.sort(keys).collect().iter_rows():
        summary.outcomes.setdefault((policy, effective), Counter())[outcome] = number
    for why in parts.rejected(count)["reason"]:
        summary.rejected[why] += 1
    return summary
