"""Where the parser gave up, with what it says of it and what it read last."""

from __future__ import annotations

import re
from dataclasses import dataclass

Spot = tuple[int, int]  # a line and a column, from 0
Told = tuple[Spot, str, str]  # where it is, what is wrong, and what to write instead

LONGEST_KEY = 100  # letters looked at, so that no line is too long to look at
MOST_SHOWN = 60  # letters of the user's line in a help
_KEY = re.compile(r"(?P<key>[\w./-]+):(?=\s|$)")
_DASHES = re.compile(r"\s*(?:-\s+)*")


@dataclass(frozen=True, slots=True)
class Read:
    """The last thing that was read. `opens` is its quote or bracket; empty for a word without quotes."""

    opens: str
    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser gave up, in its own words; `since` is where it began what it could not end."""

    lines: list[str]
    problem: str
    at: Spot
    since: Spot | None
    last: Read | None
    private: bool  # nothing of the user's lines may be shown

    @property
    def letter(self) -> str:
        """The letter at which the parser gave up; empty at the end of a line."""
        return self.rest(self.at)[:1]

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def rest(self, spot: Spot) -> str:
        """What stands in a line from a spot on."""
        return self.line(spot[0])[spot[1] :]

    def begins(self, number: int) -> int:
        """The column in which the content of a line begins, behind the dashes of lists."""
        match = _DASHES.match(self.line(number))
        return match.end() if match else 0

    def above(self, number: int) -> int | None:
        """The last line above that is neither empty nor a comment."""
        filled = (n for n in range(min(number, len(self.lines)) - 1, -1, -1) if self.line(n).split("#")[0].strip())
        return next(filled, None)

    def named(self, number: int) -> str:
        """A line by its key."""
        key = _KEY.match(self.line(number), self.begins(number))
        return f"`{key['key']}`" if key and not self.private else "the line"

    def follows_at_once(self) -> bool:
        """Whether the parser gave up in the very line in which the last thing ends, and only blanks are between."""
        if self.last is None or self.last.end[0] != self.at[0]:
            return False
        return not self.line(self.at[0])[self.last.end[1] : self.at[1]].strip()


def margin(line: str) -> int:
    return len(line) - len(line.lstrip())
