"""A file as its author wrote it: the tree of its values, each with the comments that belong to it.

A comment above an entry belongs to that entry, one beside it too. Comments at the end of a list or mapping that are
indented below its key belong to its end; others belong to what follows. The comments at the top are the file's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """A value as written: its lines, the first without indentation. `block` is a text behind `|` or `>`."""

    lines: list[str]
    block: bool = False
    keeps: bool = False  # the line breaks at the end of a block belong to it (`|+`)


@dataclass(slots=True)
class Entry:
    """An entry of a mapping (with its key) or of a list."""

    value: Node
    name: str = ""
    key: str = ""  # as written
    above: list[str] = field(default_factory=list)  # comments, and empty for a blank line
    beside_key: str = ""
    beside: str = ""
    breaks: bool = False  # in brackets, or of a value below its key: a line break stands before it


@dataclass(slots=True)
class Collection:
    """A mapping or a list. `flow` is one in brackets."""

    mapping: bool
    flow: bool
    entries: list[Entry] = field(default_factory=list)
    head: list[str] = field(default_factory=list)  # of the file
    tail: list[str] = field(default_factory=list)
    closing_breaks: bool = False
    comma: bool = False  # behind the last entry


Node = Scalar | Collection


def leading_blanks(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line), len(lines))
