"""Why a text is no YAML, in plain words: where the quote or bracket was opened, which line is indented otherwise.

The parser says what it expected where it gave up. Its marks, the last thing it read and the line itself say more.
"""

from __future__ import annotations

from collections.abc import Callable

from harness.yaml_syntax import brackets, lines, quotes, signs
from harness.yaml_syntax.stop import Read, Stop, Told

__all__ = ["Read", "Stop", "told"]

_GENERAL = "check the indentation, the quotes and the brackets near here"

# In this order: an open quote or bracket makes what follows look wrong in ways of its own.
_EXPLANATIONS: tuple[Callable[[Stop], Told | None], ...] = (
    quotes.runs_on,
    quotes.never_closed,
    lines.tab,
    quotes.text_behind_quote,
    brackets.text_behind_bracket,
    lines.colon_in_text,
    lines.key_without_colon,
    signs.cannot_begin,
    quotes.backslash,
    lines.list_in_line,
    brackets.nothing_there,
    brackets.left_open,
    lines.dash_missing,
    lines.out_of_place,
)


def told(stop: Stop) -> Told:
    """What is wrong, by the first of the explanations that fits."""
    for explain in _EXPLANATIONS:
        found = explain(stop)
        if found is not None:
            return found
    return stop.at, "the file cannot be read from here on", _GENERAL
