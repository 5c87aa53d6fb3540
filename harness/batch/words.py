"""Text of episodes compared as a case compares it: letter case and white space do not count, by Python's own tables.

Databases fold letters each in its own way (`ß`, the Kelvin sign, a final sigma), and none as Python does. So only what
can become a part of a wanted word is folded, letter by letter as Python folds it; any other letter cannot stand in a
text that equals the word, folded or not.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from ibis.expr.types import BooleanValue, StringValue

_WHITE_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace() and code != ord(" "))


def plain(text: str) -> str:
    """A text with its letter case folded and its white space one space each (`harness.cases.measures`)."""
    return " ".join(text.split()).casefold()


def is_blank(held: StringValue) -> BooleanValue:
    return _spaced(held, "", "").strip() == ""


def is_one_of(held: StringValue, words: Collection[str]) -> BooleanValue:
    """Whether a text is one of some words; NULL when it is NULL."""
    wanted = sorted({plain(word) for word in words})
    letters = [(letter, folded) for folded, some in _unfolded(wanted).items() for letter in some]
    single = [(letter, folded) for letter, folded in letters if len(folded) == 1]
    text = _spaced(held, "".join(letter for letter, _ in single), "".join(folded for _, folded in single))
    for letter, folded in letters:
        if len(folded) > 1:
            text = text.replace(letter, folded)
    return text.re_replace(" +", " ").strip().isin(wanted)


def _spaced(held: StringValue, letters: str, folded: str) -> StringValue:
    """A text with all white space written as spaces, and some letters as others."""
    return held.translate(_WHITE_SPACE + letters, " " * len(_WHITE_SPACE) + folded)


def _unfolded(wanted: Collection[str]) -> Mapping[str, list[str]]:
    """For every part of some folded words the letters that fold to it; a letter folds to three at most."""
    parts = {word[i : i + n] for word in wanted for i in range(len(word)) for n in (1, 2, 3)}
    return {part: _letters()[part] for part in sorted(parts) if part in _letters()}


@cache
def _letters() -> Mapping[str, list[str]]:
    """Every folded letter, with those that fold to it and are not it."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if letter.casefold() != letter:
            found[letter.casefold()].append(letter)
    return dict(found)
