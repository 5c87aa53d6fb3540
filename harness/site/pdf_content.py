"""What the PDF of a policy says, as plain data: every text in words and cleaned, nothing yet laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.model.builtin import BUILT_IN
from harness.model.disclosure import Section, completeness, states_relations
from harness.model.policy import Citation, Fact, Kind, Parameter, Policy, Rule
from harness.model.values import Outcome, Status
from harness.model.wording import date_words, fill
from harness.report.citations import ama, link, styled
from harness.report.items import Numbers
from harness.report.rule_page import about_fact
from harness.report.wording import (
    NOT_APPROVED,
    RELATIONS,
    STATUSES,
    URGENCIES,
    capitalised,
    clean,
    overlay_words,
    remarks,
    sentence,
)
from harness.site.decision import Node, condition_tree, decision_tree, endings
from harness.strict_yaml import Json

Content = dict[str, Json]

_SECTIONS = (
    ("Criteria", Kind.CRITERION, "What must be documented, where the decision above asks for it."),
    ("Exceptions", Kind.EXCEPTION, "When one applies, a case does without what it stands in for."),
    ("Considerations", Kind.CONSIDERATION, "When met, these advise the reviewer; most decide nothing."),
    ("Pitfalls", Kind.PITFALL, "When met, these warn of a frequent reason for a denial."),
    ("Definitions", Kind.DEFINITION, "Conditions that other rules name."),
)
_DRAFTS = {"draft": "Draft, which is applied to no request", "active": "Active", "retired": "Retired"}
_ASKED_FOR = "If only such criteria are not documented, more information is asked for."
_ITALICS = re.compile("[\ue000\ue001]")


def pdf_content(policy: Policy) -> Content:
    """The whole policy, in the order of the document; references are numbered in the order in which it cites them."""
    numbers = Numbers(policy.references)
    topics = {topic.id: number for number, topic in enumerate(policy.topics)}
    ordered = sorted(policy.rules.values(), key=lambda rule: topics.get(rule.topic or "", len(topics)))
    sections: list[Json] = [
        {"title": title, "says": says, "rules": [_rule(policy, rule, numbers) for rule in rules]}
        for title, kind, says in _SECTIONS
        if (rules := [rule for rule in ordered if rule.kind is kind])
    ]
    return {
        "title": clean(policy.title),
        "version": clean(policy.version),
        "hash": policy.hash,
        "effective": policy.effective.isoformat(),
        "about": _about(policy),
        "notice": "" if policy.approval else NOT_APPROVED,
        "codes": [{"system": codes.system, "codes": ", ".join(codes.codes)} for codes in policy.applies_to],
        "summary": clean(policy.summary),
        "decision": _node(decision_tree(policy)),
        "endings": [{"title": ending.title, "when": ending.when} for ending in endings(policy)],
        "sections": sections,
        "parameters": [_parameter(policy, parameter, numbers) for parameter in policy.parameters.values()],
        "facts": [_fact(fact) for fact in policy.facts.values() if fact.id not in BUILT_IN],
        "evidence": clean(policy.summary_of_evidence),
        "rationale": clean(policy.rationale),
        "disclosure": _disclosure(policy),
        "references": _references(policy, numbers),
    }


def _about(policy: Policy) -> Json:
    """The head of the document, a line each."""
    approval = policy.approval
    approved = f"{clean(approval.body)}, {date_words(approval.date)}" if approval else "None"
    review = date_words(approval.next_review) if approval and approval.next_review else ""
    lines = (
        ("Policy", policy.id),
        ("Version", clean(policy.version)),
        ("Status", _DRAFTS.get(policy.status, capitalised(policy.status))),
        ("In force from", date_words(policy.effective)),
        ("In force until", date_words(policy.until) if policy.until else "No end is stated"),
        ("Overlay", overlay_words(policy.overlay)),
        ("Approval", approved),
        ("Next review", review),
        ("SHA-256 of the content", policy.hash),
    )
    return [{"name": name, "text": text} for name, text in lines if text]


def _node(node: Node) -> Json:
    """A rule is a link to its section; `text` is what stands on its line, `note` behind it."""
    text = f"Exception: {node.text}" if node.kind is Kind.EXCEPTION else node.text
    return {
        "rule": node.rule,
        "text": text,
        "note": node.note,
        "joins": node.joins.removesuffix(":"),
        "items": [_node(child) for child in node.children],
    }


def _rule(policy: Policy, rule: Rule, numbers: Numbers) -> Json:
    asked = rule.when_undocumented is Outcome.MORE_INFORMATION
    related = RELATIONS.get(rule.relation or "", "") if states_relations(policy) else ""
    marks = (
        ("topic", next((clean(topic.title) for topic in policy.topics if topic.id == rule.topic), "")),
        ("basis", clean(rule.basis or "")),
        ("to the text of Medicare", related),
    )
    notes = (
        ("Urgency when met", URGENCIES[rule.urgency] if rule.urgency else ""),
        ("To submit", sentence(clean(fill(rule.submit, policy)))),
        ("Where not documented", _ASKED_FOR if asked else ""),
    )
    return {
        "id": rule.id,
        "title": clean(fill(rule.title, policy)),
        "marks": "".join(f" · {name}: {text}" for name, text in marks if text),
        "asks": _node(condition_tree(policy, rule.when)),
        "says": [
            {"name": STATUSES[status], "text": clean(fill(rule.says[status], policy))}
            for status in (Status.MET, Status.NOT_MET, Status.UNDOCUMENTED)
            if status in rule.says
        ],
        "notes": [{"name": name, "text": text} for name, text in notes if text],
        "sources": _sources(rule.references, numbers),
    }


def _parameter(policy: Policy, parameter: Parameter, numbers: Numbers) -> Json:
    return {
        "id": parameter.id,
        "title": clean(parameter.title),
        "value": clean(fill(f"{{{parameter.id}}}", policy)),
        "sources": _sources(parameter.references, numbers),
    }


def _sources(citations: Iterable[Citation], numbers: Numbers) -> Json:
    return [{"number": source.number, "says": source.words} for source in numbers.of(citations)]


def _fact(fact: Fact) -> Json:
    return {"id": fact.id, "question": clean(fact.question), "about": [sentence(line) for line in about_fact(fact)]}


def _disclosure(policy: Policy) -> Json:
    score = completeness(policy)
    rows = ((section, score.whole(section)) for section in Section)
    return {
        "says": f"This policy discloses {score.met} of the {score.asked} parts asked of it ({score.percent}%): "
        "what each criterion rests on, the sources of rules and thresholds, how it relates to Medicare's text.",
        "rows": [{"name": capitalised(section.value), "whole": whole, "of": of} for section, (whole, of) in rows if of],
        "missing": [f"{part.subject or 'the policy'}: {part.key}" for part in score.missing],
    }


def _references(policy: Policy, numbers: Numbers) -> Json:
    """In AMA style; a citation is a list of texts of which every second one is in italics."""
    cited = [policy.references[name] for name in numbers.given]
    return [
        {
            "citation": [*_ITALICS.split(styled(citation, str, "\ue000", "\ue001"))],
            "link": link(reference),
            "remarks": [*remarks(reference)],
        }
        for reference, citation in zip(cited, ama(cited), strict=True)
    ]
