"""A walk over a case file that may have any shape: what is wrong with the shape, the schema has told already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from harness.errors import Mistakes, Place
from harness.model.months import is_written_as_date, parse_date
from harness.strict_yaml import Json, Located, Path_


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file with its place."""

    located: Located
    path: Path_
    data: Json

    @classmethod
    def root(cls, located: Located) -> Node:
        return cls(located, (), located.data)

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else ""

    @property
    def place(self) -> Place:
        return self.located.place(self.path)

    @property
    def key_place(self) -> Place:
        return self.located.key_place(self.path)

    def get(self, key: str) -> Node | None:
        """The value of a key; None when there is none, or no mapping."""
        if isinstance(self.data, dict) and key in self.data:
            return Node(self.located, (*self.path, key), self.data[key])
        return None

    def text(self, key: str) -> str:
        """The text of a key; empty when there is none."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        return value if isinstance(value, str) else ""

    def entries(self, key: str) -> Iterator[Node]:
        """The values of the mapping or list that stands at a key, in the order of the file."""
        holder = self.get(key)
        if holder is not None:
            yield from holder.inner()

    def inner(self) -> Iterator[Node]:
        """The values of this mapping or list, in the order of the file."""
        if isinstance(self.data, dict):
            for key, value in self.data.items():
                yield Node(self.located, (*self.path, key), value)
        elif isinstance(self.data, list):
            for index, value in enumerate(self.data):
                yield Node(self.located, (*self.path, index), value)


@dataclass(frozen=True, slots=True)
class Dates:
    """Reads the dates of a case. Nothing in it may be later than the request, which is None while it is not known."""

    request: date | None
    mistakes: Mistakes

    def read(self, node: Node | None, what: str) -> date | None:
        """The date of a node, or None with the mistake noted; `what` names in it the thing that is dated."""
        if node is None or not isinstance(node.data, str) or not is_written_as_date(node.data):
            return None  # the schema has told
        day = parse_date(node.data)
        if day is None:
            self.tell_no_day(node, f"`{node.name}`")
        elif self.in_future(day):
            self.tell_future(node.place, what)
        return day

    def tell_no_day(self, node: Node, what: str) -> None:
        if isinstance(node.data, str) and is_written_as_date(node.data):
            self.mistakes.add(node.place, f"{what} is not a day of the calendar", "check the month and the day")
        else:
            self.mistakes.add(node.place, f"{what} is not written as a date", 'write `"YYYY-MM-DD"`, in quotes')

    def in_future(self, day: date) -> bool:
        return self.request is not None and day > self.request

    def tell_future(self, place: Place, what: str) -> None:
        self.mistakes.add(
            place,
            f"{what} is future-dated: after the request date",
            "a case holds what was known on the request date; check both dates",
        )
