"""What the command is told, held to what a policy's files can hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from harness.errors import Mistakes, Place
from harness.model.months import parse_date
from harness.schema import load

LINE = Place("(command line)")
_RESERVED = ("modules", "overlays")  # folders of policies with another meaning
_LONGEST = 80
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def check_id(id_: str, mistakes: Mistakes) -> None:
    """Note why this cannot be the id of a policy."""
    described: Any = load("policy")["properties"]
    pattern: str = described["policy"]["pattern"]
    if not re.search(re.sub(r"\$$", r"\\Z", pattern), id_):
        near = "/".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in id_.split("/") if part)
        cure = f"did you mean `{near}`?" if re.search(pattern, near) else "such as `spine/lumbar-mri`"
        mistakes.add(LINE, f"`{id_}` is no policy id: that is `<area>/<name>`, in lower case with hyphens", cure)
    elif len(id_) > _LONGEST:
        mistakes.add(LINE, f"the policy id is longer than {_LONGEST} characters", "take a shorter name")
    elif id_.partition("/")[0] in _RESERVED:
        area = id_.partition("/")[0]
        mistakes.add(LINE, f"`{area}` is no area: the folder `{area}` holds what policies share", "take another area")


def read_day(text: str | None, mistakes: Mistakes) -> date | None:
    """The day a version takes effect; None, noted, when it cannot be one."""
    if text is None:
        cure = "write `--from YYYY-MM-DD`, the first day on which requests are assessed by it; no clock is read here"
        mistakes.add(LINE, "`--from` is missing: the day it takes effect", cure)
        return None
    day = parse_date(text)
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        mistakes.add(LINE, f"`{text}` is not a date of the calendar", "write `--from YYYY-MM-DD`, from 1900 to 2199")
        return None
    return day


def check_title(title: str, mistakes: Mistakes) -> None:
    described: Any = load("policy")["properties"]
    longest: int = described["title"]["maxLength"]
    if not title.strip() or not title.isprintable():
        mistakes.add(LINE, "the title is empty, or holds what cannot be printed", "write it in plain words")
    elif len(title) > longest:
        mistakes.add(LINE, f"the title is longer than {longest} characters", "say it in fewer words")


def check_folder(folder: Path, mistakes: Mistakes) -> None:
    """Note a folder whose name would break the lines that it is written in."""
    if not str(folder).isprintable():
        mistakes.add(LINE, "the name of the folder holds what cannot be printed", "take a name of one line")
