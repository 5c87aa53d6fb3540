"""The measures of `harness.cases.measures` as aggregates over the episodes of a row, with exactly its results.

A selection's episodes are aggregated once, whatever is measured of them; where an episode is cut off at the window, the
aggregate is, since all episodes of a row have the same window. Lengths are whole days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, DateValue, IntegerValue, Table, Value

from harness.batch.episodes import Selection
from harness.model.policy import MeasureOf, Window

COVERED = frozenset({MeasureOf.DAYS_COVERED, MeasureOf.WEEKS_COVERED})
_NO_MEASURE = ibis.null("int64")
_FIRST_DAY = date.min
_YEAR = 12  # months
_ALL_MONTHS = _YEAR * 2200  # more months than any request lies behind the beginning of the calendar
_ALL_DAYS = 366 * 2200


def window_start(request: DateValue, window: Window) -> DateValue:
    """The first day of a look-back window, never before the calendar begins."""
    back = 7 * window.weeks + window.days
    if window.months >= _ALL_MONTHS or back >= _ALL_DAYS:
        return ibis.literal(_FIRST_DAY)
    if window.months:
        return _months_before(request, window.months)
    return ibis.greatest((request - ibis.interval(days=back)).cast("date"), ibis.literal(_FIRST_DAY))


def _months_before(request: DateValue, months: int) -> DateValue:
    """The same day number so many months earlier, or that month's last day (`harness.model.months.months_before`).

    Never by an interval of months: DuckDB takes 3 months and 90 days for equal, and in a query that has both, computes
    one of them for both.
    """
    month = request.year() * _YEAR + request.month() - 1 - months  # from the year 0
    clamped = ibis.greatest(month, ibis.literal(_YEAR))
    first, following = (ibis.date(one // _YEAR, one % _YEAR + 1, 1) for one in (clamped, clamped + 1))
    day = ibis.least(request.day(), following.delta(first, unit="day"))
    return (month < _YEAR).ifelse(ibis.literal(_FIRST_DAY), ibis.date(clamped // _YEAR, clamped % _YEAR + 1, day))


def in_windows(table: Table, selections: Iterable[Selection]) -> Table:
    """Episodes beside the `request_date` of their case: for every selection `sure_<n>`, `possible_<n>`, `inside_<n>`.

    Possible are the sure ones too. Inside is what has no part before the window.
    """
    table = table.mutate(
        first=ibis.coalesce(table.start, table.end),
        last=ibis.coalesce(table.end, table.start),
        may_last=ibis.coalesce(table.end, table.request_date),
        **{
            f"since_{n}": window_start(table.request_date, one.within)
            for n, one in enumerate(selections)
            if one.within is not None
        },
    )
    found: dict[str, BooleanValue] = {}
    for n, one in enumerate(selections):
        counts, since = table[f"counts_{n}"], None if one.within is None else table[f"since_{n}"]
        sure, possible = counts.fill_null(False), counts.fill_null(True)
        if since is not None:
            sure &= (table.last >= since).fill_null(False)
            possible &= (table.may_last >= since).fill_null(False)
            found[f"inside_{n}"] = (table.start >= since).fill_null(False)
        else:
            found[f"inside_{n}"] = ibis.literal(True)
        found |= {f"sure_{n}": sure, f"possible_{n}": possible}
    return table.mutate(**found)


def reached(table: Table, covered: Iterable[tuple[int, Selection]]) -> Table:
    """Episodes with the days that each adds to those before it, for the selections of which days covered are asked.

    What surely adds days has both its ends: an episode with one known day has no elapsed ones.
    """
    # Cutting off at the window keeps the order of starts, so that one order serves all; no start is the earliest.
    before = ibis.window(group_by="row", order_by=ibis.asc(table.start, nulls_first=True), preceding=(None, 1))
    selections = list(covered)
    latest = {}
    for n, _ in selections:
        both = table[f"sure_{n}"] & table.start.notnull()
        latest[f"sure_reached_{n}"] = both.ifelse(table.end, ibis.null("date")).max().over(before)
        latest[f"reached_{n}"] = table[f"possible_{n}"].ifelse(table.may_last, ibis.null("date")).max().over(before)
    table = table.mutate(**latest) if latest else table
    added = {}
    for n, one in selections:
        since = ibis.literal(_FIRST_DAY) if one.within is None else table[f"since_{n}"]
        start = ibis.greatest(table.start.fill_null(since), since)
        for reach, last, to in (("sure_reached", table.end, "sure_adds"), ("reached", table.may_last, "adds")):
            begin = ibis.greatest(start, table[f"{reach}_{n}"].fill_null(ibis.literal(_FIRST_DAY)))
            added[f"{to}_{n}"] = ibis.greatest(last.delta(begin, unit="day"), ibis.literal(0))
    return table.mutate(**added) if added else table


def aggregates(table: Table, n: int, measured: Iterable[MeasureOf]) -> dict[str, Value]:
    """What is kept of the episodes of a row for the measures of one selection."""
    sure, possible = table[f"sure_{n}"], table[f"possible_{n}"]
    found: dict[str, Value] = {f"n_sure_{n}": table.count(where=sure), f"n_{n}": table.count(where=possible)}
    for of in measured:
        match of:
            case MeasureOf.COUNT:
                pass
            case MeasureOf.SESSIONS:
                found[f"sure_sessions_{n}"] = table.least.sum(where=sure & table[f"inside_{n}"])
                found[f"sessions_{n}"] = table.most.sum(where=possible)
                found[f"unbounded_{n}"] = table.count(where=possible & table.most.isnull())
            case MeasureOf.DAYS_COVERED | MeasureOf.WEEKS_COVERED:
                both = sure & table.start.notnull() & table.end.notnull()
                found[f"sure_covered_{n}"] = table[f"sure_adds_{n}"].sum(where=both)
                found[f"covered_{n}"] = table[f"adds_{n}"].sum(where=possible)
                found[f"open_{n}"] = table.count(where=possible & table.start.isnull())
            case _:
                found[f"sure_first_{n}"] = table.first.min(where=sure)
                found[f"sure_last_{n}"] = table["last"].max(where=sure)
                found[f"first_{n}"] = table.start.min(where=possible)
                found[f"last_{n}"] = table.may_last.max(where=possible)
                found[f"open_{n}"] = table.count(where=possible & table.start.isnull())
    return found


def interval(table: Table, n: int, selection: Selection, of: MeasureOf) -> tuple[IntegerValue, IntegerValue]:
    """The bounds of a measure, from the aggregates of a row beside its `request_date`; NULL is none.

    Without an episode that surely counts there is no measure, and both are NULL.
    """
    low, high = _bounds(table, n, selection, of)
    known = table[f"n_sure_{n}"].fill_null(0) > 0
    return tuple(known.ifelse(bound.cast("int64"), _NO_MEASURE) for bound in (low, high))


def _bounds(table: Table, n: int, selection: Selection, of: MeasureOf) -> tuple[Value, Value]:
    request = table.request_date
    match of:
        case MeasureOf.COUNT:
            return table[f"n_sure_{n}"], table[f"n_{n}"]
        case MeasureOf.SESSIONS:
            bounded = table[f"unbounded_{n}"] == 0
            return table[f"sure_sessions_{n}"].fill_null(0), bounded.ifelse(
                table[f"sessions_{n}"], ibis.null("float64")
            )
        case MeasureOf.DAYS_SINCE_LAST:
            return days(table[f"last_{n}"], request), days(table[f"sure_last_{n}"], request)
    closed = table[f"open_{n}"] == 0 if selection.within is None else ibis.literal(True)
    if of in COVERED:
        return table[f"sure_covered_{n}"].fill_null(0), closed.ifelse(table[f"covered_{n}"], _NO_MEASURE)
    sure_first, first = table[f"sure_first_{n}"], table[f"first_{n}"]
    if selection.within is not None:
        since = window_start(request, selection.within)
        sure_first = ibis.greatest(sure_first, since)
        first = (table[f"open_{n}"] > 0).ifelse(since, ibis.greatest(first, since))
    length = _months if of is MeasureOf.MONTHS_SPANNED else days
    sure = length(sure_first, table[f"sure_last_{n}"]).fill_null(0)
    return sure, closed.ifelse(length(first, table[f"last_{n}"]), _NO_MEASURE)


def days(first: Value, last: Value) -> IntegerValue:
    """Elapsed days."""
    found: IntegerValue = last.delta(first, unit="day").cast("int64")
    return found


def _months(first: Value, last: Value) -> IntegerValue:
    """Complete calendar months (`harness.model.months.months_between`)."""
    months = (last.year() - first.year()) * _YEAR + last.month() - first.month()
    is_last_of_month = (last + ibis.interval(days=1)).month() != last.month()
    short = (last.day() < first.day()) & ~is_last_of_month
    found: IntegerValue = (months - short.cast("int32")).cast("int64")
    return found
