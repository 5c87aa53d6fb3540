"""How a failure is told, as text or as JSON, and with which exit code."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator

import click

from harness.errors import BadInputError, InternalError, Mistake, in_one_line, printable

EXIT_PROGRAM = 1  # a failure of the program
EXIT_INPUT = 2  # bad input


@contextlib.contextmanager
def telling(form: str) -> Iterator[None]:
    """Tell what is wrong, as text or as JSON, and exit with the code for it."""
    try:
        yield
    except BadInputError as error:
        text = errors_json(error.mistakes) if form == "json" else printable("\n".join(map(str, error.mistakes)))
        click.echo(text, err=True)
        sys.exit(EXIT_INPUT)
    except InternalError as error:
        click.echo(
            json.dumps({"failure": str(error)}) if form == "json" else f"error: {in_one_line(str(error))}", err=True
        )
        sys.exit(EXIT_PROGRAM)


def errors_json(mistakes: Iterable[Mistake]) -> str:
    errors = [
        {
            "file": mistake.place.file,
            "line": mistake.place.line,
            "column": mistake.place.column,
            "message": mistake.message,
            "help": mistake.help,
        }
        for mistake in mistakes
    ]
    return json.dumps({"errors": errors}, indent=2, ensure_ascii=False)
