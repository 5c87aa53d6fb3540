"""Questionnaires for another program, which asks and shows them in its own way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from harness.questionnaire.model import Question, Questionnaire, Records


def as_json(questionnaires: Sequence[Questionnaire]) -> str:
    listed = {"schema_version": "1.0", "questionnaires": [_questionnaire(one) for one in questionnaires]}
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def _questionnaire(one: Questionnaire) -> dict[str, Any]:
    policy = one.policy
    return {
        "policy": {
            "id": policy.id,
            "title": policy.title,
            "effective": policy.effective.isoformat(),
            "hash": policy.hash,
            "overlay": policy.overlay.id if policy.overlay else None,
        },
        "case": one.case,
        "service": one.service,
        "outcome": one.outcome.value,
        "settled": one.settled,
        "in_order": [_question(question) for question in one.in_order],
        "may_follow": [_question(question) for question in one.may_follow],
        "known": [
            {"rule": rule.rule, "kind": rule.kind.value, "title": rule.title, "status": rule.status.word}
            for rule in one.known
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "question": question.question,
        "look_for": question.look_for,
        "type": question.type.value,
        "unit": question.unit,
        "choices": list(question.choices),
        "answer": question.answer,
        "presumed": question.presumed,
        "so_far": question.so_far,
        "records": None if question.records is None else _records(question.records),
        "rules": [
            {"rule": rule.rule, "kind": rule.kind.value, "title": rule.title, "can_settle": rule.can_settle}
            for rule in question.rules
        ],
        "settles": [{"answer": one.answer, "outcome": one.outcome.value} for one in question.settles],
    }


def _records(records: Records) -> dict[str, Any]:
    return {
        "kinds": list(records.kinds),
        "attributes": {name: list(values) for name, values in records.attributes},
        "window": records.window or None,
        "show": records.show,
    }
