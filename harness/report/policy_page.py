"""One policy as plain text: its rules by topic, the facts to state, the treatment records that count."""

from __future__ import annotations

from harness.model.builtin import BUILT_IN
from harness.model.disclosure import completeness
from harness.model.policy import Fact, Policy
from harness.model.wording import date_words, fill
from harness.report.page import WIDEST, Page
from harness.report.wording import NOT_APPROVED, clean, overlay_words


def policy_page(policy: Policy, *, colour: bool = False, width: int = WIDEST) -> str:
    """What a policy holds, for somebody who is about to write a case or to read one of its rules."""
    page = Page(width, colour)
    page.title(clean(policy.title))
    draft = ", a draft, which never runs" if policy.status == "draft" else ""
    page.para(f"Policy {policy.id}, effective {date_words(policy.effective)}{draft}")
    if policy.overlay is not None:
        page.para(f"Overlay: {overlay_words(policy.overlay)}. {clean(policy.overlay.summary)}")
    if policy.approval is None:
        page.para(NOT_APPROVED)
    page.para(clean(policy.summary))
    _grounds(policy, page)
    for topic in policy.topics:
        _rules(policy, topic.id, clean(topic.title), page)
    _rules(policy, None, "Rules without a topic", page)
    page.heading("Facts to state (what is not documented is left out)")
    for fact in policy.facts.values():
        if fact.id not in BUILT_IN and fact.measure is None:
            page.bullet(f"{fact.id}: {clean(fact.question)} {_form(fact)}")
    _measured(policy, page)
    _episodes(policy, page)
    return str(page)


def _grounds(policy: Policy, page: Page) -> None:
    """What the policy rests on, and how much of that it discloses."""
    score = completeness(policy)
    page.para(f"Disclosure: {score.percent} % ({score.met} of {score.asked} parts; see necessity check --disclosure)")
    for title, text in (("Summary of evidence", policy.summary_of_evidence), ("Rationale", policy.rationale)):
        if text:
            page.heading(title)
            page.para(clean(text))


def _rules(policy: Policy, topic: str | None, title: str, page: Page) -> None:
    rules = [rule for rule in policy.rules.values() if rule.topic == topic]
    if rules:
        page.heading(title)
        for rule in rules:
            page.bullet(f"{rule.id} ({rule.kind}): {clean(fill(rule.title, policy))}")


def _form(fact: Fact) -> str:
    """How a fact is written in a case."""
    listed = ", ".join(map(clean, fact.choices)) or f"codes of {fact.system}"
    form = {"choice": f"one of: {listed}", "set": f"a list of: {listed}", "boolean": "true or false"}.get(
        fact.type, f"{fact.type} in {fact.unit}" if fact.unit else str(fact.type)
    )
    return f"({form}{'' if fact.presumed is None else '; presumed where undocumented'})"


def _measured(policy: Policy, page: Page) -> None:
    """The facts that follow from others or from the treatment records, and what each is measured from."""
    facts = [(fact, fact.measure) for fact in policy.facts.values() if fact.measure is not None]
    if facts:
        page.heading("Facts measured (no case need state them)")
    for fact, measure in facts:
        source = measure.date_fact or f"episodes: {', '.join(measure.episodes)}"
        page.bullet(f"{fact.id}: {clean(fact.question)} {_form(fact)[:-1]}; measured from {source})")


def _episodes(policy: Policy, page: Page) -> None:
    """The kinds of episode that measures read, with the attributes they look for."""
    kinds: dict[str, dict[str, dict[str, None]]] = {}
    for fact in policy.facts.values():
        if fact.measure is not None:
            for kind in fact.measure.episodes:
                read = kinds.setdefault(kind, {})
                for name, values in fact.measure.where.items():
                    words = [str(v).lower() if isinstance(v, bool) else clean(str(v)) for v in values]
                    read.setdefault(name, {}).update(dict.fromkeys(words))
    if kinds:
        page.heading("Treatment records that count (episodes)")
    for kind, attributes in kinds.items():
        looked_for = "; ".join(f"{name}: {', '.join(words)}" for name, words in attributes.items())
        page.bullet(f"{kind}{f' (counts with {looked_for})' if looked_for else ''}")
