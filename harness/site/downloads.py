"""The files of a policy version: what other programs read, and the policy as one plain Markdown file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from harness.engine import compile_policy
from harness.model.policy import Policy
from harness.site.addresses import file_of
from harness.site.compiled import compiled_json
from harness.site.markdown import policy_markdown
from harness.site.policy_view import PolicyView
from harness.site.published import Published

try:
    from harness.site.pdf import policy_pdf
except ImportError:  # typst belongs to the extra `site`
    CAN_TYPESET = False
else:
    CAN_TYPESET = True


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its address below the site, what it is, and its bytes."""

    address: str
    title: str
    says: str
    type: str
    content: bytes


class Typesetter:
    """Makes the PDF of each version once while the site is served, until something in the version differs."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Policy, bytes]] = {}

    def pdf(self, policy: Policy) -> bytes:
        known = self._known.get(policy.version)
        if known is None or known[0] != policy:
            known = self._known[policy.version] = policy, policy_pdf(policy)
        return known[1]


def downloads(published: Published, view: PolicyView, typesetter: Typesetter) -> tuple[Download, ...]:
    return tuple(_downloads(published, view, typesetter))


def _downloads(published: Published, view: PolicyView, typesetter: Typesetter) -> Iterator[Download]:
    policy = view.policy

    def made(ending: str, title: str, says: str, type_: str, content: str | bytes) -> Download:
        held = content.encode() if isinstance(content, str) else content
        return Download(file_of(policy, ending), title, says, type_, held)

    if CAN_TYPESET:
        yield made("pdf", "PDF", "to file, cite and print", "application/pdf", typesetter.pdf(policy))
    text = published.texts.get(policy.place.file)
    if text is not None:
        yield made("yaml", "YAML", _as_written(policy), "application/yaml", text)
    compiled = compiled_json(policy, published.last_day(policy)) + "\n"
    yield made("json", "JSON", "compiled: modules and thresholds filled in", "application/json", compiled)
    yield made("md", "Markdown", "this policy as one plain text", "text/markdown", policy_markdown(view))
    ruleset = json.dumps(compile_policy(policy).ruleset, indent=2, ensure_ascii=False) + "\n"
    yield made("ruleset.json", "durable_rules ruleset", "what the engine runs", "application/json", ruleset)


def _as_written(policy: Policy) -> str:
    """What the YAML holds: neither the modules that the policy uses nor what an overlay changes."""
    return "as written, without its modules" + ("" if policy.overlay is None else " and without the overlay")
