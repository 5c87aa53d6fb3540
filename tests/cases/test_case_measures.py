"""Measures as pure functions: against a count by day, and ranges that hold whatever the records turn out to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from case_kit import HERE, days
from hypothesis import given
from hypothesis import strategies as st

from harness.cases.measures import measure, window_start
from harness.model.case import Episode
from harness.model.months import months_before, months_between
from harness.model.policy import Measure, MeasureOf, Window
from harness.model.values import Interval

TODAY = date(2025, 11, 24)
OVER_EPISODES = [of for of in MeasureOf if of is not MeasureOf.DAYS_SINCE]


def episode(start: str | date | None, end: str | date | None, number: int = 0, **more: object) -> Episode:
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (start, end))
    whole = Episode(number, "therapy", first, last, None, {}, "", (), HERE)
    return replace(whole, **more)  # type: ignore[arg-type]


def value(of: str, *episodes: Episode, within: Window | None = None, where: object = None) -> Interval | None:
    m = Measure(MeasureOf(of), ("therapy",), where or {}, within)  # type: ignore[arg-type]
    return measure(m, episodes, TODAY)[0]


@pytest.mark.parametrize(
    ("spells", "covered", "spanned"),
    [
        ([("2025-01-01", "2025-02-12")], 42, 42),
        ([("2025-01-01", "2025-02-11")], 41, 41),
        ([("2025-01-01", "2025-01-01")], 0, 0),
        ([("2025-01-01", "2025-01-11"), ("2025-01-05", "2025-01-21")], 20, 20),
        ([("2025-01-01", "2025-01-31"), ("2025-01-05", "2025-01-08")], 30, 30),
        ([("2025-01-01", "2025-01-11"), ("2025-01-12", "2025-01-21")], 19, 20),  # each is its end minus its start
        ([("2025-01-01", "2025-01-11"), ("2025-01-13", "2025-01-21")], 18, 20),  # a day without care
        ([("2025-01-11", "2025-01-21"), ("2025-01-01", "2025-01-11")], 20, 20),
    ],
)
def test_covered_and_spanned(spells: list[tuple[str, str]], covered: int, spanned: int) -> None:
    all_of_them = [episode(*spell) for spell in spells]
    for unit in ("days", "weeks"):  # both are held in days
        assert value(f"{unit}_covered", *all_of_them) == days(covered, covered)
        assert value(f"{unit}_spanned", *all_of_them) == days(spanned, spanned)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-01-31", "2025-02-27", 0),
        ("2025-01-31", "2025-02-28", 1),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2025-01-30", "2025-02-28", 1),
        ("2025-02-28", "2025-03-27", 0),
        ("2025-02-28", "2025-03-28", 1),
        ("2025-01-31", "2025-04-30", 3),
        ("2025-01-15", "2025-07-14", 5),
        ("2025-01-15", "2025-07-15", 6),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-12-01", "2025-01-01", 1),
        ("2025-05-05", "2025-05-05", 0),
    ],
)
def test_complete_calendar_months(first: str, last: str, months: int) -> None:
    assert value("months_spanned", episode(first, last)) == days(months, months)


DAYS = st.dates(date(2019, 12, 1), TODAY)


@given(DAYS, DAYS, DAYS)
def test_months_grow_with_the_span(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert months_between(first, middle) <= months_between(first, last)
    assert months_between(middle, last) <= months_between(first, last)


@given(DAYS, st.integers(0, 60))
def test_so_many_months_before_are_so_many_months(day: date, months: int) -> None:
    assert months_between(months_before(day, months), day) == months


@given(DAYS, DAYS)
def test_a_month_is_complete_when_its_day_is_reached(one: date, two: date) -> None:
    first, last = sorted((one, two))
    days_reached = 0  # by hand: each month's own day, or its last one
    day = first
    while day < last:
        day += timedelta(days=1)
        is_last = (day + timedelta(days=1)).month != day.month
        days_reached += day.day == first.day or (is_last and day.day < first.day)
    assert months_between(first, last) == days_reached


@pytest.mark.parametrize(
    ("window", "start"),
    [
        (Window(months=12), "2024-11-24"),
        (Window(months=9), "2025-02-24"),
        (Window(weeks=2), "2025-11-10"),
        (Window(days=90), "2025-08-26"),
        (Window(months=1200), "1925-11-24"),
    ],
)
def test_where_a_window_begins(window: Window, start: str) -> None:
    assert date.fromordinal(window_start(window, TODAY)) == date.fromisoformat(start)


def test_a_window_clamps_to_the_end_of_its_month_and_to_the_calendar() -> None:
    assert date.fromordinal(window_start(Window(months=1), date(2025, 3, 31))) == date(2025, 2, 28)
    assert window_start(Window(months=1200), date(50, 1, 1)) == 1
    assert window_start(Window(days=36500), date(50, 1, 1)) == 1


def test_a_window_clips() -> None:
    window = Window(days=10)  # from 2025-11-14
    across = episode("2025-10-01", "2025-11-18")
    assert value("days_spanned", across, within=window) == days(4, 4)
    assert value("days_covered", across, within=window) == days(4, 4)
    assert value("count", across, within=window) == days(1, 1)
    assert value("days_since_last", across, within=window) == days(6, 6)
    assert value("count", episode("2025-10-01", "2025-11-13"), within=window) is None
    assert value("count", episode("2025-10-01", "2025-11-14"), within=window) == days(1, 1)


def test_sessions_of_an_episode_partly_outside_the_window_may_lie_outside() -> None:
    window, six = Window(days=10), Interval.point(6)
    assert value("sessions", episode("2025-11-13", "2025-11-18", sessions=six), within=window) == days(0, 6)
    assert value("sessions", episode("2025-11-14", "2025-11-18", sessions=six), within=window) == days(6, 6)
    assert value("sessions", episode(None, "2025-11-18", sessions=six), within=window) == days(0, 6)
    assert value("sessions", episode("2025-11-14", None, sessions=six), within=window) == days(6, 6)


@pytest.mark.parametrize(
    ("of", "start", "end", "within", "expected"),
    [
        ("days_spanned", "2025-11-04", None, None, (0, 20)),
        ("days_spanned", None, "2025-11-04", None, (0, None)),
        ("days_spanned", None, "2025-11-04", Window(days=30), (0, 10)),
        ("days_spanned", None, None, None, (0, None)),
        ("days_spanned", None, None, Window(days=30), None),  # it may lie before the window
        ("months_spanned", "2025-06-24", None, None, (0, 5)),
        ("count", "2025-01-01", None, Window(days=30), None),
        ("count", None, None, None, (1, 1)),
        ("count", None, None, Window(days=30), None),
        ("days_since_last", "2025-11-04", None, None, (0, 20)),
        ("days_since_last", None, "2025-11-04", None, (20, 20)),
        ("days_since_last", None, None, None, (0, None)),
    ],
)
def test_missing_ends_make_ranges(
    of: str, start: str | None, end: str | None, within: Window | None, expected: tuple[int | None, int | None] | None
) -> None:
    assert value(of, episode(start, end), within=within) == (days(*expected) if expected else None)


def test_days_since_last_counts_the_other_way() -> None:
    where = {"supervised": (True,)}
    sure = episode("2025-10-01", "2025-10-25", attributes={"supervised": True})
    maybe = episode("2025-11-01", "2025-11-14", 1)
    assert value("days_since_last", sure, where=where) == days(30, 30)
    assert value("days_since_last", sure, maybe, where=where) == days(10, 30)
    assert value("days_since_last", maybe, where=where) is None


def test_true_is_not_the_number_one() -> None:
    one = episode(None, None, attributes={"level": Decimal(1)})
    assert value("count", one, where={"level": (True,)}) is None
    assert value("count", one, where={"level": (Decimal("1.0"),)}) == days(1, 1)


@st.composite
def whole_episodes(draw: st.DrawFn) -> list[Episode]:
    """Episodes of which everything is documented."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        one, two = sorted((draw(st.dates(date(2025, 6, 1), TODAY)), draw(st.dates(date(2025, 6, 1), TODAY))))
        sessions = Interval.point(draw(st.integers(0, 9)))
        attributes = {"supervised": draw(st.booleans()), "at": draw(st.sampled_from(["home", "clinic"]))}
        made.append(episode(one, two, number, sessions=sessions, attributes=attributes))
    return made


WINDOWS = st.sampled_from([None, Window(days=30), Window(weeks=10), Window(months=3)])


@given(whole_episodes(), WINDOWS)
def test_spanned_and_covered_as_counted_by_day(episodes: list[Episode], window: Window | None) -> None:
    begin = 0 if window is None else window_start(window, TODAY)
    spells = [
        (max(one.start.toordinal(), begin), one.end.toordinal())
        for one in episodes
        if one.start and one.end and one.end.toordinal() >= begin
    ]
    held = {day for first, last in spells for day in range(first, last + 1)}
    spanned, covered = (value(of, *episodes, within=window) for of in ("days_spanned", "days_covered"))
    if not held:
        assert spanned is covered is None
        return
    elapsed = len({day for first, last in spells for day in range(first, last)})  # from each day to the next
    assert spanned == days(max(held) - min(held), max(held) - min(held))
    assert covered == days(elapsed, elapsed)


def forget(draw: st.DrawFn, one: Episode) -> Episode:
    """The same episode with some of it undocumented."""
    some = {name: held for name, held in one.attributes.items() if draw(st.booleans())}
    sessions = draw(st.sampled_from([one.sessions, None, Interval(None, Decimal(9)), Interval(Decimal(0), None)]))
    return replace(
        one,
        start=one.start if draw(st.booleans()) else None,
        end=one.end if draw(st.booleans()) else None,
        sessions=sessions,
        attributes=some,
    )


@given(st.data(), whole_episodes(), WINDOWS, st.sampled_from(OVER_EPISODES))
def test_the_truth_lies_in_the_range(
    data: st.DataObject, episodes: list[Episode], window: Window | None, of: MeasureOf
) -> None:
    """Filling in what is undocumented never leaves the range that was read without it."""
    where = {"supervised": (True,)}
    known = [data.draw(st.composite(forget)(one)) for one in episodes]
    truth = value(of, *episodes, within=window, where=where)
    read = value(of, *known, within=window, where=where)
    if read is None:
        return  # no episode surely counts
    assert truth is not None
    assert truth.is_point or of is MeasureOf.SESSIONS
    assert read.low is None or (truth.low is not None and read.low <= truth.low)
    assert read.high is None or (truth.high is not None and truth.high <= read.high)


@given(whole_episodes(), st.randoms(), st.sampled_from(OVER_EPISODES))
def test_the_order_of_episodes_never_matters(episodes: list[Episode], random: object, of: MeasureOf) -> None:
    shuffled = list(episodes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert value(of, *episodes) == value(of, *shuffled)


@given(st.data(), whole_episodes(), WINDOWS, st.sampled_from(OVER_EPISODES), st.integers(0, 60))
def test_one_more_attribute_never_unsettles_a_threshold(
    data: st.DataObject, episodes: list[Episode], window: Window | None, of: MeasureOf, threshold: int
) -> None:
    """Documenting that a possible episode counts, or that it does not, never takes back what was settled."""
    where = {"supervised": (True,)}
    known = [data.draw(st.composite(forget)(one)) for one in episodes]
    told = [replace(one, attributes=whole.attributes) for one, whole in zip(known, episodes, strict=True)]
    before, after = (value(of, *some, within=window, where=where) for some in (known, told))
    if before is not None and before.low is not None and before.low >= threshold:
        assert after is not None
        assert after.low is not None
        assert after.low >= threshold
    if before is not None and before.high is not None and before.high < threshold:
        assert after is not None
        assert after.high is not None
        assert after.high < threshold
