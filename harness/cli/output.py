"""Where the words go: printed, or written to a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from harness.errors import BadInputError, Mistake, Place


def wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()  # None: the caller closed it


def write(text: str, output: str | None) -> None:
    if output is None:
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:  # the reader has seen enough
            raise
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits there shall not be tried again
            raise _unwritable("(standard output)", error) from None
        return
    try:
        target = Path(output).resolve()  # a link is written through, not replaced
        if target.exists() and not target.is_file():  # a device or pipe cannot be renamed over
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            # A report that was closed to others stays so.
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(output, error) from None


def _unwritable(output: str, error: OSError) -> BadInputError:
    message = f"the output cannot be written: {(error.strerror or 'unknown reason').lower()}"
    return BadInputError([Mistake(Place(output), message, "write to a file in a folder that exists and has room")])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
