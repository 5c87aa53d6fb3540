"""A line that has no colon or one too many, or begins in the wrong column."""

from __future__ import annotations

import re

from harness.yaml_syntax.brackets import CLOSING
from harness.yaml_syntax.stop import LONGEST_KEY, MOST_SHOWN, Spot, Stop, Told, margin

_GLUED = re.compile(r"(?P<key>[A-Za-z][\w./-]*):(?P<value>\S.*)")
_BARE = re.compile(r"(?P<key>[a-z][\w./-]*)(?:\s+(?P<value>\S.*))?")


def colon_in_text(stop: Stop) -> Told | None:
    last = stop.last
    if "mapping values are not allowed" not in stop.problem:
        return None
    if last is None or last.opens or last.end != stop.at:
        return stop.at, "a colon stands where none can", "put text that holds `: ` in quotes, and check the indentation"
    if last.start[0] == last.end[0]:
        text = stop.rest(last.start).partition(" #")[0].rstrip()
        show = not stop.private and '"' not in text and len(text) <= MOST_SHOWN
        return (
            stop.at,
            "text that holds a colon stands without quotes",
            f'write `"{text}"`' if show else "put it in quotes",
        )
    if last.start[1] == stop.begins(last.start[0]):
        return no_colon(stop, last.start)
    return indented_unlike(stop, last.end[0])


def key_without_colon(stop: Stop) -> Told | None:
    if stop.since is None or "could not find expected ':'" not in stop.problem:
        return None
    return no_colon(stop, stop.since)


def no_colon(stop: Stop, spot: Spot) -> Told:
    """A line that should be a key with its value, and has no colon that counts."""
    text = stop.rest(spot)[: 2 * LONGEST_KEY].rstrip()
    glued = _GLUED.fullmatch(text)
    match = glued or _BARE.fullmatch(text)
    show = match is not None and not stop.private and len(text) <= MOST_SHOWN
    meant = f"{match['key']}: {match['value'] or ''}".rstrip() if show and match else "key: value"
    if text.startswith("-"):
        return spot, "a space is missing after the dash", "begin an entry of a list with `- `"
    if glued:
        return spot, "a space is missing after the colon", f"write `{meant}`"
    cure = f"write `{meant}`; a text that goes on in a second line is indented further than its key"
    return spot, "a colon is missing in this line", cure


def out_of_place(stop: Stop) -> Told | None:
    if "did not find expected key" not in stop.problem or stop.line(stop.at[0])[: stop.at[1]].strip():
        return None
    return indented_unlike(stop, stop.at[0])


def indented_unlike(stop: Stop, number: int) -> Told | None:
    """A line whose content begins in another column than that of the line above."""
    above = stop.above(number)
    if above is None:
        return None
    if stop.line(number).lstrip().startswith("- "):
        return _entry_unlike(stop, number)
    here, there = stop.begins(number), stop.begins(above)
    message = f"{stop.named(number)} begins in column {here + 1}, and the line above it in column {there + 1}"
    deeper = "; a key that holds others has no value of its own" if here > there else ""
    return (number, here), message, f"indent both alike{deeper}"


def _entry_unlike(stop: Stop, number: int) -> Told | None:
    """An entry of a list whose dash stands in another column than that of the entry above."""
    entry = stop.above(number)
    while entry is not None and not stop.line(entry).lstrip().startswith("- "):
        entry = stop.above(entry)
    if entry is None:
        return None
    here, there = margin(stop.line(number)), margin(stop.line(entry))
    message = f"this entry begins in column {here + 1}, and the one in line {entry + 1} in column {there + 1}"
    return (number, here), message, "indent both alike"


def dash_missing(stop: Stop) -> Told | None:
    if stop.since is None or "expected '-' indicator" not in stop.problem:
        return None
    if re.match(r"-\S", stop.rest(stop.at)):
        return stop.at, "a space is missing after the dash", "begin an entry of the list with `- `"
    above = stop.above(stop.at[0])
    among = above is not None and stop.at[1] in {stop.since[1], margin(stop.line(above))}
    if not among and stop.letter not in CLOSING:
        return indented_unlike(stop, stop.at[0])
    message = f"an entry of the list that begins in line {stop.since[0] + 1} has no dash"
    return (
        stop.at,
        message,
        "begin it with `- `; what belongs to the entry above is indented as that is, behind its dash",
    )


def list_in_line(stop: Stop) -> Told | None:
    if "block sequence entries are not allowed" not in stop.problem:
        return None
    cure = "begin it in the next line, or write it in brackets: `[a, b]`"
    return stop.at, "a list begins in the line of its key", cure


def tab(stop: Stop) -> Told | None:
    line = stop.line(stop.at[0])
    if stop.letter != "\t" and "\t" not in line[: margin(line)]:
        return None
    return stop.at, "a tab stands where the line is indented", "indent with spaces, not tabs"
