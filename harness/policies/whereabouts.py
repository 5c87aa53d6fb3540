"""Which folder of policies a file lies in, and which files may be versions of a policy."""

from __future__ import annotations

import os
import re
from pathlib import Path

ENDINGS = frozenset({".yaml", ".yml"})
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.yaml")
_POLICY = re.compile(rb"""(?m)^["']?policy["']?\s*:""")
_LARGEST = 2 * 1024 * 1024


def policies_around(path: str) -> str | None:
    """The nearest folder of policies that a path is, or is in, as the user would write it; None outside of one."""
    if _is_policies(Path(path)):
        return path
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links, and `absolute` keeps `..`
    for parent in absolute.parents:
        if _is_policies(parent):
            return _written(parent, path)
    return _written(absolute.parent.parent.parent, path) if is_beside_policy(absolute) else None


def is_beside_policy(file: Path) -> bool:
    """Whether a version of a policy, a file named by a date that says `policy:`, lies in the same folder."""
    try:
        return any(_DATED.fullmatch(one.name) and _POLICY.search(beginning(one)) for one in file.parent.iterdir())
    except OSError:
        return False


def beginning(file: Path) -> bytes:
    """What a plain file holds, as far as it is looked at; nothing of a pipe, which would wait."""
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError:
        return b""


def standing(path: str | Path) -> Path:
    """Where a path stands, however it was written. It is not followed itself: a link is read, and refused, there."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - as above
    return absolute.parent.resolve() / absolute.name


def _is_policies(folder: Path) -> bool:
    marks = (folder / "references.yaml").is_file() or (folder / "modules").is_dir()
    return folder.is_dir() and (marks or folder.name == "policies")


def _written(folder: Path, path: str) -> str:
    return str(folder) if Path(path).is_absolute() else os.path.relpath(folder)
