"""Assessments as JSON: exactly `schemas/assessment.schema.json`, keys in a stable order, values raw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from harness.errors import Place
from harness.model.assessment import (
    Assessment,
    CareLength,
    Explained,
    FactRead,
    Finding,
    Presumption,
    Remedy,
    RuleResult,
)
from harness.model.case import Document, Episode, Evidence
from harness.model.policy import Approval, Citation, Reference
from harness.model.values import DAYS, FactType, Interval, Value
from harness.report.citations import ama, plain

SCHEMA_VERSION = "1.0"

Json = dict[str, object]


def render_json(assessments: Sequence[Assessment]) -> str:
    """The assessments of one case."""
    return json.dumps(as_json(assessments), ensure_ascii=False, indent=2) + "\n"


def as_json(assessments: Sequence[Assessment]) -> Json:
    """The same before it is written: what a program reads. Raises ValueError without an assessment."""
    if not assessments:
        raise ValueError("an assessment document holds at least one assessment")
    first = assessments[0]
    return {
        "schema_version": SCHEMA_VERSION,
        "case": first.case,
        "case_title": first.case_title,
        "request_date": first.request_date.isoformat(),
        "assessments": [_assessment(a) for a in assessments],
    }


def _assessment(a: Assessment) -> Json:
    return {
        "service": a.service,
        "level": a.level,
        "side": a.side,
        "setting": a.setting,
        "policy": {
            "id": a.policy,
            "title": a.policy_title,
            "effective": a.effective.isoformat(),
            "hash": a.policy_hash,
            **_place(a.policy_place),
            "approval": _approval(a.approval),
            "overlay": None if a.overlay is None else {"id": a.overlay.id, "title": a.overlay.title},
        },
        "outcome": a.outcome.value,
        "outcome_says": a.outcome_says,
        "review_required": a.review_required,
        "urgency": a.urgency and a.urgency.value,
        "decision": _explained(a.decision),
        "rules": [_rule(rule) for rule in a.rules],
        "findings": [_finding(finding) for finding in a.findings],
        "presumptions": [_presumption(p) for p in a.presumptions],
        "remedies": [_remedy(remedy) for remedy in a.remedies],
        "documents_required": [
            {"submit": d.submit, "rules": list(d.rules), "urgency": d.urgency and d.urgency.value}
            for d in a.documents_required
        ],
        "timeline": [_length(length) for length in a.timeline],
        "episodes": [_episode(episode) for episode in a.episodes],
        "documents": [_document(document) for document in a.documents.values()],
        "references": [
            _reference(reference, citation) for reference, citation in zip(a.references, ama(a.references), strict=True)
        ],
    }


def _approval(approval: Approval | None) -> Json | None:
    if approval is None:
        return None
    return {"body": approval.body, "date": _day(approval.date), "next_review": _day(approval.next_review)}


def _rule(rule: RuleResult) -> Json:
    return {
        "id": rule.rule,
        "kind": rule.kind.value,
        "status": rule.status.word,
        "title": rule.title,
        "matters": rule.matters,
        **_place(rule.place),
        "explanation": _explained(rule.explanation),
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "kind": finding.kind.value,
        "role": finding.role.value,
        "status": finding.status.word,
        "topic": finding.topic,
        "title": finding.title,
        "says": finding.says,
        "submit": finding.submit,
        "urgency": finding.urgency and finding.urgency.value,
        "facts": [_fact(fact) for fact in finding.facts],
        "explanation": _explained(finding.explanation),
        "references": [_citation(citation) for citation in finding.references],
        **_place(finding.place),
    }


def _fact(fact: FactRead) -> Json:
    return {
        "fact": fact.fact,
        "question": fact.question,
        "look_for": fact.look_for,
        "type": fact.type.value,
        "unit": "d" if fact.unit in DAYS else fact.unit,
        "text": fact.text,
        "state": fact.reading.state.value,
        "value": _value(fact.reading.value, fact.type),
        "thresholds": list(fact.thresholds),
        "evidence": [_evidence(e) for e in fact.reading.evidence],
        "episodes": list(fact.reading.episodes),
    }


def _value(value: Value | None, kind: FactType) -> object:
    """A number, a date, or a range of either with the bounds that are known; else the value itself."""
    if isinstance(value, frozenset):
        return sorted(value)
    if not isinstance(value, Interval):
        return value
    if value.is_point:
        return _bound(value.low, kind)
    bounds = {"at_least": _bound(value.low, kind), "at_most": _bound(value.high, kind)}
    return {word: bound for word, bound in bounds.items() if bound is not None}


def _bound(bound: Decimal | None, kind: FactType) -> object:
    if bound is None:
        return None
    return date.fromordinal(int(bound)).isoformat() if kind is FactType.DATE else _number(bound)


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _evidence(evidence: Evidence) -> Json:
    return {
        "document": evidence.document,
        "date": _day(evidence.date),
        "page": evidence.page,
        "quote": evidence.quote,
    }


def _explained(node: Explained) -> Json:
    return {
        "kind": node.kind.value,
        "status": node.status.word,
        "text": node.text,
        "matters": node.matters,
        "rule": node.rule,
        "fact": node.fact,
        "children": [_explained(child) for child in node.children],
    }


def _citation(citation: Citation) -> Json:
    return {"cite": citation.cite, "at": citation.at, "says": citation.says, "strength": citation.strength}


def _presumption(presumption: Presumption) -> Json:
    return {
        "fact": presumption.fact,
        "question": presumption.question,
        "look_for": presumption.look_for,
        "text": presumption.text,
        "rules": list(presumption.rules),
    }


def _remedy(remedy: Remedy) -> Json:
    return {
        "steps": [
            {
                "rule": step.rule,
                "title": step.title,
                "status": step.status.word,
                "document_can_settle": step.document_can_settle,
                "submit": step.submit,
            }
            for step in remedy.steps
        ]
    }


def _length(length: CareLength) -> Json:
    return {
        "fact": length.fact,
        "question": length.question,
        "rule": length.rule,
        "title": length.title,
        "required": length.required,
        "required_days": length.required_days,
        "documented": length.documented,
        "status": length.status.word,
        "episodes": list(length.episodes),
    }


def _episode(episode: Episode) -> Json:
    return {
        "number": episode.number,
        "kind": episode.kind,
        "start": _day(episode.start),
        "end": _day(episode.end),
        "sessions": _value(episode.sessions, FactType.NUMBER),
        "attributes": {
            name: _number(value) if isinstance(value, Decimal) else value
            for name, value in sorted(episode.attributes.items())
        },
        "outcome": episode.outcome,
        "evidence": [_evidence(e) for e in episode.evidence],
    }


def _document(document: Document) -> Json:
    return {"id": document.id, "title": document.title, "type": document.type, "date": _day(document.date)}


def _reference(reference: Reference, citation: str) -> Json:
    return {
        "id": reference.id,
        "citation": plain(citation),
        "csl": _plain_json(reference.csl),
        "status": reference.status,
        "verified": reference.verified,
        "note": reference.note,
    }


def _plain_json(value: object) -> object:
    """Whatever mappings and sequences the CSL entry is frozen in, as JSON knows them."""
    if isinstance(value, Mapping):
        return {str(key): _plain_json(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain_json(one) for one in value]
    return _number(value) if isinstance(value, Decimal) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line}
