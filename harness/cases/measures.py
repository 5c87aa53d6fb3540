"""Numbers measured over episodes of care: exact where the records are, a range where they are not.

Each episode has days that surely belong to it and days that possibly do. Every measure but `days_since_last` grows
with more days and more episodes, so the sure days of the definite episodes give its lower bound, and the possible days
of all that may count its upper bound. An episode whose end is undocumented may last until the request; one whose start
is undocumented may have begun at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harness.model.case import Episode
from harness.model.months import months_before, months_between
from harness.model.policy import Measure, MeasureOf, Window
from harness.model.values import Interval, Status

Attribute = bool | Decimal | str

_ZERO = Decimal(0)


def measure(m: Measure, episodes: Iterable[Episode], request_date: date) -> tuple[Interval | None, tuple[int, ...]]:
    """The value of a measure, and the numbers of the episodes that it counted: the definite ones, then the possible.

    Lengths are in days, `months_spanned` in complete calendar months, `sessions` and `count` in themselves. The value
    is None, undocumented and never zero, when no episode surely counts. `days_since` is not of episodes: see the
    function of that name.
    """
    today = request_date.toordinal()
    start = None if m.within is None else window_start(m.within, request_date)
    spells = [
        spell
        for episode in episodes
        if episode.kind in m.episodes and (spell := _spell(episode, m.where, today, start)) is not None
    ]
    definite = [spell for spell in spells if spell.status is Status.MET]
    everything = definite + [spell for spell in spells if spell.status is not Status.MET]
    counted = tuple(spell.episode.number for spell in everything)
    # Where no episode surely counts, nothing is known of those that do: if the possible ones turn out not to, the
    # measure is undocumented, and one more document must never unsettle a status.
    return (_value(m.of, definite, everything, today) if definite else None), counted


def days_since(day: Interval, request_date: date) -> Interval:
    """Days from a date fact, in ordinals, to the request date. A case holds no later date, so it is never negative."""
    today = Decimal(request_date.toordinal())
    return Interval(
        _ZERO if day.high is None else max(today - day.high, _ZERO), None if day.low is None else today - day.low
    )


def window_start(window: Window, request_date: date) -> int:
    """The ordinal of the first day of a look-back window."""
    if window.months:
        return months_before(request_date, window.months).toordinal()
    return max(request_date.toordinal() - 7 * window.weeks - window.days, 1)


def same_attribute(held: Attribute, wanted: Attribute) -> bool:
    """Whether an episode's attribute has a value of the policy; letter case and white space in text do not count."""
    if isinstance(held, str) and isinstance(wanted, str):
        return _plain(held) == _plain(wanted)
    if isinstance(held, bool) or isinstance(wanted, bool):
        return held is wanted  # true is not the number 1
    return held == wanted


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class _Days:
    """Days from the first to the last, both included, as ordinals; no first is a start that may be at any time."""

    first: int | None
    last: int


@dataclass(frozen=True, slots=True)
class _Spell:
    """The part of an episode that lies in the window."""

    episode: Episode
    status: Status  # whether it counts: met or undocumented
    certain: _Days | None
    possible: _Days
    inside: bool  # no part of it can lie before the window


def _spell(episode: Episode, where: Mapping[str, Sequence[Attribute]], today: int, window: int | None) -> _Spell | None:
    """An episode in its window; None when it does not count."""
    status = _where_status(episode, where)
    start = None if episode.start is None else episode.start.toordinal()
    end = None if episode.end is None else episode.end.toordinal()
    certain = _certain(start, end)
    possible = _Days(start, today if end is None else end)
    if status is Status.NOT_MET or (window is not None and possible.last < window):
        return None
    inside = True
    if window is not None:
        inside = start is not None and start >= window
        possible = _Days(window if start is None else max(start, window), possible.last)
        certain = _clipped(certain, window)
        if certain is None:
            status = Status.UNDOCUMENTED  # it may have ended before the window
    return _Spell(episode, status, certain, possible, inside)


def _certain(start: int | None, end: int | None) -> _Days | None:
    known = [day for day in (start, end) if day is not None]
    return _Days(known[0], known[-1]) if known else None


def _clipped(days: _Days | None, window: int) -> _Days | None:
    if days is None or days.last < window:
        return None
    assert days.first is not None
    return _Days(max(days.first, window), days.last)


def _where_status(episode: Episode, where: Mapping[str, Sequence[Attribute]]) -> Status:
    return min((_attribute_status(episode, name, wanted) for name, wanted in where.items()), default=Status.MET)


def _attribute_status(episode: Episode, name: str, wanted: Sequence[Attribute]) -> Status:
    held = (episode.outcome or None) if name == "outcome" else episode.attributes.get(name)
    if held is None:
        return Status.UNDOCUMENTED
    return Status.MET if any(same_attribute(held, one) for one in wanted) else Status.NOT_MET


def _value(of: MeasureOf, definite: list[_Spell], everything: list[_Spell], today: int) -> Interval:
    match of:
        case MeasureOf.SESSIONS:
            return Interval(_sessions_low(definite), _sessions_high(everything))
        case MeasureOf.COUNT:
            return Interval(Decimal(len(definite)), Decimal(len(everything)))
        case MeasureOf.DAYS_SINCE_LAST:
            return _since_last(definite, everything, today)
        case _:
            low = _length(of, [spell.certain for spell in definite if spell.certain is not None])
            return Interval(low or _ZERO, _length(of, [spell.possible for spell in everything]))


def _length(of: MeasureOf, days: list[_Days]) -> Decimal | None:
    """The length of some stretches of days; None when one of them has no beginning."""
    closed = [(one.first, one.last) for one in days if one.first is not None]
    if len(closed) < len(days):
        return None
    if not closed:
        return _ZERO
    if of in {MeasureOf.DAYS_COVERED, MeasureOf.WEEKS_COVERED}:
        return Decimal(_covered(closed))
    first, last = min(first for first, _ in closed), max(last for _, last in closed)
    if of is MeasureOf.MONTHS_SPANNED:
        return Decimal(months_between(date.fromordinal(first), date.fromordinal(last)))
    return Decimal(last - first)


def _covered(stretches: list[tuple[int, int]]) -> int:
    """Elapsed days in the union of some stretches, each counted as its end minus its start."""
    days, reached = 0, 0  # the day reached; no date is day 0
    for first, last in sorted(stretches):
        days += max(last - max(first, reached), 0)
        reached = max(reached, last)
    return days


def _sessions_low(definite: list[_Spell]) -> Decimal:
    """The sessions that surely count: of an episode that reaches out of the window, all may lie outside."""
    known = (spell.episode.sessions for spell in definite if spell.inside)
    return sum((one.low for one in known if one is not None and one.low is not None), _ZERO)


def _sessions_high(everything: list[_Spell]) -> Decimal | None:
    total = _ZERO
    for spell in everything:
        if spell.episode.sessions is None or spell.episode.sessions.high is None:
            return None
        total += spell.episode.sessions.high
    return total


def _since_last(definite: list[_Spell], everything: list[_Spell], today: int) -> Interval:
    """The later the last end, the fewer the days: what is possible gives the lower bound, what is sure the upper."""
    latest = max(spell.possible.last for spell in everything)
    sure = max((spell.certain.last for spell in definite if spell.certain is not None), default=None)
    return Interval(Decimal(today - latest), None if sure is None else Decimal(today - sure))
