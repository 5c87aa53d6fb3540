"""`necessity check`: read policies strictly, tell all that is wrong and all that should be looked at."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import click

from harness.cli import disclosure as disclosed
from harness.cli.options import day, named, optional, unknown
from harness.cli.output import write
from harness.cli.telling import EXIT_INPUT, telling
from harness.engine import compile_policy
from harness.errors import BadInputError, Mistake
from harness.lint import FORMATS, LINTS, Further, Result, as_text, check, folders_of
from harness.policies import Library
from harness.suite import mistakes_of_suites

EXIT_WARNINGS = 3  # nothing makes reading fail, and there are warnings
DEFAULT = "policies"
DISCLOSED = {"json": disclosed.as_data, "text": disclosed.as_table}


def compiled(library: Library) -> Iterator[Mistake]:
    """What the engine cannot run."""
    for policy in library.policies.all():
        try:
            compile_policy(policy)
        except BadInputError as error:
            yield from error.mistakes


def tested(library: Library) -> Iterable[Mistake]:
    """What is wrong with the tests beside the policies."""
    return mistakes_of_suites(library.policies, library.overlaid, complete=not library.mistakes)


def established(library: Library) -> Iterable[Mistake]:
    """Overlays for Medicare Advantage that are stricter than criteria which Medicare has established."""
    asked = any(policy.is_held_to_medicare for policies in library.overlaid.values() for policy in policies.all())
    return optional("harness.cli.medicare", "check").refused(library) if asked else ()


# What else is read of a folder of policies, by the rooms above them; each gives its mistakes.
FURTHER: tuple[Further, ...] = (compiled, tested, established)


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, callback=lambda c, p, v: [named(c, p, one) for one in v])
@click.option("--format", "form", type=click.Choice(sorted([*FORMATS, "text"])), default="text", show_default=True)
@click.option("--on", metavar="DATE", help="Tell which reviews are past on DATE, `YYYY-MM-DD`.", callback=day)
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--explain", "code", metavar="CODE", help="Print what a warning of CODE means, and end.", callback=named)
@click.option("--codes", is_flag=True, help="List the codes of all warnings, and end.")
@click.option(
    "--disclosure", is_flag=True, help="Tell instead how complete the grounds are that each policy discloses."
)
def command(
    paths: Sequence[str],
    form: str,
    on: dt.date | None,
    code: str | None,
    *,
    watch: bool,
    codes: bool,
    disclosure: bool,
) -> None:
    """Read the policies at each PATH strictly, compile them, and tell what is wrong or should be looked at.

    PATH is a folder of policies, a folder or a file in one; without it, `policies`. The exit code is 2 for an error,
    which makes reading fail, 3 for warnings alone, and else 0; with --disclosure, 3 where something is not disclosed.
    """
    asked = paths or (DEFAULT,)
    with telling(form):
        if code is not None:
            write(_page(code), None)
        elif codes:
            write("".join(f"{lint.code}\n    {lint.title}\n" for lint in LINTS.values()), None)
        elif disclosure:
            if watch or form not in DISCLOSED:
                raise click.UsageError(
                    f"`--disclosure` goes with `--format {'` or `'.join(DISCLOSED)}`, and no `--watch`"
                )
            sys.exit(_disclosed(asked, form))
        elif watch:
            _watch(asked, form, on)
        else:
            sys.exit(_told(check(asked, on, FURTHER), form, asked))


def _told(result: Result, form: str, paths: Sequence[str]) -> int:
    """Tell a result, and say with which exit code: data as output; text as messages, unless nothing is wrong."""
    if form != "text":
        write(FORMATS[form](result), None)
    elif result.told:
        click.echo(as_text(result, paths), nl=False, err=True)
    else:
        write(as_text(result, paths), None)
    return EXIT_INPUT if result.errors else EXIT_WARNINGS if result.warnings else 0


def _disclosed(paths: Sequence[str], form: str) -> int:
    """Tell how complete the grounds are, once nothing is wrong, and say with which exit code."""
    read = check(paths)
    if read.errors:
        return _told(replace(read, warnings=()), form, paths)
    found = disclosed.scores(paths)
    write(DISCLOSED[form](found), None)
    return EXIT_WARNINGS if any(score.missing for _, score in found) else 0


def _page(code: str) -> str:
    if code not in LINTS:
        raise unknown("code", code, LINTS)
    return LINTS[code].page


def _watch(paths: Sequence[str], form: str, on: dt.date | None) -> None:
    def run() -> int:
        return _told(check(paths, on, FURTHER), form, paths)

    folders = folders_of(paths)
    if not folders:
        sys.exit(run())
    watching = optional("harness.cli.watching", "--watch")
    with contextlib.suppress(KeyboardInterrupt):  # how it ends
        watching.again(run, watching.changes(folders), " and ".join(f"`{folder}`" for folder in folders))
