"""Which files hold policy tests, and in which folder the policies lie that they are about."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.errors import Mistakes, Place

NAME = "tests.yaml"
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.yaml")
_LARGEST = 2 * 1024 * 1024
# A case in a file that may be anything: only what has all three keys of one is looked at further.
_CASE = [re.compile(rb"(?m)^" + key + rb"\s*:") for key in (b"case", b"request", b"expect")]
_TESTS = [re.compile(rb"(?m)^" + key + rb"\s*:") for key in (b"policy", b"request_date", b"tests")]


def is_suite(file: Path) -> bool:
    """Whether a file holds policy tests: a `tests.yaml` of ours, or a case with an `expect`."""
    if file.suffix != ".yaml":
        return False
    if file.name == NAME and is_beside_policy(file):
        return True
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST)
    except OSError:
        return False
    wanted = _TESTS if file.name == NAME else _CASE
    return all(key.search(text) for key in wanted)


def is_beside_policy(file: Path) -> bool:
    """Whether a version of a policy, a file named by a date, lies in the same folder."""
    try:
        return any(_DATED.fullmatch(one.name) for one in file.parent.iterdir())
    except OSError:
        return False


def find_suites(paths: Iterable[str], mistakes: Mistakes) -> tuple[str, ...]:
    """The files with policy tests at some paths, each once; a folder is searched, a file is taken as it is."""
    found: dict[str, None] = {}
    for path in paths:
        if Path(path).is_dir():
            below = list(_below(path))
            if not below:
                mistakes.add(Place(path), "the folder holds no policy tests", f"write a `{NAME}` beside the policy")
            found.update(dict.fromkeys(below))
        elif Path(path).is_file():
            found[path] = None
        else:
            mistakes.add(Place(path), "there is no such file or folder", "check its name and its folder")
    return tuple(found)


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent) / name
            if is_suite(file):
                yield file.as_posix()


def policies_folder(file: str) -> str | None:
    """The folder of policies that a `tests.yaml` lies in, `<folder>/<area>/<name>/tests.yaml`; None outside of one."""
    path = Path(file)
    if path.name != NAME or not is_beside_policy(path):
        return None
    return os.path.normpath(path.parent / ".." / "..")
