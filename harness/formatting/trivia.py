"""What a YAML file says between its values: comments and blank lines, each to be claimed by what it belongs to."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trivia:
    """A comment, or a blank line (`text` is empty). `gap` is the blanks before a comment that has a line's end."""

    at: int
    column: int
    text: str
    own_line: bool
    gap: int = 0


class Comments:
    """The trivia of a text, claimed in order.

    `scalars` are the spans of its values, in order; `starts` is where these and everything in brackets begin.
    """

    def __init__(self, text: str, scalars: Sequence[Span], starts: Sequence[int]) -> None:
        self._text = text
        self._starts = starts
        self._all = list(trivia(text, scalars))
        self._next = 0

    def texts(self) -> list[str]:
        """Every comment, claimed or not."""
        return [one.text for one in self._all if one.text]

    def before(self, at: int) -> list[str]:
        """What stands before a place and was not claimed yet."""
        first = self._next
        while self._next < len(self._all) and self._all[self._next].at < at:
            self._next += 1
        return [one.text for one in self._all[first : self._next]]

    def beside(self, at: int, limit: int | None = None) -> str:
        """The comment at the end of the line of a place, and before the limit, with the blanks before it."""
        if self._next == len(self._all):
            return ""
        one = self._all[self._next]
        if one.own_line or (limit is not None and one.at >= limit) or self._text.find("\n", at, one.at) >= 0:
            return ""
        self._next += 1
        return " " * max(2, one.gap) + one.text

    def below(self, end: int, column: int) -> list[str]:
        """The comments that follow a list or mapping and are indented deeper than a column: that of what holds it."""
        later = bisect.bisect_left(self._starts, end)
        limit = self._starts[later] if later < len(self._starts) else len(self._text)
        found: list[str] = []
        waiting: list[str] = []
        for number in range(self._next, len(self._all)):
            one = self._all[number]
            if one.at >= limit or (one.text and one.column <= column):
                break
            waiting.append(one.text)
            if one.text:
                found += waiting
                waiting = []
        self._next += len(found)
        return found


def trivia(text: str, scalars: Sequence[Span]) -> Iterator[Trivia]:
    """The comments and blank lines of a text outside of its scalars."""
    at = 0
    for start, end in (*scalars, (len(text), len(text))):
        yield from _between(text, at, start)
        at = end


def _between(text: str, start: int, end: int) -> Iterator[Trivia]:
    at = start
    while at < end:
        newline = text.find("\n", at, end)
        line = text[at : newline if newline >= 0 else end]
        whole = at == 0 or text[at - 1] == "\n"
        sign = line.find("#")  # between scalars there is only punctuation, so that this begins a comment
        before = line[: max(sign, 0)]
        if sign >= 0:
            column = at + sign - (text.rfind("\n", 0, at) + 1)
            gap = len(before) - len(before.rstrip())
            yield Trivia(at + sign, column, line[sign:].rstrip(), whole and not before.strip(), gap)
        elif whole and newline >= 0 and not line.strip():
            yield Trivia(at, 0, "", own_line=True)
        at += len(line) + 1
