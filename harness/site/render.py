"""Templates of the pages. Whatever a policy says is escaped: it is text, and never markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from harness.model.wording import date_words
from harness.report.citations import styled
from harness.report.wording import capitalised, clean, humanise
from harness.site import addresses

# What would begin a tag, as single quotation marks that look alike.
_LOOKALIKES = {ord("<"): "\u2039", ord(">"): "\u203a"}

Href = Callable[..., str]  # of a source address, and an anchor there


def rendered(template: str, content: Mapping[str, object], href: Href, file: Href) -> str:
    """A page as HTML; `href` makes the links to other pages, and `file` those to files."""
    page = _environment().get_template(template).render(**content, href=href, file=file)
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"


def tab_title(title: str) -> str:
    """A title where the theme prints it as HTML, here and in `<title>`, where it undoes what was escaped."""
    return str(escape(clean(title).translate(_LOOKALIKES)))


def _citation(citation: str) -> Markup:
    return Markup(styled(citation, lambda text: str(escape(text)), "<i>", "</i>"))  # noqa: S704 - escaped just here


def _code_list(codes: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(codes[:most])
    return shown if len(codes) <= most else f"{shown} and {len(codes) - most} more"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.site"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "citation": _citation,
        "clean": clean,
        "codes": _code_list,
        "date_words": date_words,
        "humanise": lambda text: capitalised(humanise(text)),
    }
    environment.globals["at"] = addresses
    return environment
