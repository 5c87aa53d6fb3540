"""New files written: all of them or none, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.errors import BadInputError, Mistake, Place


def write_new(files: Mapping[Path, str]) -> None:
    """Write files that are not there yet. What was made is taken away again when one of them cannot be written."""
    made: list[Path] = []
    try:
        for file, text in files.items():
            _make_folder(file.parent, made)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                made.append(file)
                stream.write(text)
    except BaseException as error:
        _take_away(made)
        if isinstance(error, FileExistsError):
            raise BadInputError([exists(Path(error.filename))]) from None
        if isinstance(error, OSError):
            message = f"the file cannot be written: {(error.strerror or 'unknown reason').lower()}"
            raise BadInputError([Mistake(Place(Path(error.filename or file).as_posix()), message, _CURE)]) from None
        raise


_CURE = "nothing was written; name a folder that may be written to"


def exists(file: Path) -> Mistake:
    return Mistake(
        Place(file.as_posix()), "the file is there already", "nothing was written; move it, or take another name"
    )


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


def _take_away(made: list[Path]) -> None:
    for one in reversed(made):
        if one.is_dir():
            one.rmdir()
        else:
            one.unlink()
