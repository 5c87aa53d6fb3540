"""The timeline of care as SVG: what is documented, on a calendar, against the lengths that the policy asks for.

Positions are percentages and text keeps its size, so that one drawing serves a phone, a desk and a sheet of paper.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from harness.model.assessment import Assessment, CareLength
from harness.model.case import Episode
from harness.model.wording import date_words
from harness.report.wording import STATUSES, SYMBOLS, capitalised, clean, humanise, span

_LINE, _BAR, _GAP = 18, 14, 20  # heights in pixels
_NAME, _TEXT = 34, 38  # characters of a line that fit a phone; names are bold
_TICKS = 3
_STEPS = (1, 2, 3, 6, 12, 24, 60)  # months between two marks of the axis
_LONGEST_SHOWN = 3  # times the longest length asked for: an old episode does not squeeze the rest


@dataclass(frozen=True, slots=True)
class Scale:
    """Dates as percentages of the width."""

    start: date
    end: date

    def x(self, day: date) -> float:
        days = (min(max(day, self.start), self.end) - self.start).days
        return round(100 * days / (self.end - self.start).days, 2)


def timeline(assessment: Assessment, name: str) -> Markup:
    """The drawing, or nothing when the policy asks for no length of care that matters and no care is recorded.

    `name` begins the ids of its title and description; it is unique on the page.
    """
    lengths = lengths_shown(assessment)
    episodes = episodes_shown(assessment, lengths)
    if not lengths and not any(e.start for e in episodes):
        return Markup()
    drawing = _Drawing(_scale(assessment, lengths), assessment.request_date)
    for length in lengths:
        drawing.length(length, [e for e in assessment.episodes if e.number in length.episodes])
    for kind in dict.fromkeys(e.kind for e in episodes):
        drawing.care(kind, [e for e in episodes if e.kind == kind])
    return drawing.svg(assessment, name)


def lengths_shown(assessment: Assessment) -> tuple[CareLength, ...]:
    """The lengths asked for by rules that matter."""
    waived = {result.rule for result in assessment.rules if not result.matters}
    return tuple(length for length in assessment.timeline if length.rule not in waived)


def episodes_shown(assessment: Assessment, lengths: tuple[CareLength, ...]) -> tuple[Episode, ...]:
    """The care on record that no row of a length shows yet."""
    counted = {n for length in lengths for n in length.episodes}
    return tuple(e for e in assessment.episodes if e.number not in counted)


def _scale(assessment: Assessment, lengths: tuple[CareLength, ...]) -> Scale:
    end = assessment.request_date
    required = max((length.required_days for length in lengths), default=0)
    limit = end - timedelta(days=max(_LONGEST_SHOWN * required, 366))
    starts = [e.start for e in assessment.episodes if e.start and e.start < end]
    first = max(limit, min([*starts, end - timedelta(days=max(required, 28))]))
    return Scale(first - timedelta(days=max((end - first).days // 25, 2)), end)


class _Drawing:
    def __init__(self, scale: Scale, request: date) -> None:
        self._scale = scale
        self._request = request
        self._parts: list[Markup] = []
        self._y = 0

    def length(self, length: CareLength, episodes: list[Episode]) -> None:
        """A row: the title, the length asked for as an outline back from the request, the care counted below it."""
        start = self._request - timedelta(days=length.required_days)
        self._text(clean(length.title), "name")
        self._bar(start, self._request, "asked")
        self._text(f"Asked for: {clean(length.required)}", "small")
        self._bars(episodes, length.status.word)
        status, documented = STATUSES[length.status], clean(length.documented)
        record = "" if documented == status.lower() else f". On record: {documented}"
        self._text(f"{SYMBOLS[length.status]} {status}{record}", f"small {length.status.word}")
        self._y += _GAP

    def care(self, kind: str, episodes: list[Episode]) -> None:
        """A row of care that counts towards no length asked for."""
        self._text(capitalised(humanise(kind)), "name")
        self._bars(episodes, "other")
        for episode in episodes:
            self._text(span(episode.start, episode.end), "small")
        self._y += _GAP

    def svg(self, assessment: Assessment, name: str) -> Markup:
        height = self._y + 2 * _LINE
        axis = self._axis()
        return Markup(
            '<svg class="timeline" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height}" '
            'xmlns="http://www.w3.org/2000/svg"><title id="{id}-title">Timeline of care</title>'
            '<desc id="{id}-desc">{says}</desc>{axis}{body}</svg>'
        ).format(
            id=f"{name}-drawing",
            height=height,
            says=description(assessment),
            axis=axis,
            body=Markup("").join(self._parts),
        )

    def _text(self, text: str, style: str) -> None:
        for line in textwrap.wrap(text, _NAME if style == "name" else _TEXT):
            self._y += _LINE
            self._parts.append(Markup('<text class="{}" x="0" y="{}">{}</text>').format(style, self._y - 4, line))

    def _bars(self, episodes: list[Episode], style: str) -> None:
        """The episodes that have a date, as bars on one line; an open end is drawn as a mark."""
        dated = [e for e in episodes if e.start or e.end]
        for episode in dated:
            first, last = episode.start or episode.end, episode.end or episode.start
            assert first is not None
            assert last is not None
            self._rect(first, last, style if episode.start and episode.end else f"{style} open")
        if dated:
            self._y += _BAR + 4

    def _bar(self, first: date, last: date, style: str) -> None:
        self._rect(first, last, style)
        self._y += _BAR + 4

    def _rect(self, first: date, last: date, style: str) -> None:
        left = self._scale.x(first)
        width = max(round(self._scale.x(last) - left, 2), 0.8)
        left = min(left, 100 - width)
        self._parts.append(
            Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}" rx="2"/>').format(
                style, round(left, 2), self._y + 3, width, _BAR
            )
        )

    def _axis(self) -> Markup:
        """The calendar: a line for the first of some months, and the day of the request at the right."""
        bottom = self._y + _LINE
        parts = []
        for day, name in _marks(self._scale):
            x = self._scale.x(day)
            parts.append(Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>').format(x, bottom - _LINE))
            parts.append(Markup('<text class="tick" x="{}%" y="{}">{}</text>').format(x, bottom - 3, name))
        parts.append(Markup('<line class="today" x1="100%" x2="100%" y1="0" y2="{}"/>').format(bottom - _LINE))
        words = f"request, {date_words(self._request)}"
        parts.append(Markup('<text class="tick end" x="100%" y="{}">{}</text>').format(bottom + _LINE - 5, words))
        return Markup("").join(parts)


def _marks(scale: Scale) -> list[tuple[date, str]]:
    """The first days of months to mark, few enough that their names do not touch."""
    months = [
        date(n // 12, n % 12 + 1, 1)
        for n in range(scale.start.year * 12 + scale.start.month, scale.end.year * 12 + scale.end.month)
    ]
    room = scale.start + (scale.end - scale.start) * 4 // 5  # a name further right would leave the drawing
    shown = [day for day in months if day <= room]
    step = next((s for s in _STEPS if len(shown) <= s * _TICKS), _STEPS[-1])
    return [
        (day, f"{date_words(day).split()[1][:3]} {day.year}")
        for day in shown
        if (day.year * 12 + day.month - 1) % step == 0
    ]


def description(assessment: Assessment) -> str:
    """The drawing in words."""
    rows = [
        f"{clean(length.title)}: asked for {clean(length.required)}, on record {clean(length.documented)}."
        for length in lengths_shown(assessment)
    ]
    return " ".join(
        [
            f"Care on record before the request of {date_words(assessment.request_date)}, against what is asked for.",
            *rows,
        ]
    )
