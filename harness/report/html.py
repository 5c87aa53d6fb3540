"""Assessments as one HTML page that needs nothing else: no script, nothing loaded, printable, readable on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from harness.model.assessment import Assessment, CareLength
from harness.model.case import Episode
from harness.model.values import Outcome
from harness.report.citations import styled
from harness.report.timeline import lengths_shown, timeline
from harness.report.tree import Branch, tree
from harness.report.view import View
from harness.report.viewing import views
from harness.report.wording import (
    DIFFER,
    SAME_BYTES,
    SETTLE,
    STATUSES,
    SYMBOLS,
    capitalised,
    clean,
    humanise,
    remedies_say,
    span,
)

_TONES = {
    Outcome.MEDICALLY_NECESSARY: "met",
    Outcome.NOT_MEDICALLY_NECESSARY: "not_met",
    Outcome.MORE_INFORMATION: "undocumented",
}


@dataclass(frozen=True, slots=True)
class LengthRow:
    title: str
    required: str
    documented: str
    tone: str
    symbol: str
    word: str


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    kind: str
    when: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment on the page: its words, its drawing and its tree."""

    v: View
    at: str  # begins its ids
    tone: str
    drawing: Markup
    lengths: tuple[LengthRow, ...]
    episodes: tuple[EpisodeRow, ...]
    tree: Branch


def render_html(assessments: Sequence[Assessment]) -> str:
    """The reports on one page, one article each."""
    pairs = zip(assessments, views(assessments), strict=True)
    sheets = [_sheet(assessment, view, f"a{number}") for number, (assessment, view) in enumerate(pairs, 1)]
    template = _environment().get_template("report.html.jinja")
    words = {"remedies_say": remedies_say, "settle": SETTLE, "differ": DIFFER, "same_bytes": SAME_BYTES}
    page = template.render(sheets=sheets, symbols=SYMBOLS, **words)
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"


def _sheet(assessment: Assessment, view: View, at: str) -> Sheet:
    return Sheet(
        v=view,
        at=at,
        tone=_TONES[assessment.outcome],
        drawing=timeline(assessment, at),
        lengths=tuple(_length(length) for length in lengths_shown(assessment)),
        episodes=tuple(_episode(episode) for episode in assessment.episodes),
        tree=tree(assessment.decision),
    )


def _length(length: CareLength) -> LengthRow:
    return LengthRow(
        clean(length.title),
        clean(length.required),
        clean(length.documented),
        length.status.word,
        SYMBOLS[length.status],
        STATUSES[length.status],
    )


def _episode(episode: Episode) -> EpisodeRow:
    return EpisodeRow(
        capitalised(humanise(episode.kind)) + _attributes(episode),
        capitalised(span(episode.start, episode.end)),
        capitalised(clean(episode.outcome)) or "Not documented",
    )


def _attributes(episode: Episode) -> str:
    """What the record says of an episode: ` (agent gabapentin, class gabapentinoid)`."""
    words = {True: "yes", False: "no"}
    said = [
        f"{humanise(name)} {words[value] if isinstance(value, bool) else clean(str(value))}"
        for name, value in sorted(episode.attributes.items())
    ]
    return f" ({', '.join(said)})" if said else ""


def _citation(citation: str) -> Markup:
    return Markup(styled(citation, lambda text: str(escape(text)), "<i>", "</i>"))  # noqa: S704 - escaped just here


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.report"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["citation"] = _citation
    return environment
