"""Where the words go: printed, or written to a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from harness.errors import BadInputError, Mistake, Place

_POLICY_FILES = {".yaml", ".yml"}


def wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()  # None: the caller closed it


def keep_inputs(option: str, output: str | None, *read: str) -> None:
    """Refuse an output that would replace what the command reads, or stand among policies as one of them.

    `read` are files, and folders of policies; `output` is a file, or a folder (`--witnesses`) for YAML files.
    """
    if output is None:
        return
    of_cases = option == "--witnesses"
    for name in read:
        if _is_same(Path(output), Path(name)) and not Path(name).is_dir():
            message, cure = f"the output would replace `{name}`, which is read", "name another file"
        elif Path(name).is_dir() and _is_among(Path(output), Path(name), of_cases=of_cases):
            what = "the cases" if of_cases else "the output"
            does = "replace one of" if Path(output).is_file() else "stand among"
            message = f"{what} would {does} the files of policies in `{name}`"
            cure = "name a folder outside of it" if of_cases else "name a file outside of it"
        else:
            continue
        raise BadInputError([Mistake(Place(output), message, f"{cure} for `{option}`")])


def _is_among(output: Path, folder: Path, *, of_cases: bool) -> bool:
    """Whether a file would be read with the policies of a folder, or is one of them under another name."""
    top = Path(os.path.realpath(folder))
    # Where a link stands, and where it leads to.
    places = (Path(os.path.realpath(output.parent)) / output.name, Path(os.path.realpath(output)))
    if of_cases:
        return any(top in (place, *place.parents) for place in places)
    below = output.suffix.lower() in _POLICY_FILES and any(top in place.parents for place in places)
    return below or any(_is_same(output, file) for file in _yaml_below(top))


def _yaml_below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names if Path(name).suffix.lower() in _POLICY_FILES)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, be it over links."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return os.path.realpath(one) == os.path.realpath(other)


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
    except OSError as error:
        raise _unwritable(output, error) from None
    with replacing(output) as stream:
        stream.write(text.encode())


@contextlib.contextmanager
def replacing(output: str) -> Iterator[BinaryIO]:
    """A stream whose bytes become a file once all of them are there; until then, and after a failure, it is as it was.

    Raises BadInputError when the file cannot be written.
    """
    try:
        target = Path(output).resolve()  # a link is written through, not replaced
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
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
