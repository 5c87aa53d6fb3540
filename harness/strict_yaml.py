"""YAML read strictly: no surprise of YAML 1.1 gets in, and every value keeps its line and column.

The events of the parser are walked with a stack of our own, so that depth and size are bounded whatever the file holds.
Numbers come as `int` or exact `Decimal`, never as binary floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from harness.errors import Mistakes, Place, did_you_mean
from harness.yaml_syntax import Read, Stop, told
from harness.yaml_syntax.words import LONGEST_NUMBER, NUMBER, ambiguous, why_ambiguous

Json = dict[str, "Json"] | list["Json"] | str | bool | int | Decimal | None
Path_ = tuple[str | int, ...]

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 200_000
MAX_NUMBER = Decimal(10**9)
MAX_DECIMALS = 6

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLIP = re.compile(r"(?P<key>[a-z][\w./-]*)(?P<between>:|\s+)(?P<value>\S.*)")  # a key that has its value in it
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Located:
    """A file's content with the place of every value and key; a path is the keys and indices that lead to it."""

    file: str
    data: Json
    values: Mapping[Path_, Place]
    keys: Mapping[Path_, Place]

    def place(self, path: Path_) -> Place:
        """Where the value at a path stands, else the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path] if path in self.values else Place(self.file)

    def key_place(self, path: Path_) -> Place:
        """Where the key at the end of a path stands, else its value."""
        return self.keys.get(path) or self.place(path)


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands from a `#` to the end of its line. `alone` when nothing stands before it."""

    line: int
    column: int
    text: str
    alone: bool


def read_text(file: Path, shown: str, folder: Path, mistakes: Mistakes, *, max_bytes: int = MAX_BYTES) -> str | None:
    """The text of a file that must lie inside a folder; None, with the mistake noted, when it cannot be had."""
    here = Place(shown)
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            mistakes.add(here, "the file lies outside its folder", "use a plain file inside the folder, not a link")
            return None
        if not real.is_file():
            mistakes.add(here, "a folder or a device, not a plain file", "name a file")
            return None
        with real.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except FileNotFoundError:
        mistakes.add(here, "there is no such file", "check its name and its folder")
        return None
    except (OSError, ValueError, RuntimeError):
        mistakes.add(here, "the file cannot be read", "check that it may be read")
        return None
    if len(raw) > max_bytes:
        mistakes.add(here, f"the file is larger than {max_bytes:,} bytes", "split it")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        mistakes.add(Place(shown, line, column), "the file is not UTF-8 text", "save it as UTF-8")
        return None


def read_yaml(file: Path, shown: str, folder: Path, mistakes: Mistakes, *, private: bool = False) -> Located | None:
    """A YAML file of a folder, strictly read. None when it cannot be parsed at all; smaller mistakes are only noted.

    With `private` no value of the file stands in a message, only its keys: for the files that hold health data.
    """
    text = read_text(file, shown, folder, mistakes)
    return None if text is None else parse_yaml(text, shown, mistakes, private=private)


def parse_yaml(text: str, shown: str, mistakes: Mistakes, *, private: bool = False) -> Located | None:
    """As `read_yaml`, of a text that is already at hand; `shown` is the file name in messages."""
    found, trail = Mistakes(), _Trail()
    builder = _Builder(shown, found, private)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            trail.take(event)
            if not builder.take(event):
                mistakes.extend(found)
                return None
    except yaml.MarkedYAMLError as error:
        (line, column), message, cure = told(_stop(text, error, trail.last, private=private))
        place = Place(shown, line + 1, column + 1)
        # What was noted behind that place is of the same slip.
        mistakes.extend(mistake for mistake in found if mistake.place < place)
        mistakes.add(place, message, cure)
        return None
    except (yaml.YAMLError, RecursionError):
        message = "the file holds a character that YAML does not allow"
        mistakes.add(_unprintable(text, shown), message, "remove it")
        return None
    mistakes.extend(found)
    if builder.root is _NOTHING:
        mistakes.add(Place(shown), "the file is empty", "write its content, or remove the file")
        return None
    return Located(shown, builder.root, builder.values, builder.keys)  # type: ignore[arg-type]


def comments(text: str) -> Iterator[Comment]:
    """Every comment of a text that parses, in reading order; a `#` within a quoted or folded text is none."""
    lines, line, column = lines_of(text), 0, 0
    for event in yaml.parse(text, Loader=_LOADER):
        start, end = event.start_mark, event.end_mark
        if not isinstance(event, yaml.ScalarEvent) or start is None or end is None:
            continue
        yield from _between(lines, line, column, start.line, start.column)
        if event.style in {"|", ">"}:  # its first line may end in a comment
            yield from _between(lines, start.line, start.column, start.line + 1, 0)
        line, column = end.line, end.column
    yield from _between(lines, line, column, len(lines), 0)


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return _LINE_BREAK.split(text)


def _between(lines: list[str], line: int, column: int, last: int, before: int) -> Iterator[Comment]:
    """The comments from one position, where no text is, up to another."""
    for number in range(line, min(last + 1, len(lines))):
        begin = column if number == line else 0
        mark = lines[number].find("#", begin, before if number == last else None)
        if mark >= 0:
            yield Comment(number + 1, mark + 1, lines[number][mark:].rstrip(), alone=not lines[number][:mark].strip())


@dataclass(slots=True)
class _Trail:
    """The last thing that was read, for saying what is wrong where reading ends."""

    last: Read | None = None
    open: list[tuple[int, int]] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        start, end = event.start_mark, event.end_mark
        self.last = None
        if start is None or end is None:
            return
        begins, ends = (start.line, start.column), (end.line, end.column)
        match event:
            case yaml.ScalarEvent():
                self.last = Read(event.style if event.style in {'"', "'"} else "", begins, ends)
            case yaml.CollectionStartEvent():
                self.open.append(begins)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                opened = self.open.pop()
                if begins != ends:  # it has brackets
                    self.last = Read("{" if isinstance(event, yaml.MappingEndEvent) else "[", opened, ends)


def _stop(text: str, error: yaml.MarkedYAMLError, last: Read | None, *, private: bool) -> Stop:
    since, mark = error.context_mark, error.problem_mark or error.context_mark
    return Stop(
        lines=lines_of(text),
        problem=str(error.problem or error.context),
        at=(mark.line, mark.column) if mark else (0, 0),
        since=(since.line, since.column) if since else None,
        last=last,
        private=private,
    )


def _unprintable(text: str, shown: str) -> Place:
    """Where the first character stands that YAML does not allow."""
    found = _NOT_ALLOWED.search(text)
    if found is None:
        return Place(shown)
    before = lines_of(text[: found.start()])
    return Place(shown, len(before), len(before[-1]) + 1)


_NOTHING = object()


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, and the key that waits for its value."""

    data: dict[str, Json] | list[Json]
    path: Path_
    key: str | object = _NOTHING
    skip: bool = False  # the value of a key that was refused
    in_braces: bool = False


@dataclass(slots=True)
class _Builder:
    file: str
    mistakes: Mistakes
    private: bool
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    root: object = _NOTHING
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    ignored: int = 0  # a number for the keys that were refused, so that their values have a path of their own

    def take(self, event: yaml.Event) -> bool:
        """Build with one event; False when reading cannot go on."""
        mark = event.start_mark
        assert mark is not None  # every event of a parsed text has one
        place = Place(self.file, mark.line + 1, mark.column + 1)
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.mistakes.add(place, "a second YAML document in one file", "write one file each")
                    return False
            case yaml.AliasEvent():
                self.mistakes.add(place, "an alias (`*...`) is not allowed", "write the value out")
                if self._wants_key():
                    self.stack[-1].key, self.stack[-1].skip = "", True
                else:
                    self._put(None, place)
            case yaml.ScalarEvent():
                self._plain_node(event, place)
                if self._wants_key():
                    self._take_key(event, place)
                elif not self._mended(event):
                    self._put(self._scalar(event, place), place)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._open(event, place)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
        if len(self.values) > MAX_VALUES:
            self.mistakes.add(place, f"the file holds more than {MAX_VALUES:,} values", "split it")
            return False
        return True

    def _plain_node(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor is not None:
            self.mistakes.add(place, "an anchor (`&...`) is not allowed", "write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None and not (isinstance(event, yaml.ScalarEvent) and tag == "!"):
            self.mistakes.add(place, "a tag (`!...`) is not allowed", "leave it out")

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].data, dict) and self.stack[-1].key is _NOTHING

    def _open(self, event: yaml.CollectionStartEvent, place: Place) -> bool:
        self._plain_node(event, place)
        if len(self.stack) >= MAX_DEPTH:
            self.mistakes.add(place, f"nested more than {MAX_DEPTH} levels deep", "name the inner part on its own")
            return False
        data: dict[str, Json] | list[Json] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._wants_key():
            self.mistakes.add(place, "a key is a word, not a list or a mapping", "write `key: value`")
            return False
        path = self._put(data, place)
        self.stack.append(_Open(data, path, in_braces=bool(event.flow_style)))
        return True

    def _take_key(self, event: yaml.ScalarEvent, place: Place) -> None:
        top = self.stack[-1]
        key = event.value
        path = (*top.path, key)
        if event.implicit[0] and (key in {"<<", ""} or ambiguous(key)):
            wanted = "leave it out" if key in {"<<", ""} else f'write `"{key}"` in quotes, or another word'
            self.mistakes.add(place, f"`{key}` cannot be a key", wanted)
            top.skip = True
        elif path in self.keys:
            first = self.keys[path].line
            self.mistakes.add(place, f"the key `{key}` stands twice", f"the first is in line {first}; keep one")
            top.skip = True
        else:
            self.keys[path] = place
        top.key = key

    def _mended(self, event: yaml.ScalarEvent) -> bool:
        """Whether a key in braces holds its value too, as `{care.weeks 6}` or `{rule:pain}` do: told, and read so.

        So that what is then missing or unknown is not told as well.
        """
        top = self.stack[-1] if self.stack else None
        if top is None or not top.in_braces or top.skip or event.value or not isinstance(top.key, str):
            return False
        match = _SLIP.fullmatch(top.key)
        if match is None or (*top.path, match["key"]) in self.keys:
            return False
        place = self.keys.pop((*top.path, top.key))
        lacking = "a space is missing after the colon" if match["between"] == ":" else "a colon is missing"
        meant = "key: value" if self.private else f"{match['key']}: {match['value']}"
        self.mistakes.add(place, lacking, f"write `{meant}`, with a colon and a space")
        top.key, value = match["key"], match["value"]
        self.keys[*top.path, top.key] = place
        self._put(value.strip(value[0]) if value[0] in "\"'" else self._word(value, place), place)
        return True

    def _put(self, value: Json, place: Place) -> Path_:
        if not self.stack:
            self.root = value
            self.values[()] = place
            return ()
        top = self.stack[-1]
        if isinstance(top.data, list):
            path: Path_ = (*top.path, len(top.data))
            top.data.append(value)
        else:
            assert isinstance(top.key, str)
            path = (*top.path, top.key)
            if top.skip:
                self.ignored += 1
                path = (*top.path, f"\0{self.ignored}")
            else:
                top.data[top.key] = value
            top.key, top.skip = _NOTHING, False
        self.values[path] = place
        return path

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Json:
        if not event.implicit[0]:  # quoted, or a block of text
            return str(event.value)
        return self._word(event.value, place)

    def _word(self, text: str, place: Place) -> Json:
        if text == "true" or text == "false":  # noqa: PLR1714 - two words, read as they stand
            return bool(text == "true")
        if NUMBER.fullmatch(text):
            return self._number(text, place)
        if text in {"", "~"}:
            self.mistakes.add(place, "a value is missing", 'write one, or leave the key out; an empty text is `""`')
        elif ambiguous(text):
            self.mistakes.add(place, *why_ambiguous(text, private=self.private))
        return text

    def _number(self, text: str, place: Place) -> int | Decimal:
        number = Decimal(text) if len(text) <= LONGEST_NUMBER else MAX_NUMBER + 1
        if abs(number) > MAX_NUMBER or len(text.partition(".")[2]) > MAX_DECIMALS:
            limit = f"larger than {MAX_NUMBER:,} or has more than {MAX_DECIMALS} decimals"
            self.mistakes.add(place, f"the number is {limit}", "write a smaller or shorter number")
            return 0
        return number if "." in text else int(text)


def nearest_key(key: str, known: Mapping[str, object]) -> str:
    """The help for an unknown key."""
    return did_you_mean(key, known, "the keys are " + ", ".join(f"`{k}`" for k in known))
