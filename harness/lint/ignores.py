"""`# necessity: ignore=CODE reason`: a warning that its author has looked at, with why it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.errors import Place
from harness.policies import File
from harness.strict_yaml import comments, lines_of

FORM = "# necessity: ignore=CODE reason"

_OURS = re.compile(r"#\s*necessity\s*:")
_IGNORE = re.compile(r"#\s*necessity:\s*ignore\s*=\s*(?P<code>[^\s]*)\s*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment. `code` is empty where it is written in another way, `line` the line that it speaks of."""

    place: Place
    line: int
    code: str
    reason: str


def ignores_of(file: File) -> Iterator[Ignore]:
    """The comments of a file that begin with `necessity:`. One alone on its line speaks of the next line of content."""
    if "necessity" not in file.text:
        return
    found = list(comments(file.text))
    passed = {comment.line for comment in found if comment.alone}
    passed |= {number for number, line in enumerate(lines_of(file.text), 1) if not line.strip()}
    for comment in found:
        if not _OURS.match(comment.text):
            continue
        line = comment.line
        while line in passed:
            line += 1
        match = _IGNORE.fullmatch(comment.text)
        code, reason = (match["code"], match["reason"].strip()) if match else ("", "")
        yield Ignore(Place(file.located.file, comment.line, comment.column), line, code, reason)
