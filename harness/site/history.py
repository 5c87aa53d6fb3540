"""What each version of a policy changed: what is written, and what that does to cases, where z3 is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.model.policy import Policies, Policy
from harness.report.wording import OUTCOMES, capitalised, clean

try:
    from harness.difference.change import Bearing, Change, Sort
    from harness.difference.comparison import Comparing, Comparison
    from harness.difference.meaning import Way
    from harness.difference.saying import HEADINGS, details, merged, name, of_bearing, on_one_line
    from harness.difference.side import Shelf, Side
    from harness.difference.summary import summary, verdict
    from harness.difference.witness import all_else, both_sides, fact_lines
    from harness.proof import Proved, Refuted
except ImportError:  # z3 belongs to the extra `authoring`
    CAN_COMPARE = False
else:
    CAN_COMPARE = True

SECONDS = 10.0  # for each way an outcome can change

_MARKS = {"-": "old", "+": "new", " ": "same"}


@dataclass(frozen=True, slots=True)
class Row:
    """One key that differs: in a line where it is short, else line by line, each old, new or the same."""

    key: str
    short: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    what: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One way an outcome can change, and a smallest case that takes it."""

    old: str
    new: str
    answer: str
    facts: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one version changed in the one before it. `command` tells the same."""

    old: Policy
    new: Policy
    command: str
    verdict: str = ""
    summary: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    passages: tuple[Passage, ...] = ()


class Historian:
    """Compares each two versions once while the site is served."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, str], Step] = {}

    def steps(self, policies: Policies, id_: str) -> tuple[Step, ...]:
        """The newest first."""
        found = [self._step(policies, old, new) for old, new in pairwise(policies.versions[id_])]
        return tuple(reversed(found))

    def _step(self, policies: Policies, old: Policy, new: Policy) -> Step:
        key = old.hash, new.hash, repr(old), repr(new)  # what is only said is in no hash
        if key not in self._known:
            self._known[key] = _step(policies, old, new)
        return self._known[key]


def _step(policies: Policies, old: Policy, new: Policy) -> Step:
    overlay = "" if new.overlay is None else f" --overlay {new.overlay.id}"
    command = f"necessity diff {old.id}@{old.effective} {new.id}@{new.effective}{overlay}"
    if not CAN_COMPARE:
        return Step(old, new, command)
    shelf = Shelf(policies, policies.folder)
    one = Comparing(SECONDS, lambda _: None).versions(Side(old, shelf), Side(new, shelf))
    return Step(
        old,
        new,
        command,
        capitalised(verdict(one.meaning)),
        tuple(map(clean, summary(one))),
        tuple(_groups(one.changes)),
        tuple(_passages(one)),
    )


def _groups(changes: Sequence[Change]) -> Iterator[Group]:
    for bearing in Bearing:
        found = of_bearing(changes, bearing)
        if found:
            yield Group(HEADINGS[bearing], tuple(map(_item, found)))


def _item(change: Change) -> Item:
    rows = []
    for detail in details(change):
        alone = change.verb != "changed" and len(detail.old + detail.new) == 1
        short = clean((detail.old + detail.new)[0]) if alone else on_one_line(detail)
        lines = () if short is not None else merged(detail.old, detail.new)
        key = "" if change.sort is Sort.POLICY else clean(detail.key)
        rows.append(Row(key, short or "", tuple((_MARKS[mark], clean(line)) for mark, line in lines)))
    return Item(capitalised(clean(name(change))), clean(change.title), tuple(rows))


def _passages(one: Comparison) -> Iterator[Passage]:
    if one.meaning.all_proved:
        return
    for way in one.meaning.ways:
        yield _passage(way, one)


def _passage(way: Way, one: Comparison) -> Passage:
    old, new = (OUTCOMES[outcome].capitalize() for outcome in (way.old, way.new))
    if isinstance(way.answer, Refuted):
        lines = fact_lines(way.answer.witness, one.changes)
        facts = tuple(clean(f"{line.name}: {both_sides(line)}") for line in lines if not line.is_presumed)
        return Passage(old, new, "cases change so", facts, capitalised(clean(all_else(lines))))
    answer = "no case (proved)" if isinstance(way.answer, Proved) else f"unknown ({clean(way.answer.reason)})"
    return Passage(old, new, answer, (), "")
