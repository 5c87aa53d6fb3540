"""The keys of a tree in canonical order, each with the comments that belong to it."""

from __future__ import annotations

from harness.formatting.tree import Collection, Entry, leading_blanks
from harness.schema import key_order
from harness.strict_yaml import Path_


def arrange(root: Collection, kind: str) -> None:
    """Put the keys of every mapping in the order of its schema; keys that authors name stay as they are."""
    _arrange(root, kind, ())
    first = root.entries[0].above if root.entries else []
    if root.head and root.head[-1] and first and first[0]:
        root.head.append("")  # what was moved below the comments of the file is none of them


def _arrange(collection: Collection, kind: str, path: Path_) -> None:
    if collection.mapping:
        _sort(collection, key_order(kind, path))
    for number, entry in enumerate(collection.entries):
        if isinstance(entry.value, Collection):
            _arrange(entry.value, kind, (*path, entry.name if collection.mapping else number))
            if not collection.mapping:
                _lift(entry)
    if collection.flow:
        _break(collection)


def _sort(collection: Collection, order: tuple[str, ...]) -> None:
    before = collection.entries
    after = _sorted(before, order)
    if not order or all(one is other for one, other in zip(before, after, strict=True)):
        return
    breaks = [entry.breaks for entry in before]
    if collection.flow:  # where the lines of a mapping in braces break does not hang on which key stands there
        for entry, one in zip(after, breaks, strict=True):
            entry.breaks = one
    old, new = before[0], after[0]
    if old is not new:  # a blank line sets an entry off from the one before it
        above_old, above_new = leading_blanks(old.above), leading_blanks(new.above)
        old.above = [""] * above_new + old.above[above_old:]
        new.above = [""] * above_old + new.above[above_new:]
    collection.entries = after


def _sorted(entries: list[Entry], order: tuple[str, ...]) -> list[Entry]:
    """Entries in the order of their keys; one with an unknown key stays behind the one it follows."""
    known = {key: number for number, key in enumerate(order)}
    rank, ranked = -1, []
    for entry in entries:
        rank = known.get(entry.name, rank)
        ranked.append((rank, entry))
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]


def _lift(entry: Entry) -> None:
    """Put what stands above the first entry within an item of a list above the item: its line begins with the dash."""
    inner = entry.value
    if isinstance(inner, Collection) and not inner.flow and inner.entries:
        first = inner.entries[0]
        entry.above += [line for line in first.above if line]
        first.above = []


def _break(collection: Collection) -> None:
    """Break the lines in brackets where a comment asks for it."""
    commented = False
    for entry in collection.entries:
        entry.breaks = entry.breaks or commented or bool(entry.above)
        commented = bool(entry.beside)
    some = bool(collection.entries)
    collection.closing_breaks = (collection.closing_breaks and some) or commented or bool(collection.tail)
