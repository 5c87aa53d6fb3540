"""Tree -> text: two blanks a level, lists indented below their key, brackets without inner blanks."""

from __future__ import annotations

from harness.formatting.tree import Collection, Entry, Node, Scalar, leading_blanks

_STEP = 2


def written(root: Collection) -> str:
    writer = _Writer()
    writer.comments(root.head, 0)
    writer.collection(root, 0)
    text = "\n".join(writer.lines)
    return f"{text}\n"


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.dash = False  # whether the last line is a dash that waits for its item
        self.keeps = False  # whether the last value is a text to which blank lines that follow would belong

    def _line(self, column: int, text: str) -> None:
        """Begin a line, or go on in that of a dash."""
        self.keeps = False
        if self.dash:
            self.lines[-1] += text
            self.dash = False
        else:
            self.lines.append(" " * column + text)

    def _add(self, text: str) -> None:
        self.lines[-1] += text

    def comments(self, lines: list[str], column: int) -> None:
        if self.keeps:
            lines = lines[leading_blanks(lines) :]
        self.keeps = self.keeps and not lines
        self.lines += [" " * column + line if line else "" for line in lines]

    def collection(self, collection: Collection, column: int) -> None:
        if collection.flow:
            self._line(column, "")
            self._flow(collection, column)
        else:
            for entry in collection.entries:
                self.comments(entry.above, column)
                if collection.mapping:
                    self._pair(entry, column)
                else:
                    self._item(entry, column)
        self.comments(collection.tail, column)

    def _item(self, entry: Entry, column: int) -> None:
        self._line(column, "- ")
        self.dash = True
        if isinstance(entry.value, Collection) and not entry.value.flow:
            self.collection(entry.value, column + _STEP)
        else:
            self.dash = False
            self._in_line(entry.value, column + _STEP)
            self._add(entry.beside)

    def _pair(self, entry: Entry, column: int) -> None:
        self._line(column, f"{entry.key}:{entry.beside_key}")
        if isinstance(entry.value, Collection) and not entry.value.flow:
            self.collection(entry.value, column + _STEP)
            return
        if entry.breaks:
            self._line(column + _STEP, "")
            self._in_line(entry.value, column + _STEP)
        else:
            self._add(" ")
            self._in_line(entry.value, column if isinstance(entry.value, Collection) else column + _STEP)
        self._add(entry.beside)

    def _in_line(self, value: Node, column: int) -> None:
        """A value that goes on in the last line; `column` is where its own later lines begin."""
        if isinstance(value, Scalar):
            self._add(value.lines[0])
            self.lines += [" " * column + line if line else "" for line in value.lines[1:]]
            self.keeps = value.keeps
        else:
            self._flow(value, column)

    def _flow(self, collection: Collection, column: int) -> None:
        opening, closing = "{}" if collection.mapping else "[]"
        self._add(opening)
        hangs = bool(collection.entries) and collection.entries[0].breaks
        inner = column + _STEP if hangs or not collection.entries else len(self.lines[-1])
        last = len(collection.entries) - 1
        for number, entry in enumerate(collection.entries):
            if entry.breaks:
                self.comments(entry.above, inner)
                self._line(inner, "")
            elif number:
                self._add(" ")
            if collection.mapping:
                self._add(f"{entry.key}: ")
            self._in_line(entry.value, inner + _STEP if isinstance(entry.value, Scalar) else inner)
            if number < last or (collection.comma and collection.closing_breaks):
                self._add(",")
            self._add(entry.beside)
        self.comments(collection.tail, inner)
        if collection.closing_breaks:
            self._line(column, "")
        self._add(closing)
