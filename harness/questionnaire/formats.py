"""Questionnaires as text, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.questionnaire.as_json import as_json
from harness.questionnaire.as_text import as_markdown, as_text
from harness.questionnaire.model import Questionnaire

FORMATS: Mapping[str, Callable[[Sequence[Questionnaire]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def render(questionnaires: Sequence[Questionnaire], form: str) -> str:
    return FORMATS[form](questionnaires)
