"""Lines for a terminal: wrapped, indented, and coloured only when asked. Colour never says what words do not."""

from __future__ import annotations

import textwrap
from enum import StrEnum

NARROWEST, WIDEST = 40, 100


class Colour(StrEnum):
    BOLD = "1"
    GREEN = "32"
    RED = "31"
    YELLOW = "33"


class Page:
    """Collects the lines of a plain-text page."""

    def __init__(self, width: int, colour: bool) -> None:
        self._width = max(NARROWEST, min(width, WIDEST))
        self._colour = colour
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        self._wrap(text, "", "", whole=Colour.BOLD)

    def heading(self, text: str) -> None:
        self.gap()
        self.title(text)

    def gap(self) -> None:
        """One empty line, unless there is one or the page begins."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def para(self, text: str, depth: int = 1, lead: str = "", tone: Colour | None = None) -> None:
        """A paragraph; `lead` are its first words, in the colour of `tone`."""
        self._wrap(lead + text, "  " * depth, "  " * depth, lead, tone)

    def bullet(self, text: str, depth: int = 1, lead: str = "", tone: Colour | None = None, mark: str = "-") -> None:
        indent = "  " * depth
        self._wrap(lead + text, f"{indent}{mark} ", indent + " " * (len(mark) + 1), lead, tone)

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"

    def _wrap(
        self, text: str, first: str, rest: str, lead: str = "", tone: Colour | None = None, whole: Colour | None = None
    ) -> None:
        lines = textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
            break_long_words=False,  # an address stays whole, to be copied
        ) or [first.rstrip()]
        if self._colour and whole:
            lines = [_paint(line, whole) for line in lines]
        if self._colour and tone and lead and lines[0].startswith(first + lead):
            lines[0] = first + _paint(lead, tone) + lines[0][len(first + lead) :]
        self._lines += lines


def _paint(text: str, colour: Colour) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
