"""`necessity sample`: synthetic cases of a policy, to try out what is to run on real ones."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from harness.cli.options import day, find_policy, named, overlay_option, policies_option
from harness.cli.output import keep_inputs, replacing
from harness.cli.progress import EXIT_INTERRUPTED, Watched
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place
from harness.interrupt import heeded
from harness.model.policy import Policies, Policy
from harness.model.wording import date_words
from harness.policies import read_policies
from harness.sampling import FORMS, SHARE, Boundary, Sample, edges_of, found_at, plan_of, sample_of, span_of, write_rows

MOST = 1_000_000_000  # cases
_LARGEST_SEED = 2**63 - 1


def _ending(_: click.Context, __: click.Parameter, name: str) -> str:
    if Path(name).suffix.lower() not in FORMS:
        listed = f"{', '.join(f'`{form}`' for form in FORMS[:-1])} or `{FORMS[-1]}`"
        raise click.BadParameter(f"`{name}` does not end in {listed}")
    return name


@click.command("sample")
@click.argument("policy", callback=named)
@click.option("-n", "rows", type=click.IntRange(1, MOST), metavar="N", required=True, help="How many cases.")
@click.option(
    "--seed",
    type=click.IntRange(0, _LARGEST_SEED),
    metavar="S",
    default=0,
    show_default=True,
    help="Another number gives other cases, the same number the same file, byte for byte.",
)
@click.option("--on", metavar="DATE", help="Let every request be of DATE, `YYYY-MM-DD`.", callback=day)
@click.option(
    "--boundary",
    "share",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    default=SHARE,
    show_default=True,
    help="The share of the cases that stand at an edge of the policy.",
)
@policies_option
@overlay_option
@click.option(
    "--output",
    metavar="FILE",
    required=True,
    help="Write to this file, whole or not at all: `.parquet`, `.csv` or `.ndjson`.",
    callback=_ending,
)
def command(  # noqa: PLR0913, PLR0917 - an argument for each option
    policy: str, rows: int, seed: int, on: dt.date | None, share: float, folder: str, overlay: str | None, output: str
) -> None:
    """Make up N cases of POLICY and write them to a file, one row a case.

    They are made from the policy alone and are of no patient: what they hold lies near the thresholds, goes together
    as in a record, and is sometimes missing. Some of them the solver finds at the edges: each status of each rule, both
    sides of each threshold, each outcome. `POLICY@DATE` names a version; else it is the one in force on --on, or the
    latest that is no draft. Requests lie in the time in which it is in force. The exit code is 2 for bad input, 130
    after Ctrl-C; then nothing is written.
    """
    with telling("text"), heeded():
        keep_inputs("--output", output, folder)
        policies = read_policies(folder, overlay)
        found = _version(policies, policy, on)
        plan, days = plan_of(found), span_of(policies, found, on)
        edges = edges_of(plan, days)
        asked = edges.edges if share else ()
        looked = Watched((found_at(edges, edge) for edge in asked), f"edges of {found.version}", len(asked))
        boundaries = [one for several in looked for one in several]
        if looked.interrupted:
            _stop()
        sample = sample_of(plan, boundaries, days, rows, seed, share)
        _written(sample, output)
        click.echo(_told(found, sample, boundaries, edges.unsettled, output))


def _version(policies: Policies, wanted: str, on: dt.date | None) -> Policy:
    """The version that is named, else the one in force on a day."""
    found = find_policy(policies, wanted)
    in_force = None if on is None or "@" in wanted else policies.in_force(found.id, on)
    return in_force or found


def _written(sample: Sample, output: str) -> None:
    watched = Watched(sample.tables(), f"writing {sample.rows:,} cases", sample.parts)

    def whole() -> Iterator[object]:
        yield from watched
        if watched.interrupted:
            _stop()

    if Path(output).exists() and not Path(output).is_file():
        wrong = Mistake(Place(output), "the output is no file", "name a file for `--output`")
        raise BadInputError([wrong])
    with replacing(output) as stream:
        write_rows(sample, whole(), stream, Path(output).suffix.lower())


def _stop() -> None:
    click.echo("interrupted, nothing was written", err=True)
    sys.exit(EXIT_INTERRUPTED)


def _told(policy: Policy, sample: Sample, boundaries: list[Boundary], unsettled: int, output: str) -> str:
    cases = "1 synthetic case" if sample.rows == 1 else f"{sample.rows:,} synthetic cases"
    version = f"{policy.id}, version of {date_words(policy.effective)}"
    lines = [f"wrote {output}: {cases} of {version}", f"  {sample.edges:,} of them at an edge of the policy"]
    missed = len(boundaries) - sample.edges
    if sample.edges and missed > 0:
        lines.append(f"  {missed:,} more edges are known; ask for at least {2 * len(boundaries):,} cases to have all")
    if unsettled:
        lines.append(f"  of {unsettled:,} edges the solver could not tell whether a case comes there")
    return "\n".join(lines)
