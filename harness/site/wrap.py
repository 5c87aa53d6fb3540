"""Text cut into lines that fit a width, without a font at hand: by the widths of Helvetica, with room to spare.

Arial, Liberation Sans and Roboto are as wide; the room is for what stands in for them elsewhere.
"""

from __future__ import annotations

import unicodedata

_ROOM = 1.15
_BOLD = 1.12
_OTHER, _FULL = 0.7, 1.05  # of the size: a letter outside ASCII, one of East Asian writing
_WIDE = {"W", "F", "A"}

_WIDTHS = {
    letter: width / 1000
    for width, letters in (
        (222, "ijl'"),
        (278, " !,./:;I[]\\ft|"),
        (345, '"()-`r{}'),
        (400, "*"),
        (500, "Jckvxyzs^"),
        (584, "+<=>~"),
        (556, "#$0123456789?L_abdeghnopqu"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (944, "W%"),
        (1015, "@"),
    )
    for letter in letters
}


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in pixels."""
    return sum(map(_letter, text)) * size * _ROOM * (_BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines of a text, none wider than `width`; a word that is wider itself is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if wide(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, width, size, bold=bold)
        lines += whole
    return [*lines, line] if line else lines


def _cut(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and wide(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _letter(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    return _FULL if unicodedata.east_asian_width(letter) in _WIDE else _OTHER
