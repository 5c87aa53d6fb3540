"""Which files hold policy tests."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.errors import Mistakes, Place
from harness.policies.whereabouts import ENDINGS, beginning, is_beside_policy, policies_around, standing

NAME = "tests.yaml"
# A case in a file that may be anything: only what has all three keys of one is looked at further.
_CASE = [re.compile(rb"(?m)^" + key + rb"\s*:") for key in (b"case", b"request", b"expect")]
_REQUEST = re.compile(rb"(?m)^request\s*:(.*(?:\n(?:[ \t\r}#].*)?)*)")
_OF_REQUEST = [re.compile(rb"""["']?\b""" + key + rb"""\b["']?\s*:""") for key in (b"date", b"services")]


def is_suite(file: Path, *, among_others: bool = False) -> bool:
    """Whether a file holds policy tests: a `tests.yaml` beside a policy, or a case with an `expect`.

    `among_others` says that files of other programs may lie there: a case is then one by its request as well.
    """
    if file.suffix.lower() not in ENDINGS:
        return False
    if file.name == NAME:
        return file.is_file() and is_beside_policy(file)
    text = beginning(file)
    return all(key.search(text) for key in _CASE) and (not among_others or _has_request(text))


def _has_request(text: bytes) -> bool:
    """Whether the request is one for services on a date."""
    request = _REQUEST.search(text)
    return request is not None and all(key.search(request[1]) for key in _OF_REQUEST)


def find_suites(paths: Iterable[str], mistakes: Mistakes) -> tuple[str, ...]:
    """The files with policy tests at some paths, each once; a folder is searched, a file is taken as it is."""
    found: dict[Path, str] = {}
    for path in paths:
        if Path(path).is_dir():
            below = list(suites_below(path))
            if not below:
                mistakes.add(Place(path), "the folder holds no policy tests", f"write a `{NAME}` beside the policy")
        elif Path(path).is_file():
            below = [path]
        else:
            below = []
            mistakes.add(Place(path), "there is no such file or folder", "check its name and its folder")
        for file in below:
            found.setdefault(standing(file), file)
    return tuple(found.values())


def suites_below(folder: str) -> Iterator[str]:
    """The files with policy tests in a folder and those within it, in a stable order."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent) / name
            if is_suite(file):
                yield file.as_posix()


def policies_folder(file: str) -> str | None:
    """The folder of policies that a `tests.yaml` lies in, beside the policy that it tests; None outside of one."""
    path = Path(file)
    return policies_around(file) if path.name == NAME and is_beside_policy(path) else None
