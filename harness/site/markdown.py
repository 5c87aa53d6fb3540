"""A policy as one plain Markdown file. Every value that the template prints is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.report.citations import plain
from harness.report.markdown import escape
from harness.site.criteria import Line
from harness.site.policy_view import KIND_SECTIONS, PolicyView

_EMPTY_LINES = re.compile(r"\n{3,}")


def policy_markdown(view: PolicyView) -> str:
    text = _environment().get_template("policy.md.jinja").render(v=view, kinds=KIND_SECTIONS)
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.site"),
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, _Indent) else escape(str(value)),
        autoescape=False,  # noqa: S701 - `finalize` escapes every value, for Markdown and not for HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.filters["lines"] = lambda line: list(_lines(line, 0))
    return environment


def _lines(line: Line, depth: int) -> Iterator[tuple[_Indent, str]]:
    """A condition as items of a nested list."""
    text = f"{line.text}: {line.detail}" if line.detail else line.text
    yield _Indent("  " * depth), f"{text} {line.wanted}" if line.wanted else text
    for child in line.below:
        yield from _lines(child, depth + 1)


class _Indent(str):
    """Spaces before an item of a nested list, which are no text to escape."""

    __slots__ = ()
