"""What went wrong, where, and what to write instead. Everything that a user sees of a failure is made here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_IN_NO_FILE = {"(command line)", "(standard output)", "(every request)"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file that the user wrote; `line` and `column` count from 1.

    What stands in no file is named as one of `_IN_NO_FILE` and has no position to show.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        file = in_one_line(self.file)
        return file if file in _IN_NO_FILE else f"{file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: lower case, no full stop, the user's words in backticks. `help` is what to write instead."""

    place: Place
    message: str
    help: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: error: {in_one_line(self.message)}"
        return f"{text}\n  help: {in_one_line(self.help)}" if self.help else text


class BadInputError(Exception):
    """The user's files or words cannot be used; holds every mistake found in all of them, in reading order."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


class InternalError(Exception):
    """The program failed, not the user; no assessment was made. The message holds ids, never health data."""


class Mistakes:
    """Collects mistakes while reading goes on, so that one run shows all of them."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def add(self, place: Place, message: str, help: str = "") -> None:  # noqa: A002 - the word the message uses
        self._found.append(Mistake(place, message, help))

    def instead(self, place: Place, message: str, help: str = "") -> None:  # noqa: A002 - as above
        """Add one that says more than what was told of its place."""
        self._found = [mistake for mistake in self._found if mistake.place != place]
        self.add(place, message, help)

    def extend(self, mistakes: Iterable[Mistake]) -> None:
        self._found.extend(mistakes)

    def __iter__(self) -> Iterator[Mistake]:
        return iter(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def raise_any(self) -> None:
        """Raise BadInputError if anything was found."""
        if self._found:
            raise BadInputError(self._found)


def printable(text: str) -> str:
    """A text without what a terminal would obey: a key of a file may hold anything."""
    return "".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in text)


def in_one_line(text: str) -> str:
    """A name, a path or a message as part of a line: a line break in it would begin one that nobody wrote."""
    return printable(text).replace("\n", "\\n")


def with_article(word: str) -> str:
    """A word with its article: `a rule`, `an exception`."""
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"


_DENIALS = re.compile(r"(?<![a-z])(?:(?:not|non|no|without)(?![a-z])|un)", re.IGNORECASE)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The help for a mistyped id: the nearest of the known ones, else `otherwise`; never one that says the opposite."""
    meant = [one for one in known if not _opposite(word, one)]
    near = difflib.get_close_matches(word, sorted(meant), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else otherwise


def one_of(word: str, words: Sequence[str]) -> str:
    """The help for a word out of a few: the nearest, unless one is the opposite of another; then all of them."""
    listed = "write one of " + ", ".join(f"`{one}`" for one in words)
    meant = word.strip().casefold().replace(" ", "_").replace("-", "_")
    if meant in words:
        return f"did you mean `{meant}`?"
    return listed if any(f"not_{one}" in words for one in words) else did_you_mean(word, words, listed)


def _opposite(word: str, other: str) -> bool:
    """Whether two words differ by a denial, as `unmet` and `met` do: without it they are more alike."""
    plain, others = _DENIALS.sub("", word), _DENIALS.sub("", other)
    return (plain == word) != (others == other) and _alike(plain, others) > _alike(word, other)


def _alike(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()
