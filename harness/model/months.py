"""Days of the calendar, and its months, which never turn into days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MINYEAR, date

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_written_as_date(text: str) -> bool:
    """Whether a text is written `YYYY-MM-DD`, and in no other of the ISO forms."""
    return _WRITTEN.fullmatch(text) is not None


def parse_date(text: str) -> date | None:
    """A day written `YYYY-MM-DD`; None when it is written otherwise or is none of the calendar."""
    if not is_written_as_date(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def months_between(first: date, last: date) -> int:
    """Complete calendar months from one day to a later one.

    A month is complete when the same day number is reached, or the month's last day where that number does not
    exist: from 31 January, one month is complete on 28 February (29 in a leap year).
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if last.day < first.day and last.day < monthrange(last.year, last.month)[1]:
        months -= 1
    return months


def months_before(day: date, months: int) -> date:
    """The same day number so many months earlier, or that month's last day; never before the calendar begins."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_between(birth: date, on: date) -> int:
    """Complete years on a day; one born on 29 February has the birthday on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
