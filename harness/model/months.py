"""Calendar months, never turned into days: a month ends on the same day number, or on the month's last day."""

from __future__ import annotations

import calendar
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or that month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 - months
    year, month = month // 12, month % 12 + 1
    if year < 1:
        return date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(start: date, end: date) -> int:
    """Complete calendar months from one day to a later one: 31 January to 28 February of a common year is one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months if end.day >= min(start.day, last) else months - 1
