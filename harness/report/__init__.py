"""Assessment -> text, Markdown, HTML and JSON: one format a file. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Sequence

from harness.model.assessment import Assessment
from harness.report.as_json import render_json
from harness.report.html import render_html
from harness.report.markdown import render_markdown
from harness.report.policy_page import policy_page
from harness.report.rule_page import rule_page
from harness.report.text import render_text

FORMATS = ("text", "markdown", "html", "json")

__all__ = ["FORMATS", "policy_page", "render", "rule_page"]


def render(assessments: Sequence[Assessment], format: str, *, colour: bool = False, width: int = 100) -> str:  # noqa: A002
    """The assessments of one case in a format; `colour` and `width` are of a terminal and concern `text` alone.

    Raises ValueError for a format that is not one of `FORMATS`.
    """
    match format:
        case "text":
            return render_text(assessments, colour=colour, width=width)
        case "markdown":
            return render_markdown(assessments)
        case "html":
            return render_html(assessments)
        case "json":
            return render_json(assessments)
        case _:
            raise ValueError(f"no format `{format}`: one of {', '.join(FORMATS)}")
