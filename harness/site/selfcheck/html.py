"""The self-check as HTML: a fragment for the page of a policy, its script and style, and a page of its own.

Everything in the fragment is escaped by the template; the policy stands in it as JSON that cannot end its element.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.model.wording import date_words
from harness.report.wording import NOT_APPROVED
from harness.site.compiled import compiled_json
from harness.site.selfcheck.fields import fieldsets

# In this order each module stands behind those that it imports.
MODULES = (
    "numbers", "days", "policy", "evaluate", "matter", "remedies", "wording", "readings", "assess",
    "yaml-scalar", "yaml", "case-read", "case-write", "elements", "entries", "controls", "results", "form",
)  # fmt: skip

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z-]+)\.js";$', re.MULTILINE)
_COMMENT = re.compile(r"^ */\*\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)  # types, which no browser reads
_EXPORT = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.MULTILINE)
_ASIDE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def self_check_html(policy: Policy, last_day: date | None = None, *, rule_href: str = "") -> str:
    """The self-check of a policy version as a fragment; the page loads `assets()` beside it, once for all fragments.

    `last_day` is the last day in force where a later version ends it. `rule_href` is what stands before a rule's id in
    the address of that rule (`#` where the rules stand on the same page); without it rules are not linked.
    """
    return _environment().get_template("fragment.html.jinja").render(**_content(policy, last_day, rule_href))


def self_check_page(policy: Policy, last_day: date | None = None) -> str:
    """The same as one page that needs nothing else, and that no browser lets load or send anything."""
    files = assets()
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            **_content(policy, last_day, ""),
            script=Markup(files["selfcheck.js"]),  # noqa: S704 - the project's own files
            style=Markup(files["selfcheck.css"]),  # noqa: S704
        )
    )


@cache
def _assets() -> tuple[tuple[str, str], ...]:
    folder = resources.files(__package__)
    body = "\n".join(_bundled(name, (folder / f"{name}.js").read_text("utf-8")) for name in MODULES)
    return (
        ("selfcheck.js", f'(() => {{\n"use strict";\n\n{body}}})();\n'),
        ("selfcheck.css", (folder / "selfcheck.css").read_text("utf-8")),
    )


def _bundled(name: str, text: str) -> str:
    """A module as a function that runs at once and hands on what it exports, so that its own names stay its own."""
    text = _COMMENT.sub("", text)
    exported = ", ".join(_EXPORT.findall(text))
    inner = _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(found[2])};", _EXPORT.sub("", text))
    return f"const {_variable(name)} = (() => {{\n{inner}\nreturn {{{exported}}};\n}})();\n"


def _variable(module: str) -> str:
    return f"module_{module.replace('-', '_')}"


def assets() -> dict[str, str]:
    """The files that a page with fragments loads, by name: one plain script, since `file:` pages run no modules."""
    return dict(_assets())


def _content(policy: Policy, last_day: date | None, rule_href: str) -> dict[str, object]:
    at = "nc-" + policy.id.replace("/", "-")
    return {
        "at": at,
        "title": policy.title,
        "version": f"{policy.id}, version of {date_words(policy.effective)}",
        "hash": policy.hash,
        "draft": policy.status == "draft",
        "not_approved": NOT_APPROVED if policy.approval is None else "",
        "fieldsets": fieldsets(policy, at),
        "rule_href": rule_href,
        "outcomes": [outcome.value for outcome in Outcome],
        # Within a script element nothing is escaped, and `</script>` would end it.
        "policy": Markup(compiled_json(policy, last_day).translate(_ASIDE)),  # noqa: S704
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("harness.site.selfcheck"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
