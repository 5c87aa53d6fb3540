"""`necessity diff`: what differs between two policy versions, and what that does to cases."""

from __future__ import annotations

import math
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from harness.cli.diff_sides import Named, named_sides
from harness.cli.options import named, output_option, policies_option
from harness.cli.output import keep_inputs, wants_colour, write
from harness.cli.progress import EXIT_INTERRUPTED
from harness.cli.telling import telling
from harness.difference.as_json import render_json
from harness.difference.comparison import Comparing, Difference
from harness.difference.markdown import render_markdown
from harness.difference.meaning import Verdict
from harness.difference.shelves import Shelves
from harness.difference.text import render_text
from harness.difference.witness_files import witness_files
from harness.errors import BadInputError, Mistake, Place
from harness.interrupt import heeded

EXIT_VERDICT = {  # with --exit-code
    Verdict.NO_CASE_CHANGES: 0,
    Verdict.OUTCOMES_CAN_CHANGE: 3,
    Verdict.UNKNOWN: 4,
}

_CLEAR = "\r\x1b[K"


def _all_named(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        named(context, parameter, word)
    return words


def _is_number(_: click.Context, __: click.Parameter, seconds: float) -> float:
    if math.isnan(seconds):
        raise click.BadParameter("it is no number")
    return seconds


@click.command("diff")
@click.argument("sides", nargs=-1, required=True, metavar="OLD [NEW]", callback=_all_named)
@policies_option
@click.option("--format", "form", type=click.Choice(["json", "markdown", "text"]), default="text", show_default=True)
@output_option
@click.option("--witnesses", metavar="DIR", help="Write the cases that change into this folder.", callback=named)
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    callback=_is_number,
    help="How long to look for each case.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 0, 3 or 4: no case changes, outcomes can change, unknown.")
def command(
    sides: tuple[str, ...],
    folder: str,
    form: str,
    output: str | None,
    witnesses: str | None,
    seconds: float,
    *,
    exit_code: bool,
) -> None:
    """Compare OLD with NEW: what is written, and which cases end differently.

    Either is a policy file, a version (`spine/x@2026-01-01`; `spine/x` is the latest), one of these in a git revision
    (`HEAD~1:spine/x`), or all policies of a revision or folder. `necessity diff spine/x` compares the last two
    versions, `necessity diff HEAD` what is on the disk with the last commit.
    """
    with telling(form), heeded(), ExitStack() as stack:
        shelves = Shelves(folder, stack)
        old, new = named_sides(sides, shelves)
        for option, target in (("--output", output), ("--witnesses", witnesses)):
            keep_inputs(option, target, folder, *shelves.on_disk_read)
        difference = _difference(old, new, seconds)
        if witnesses is not None:
            _write_witnesses(difference, witnesses)
        write(_rendered(difference, form, colour=output is None and wants_colour()), output)
    if difference.was_interrupted:
        sys.exit(EXIT_INTERRUPTED)
    if exit_code:
        sys.exit(EXIT_VERDICT[difference.verdict])


def _difference(old: Named, new: Named, seconds: float) -> Difference:
    comparing = Comparing(seconds, _progress)
    try:
        if old.policy is None or new.policy is None:
            return comparing.folders(old.shelf, new.shelf)
        one = comparing.versions(old.side, new.side)
        return Difference(old.word, new.word, (one,), is_of_one=True)
    finally:
        _progress("")


def _progress(text: str) -> None:
    """One line that replaces itself, for somebody who looks on."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"{_CLEAR}{text}", nl=False, err=True)


def _rendered(difference: Difference, form: str, *, colour: bool) -> str:
    match form:
        case "json":
            return render_json(difference)
        case "markdown":
            return render_markdown(difference)
        case _:
            return render_text(difference, colour=colour)


def _write_witnesses(difference: Difference, folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder cannot be made: {(error.strerror or 'unknown reason').lower()}"
        raise BadInputError([Mistake(Place(folder), message, "name a folder that can be written")]) from None
    for name, text in witness_files(difference):
        write(text, str(Path(folder) / name))
