"""`necessity impact`: what a change of a policy does to a file of cases."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from harness.batch.engines import ENGINES
from harness.cli.diff_sides import COMMAND_LINE, named_sides
from harness.cli.options import named, output_option, policies_option
from harness.cli.output import keep_inputs, write
from harness.cli.progress import EXIT_INTERRUPTED, Watched
from harness.cli.telling import telling
from harness.difference.shelves import Shelves
from harness.errors import BadInputError, Mistake, Place
from harness.impact.as_html import render_html
from harness.impact.as_json import render_json
from harness.impact.as_text import render_markdown, render_text
from harness.impact.run import Question, impact_of
from harness.interrupt import heeded

_FORMS = {"text": render_text, "markdown": render_markdown, "json": render_json, "html": render_html}


@click.command("impact")
@click.argument("old", callback=named)
@click.argument("new", callback=named)
@click.argument("cases", callback=named)
@click.option("--by", multiple=True, metavar="COLUMN", help="Group by this column of the file; may be repeated.")
@click.option("--episodes", metavar="FILE", callback=named, help="Treatment records, one row each, by `case_id`.")
@click.option("--table", metavar="NAME", help="The table of a DuckDB file of cases.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="polars", show_default=True)
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="text", show_default=True)
@policies_option
@output_option
def command(  # noqa: PLR0913, PLR0917 - an argument each option
    old: str,
    new: str,
    cases: str,
    by: tuple[str, ...],
    episodes: str | None,
    table: str | None,
    engine: str,
    form: str,
    folder: str,
    output: str | None,
) -> None:
    """Run all CASES under OLD and under NEW, whatever their request date, and tell what differs and why.

    OLD and NEW are named as for `necessity diff`: a policy, a version, a file, `spine/x+overlay`, `HEAD~1:spine/x`.
    """
    with telling(form), heeded(), ExitStack() as stack:
        shelves = Shelves(folder, stack)
        sides = named_sides((old, new), shelves)
        for side in sides:
            if side.policy is None:
                message = f"`{side.word}` is a whole folder of policies"
                raise BadInputError([Mistake(Place(COMMAND_LINE), message, "name one policy on both sides")])
        keep_inputs("--output", output, cases, folder, *shelves.on_disk_read, *([episodes] if episodes else []))
        columns = tuple(dict.fromkeys(by))
        question = Question(sides[0].side, sides[1].side, (old, new), cases, columns, table, episodes, engine)
        between = stack.enter_context(tempfile.TemporaryDirectory(prefix="necessity-"))
        try:
            impact = impact_of(question, Path(between), _watch)
        except KeyboardInterrupt:
            click.echo("interrupted, nothing was written", err=True)
            sys.exit(EXIT_INTERRUPTED)
        write(_FORMS[form](impact), output)


def _watch(numbers: Iterable[int], _: int) -> Iterator[int]:
    several = list(numbers)
    yield from Watched(several, "assessing", len(several))
