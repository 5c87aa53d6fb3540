"""A quote that is not closed, or closed too early."""

from __future__ import annotations

from harness.yaml_syntax.brackets import comma
from harness.yaml_syntax.stop import Stop, Told

_QUOTES = {'"', "'"}


def runs_on(stop: Stop) -> Told | None:
    """A forgotten quote lets the text run on to the next one, whose own text then stands where a key should."""
    last = stop.last
    if last is None or last.opens not in _QUOTES or last.start[0] == last.end[0] or stop.at != last.end:
        return None
    message = f"the quote that opens here is not closed before the next one, in line {last.end[0] + 1}"
    return last.start, message, f"write the closing `{last.opens}` at the end of the text"


def never_closed(stop: Stop) -> Told | None:
    if stop.since is None or "end of stream" not in stop.problem or stop.rest(stop.since)[:1] not in _QUOTES:
        return None
    quote = stop.rest(stop.since)[0]
    return (
        stop.since,
        "the quote that opens here is never closed",
        f"write the closing `{quote}` at the end of the text",
    )


def text_behind_quote(stop: Stop) -> Told | None:
    last = stop.last
    if last is None or last.opens not in _QUOTES or not stop.follows_at_once() or not stop.letter:
        return None
    if last.opens == "'" and stop.at == last.end:
        return stop.at, "the text in single quotes ends at its apostrophe", "put the text in double quotes"
    if "',' or" in stop.problem:
        unpaired = stop.at == last.end and stop.letter != ":"
        cure = f"open and close each text with `{last.opens}`"
        return (stop.at, "the quotes in this line do not pair", cure) if unpaired else comma(stop)
    cure = f"put the whole text in one pair of quotes, with no `{last.opens}` within it"
    return stop.at, "more text stands behind the closing quote", cure


def backslash(stop: Stop) -> Told | None:
    if "escape character" not in stop.problem:
        return None
    return stop.at, "a backslash within double quotes has a meaning of its own", "write it twice: `\\\\`"
