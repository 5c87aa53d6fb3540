"""What differs as written, as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from harness.difference.change import Bearing, Change, Detail, Sort
from harness.difference.saying import HEADINGS, details, merged, name, of_bearing, on_one_line, reader, spot
from harness.report.page import Page
from harness.report.wording import capitalised, clean


def write_changes(changes: Sequence[Change], page: Page) -> None:
    for bearing in Bearing:
        found = of_bearing(changes, bearing)
        if found:
            page.heading(HEADINGS[bearing])
        for change in found:
            _change(change, page)


def _change(change: Change, page: Page) -> None:
    if change.sort is Sort.POLICY:
        _key(change, page)
        return
    title = f": {clean(change.title)}" if change.title else ""
    page.bullet(f"{capitalised(name(change))}{title}")
    for detail in details(change):
        _detail(change, detail, page)
    for one in change.read_by:
        page.para(f"read by {reader(one)}", 2)
    for side, place in (("old", change.old), ("new", change.new)):
        if place is not None:
            page.para(f"{side}: {spot(place)}", 2)


def _key(change: Change, page: Page) -> None:
    """A key at the top of the file; where it stands is known."""
    (detail,) = change.details
    short = on_one_line(detail)
    page.bullet(f"{capitalised(name(change))}{f': {short}' if short else ''}")
    if short is None:
        _lines(detail, page)


def _detail(change: Change, detail: Detail, page: Page) -> None:
    short = on_one_line(detail)
    if change.verb != "changed" and len(detail.old + detail.new) == 1:
        page.para(f"{clean(detail.key)}: {clean((detail.old + detail.new)[0])}", 2)
    elif short is not None:
        page.para(f"{clean(detail.key)}: {short}", 2)
    else:
        page.para(f"{clean(detail.key)}:", 2)
        _lines(detail, page)


def _lines(detail: Detail, page: Page) -> None:
    for mark, line in merged(detail.old, detail.new):
        inner = len(line) - len(line.lstrip())
        page.bullet(clean(line), 3, mark=mark + " " * inner)
