"""How many years of school a text in English asks of its reader: the Flesch-Kincaid grade level.

Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy enlisted personnel, 1975.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'\u2019-]|[.,](?=[0-9]))*")

_VOWELS = re.compile(r"[aeiouy]+")
# Neighbouring vowels that are spoken apart: prior, earlier, payer.
_APART = re.compile(r"(?<![cstgx])i[aou]|[lr]ie(?:r|st)$|[aeo]ye")
# A last `e` that is not spoken: care, asked, cares; but it is in little, treated, places.
_SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouydtl]|[aeiouyl]l)ed$|(?:[^aeiouylsxzcgh]|[aeiouy]l|[^cs]h)es$"
)


def grade(text: str) -> float:
    """The grade of a text; 0 for one without words."""
    words = _WORD.findall(text)
    sentences = sum(1 for sentence in _SENTENCE.split(text) if _WORD.search(sentence))
    if not words:
        return 0
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """The syllables of an English word, counted from its letters; a number has one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    spoken = len(_VOWELS.findall(letters)) + len(_APART.findall(letters))
    return max(spoken - (1 if _SILENT.search(letters) else 0), 1)
