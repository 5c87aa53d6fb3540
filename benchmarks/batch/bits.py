"""Strong Kleene logic on packed bits, 8 rows a byte, for NumPy: a status is a pair of planes, met and not met.

Arrow holds booleans and what is documented as such bits already, so most facts are read without a copy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import reduce

import numpy as np
import pyarrow as pa

EPOCH = dt.date(1970, 1, 1)  # from which Arrow counts days

Plane = np.ndarray  # uint8, bits little-endian; those past the last row are of no meaning
Pair = tuple[Plane, Plane]  # met, not met; neither is undocumented


def all_(*items: Pair) -> Pair:
    return reduce(np.bitwise_and, [t for t, _ in items]), reduce(np.bitwise_or, [f for _, f in items])


def any_(*items: Pair) -> Pair:
    return reduce(np.bitwise_or, [t for t, _ in items]), reduce(np.bitwise_and, [f for _, f in items])


def not_(item: Pair) -> Pair:
    return item[1], item[0]


def met(item: Pair) -> Pair:
    return item[0], ~item[0]


def not_met(item: Pair) -> Pair:
    return item[1], ~item[1]


def undocumented(item: Pair) -> Pair:
    known = item[0] | item[1]
    return ~known, known


def met_if_undocumented(item: Pair, otherwise: Pair) -> Pair:
    unknown = undocumented(item)[0]
    return otherwise[0] | unknown, otherwise[1] & ~unknown


def count(at_least: int, *items: Pair) -> Pair:
    """Planes of `at least n of those so far`, item by item."""
    sure = _at_least(at_least, [t for t, _ in items])
    return sure, ~_at_least(at_least, [~f for _, f in items])


def _at_least(number: int, planes: Iterable[Plane]) -> Plane:
    reached: list[Plane | None] = [None] * number  # None: of no row yet
    for plane in planes:
        for n in range(number - 1, -1, -1):
            before = plane if n == 0 else None if reached[n - 1] is None else plane & reached[n - 1]
            if before is not None:
                reached[n] = before if reached[n] is None else reached[n] | before
    last = reached[-1]
    return np.zeros_like(next(iter(planes))) if last is None else last


def indices(item: Pair, rows: int) -> np.ndarray:
    """0 not met, 1 met, 2 undocumented: as a dictionary-encoded column holds it."""
    unknown = np.unpackbits(~(item[0] | item[1]), count=rows, bitorder="little")
    unknown += unknown
    unknown |= np.unpackbits(item[0], count=rows, bitorder="little")
    return unknown.view(np.int8)


class Rows:
    """The columns of one row group as planes; each is worked out once."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self.count = table.num_rows
        self.width = (self.count + 7) // 8
        self._arrays: dict[str, pa.Array] = {}
        self._known: dict[str, Plane] = {}

    def array(self, name: str) -> pa.Array:
        if name not in self._arrays:
            array = self.table.column(name).combine_chunks()
            self._arrays[name] = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
        return self._arrays[name]

    def known(self, name: str) -> Plane:
        if name not in self._known:
            buffer = self.array(name).buffers()[0]
            self._known[name] = np.full(self.width, 255, np.uint8) if buffer is None else self._bits(buffer)
        return self._known[name]

    def documented(self, *names: str) -> Pair:
        plane = reduce(np.bitwise_or, map(self.known, names))
        return plane, ~plane

    def truth(self, name: str, presumed: bool | None = None) -> Pair:
        bits, known = self._bits(self.array(name).buffers()[1]), self.known(name)
        if presumed is None:
            true = bits & known
            return true, known ^ true
        true = bits & known if presumed is False else bits | ~known
        return true, ~true

    def ordered(self, names: tuple[str, ...], test: Callable[..., np.ndarray], limit: float, rising: bool) -> Pair:
        """The value compared with a limit; or its bounds, each of which can settle one side. `rising`: more helps."""
        value, *bounds = names
        sure, never = self.settled(value, test, limit)
        if bounds and self.array(bounds[0]).null_count < self.count:
            yes, no = self.settled(bounds[0], test, limit)
            sure, never = (sure | yes, never) if rising else (sure, never | no)
        if bounds and self.array(bounds[1]).null_count < self.count:
            yes, no = self.settled(bounds[1], test, limit)
            sure, never = (sure, never | no) if rising else (sure | yes, never)
        return sure, never

    def settled(self, name: str, test: Callable[..., np.ndarray], limit: float) -> Pair:
        known = self.known(name)
        true = pack(test(self.numbers(name), limit)) & known
        return true, known ^ true

    def at_most_other(self, left: tuple[str, ...], right: tuple[str, ...]) -> Pair:
        """Each end of the one against each end of the other: high <= low settles it, low > high the other way."""
        sure = never = np.zeros(self.width, np.uint8)
        for a in (left[0], left[-1]) if len(left) > 1 else left:
            for b in right[:2]:
                both = self.known(a) & self.known(b)
                sure = sure | pack(self.numbers(a) <= self.numbers(b)) & both
        for a in left[:2]:
            for b in (right[0], right[-1]) if len(right) > 1 else right:
                both = self.known(a) & self.known(b)
                never = never | pack(self.numbers(a) > self.numbers(b)) & both
        return sure, never

    def numbers(self, name: str) -> np.ndarray:
        array = self.array(name)
        return np.frombuffer(array.buffers()[1], np.int32 if pa.types.is_date32(array.type) else np.float64, self.count)

    def among(self, name: str, choices: tuple[str, ...], presumed: str | None = None) -> Pair:
        array = self.array(name)
        table = np.array([one in choices for one in array.dictionary.to_pylist()] or [False])
        true, known = pack(table.take(self._codes(array), mode="clip")), self.known(name)
        if presumed is None:
            true &= known
            return true, known ^ true
        true = true | ~known if presumed in choices else true & known
        return true, ~true

    def same(self, name: str, other: str) -> Pair:
        """Whether two choices are the same, by the codes of the one's dictionary."""
        left, right = self.array(name), self.array(other)
        place = {text: code for code, text in enumerate(right.dictionary.to_pylist())}
        table = np.array([place.get(text, -1) for text in left.dictionary.to_pylist()] or [-1], np.int32)
        known = self.known(name) & self.known(other)
        true = pack(table.take(self._codes(left), mode="clip") == self._codes(right)) & known
        return true, known ^ true

    def includes(self, name: str, choice: str) -> Pair:
        array, known = self.array(name), self.known(name)
        items = array.values
        offsets = np.frombuffer(array.buffers()[1], np.int32, self.count + 1)
        table = np.array([_is_of(one, choice) for one in items.dictionary.to_pylist()] or [False])
        owner = np.repeat(np.arange(self.count), np.diff(offsets))
        held = np.zeros(self.count, bool)
        held[owner[table.take(self._codes(items)[offsets[0] : offsets[-1]], mode="clip")]] = True
        true = pack(held) & known
        return true, known ^ true

    def others(self, name: str, choices: tuple[str, ...]) -> Plane:
        """The rows of a set with an item that is none of the choices."""
        found = [
            self.includes(name, one)[0] for one in self.array(name).values.dictionary.to_pylist() if one not in choices
        ]
        return reduce(np.bitwise_or, found, np.zeros(self.width, np.uint8))

    def beside(self, name: str, other: str) -> Plane:
        return self.known(name) & self.known(other)

    def after(self, name: str, other: str) -> Plane:
        return pack(self.numbers(name) > self.numbers(other)) & self.beside(name, other)

    def part(self, name: str, whole: float) -> Plane:
        return pack(self.numbers(name) % whole != 0) & self.known(name)

    def _codes(self, array: pa.DictionaryArray) -> np.ndarray:
        return np.frombuffer(array.indices.buffers()[1], np.int32, len(array.indices) + array.offset)[array.offset :]

    def _bits(self, buffer: pa.Buffer) -> Plane:
        return np.frombuffer(buffer, np.uint8, self.width)


def pack(flags: np.ndarray) -> Plane:
    return np.packbits(flags, bitorder="little")


def _is_of(code: str, asked: str) -> bool:
    return code.startswith(asked[:-1]) if asked.endswith("-") else code == asked
