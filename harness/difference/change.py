"""What differs between two versions of a policy, part by part, and what each difference can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from harness.errors import Place


class Bearing(IntEnum):
    """What a difference can do, the strongest first."""

    DECIDES = 0  # the same facts can give another outcome
    READS = 1  # the same record can give other facts
    RUNS = 2  # the policy runs for other requests
    NAMES = 3  # the same outcome can come with other deficiencies
    SAYS = 4  # only what is said differs

    @property
    def word(self) -> str:
        return self.name.lower()


class Sort(StrEnum):
    """What a difference is in, in the order in which it is told."""

    POLICY = "policy"
    PARAMETER = "parameter"
    FACT = "fact"
    RULE = "rule"
    DECISION = "decision"
    PROPERTY = "property"
    TOPIC = "topic"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of one key: in words (`lines`), as written (`raw`, where the words may hide a difference)."""

    lines: tuple[str, ...]
    key: object  # what is compared
    bearing: Bearing = Bearing.SAYS
    raw: tuple[str, ...] = ()
    sense: object = None  # where this is the same on both sides, only what is said can differ
    is_list: bool = False  # of words, each a line


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a parameter or fact: a rule, the decision, or a fact that is measured by it."""

    sort: Sort
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """A parameter, fact, rule and so on of one side, key by key, named as its file names the keys."""

    id: str
    title: str
    facets: dict[str, Facet]
    place: Place
    module: str | None = None
    read_by: tuple[Reader, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """One key that differs. Lines are empty on the side that does not have it."""

    key: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    bearing: Bearing
    is_list: bool = False  # of words, each a line


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one side has it. `module` is the one that it comes from."""

    place: Place
    module: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one parameter, fact, rule and so on. It was added when there is no old spot."""

    sort: Sort
    id: str
    title: str
    old: Spot | None
    new: Spot | None
    details: tuple[Detail, ...]
    read_by: tuple[Reader, ...] = ()

    @property
    def verb(self) -> str:
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def bearing(self) -> Bearing:
        return min((detail.bearing for detail in self.details), default=Bearing.SAYS)


def changes(sort: Sort, old: dict[str, Item], new: dict[str, Item]) -> tuple[Change, ...]:
    """What differs between the items of two sides, in the order of the new one, what was removed last."""
    found = (_change(sort, old.get(id_), new.get(id_)) for id_ in {**new, **old})
    return tuple(change for change in found if change is not None)


def _change(sort: Sort, old: Item | None, new: Item | None) -> Change | None:
    either = new or old
    assert either is not None
    details = tuple(_details(old, new))
    if old is not None and new is not None and not details:
        return None
    readers = {(one.sort, one.id): one for item in (old, new) if item for one in item.read_by}
    return Change(sort, either.id, either.title, _spot(old), _spot(new), details, tuple(readers.values()))


def _spot(item: Item | None) -> Spot | None:
    return None if item is None else Spot(item.place, item.module)


def _details(old: Item | None, new: Item | None) -> list[Detail]:
    before, after = (item.facets if item else {} for item in (old, new))
    details = []
    for key in {**after, **before}:
        was, now = before.get(key), after.get(key)
        if was is not None and now is not None and was.key == now.key:
            continue
        lines = [facet.lines if facet else () for facet in (was, now)]
        if lines[0] == lines[1]:  # the words are the same, what is written is not
            lines = [(facet.raw or facet.lines) if facet else () for facet in (was, now)]
        is_list = any(facet.is_list for facet in (was, now) if facet)
        details.append(Detail(key, lines[0], lines[1], _bearing(was, now), is_list))
    return details


def _bearing(was: Facet | None, now: Facet | None) -> Bearing:
    if was is not None and now is not None and was.sense is not None and was.sense == now.sense:
        return Bearing.SAYS
    return min(facet.bearing for facet in (was, now) if facet)
