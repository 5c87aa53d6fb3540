"""Assessments as Markdown. Every value that a template prints is escaped, so that no case can break the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.model.assessment import Assessment
from harness.report.citations import styled
from harness.report.viewing import views
from harness.report.wording import DIFFER, SAME_BYTES, SETTLE, clean, remedies_say

# Backslashes where every Markdown dialect reads them, entities for what some leave alone or run as templates.
_ESCAPES = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_[]#"}
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    | {mark: f"&#{ord(mark)};" for mark in "{}|~$"}
)
_BLOCK_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto)(:)|\b(www)(\.)")
# Once escaped: what a forge would turn into a message to somebody, or into a link to another thread.
_MENTION = re.compile(r"(@|\\#|\bGH-)(?=\w)", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n{3,}")


class Words(str):
    """Markdown made here, not to be escaped again."""

    __slots__ = ()


def render_markdown(assessments: Sequence[Assessment]) -> str:
    """The reports one after the other, each complete."""
    template = _environment().get_template("report.md.jinja")
    words = {"remedies_say": remedies_say, "settle": SETTLE, "differ": DIFFER, "same_bytes": SAME_BYTES}
    reports = (template.render(v=view, **words) for view in views(assessments))
    return "\n---\n\n".join(_EMPTY_LINES.sub("\n\n", report).strip() + "\n" for report in reports)


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it stands: it steers no terminal, links to nothing, mentions nobody."""
    escaped = _ADDRESS.sub(_unlinked, clean(text).translate(_ESCAPES))
    return _MENTION.sub(r"\1<!-- -->", _BLOCK_START.sub(_escaped_start, escaped))


def _escaped_start(found: re.Match[str]) -> str:
    start = found[1]
    return f"&#{ord(start[0])};{start[1:]}"


def _unlinked(found: re.Match[str]) -> str:
    """An address that a dialect would turn into a link stays text."""
    scheme, colon, www, _ = found.groups()
    return f"{scheme}&#58;" if colon else f"{www}&#46;"


def _citation(citation: str) -> Words:
    """A reference, whose address may become a link."""
    return Words(styled(citation, lambda text: text.translate(_ESCAPES), "*", "*"))


def _finalize(value: object) -> object:
    return value if isinstance(value, Words) else escape(str(value))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.report"),
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,  # noqa: S701 - `finalize` escapes every value, for Markdown and not for HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["citation"] = _citation
    environment.filters["safe_words"] = Words
    return environment
