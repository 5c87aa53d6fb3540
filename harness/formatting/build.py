"""Text -> tree: the values where ruamel.yaml finds them, and to each the comments that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from harness.errors import BadInputError, Mistake, Place
from harness.formatting.scalars import block_scalar, scalar
from harness.formatting.tree import Collection, Entry, Node, Scalar, leading_blanks
from harness.formatting.trivia import Comments

_LONGEST_KEY = 1000  # in characters; YAML ends at 1024
_COMMENT = re.compile(r"#[^\n]*")
_IN_BLOCK = {"|", ">"}


class Source:
    """A text that the strict reader has read. `comments` are all there are, those beside the sign of a text too."""

    def __init__(self, text: str, shown: str) -> None:
        self.text = text
        self.shown = shown
        self.root = self._composed()
        self.scalars: dict[int, tuple[Scalar, int]] = {}  # by where each starts: it, and where it ends
        self.starts: list[int] = []  # of these and of what is in brackets
        self._read_scalars(self.root, 0)
        spans = [(start, end) for start, (_, end) in self.scalars.items()]
        self._check(spans)
        self.unclaimed = Comments(text, spans, self.starts)
        of_blocks = (found.lines[0].partition("#")[2] for found, _ in self.scalars.values() if found.block)
        self.comments = [*filter(None, of_blocks), *self.unclaimed.texts()]

    def tree(self) -> Collection:
        """The values with their comments. To be asked for once: each comment is given away."""
        found, _ = self._flow(self.root) if self.root.flow_style else self._block(self.root, -1)
        if found.entries:
            first = found.entries[0]
            found.head, first.above = _head(first.above)
        found.tail += self.unclaimed.before(len(self.text))
        while found.tail and not found.tail[-1]:
            found.tail.pop()
        return found

    def _composed(self) -> Any:
        reader: Any = YAML(typ="safe", pure=True)
        try:
            root = reader.compose(self.text)
        except YAMLError as error:
            mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
            raise self._unread(mark.index if mark else 0) from None
        if not isinstance(root, MappingNode):
            raise self._refused(0, "the file is no mapping", "write `key: value`")
        return root

    def _unread(self, at: int) -> BadInputError:
        """What the strict reader reads and ruamel.yaml does not: a tab, so far as is known."""
        if "\t" in self.text[max(at - 1, 0) : at + 1]:
            return self._refused(at, "a tab stands where some programs do not read one", "write a blank instead")
        return self._refused(at, "some programs cannot read this as it is written", "write it more plainly, in quotes")

    def _refused(self, at: int, message: str, cure: str) -> BadInputError:
        place = Place(self.shown, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))
        return BadInputError([Mistake(place, message, cure)])

    def _read_scalars(self, node: Any, column: int) -> None:
        """Read every scalar; `column` is that of the mapping or list it is in."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, ScalarNode) or node.flow_style:
            self.starts.append(start)
        if not isinstance(node, ScalarNode):
            inner = column if node.flow_style else node.start_mark.column
            for part in _parts(node):
                self._read_scalars(part, inner)
        elif self.text[start] == "!":
            raise self._refused(start, "a tag (`!`) says nothing here", "leave it out")
        elif node.style in _IN_BLOCK:
            found, length = block_scalar(self.text[start:end], column)
            self.scalars[start] = found, start + length
        else:
            self.scalars[start] = scalar(self.text[start:end]), end

    def _check(self, spans: list[tuple[int, int]]) -> None:
        """Between values stand only comments, blanks and the plainest punctuation."""
        for (_, start), (end, _) in pairwise([(0, 0), *spans]):
            between = self.text[start:end]
            if "?" in between and "?" in _COMMENT.sub("", between):
                raise self._refused(end, "a key is announced by a `?`", "write `key: value`")

    def _value(self, node: Any, holder: int) -> tuple[Node, int]:
        """A value, and where it ends; `holder` is the column of the key or the dash before it."""
        if isinstance(node, ScalarNode):
            return self.scalars[node.start_mark.index]
        return self._flow(node) if node.flow_style else self._block(node, holder)

    def _block(self, node: Any, holder: int) -> tuple[Collection, int]:
        found = Collection(mapping=isinstance(node, MappingNode), flow=False)
        column, end = node.start_mark.column, node.start_mark.index
        for part in node.value:
            entry, end = self._pair(part, column) if found.mapping else self._item(part, column)
            found.entries.append(entry)
        found.tail = self.unclaimed.below(end, holder)
        return found, end

    def _item(self, node: Any, column: int) -> tuple[Entry, int]:
        above = self.unclaimed.before(node.start_mark.index)
        value, end = self._value(node, column)
        return Entry(value, above=above, beside=self._beside(node, end)), end

    def _pair(self, pair: tuple[Any, Any], column: int) -> tuple[Entry, int]:
        key, node = pair
        name, written, above = self._named(key)
        start = node.start_mark.index
        below = "\n" in self.text[key.end_mark.index : start]
        beside_key = self.unclaimed.beside(key.end_mark.index) if below else ""
        if isinstance(node, ScalarNode) or node.flow_style:
            above += filter(None, self.unclaimed.before(start))
        if isinstance(node, ScalarNode) and node.style in _IN_BLOCK:  # then its sign stands beside the key
            above += [beside_key.strip()] if beside_key else []
            below, beside_key = False, ""
        value, end = self._value(node, column)
        return Entry(value, name, written, above, beside_key, self._beside(node, end), breaks=below), end

    def _beside(self, node: Any, end: int) -> str:
        """The comment beside a value that ends in its line."""
        in_line = node.style not in _IN_BLOCK if isinstance(node, ScalarNode) else node.flow_style
        return self.unclaimed.beside(end) if in_line else ""

    def _named(self, key: Any) -> tuple[str, str, list[str]]:
        """A key: what it says, as written, and the comments above."""
        _, end = self.scalars[key.start_mark.index]
        if end - key.start_mark.index > _LONGEST_KEY:
            raise self._refused(key.start_mark.index, "a key is very long", f"use at most {_LONGEST_KEY:,} characters")
        written = scalar(self.text[key.start_mark.index : end], key=True).lines[0]
        return key.value, written, self.unclaimed.before(key.start_mark.index)

    def _flow(self, node: Any) -> tuple[Collection, int]:
        found = Collection(mapping=isinstance(node, MappingNode), flow=True)
        at, end = node.start_mark.index, node.end_mark.index
        braces = self.text[at] in "{["  # else one pair alone in a list: `[a: 1]`
        close = end - 1 if braces else end
        at += braces
        following = [*(_start(part) for part in node.value[1:]), close]
        for part, limit in zip(node.value, following, strict=False):  # of nothing, nothing follows but the bracket
            entry, last = self._flow_entry(part, at)
            entry.beside = self.unclaimed.beside(last, limit)
            found.entries.append(entry)
            at = last
        found.tail = self.unclaimed.before(close)
        rest = _COMMENT.sub("", self.text[at:close])
        found.closing_breaks, found.comma = "\n" in rest, "," in rest
        return found, end

    def _flow_entry(self, part: Any, at: int) -> tuple[Entry, int]:
        key, node = part if isinstance(part, tuple) else (None, part)
        name, written, above = ("", "", []) if key is None else self._named(key)
        between = self.unclaimed.before(node.start_mark.index)
        above += between if key is None else filter(None, between)
        value, end = self._value(node, 0)
        breaks = "\n" in self.text[at : _start(part)]
        return Entry(value, name, written, above, breaks=breaks), end


def _start(part: Any) -> int:
    return int((part[0] if isinstance(part, tuple) else part).start_mark.index)


def _parts(node: Any) -> Iterator[Any]:
    for part in node.value:
        if isinstance(part, tuple):
            yield from part
        else:
            yield part


def _head(lines: list[str]) -> tuple[list[str], list[str]]:
    """The comments at the top, told apart: those of the file, and behind a blank line those of its first key."""
    lines = lines[leading_blanks(lines) :]
    if "" not in lines:
        return lines, []
    last = len(lines) - lines[::-1].index("")
    return lines[:last], lines[last:]
