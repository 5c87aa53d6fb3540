"""`necessity batch`: a file of cases, one or millions."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from harness.batch import java
from harness.batch.engines import ENGINES
from harness.batch.parts import FORMS, REJECTED
from harness.batch.run import Job, Summary, run
from harness.batch.versions import Version, in_turn
from harness.cli.options import find_policy, named, optional, overlay_option, policies_option
from harness.cli.output import keep_inputs
from harness.cli.progress import EXIT_INTERRUPTED, Watched
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place
from harness.interrupt import heeded
from harness.model.policy import Policies
from harness.model.values import Outcome
from harness.policies import read_policies

_SPARK = "spark"
_WORDS = {
    Outcome.MEDICALLY_NECESSARY: "necessary",
    Outcome.NOT_MEDICALLY_NECESSARY: "not necessary",
    Outcome.MORE_INFORMATION: "more information",
}


@click.command("batch")
@click.argument("policy", callback=named)
@click.argument("cases", callback=named)
@click.option(
    "--output", required=True, metavar="FILE", callback=named, help=f"Where to: {', '.join(FORMS)}, or a folder."
)
@click.option("--episodes", metavar="FILE", callback=named, help="Treatment records, one row each, by `case_id`.")
@click.option("--table", metavar="NAME", help="The table of a DuckDB file of cases.")
@click.option("--engine", type=click.Choice([*ENGINES, _SPARK]), default="polars", show_default=True)
@click.option(
    "--master", default="local[*]", show_default=True, metavar="URL", help="Of Spark: local[2], spark://host:7077."
)
@click.option("--resume", is_flag=True, help="Go on with a run that was cut off.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@policies_option
@overlay_option
def command(policy: str, folder: str, overlay: str | None, form: str, master: str, **asked: Any) -> None:
    """Assess every row of CASES under POLICY, in the version that is in force on the row's request date."""
    resume, output = asked.pop("resume"), asked["output"]
    with telling(form), heeded():
        read = [name for name in (asked["cases"], folder, asked["episodes"]) if name is not None]
        keep_inputs("--output", output, *read)
        if Path(output).suffix not in (*FORMS, ""):
            message = f"`{Path(output).suffix}` is not a form of output"
            cure = f"use {', '.join(FORMS)}, or a folder without a suffix"
            raise BadInputError([Mistake(Place(output), message, cure)])
        job = Job(versions_of(read_policies(folder, overlay), policy), **asked)
        try:
            on_spark = job.engine == _SPARK
            summary = _on_spark(job, master, resume) if on_spark else run(job, resume=resume, watch=_watch)
        except KeyboardInterrupt:
            click.echo("interrupted; `--resume` goes on from here", err=True)
            sys.exit(EXIT_INTERRUPTED)
    click.echo(_as_json(summary) if form == "json" else _as_text(summary, output), nl=False)


def _on_spark(job: Job, master: str, resume: bool) -> Summary:
    """The same on Spark, which is asked for Java first, then for its library."""
    if resume:
        message, cure = "a run on Spark cannot be resumed", "run it without `--resume`, from the start"
        raise BadInputError([Mistake(Place("(command line)"), message, cure)])
    java.check()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's library warns of others that it reads with
        spark = optional("harness.batch.spark", "--engine spark", "spark")
        spark.check(job)
        for version in spark.without_remedy(job.versions):
            click.echo(f"note: on Spark, `remedy` is left empty for {version}: it is found row by row only", err=True)
        with spark.session_on(master) as session:
            summary: Summary = spark.run(job, session)
    return summary


def versions_of(policies: Policies, wanted: str) -> list[Version]:
    """The versions that a policy's name stands for: all by the date of the request, or the one that it names."""
    found = find_policy(policies, wanted)
    if "@" in wanted:
        return [Version(found)]
    versions = list(in_turn(policies, found.id))
    if not versions:
        message, cure = f"`{wanted}` has no version that is in force", f"name the draft: `{found.version}`"
        raise BadInputError([Mistake(Place("(command line)"), message, cure)])
    return versions


def _watch(numbers: Iterable[int], _: int) -> Iterator[int]:
    several = list(numbers)
    yield from Watched(several, "assessing", len(several))


def _as_text(summary: Summary, output: str) -> str:
    lines = [f"{summary.rows:,} rows"]
    for (policy, effective), counts in summary.outcomes.items():
        lines.append(f"  {policy}, effective {effective}")
        total = sum(counts.values())
        for outcome, word in _WORDS.items():
            number = counts[outcome.value]
            lines.append(f"    {word:<18}{number:>14,}  {100 * number / total:5.1f} %")
    if summary.rejected:
        lines.append(f"  rejected            {sum(summary.rejected.values()):>14,}  see {output}{REJECTED}")
        lines += [f"    {number:>14,}  {why}" for why, number in summary.rejected.most_common(10)]
    if summary.ignored:
        lines.append(f"  columns not read: {', '.join(summary.ignored[:20])}")
    return "\n".join([*lines, ""])


def _as_json(summary: Summary) -> str:
    versions = [
        {"policy": policy, "effective": effective, **{outcome.value: counts[outcome.value] for outcome in Outcome}}
        for (policy, effective), counts in summary.outcomes.items()
    ]
    told = {
        "rows": summary.rows,
        "versions": versions,
        "rejected": dict(sorted(summary.rejected.items())),
        "columns_not_read": list(summary.ignored),
    }
    return json.dumps(told, indent=2) + "\n"
