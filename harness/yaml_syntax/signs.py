"""A sign with which no text begins."""

from __future__ import annotations

import re

from harness.yaml_syntax.stop import Stop, Told

_COMPARISON = re.compile(r"(?:>=?|<=?|==?)\s*(?:[-:{\"'0-9]|$)")
_OPERATORS = "operators are words: `at_least`, `more_than`, `at_most`, `less_than`, `is`"


def cannot_begin(stop: Stop) -> Told | None:
    """A sign with which no word begins, or which has a meaning of its own there."""
    spot = stop.since or stop.at
    sign = stop.rest(spot)[:1]
    if "cannot start any token" in stop.problem or ("comment or line break" in stop.problem and sign in "|>"):
        spot = stop.at if "token" in stop.problem else spot
        sign = stop.rest(spot)[:1]
        if _COMPARISON.match(stop.rest(spot)):
            return spot, f"`{sign}` is no operator", _OPERATORS
        if sign in "|>":
            return spot, f"text follows `{sign}` in its line", f"leave `{sign}` out and put the text in quotes"
    elif "alphabetic or numeric" not in stop.problem and "directive" not in stop.problem:
        return None
    name = "a backtick" if sign == "`" else f"`{sign}`"
    return spot, f"a text cannot begin with {name}", "put the text in quotes"
