"""The words that the text and the Markdown of a difference share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence

from harness.difference.change import Bearing, Change, Detail, Reader, Sort, Spot
from harness.report.wording import clean

LONGEST = 72  # an old and a new text on one line are read at a glance up to here

HEADINGS = {
    Bearing.DECIDES: "What can change an outcome",
    Bearing.READS: "What changes how the record of a case is read",
    Bearing.RUNS: "What changes when the policy runs",
    Bearing.NAMES: "What changes which deficiencies are named",
    Bearing.SAYS: "What changes only what is said",
}


def name(change: Change, mark: Callable[[str], str] = str) -> str:
    """What differs: `parameter physical_therapy_weeks`, `rule care-duration, added`, the id marked up."""
    if change.sort is Sort.DECISION:
        return "the decision"
    if change.sort is Sort.POLICY:
        return "policy id" if change.id == "policy" else f"policy {mark(change.id)}"
    return f"{change.sort} {mark(change.id)}" + ("" if change.verb == "changed" else f", {change.verb}")


def details(change: Change) -> tuple[Detail, ...]:
    """What is told of it; of what came or went, not again the title that stands above."""
    if change.verb == "changed":
        return change.details
    return tuple(one for one in change.details if one.old + one.new != (change.title,))


def on_one_line(detail: Detail) -> str | None:
    """`6 weeks -> 8 weeks`, where it is short; None where old and new stand below each other."""
    if detail.is_list:
        return _members(detail.old, detail.new)
    old, new = (" ".join(map(clean, lines)) or "not given" for lines in (detail.old, detail.new))
    several = len(detail.old) > 1 or len(detail.new) > 1
    return None if several or len(old) + len(new) > LONGEST else f"{old} -> {new}"


def _members(old: Sequence[str], new: Sequence[str]) -> str:
    """What a list has gained and lost: `added planned; removed done`."""
    sides = ((new, frozenset(old)), (old, frozenset(new)))
    gained, lost = ([clean(one) for one in some if one not in others] for some, others in sides)
    parts = [f"{verb} {', '.join(those)}" for verb, those in (("added", gained), ("removed", lost)) if those]
    return "; ".join(parts) or f"in another order: {', '.join(map(clean, new))}"


def merged(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines of both, each with `-` (old only), `+` (new only) or a space."""
    for tag, low, high, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((" ", line) for line in old[low:high])
        else:
            yield from (("-", line) for line in old[low:high])
            yield from (("+", line) for line in new[start:end])


def reader(one: Reader) -> str:
    match one.sort:
        case Sort.DECISION:
            return "the decision"
        case Sort.FACT:
            return f"the measure of fact {one.id}: {clean(one.title)}"
        case _:
            return f"rule {one.id}: {clean(one.title)}"


def spot(one: Spot | None) -> str:
    if one is None:
        return "not there"
    module = f" (module {one.module})" if one.module else ""
    return f"{clean(one.place.file)}:{one.place.line}{module}"


def of_bearing(changes: Sequence[Change], bearing: Bearing) -> list[Change]:
    return [change for change in changes if change.bearing is bearing]
