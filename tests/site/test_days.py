"""The days of the script are those of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from tests.site.conftest import Node


def test_days_are_numbered_as_in_python(node: Node) -> None:
    ends = [date(year, month, 1) for year in (4, 100, 400, 1900, 2000, 2024, 2025, 2100) for month in (1, 3, 12)]
    days = [date.min, date.max, *ends, *(day - timedelta(days=1) for day in ends)]
    told = node("count_days.js", *days).stdout.splitlines()
    assert told == [f"{day.toordinal()} {day.isoformat()}" for day in days]


def test_what_is_no_day_of_the_calendar_has_no_number(node: Node) -> None:
    none = ("2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-06-31", "0000-01-01", "2025-1-1", "x")
    assert node("count_days.js", *none).stdout.splitlines() == ["none"] * len(none)
