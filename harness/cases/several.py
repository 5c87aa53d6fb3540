"""Several statements of one fact: equal ones join, different ones are an error unless the policy says which holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harness.errors import Mistakes, Place
from harness.model.case import Evidence, Reading, State
from harness.model.policy import Fact
from harness.model.values import Interval, Value

Bound = Callable[[Iterable[Decimal]], Decimal]


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a fact. `place` is None for a measured one, `on` when its evidence is undated."""

    value: Value
    evidence: tuple[Evidence, ...]
    on: date | None
    place: Place | None
    episodes: tuple[int, ...] = ()


def settle(fact: Fact, several: Sequence[Said], mistakes: Mistakes) -> Reading | None:
    """How a fact reads by what is said of it, one or more; None with the mistake noted when that is contradictory."""
    value = several[0].value
    if len(several) == 1:
        return _joined(value, several)
    if any(said.value != value for said in several):
        chosen = _chosen(fact, several, mistakes)
        if chosen is None:
            return None
        value = chosen
    agreeing = [said for said in several if said.value == value]
    return _joined(value, agreeing or several)  # a value put together from several rests on all of them


def _joined(value: Value, several: Sequence[Said]) -> Reading:
    if not any(said.evidence or said.episodes for said in several):
        return Reading(State.DOCUMENTED, value)
    evidence = dict.fromkeys(one for said in several for one in said.evidence)
    episodes = dict.fromkeys(number for said in several for number in said.episodes)
    return Reading(State.DOCUMENTED, value, tuple(evidence), tuple(episodes))


def _chosen(fact: Fact, several: Sequence[Said], mistakes: Mistakes) -> Value | None:
    values = [said.value for said in several]
    intervals = [value for value in values if isinstance(value, Interval)]
    match fact.when_several:
        case "latest":
            return _latest(fact, several, mistakes)
        case "highest" if intervals:
            return Interval(_outer(max, (i.low for i in intervals)), _inner(max, [i.high for i in intervals]))
        case "lowest" if intervals:
            return Interval(_inner(min, [i.low for i in intervals]), _outer(min, (i.high for i in intervals)))
        case "any" if isinstance(values[0], bool):
            return True  # they differ, so one of them is true
        case "any" if isinstance(values[0], frozenset):
            return frozenset[str]().union(*(value for value in values if isinstance(value, frozenset)))
    _differ(fact, several, mistakes)
    return None


def _outer(pick: Bound, bounds: Iterable[Decimal | None]) -> Decimal | None:
    """The bound that any one of several gives: the highest of them is at least the highest lower bound."""
    known = [bound for bound in bounds if bound is not None]
    return pick(known) if known else None


def _inner(pick: Bound, bounds: Sequence[Decimal | None]) -> Decimal | None:
    """The bound that only all of several give: without one of the upper bounds the highest has none."""
    known = [bound for bound in bounds if bound is not None]
    return pick(known) if len(known) == len(bounds) else None


def _latest(fact: Fact, several: Sequence[Said], mistakes: Mistakes) -> Value | None:
    days = [said.on for said in several if said.on is not None]
    if len(days) < len(several):
        message = f"`{fact.id}` is stated with different values, and not each of them is dated"
        cure = "the latest holds; give each evidence with a `date`, or a document with one"
        mistakes.add(_place(fact, several), message, cure)
        return None
    last = [said for said in several if said.on == max(days)]
    if any(said.value != last[0].value for said in last):
        message = f"`{fact.id}` is stated with different values of the same date"
        mistakes.add(_place(fact, last), message, "the latest holds, and there are two; keep the right one")
        return None
    return last[0].value


def _differ(fact: Fact, several: Sequence[Said], mistakes: Mistakes) -> None:
    if any(said.place is None for said in several):
        dated = fact.measure.date_fact if fact.measure is not None else None
        source = f"`{dated}`" if dated else "the episodes"
        message = f"`{fact.id}` is stated otherwise than it is measured from {source}"
        mistakes.add(_place(fact, several), message, f"leave the statement out, or correct it or {source}")
    else:
        place = _place(fact, several)
        others = sorted({said.place.line for said in several if said.place is not None} - {place.line})
        where = f" than in line {others[0]}" if others else ""
        message = f"`{fact.id}` is stated with another value{where}"
        mistakes.add(place, message, "keep the one that holds; its policy does not say which does")


def _place(fact: Fact, several: Sequence[Said]) -> Place:
    """The last statement in the file: where a reader who comes from above meets the contradiction."""
    return max((said.place for said in several if said.place is not None), default=fact.place)
