"""Whether a quote occurs in a text, and which passage is nearest to one that does not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PASSAGE = 160  # the longest passage that an error shows, in characters

_WORD = re.compile(r"\w+")
_STEM = 4  # words that begin alike are taken for the same, so that a misspelling is found


def folded(text: str) -> str:
    """A text with every run of white space as one space. Nothing else is folded: a quote is the very words."""
    return " ".join(text.split())


def occurs(quote: str, text: str) -> bool:
    """Whether a folded quote stands in a folded text as whole words and whole numbers.

    `5 weeks` does not stand in `15 weeks`, nor `5 mg` in `0.5 mg`: that would be another statement.
    """
    at = text.find(quote)
    while at >= 0:
        if not _cut(text, at) and not _cut(text, at + len(quote)):
            return True
        # Every further place in the same word is cut too: past its end, so that a word of a million letters is no trap.
        word = _WORD.match(text, at) if at and _is_word(text[at - 1]) else None
        at = text.find(quote, word.end() if word else at + 1)
    return False


def _cut(text: str, at: int) -> bool:
    """Whether a word or a number goes on across a position."""
    before, after = text[max(at - 2, 0) : at], text[at : at + 2]
    if not before or not after:
        return False
    if _is_word(before[-1]) and _is_word(after[0]):
        return True
    point_before = before[-1] in ".," and before[0].isdigit() and after[0].isdigit()
    point_after = after[0] in ".," and before[-1].isdigit() and after[-1].isdigit()
    return point_before or point_after


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text, white space folded, and the line of its first word that is in the quote (from 1)."""

    line: int
    text: str


def nearest(quotes: Iterable[str], text: str) -> Mapping[str, Passage | None]:
    """For each quote the passage of a text that shares most words with it; None when it shares none.

    The text is walked once for all the quotes, so that time grows with its length and not with their number.
    """
    stems = {quote: _telling(quote) for quote in quotes}
    wanted = {stem for one in stems.values() for stem in one}
    where: dict[str, list[int]] = defaultdict(list)
    for found in _WORD.finditer(text):
        stem = _stem(found[0])
        if stem in wanted:
            where[stem].append(found.start())
    return {quote: _best(quote, offsets, where, text) for quote, offsets in stems.items()}


def _telling(quote: str) -> Mapping[str, int]:
    """The words of a quote that tell where it comes from, and where in it they stand: short ones stand everywhere."""
    words = {_stem(found[0]): found.start() for found in _WORD.finditer(quote)}
    long = {stem: at for stem, at in words.items() if len(stem) == _STEM or stem.isdigit()}
    return long if len(long) > 1 else words


def _stem(word: str) -> str:
    return word[:_STEM].lower()


def _best(quote: str, offsets: Mapping[str, int], where: Mapping[str, list[int]], text: str) -> Passage | None:
    hits = sorted((at, stem) for stem in offsets for at in where.get(stem, ()))
    if not hits:
        return None
    at, stem = hits[_densest(hits, len(quote))]
    return _passage(text, max(at - min(offsets[stem], PASSAGE // 4), 0), at)


def _densest(hits: list[tuple[int, str]], width: int) -> int:
    """The index of the hit from which a window of the quote's width holds the most of its words, by length."""
    inside: Counter[str] = Counter()
    best, best_score, score, right = 0, -1, 0, 0
    for left, (at, stem) in enumerate(hits):
        while right < len(hits) and hits[right][0] < at + width:
            added = hits[right][1]
            score += 0 if inside[added] else len(added)
            inside[added] += 1
            right += 1
        if score > best_score:
            best, best_score = left, score
        inside[stem] -= 1
        score -= 0 if inside[stem] else len(stem)
    return best


def _passage(text: str, start: int, hit: int) -> Passage:
    # Back to the beginning of a word, though not across a whole paragraph of one.
    while start > max(hit - PASSAGE, 0) and not text[start - 1].isspace():
        start -= 1
    while text[start].isspace():
        start += 1
    shown = folded(text[start : start + 4 * PASSAGE])
    if len(shown) > PASSAGE:
        shown = shown[: PASSAGE - 3].rstrip() + "..."
    return Passage(text.count("\n", 0, hit) + 1, shown)
