"""Text of episodes compared as a case compares it: letter case and white space do not count, by Python's own tables.

Databases fold letters each in its own way (`ß`, the Kelvin sign, a final sigma), and none as Python does. So a wanted
word becomes a regular expression of all that Python folds to it, every character by its number: nothing is left to a
database but to look. Folding the text itself takes ten times as long.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from ibis.expr.types import BooleanValue, StringValue

_SPACES = [chr(code) for code in range(0x3001) if chr(code).isspace()]


def plain(text: str) -> str:
    """A text with its letter case folded and its white space one space each (`harness.cases.measures`)."""
    return " ".join(text.split()).casefold()


def is_blank(held: StringValue) -> BooleanValue:
    return held.re_search(rf"\A{_any(_SPACES)}*\z")


def is_one_of(held: StringValue, words: Collection[str]) -> BooleanValue:
    """Whether a text is one of some words; NULL when it is NULL."""
    wanted = sorted({plain(word) for word in words})
    several = {letter: part for part in _parts(wanted) for letter in _letters().get(part, ())}
    text = held
    if several:  # letters such as `ß`, which fold to more than one; seldom there, so looked for first
        for letter, folded in sorted(several.items()):
            text = text.replace(letter, folded)
        text = held.re_search(_any(sorted(several))).ifelse(text, held)
    spaces = _any(_SPACES)
    return text.re_search(rf"\A{spaces}*(?:{'|'.join(map(_pattern, wanted))}){spaces}*\z")


def _parts(wanted: Collection[str]) -> Iterable[str]:
    """What one letter may fold to and is more than one: two or three letters of a word."""
    return {word[i : i + n] for word in wanted for i in range(len(word) - 1) for n in (2, 3)}


def _pattern(word: str) -> str:
    """All that folds to a folded word letter by letter."""
    classes = (_any(_SPACES) + "+" if letter == " " else _any([letter, *_letters().get(letter, ())]) for letter in word)
    return "".join(classes)


def _any(letters: Iterable[str]) -> str:
    """One of some characters, in the notation that RE2 (DuckDB) and Java (Spark) share."""
    return "[" + "".join(rf"\x{{{ord(letter):X}}}" for letter in letters) + "]"


@cache
def _letters() -> Mapping[str, list[str]]:
    """Every folded letter, with those that fold to it and are not it."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if letter.casefold() != letter:
            found[letter.casefold()].append(letter)
    return dict(found)
