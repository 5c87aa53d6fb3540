"""Brackets that do not pair, and what is amiss between them."""

from __future__ import annotations

import re

from harness.yaml_syntax.stop import LONGEST_KEY, Stop, Told

CLOSING = {"{": "}", "[": "]"}


def text_behind_bracket(stop: Stop) -> Told | None:
    last = stop.last
    if last is None or last.opens not in CLOSING or not stop.follows_at_once() or not stop.letter:
        return None
    if stop.letter in CLOSING.values():
        return stop.at, f"a `{stop.letter}` too many, or one that closes another bracket", "count the brackets"
    if stop.letter in CLOSING and "',' or" in stop.problem:
        return comma(stop)
    if stop.letter == "," and len(stop.rest(stop.at)) == 1:
        return stop.at, "a comma stands behind the closing bracket", "leave it out"
    message = f"text that begins with `{last.opens}` is not read as text"
    return last.start, message, "put the whole sentence in quotes"


def comma(stop: Stop) -> Told:
    """Two entries within brackets without a comma; where the second is a key, the parser only minds its colon."""
    number, column = stop.at
    word = re.search(r"[\w.\"'-]*$", stop.line(number)[:column][-LONGEST_KEY:]) if stop.letter == ":" else None
    name = f"`{word[0]}`" if word and not stop.private else "this"
    cure = "put one between two entries" + (", and text that holds a colon in quotes" if word else "")
    return (number, column - len(word[0]) if word else column), f"a comma is missing before {name}", cure


def left_open(stop: Stop) -> Told | None:
    if stop.since is None or "',' or" not in stop.problem:
        return None
    opens, last = stop.rest(stop.since)[:1], stop.last
    closes = CLOSING.get(opens, "")
    if stop.letter in CLOSING.values() and stop.letter != closes:
        return stop.at, f"`{opens}` is closed by `{stop.letter}`", f"close it with `{closes}`"
    if stop.letter == ":" and (last is None or last.start[0] == stop.at[0]):
        return comma(stop)
    message, cure = f"the `{opens}` that opens here is not closed", f"write `{closes}` where it ends"
    if last is not None and last.start[0] > stop.since[0]:
        message, cure = f"{message}, or a comma is missing behind line {last.start[0] + 1}", f"{cure}, or the comma"
    return stop.since, message, cure


def nothing_there(stop: Stop) -> Told | None:
    if "expected node content" not in stop.problem:
        return None
    if not stop.letter:
        return stop.at, "the file ends where a value should stand", "write it, and close each bracket that is open"
    if stop.letter == "-":
        return stop.at, "a dash stands within brackets", "leave it out; the entries are told apart by commas"
    if stop.letter in {"?", "|"}:
        return stop.at, f"a text cannot begin with `{stop.letter}`", "put the text in quotes"
    cure = "write one, or leave the comma out; in a table of tests, what is not documented is `undocumented`"
    return stop.at, f"a value is missing before `{stop.letter}`", cure
