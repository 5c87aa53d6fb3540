"""`necessity prove`: what holds of every possible case."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import isnan
from pathlib import Path

import click

from harness.cli.options import find_policy, named, overlay_option, policies_option, unknown
from harness.cli.output import keep_inputs, write
from harness.cli.progress import EXIT_INTERRUPTED, Watched
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place
from harness.interrupt import heeded
from harness.model.policy import Policies, Policy
from harness.policies import read_policies
from harness.proof.as_json import as_json
from harness.proof.prove import claims, prove
from harness.proof.results import Claim, PropertyHolds, Result, Verdict
from harness.proof.shown import case_files
from harness.proof.text import text

EXIT_REFUTED, EXIT_UNKNOWN = 3, 4
LONGEST = 1_000_000  # seconds
TIME_LIMIT = 10.0  # seconds for one question; a shipped policy has 150 and takes 3 in all


def _number_of_seconds(_: click.Context, __: click.Parameter, seconds: float) -> float:
    if isnan(seconds):
        raise click.BadParameter("it is no number of seconds")
    return seconds


@click.command("prove")
@click.argument("policy")
@policies_option
@overlay_option
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True, max=LONGEST),
    default=TIME_LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="For each question to the solver.",
    callback=_number_of_seconds,
)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
@click.option("--witnesses", metavar="DIR", help="Write each case that is shown to a file here.", callback=named)
@click.option("--property", "property_", metavar="ID", help="Ask about this property alone.", callback=named)
def command(
    policy: str,
    folder: str,
    overlay: str | None,
    seconds: float,
    form: str,
    witnesses: str | None,
    property_: str | None,
) -> None:
    """Prove what is said of every possible case of POLICY, or refute it with one.

    Its own `properties`; that absence never denies; that each rule can end in each status it speaks for, that each
    criterion and exception decides something, and that each outcome can be reached. `POLICY@DATE` names a version;
    else it is the latest that is no draft. The exit code is 0 when all is proved, 3 when something is refuted, 4 when
    nothing is refuted but something unknown, 2 for bad input, 130 after Ctrl-C, which prints what is done.
    """
    with telling(form), heeded():
        keep_inputs("--witnesses", witnesses, folder)
        policies = read_policies(folder, overlay)
        found = find_policy(policies, policy)
        asked = _asked(found, property_)
        last = _last_day(policies, found)
        watched = Watched(prove(found, seconds, last=last, only=asked), f"proving {found.version}", len(asked))
        results = list(watched)
        files = {} if witnesses is None else dict(_written(results, Path(witnesses)))
        if form == "json":
            data = as_json(found, results, len(asked), files)
            write(json.dumps(data, indent=2, ensure_ascii=False, default=_number) + "\n", None)
        else:
            write(text(found, results, len(asked), files, last), None)
    sys.exit(EXIT_INTERRUPTED if watched.interrupted else _exit_code(results))


def _asked(policy: Policy, wanted: str | None) -> tuple[Claim, ...]:
    if wanted is None:
        return claims(policy)
    declared = {one.id: one for one in policy.properties}
    if not declared:
        wrong = Mistake(
            policy.place, f"`{policy.id}` declares no properties", "declare some, or leave out `--property`"
        )
        raise BadInputError([wrong])
    if wanted not in declared:
        raise unknown("property", wanted, declared)
    return (PropertyHolds(declared[wanted]),)


def _last_day(policies: Policies, policy: Policy) -> date | None:
    """The last day on which a version is in force because a later one follows it."""
    later = [one.effective for one in policies.versions[policy.id] if one.status != "draft"]
    following = min((day for day in later if day > policy.effective), default=None)
    return None if following is None else following - timedelta(days=1)


def _written(results: Sequence[Result], folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Write the cases of the results; the files of each, by its place in the list."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the folder for the cases cannot be made: {reason}"
        raise BadInputError([Mistake(Place(str(folder)), message, "name a folder that can be written to")]) from None
    for number, result in enumerate(results):
        files = []
        for case in case_files(result):
            files.append(str(folder / case.name))
            write(case.text, files[-1])
        yield number, files


def _number(number: object) -> float:
    assert isinstance(number, Decimal)
    return float(number)


def _exit_code(results: Sequence[Result]) -> int:
    verdicts = {result.verdict for result in results}
    if Verdict.REFUTED in verdicts:
        return EXIT_REFUTED
    return EXIT_UNKNOWN if Verdict.UNKNOWN in verdicts else 0
