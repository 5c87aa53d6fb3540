"""A new version of a policy: the newest file under a new date, without what is true of the old one alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from harness.errors import InternalError, Mistakes
from harness.model.policy import Policy
from harness.scaffold.words import LINE, read_day
from harness.strict_yaml import Json, Located, parse_yaml

OF_THE_OLD = ("approval", "revisions")  # a new version is approved anew, and nothing in it has been corrected yet
_SCALAR = re.compile(r'"[^"]*"|\'[^\']*\'')  # a date, which the strict reader wants in quotes


@dataclass(frozen=True, slots=True)
class NewVersion:
    """The file of a new version, the one it is a copy of, and the keys that were left out."""

    file: Path
    text: str
    source: Path
    left_out: tuple[str, ...]


def new_version(newest: Policy, effective: str | None) -> NewVersion:
    """The newest version of a policy under the day from which a new one is to hold, comments kept.

    Raises BadInputError when the day is none that a new version can begin on.
    """
    mistakes = Mistakes()
    day = read_day(effective, mistakes)
    if day is not None and day <= newest.effective:
        message = (
            f"the newest version of `{newest.id}` takes effect on {newest.effective}, and a new one must follow it"
        )
        mistakes.add(LINE, message, "give a later day; a version that was in force is not edited")
    if day is not None and day > newest.effective and newest.status != "draft" and newest.until is not None:
        _check_follows(newest, day, mistakes)
    if newest.status == "retired":
        mistakes.add(newest.place, f"policy `{newest.id}` is retired", "write a new policy")
    mistakes.raise_any()
    assert day is not None  # else a mistake was noted
    source = Path(newest.place.file)
    copy = _Copy(source.read_text("utf-8-sig"))
    left_out = [key for key in OF_THE_OLD if copy.leave_out(key)]
    left_out += ["effective.until"] if copy.take_effect(day.isoformat()) else []
    return NewVersion(source.with_name(f"{day}.yaml"), copy.text, source, tuple(left_out))


def _check_follows(newest: Policy, day: date, mistakes: Mistakes) -> None:
    """Note a day that is not the first after the newest version, which has an end: the library would not read."""
    assert newest.until is not None
    first = newest.until + timedelta(days=1)
    if day != first:
        message = f"the newest version of `{newest.id}` is in force until {newest.until}, so the next begins on {first}"
        before = day - timedelta(days=1)
        cure = f'give `--from {first}`; or write `until: "{before}"` in {newest.place.file} first, or no `until`'
        mistakes.add(LINE, message, cure)


class _Copy:
    """A policy's text, edited line by line, so that all else stays as it was written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.located = _read(text)
        self.wanted: dict[str, Json] = dict(_mapping(self.located.data))

    def leave_out(self, key: str) -> bool:
        """Take a key with its value and the comments above away; whether there was one."""
        if key not in self.wanted:
            return False
        lines = self.text.splitlines(keepends=True)
        first, last = self._lines_of(key)
        while first > 1 and lines[first - 1].startswith("#"):
            first -= 1
        del self.wanted[key]
        self._become([*lines[:first], *lines[last:]])
        return True

    def take_effect(self, day: str) -> bool:
        """Write the day it takes effect; whether the old one had an end, which is left out."""
        effective = _mapping(self.wanted["effective"])
        self.wanted["effective"] = {"from": day}
        lines = self.text.splitlines(keepends=True)
        if "until" in effective:
            first, last = self._lines_of("effective")
            self._become([*lines[:first], f'effective: {{from: "{day}"}}\n', *lines[last:]])
            return True
        place = self.located.values["effective", "from"]
        line = lines[place.line - 1]
        before, after = line[: place.column - 1], line[place.column - 1 :]
        lines[place.line - 1] = before + _SCALAR.sub(f'"{day}"', after, count=1)
        self._become(lines)
        return False

    def _lines_of(self, key: str) -> tuple[int, int]:
        """Where a key of the file begins and ends, counted from 0; what stands above the next key is none of it."""
        begins = sorted(place.line - 1 for path, place in self.located.keys.items() if len(path) == 1)
        first = self.located.keys[(key,)].line - 1
        lines = self.text.splitlines()
        last = next((line for line in begins if line > first), len(lines))
        while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        return first, last

    def _become(self, lines: list[str]) -> None:
        self.text = "".join(lines)
        self.located = _read(self.text)
        if self.located.data != self.wanted:
            raise InternalError("the copy would say something else than the version it is made of; nothing was written")


def _mapping(data: Json) -> dict[str, Json]:
    assert isinstance(data, dict)  # the file was read as a policy
    return data


def _read(text: str) -> Located:
    mistakes = Mistakes()
    located = parse_yaml(text, "(the new version)", mistakes)
    if located is None or mistakes:
        raise InternalError("the copy of the newest version cannot be read; nothing was written")
    return located
