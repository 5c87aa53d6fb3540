"""A policy as one JSON that runs without this package: modules merged, parameters resolved, words filled in.

Same policy, same bytes. Its shape is `schemas/compiled.schema.json`. Numbers are texts, so that no reader turns them
into binary fractions; lengths in days and weeks are in days. A `says` is a list of texts and of facts whose values
belong between them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from harness.assessment.assess import OUTCOME_SAYS
from harness.assessment.findings import SPOKEN
from harness.errors import InternalError
from harness.model.codes import pattern_of
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Documented,
    Not,
    OtherFact,
    RuleStatus,
    facts_read,
)
from harness.model.policy import Fact, Policy, Rule
from harness.model.values import FactType, Interval, Outcome, Status, Value, plain_number
from harness.model.wording import fill, label, window_words
from harness.site.groups import groups
from harness.strict_yaml import MAX_DECIMALS, Json

FORMAT = 1

Content = dict[str, Json]

_PART = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\}")


def compiled(policy: Policy, last_day: date | None = None) -> Content:
    """The compiled policy. `last_day` is the last day in force where a later version ends it and no file says so."""
    until = min((day for day in (policy.until, last_day) if day is not None), default=None)
    return _without_none(
        {
            "format": FORMAT,
            "policy": policy.id,
            "title": policy.title,
            "version": policy.version,
            "status": policy.status,
            "effective": policy.effective.isoformat(),
            "until": None if until is None else until.isoformat(),
            "hash": policy.hash,
            "applies_to": [{"system": codes.system, "codes": [*codes.codes]} for codes in policy.applies_to],
            "topics": [{"id": topic.id, "title": topic.title} for topic in policy.topics],
            "groups": [{"title": group.title, "facts": [*group.facts]} for group in groups(policy)],
            "facts": [_fact(fact) for fact in policy.facts.values()],
            "rules": [_rule(policy, rule) for rule in policy.rules.values()],
            "order": [*policy.order],
            "decision": {
                "says": {
                    outcome.value: _parts(policy.decision.says.get(outcome) or OUTCOME_SAYS[outcome], policy)
                    for outcome in Outcome
                },
                "when_undocumented": policy.decision.when_undocumented.value,
                "necessary_when": _condition(policy, policy.decision.necessary_when, spoken=True),
            },
        }
    )


def compiled_json(policy: Policy, last_day: date | None = None) -> str:
    """The compiled policy as text, in one line."""
    return json.dumps(compiled(policy, last_day), ensure_ascii=False, separators=(",", ":"))


def encoded(value: Value | tuple[str, ...], kind: FactType) -> Json:
    """A value as the compiled policy has it: exact, and told apart by the type of its fact alone."""
    match value:
        case Interval():
            return _interval(value, _iso if kind is FactType.DATE else _exact)
        case frozenset():
            return [*sorted(value)]
        case tuple():
            return [*value]
        case _:
            return value


def _interval(value: Interval, write: Callable[[Decimal], str]) -> Json:
    if value.is_point and value.low is not None:
        return write(value.low)
    bounds = (("at_least", value.low), ("at_most", value.high))
    return {key: write(bound) for key, bound in bounds if bound is not None}


def _iso(day: Decimal) -> str:
    return date.fromordinal(int(day)).isoformat()


def _exact(number: Decimal) -> str:
    if number != round(number, MAX_DECIMALS):
        raise InternalError("a number of a policy has more decimals than its file can have")
    return plain_number(number)


def _fact(fact: Fact) -> Content:
    return _without_none(
        {
            "id": fact.id,
            "type": fact.type.value,
            "question": fact.question,
            "look_for": fact.look_for,
            "unit": fact.unit,
            "minimum": None if fact.least is None else _exact(fact.least),
            "maximum": None if fact.maximum is None else _exact(fact.maximum),
            "choices": [*fact.choices] or None,
            "system": fact.system,
            "pattern": None if fact.system is None else pattern_of(fact.system),
            "presumed": None if fact.presumed is None else encoded(fact.presumed, fact.type),
            "measure": _measure(fact),
        }
    )


def _measure(fact: Fact) -> Content | None:
    if fact.measure is None:
        return None
    return _without_none(
        {
            "of": fact.measure.of.value,
            "date": fact.measure.date_fact,
            "episodes": [*fact.measure.episodes] or None,
            "within": None if fact.measure.within is None else window_words(fact.measure.within),
        }
    )


def _rule(policy: Policy, rule: Rule) -> Content:
    title = fill(rule.title, policy)
    read = [name for one in policy.made_of(rule) for name in facts_read(one.when)]
    return _without_none(
        {
            "id": rule.id,
            "kind": rule.kind.value,
            "topic": rule.topic,
            "title": title,
            "says": {
                status.word: _parts(rule.says[status], policy)
                if status in rule.says
                else [SPOKEN[status].format(title)]
                for status in Status
            },
            "submit": fill(rule.submit, policy) or None,
            "urgency": None if rule.urgency is None else rule.urgency.value,
            "when_undocumented": None if rule.when_undocumented is None else rule.when_undocumented.value,
            "facts": [*dict.fromkeys(read)],
            "when": _condition(policy, rule.when),
        }
    )


def _parts(template: str, policy: Policy) -> list[Json]:
    """A sentence with its parameters filled in, cut where the values of facts belong."""
    found: list[Json] = []
    at = 0
    for placeholder in _PART.finditer(template):
        if placeholder[1] in policy.facts and placeholder[1] not in policy.parameters:
            found += [fill(template[at : placeholder.start()], policy), {"fact": placeholder[1]}]
            at = placeholder.end()
    found.append(fill(template[at:], policy))
    return [part for part in found if part != ""]


def _condition(policy: Policy, condition: Condition, *, spoken: bool = False) -> Json:
    """A condition as the policy language writes it, its parameters resolved; `spoken` adds the words of its facts."""
    title = label(condition, policy) if spoken else ""
    words: Content = {"text": title[:1].upper() + title[1:]} if spoken else {}

    def below(items: tuple[Condition, ...]) -> list[Json]:
        return [_condition(policy, item, spoken=spoken) for item in items]

    match condition:
        case Compare(fact, operator, operand):
            return {"fact": fact, operator.value: _operand(operand, policy.facts[fact].type), **words}
        case Documented(fact, expected):
            return {"fact": fact, "documented": expected, **words}
        case RuleStatus(rule, status):
            return {"rule": rule} if status is None else {"rule": rule, "status": status.word}
        case All(items):
            return {"all": below(items)}
        case AnyOf(items):
            return {"any": below(items)}
        case Not(item):
            return {"not": _condition(policy, item, spoken=spoken)}
        case Count(at_least, items):
            return {"count": {"at_least": at_least, "of": below(items)}}


def _operand(operand: Constant | OtherFact, kind: FactType) -> Json:
    return {"fact": operand.fact} if isinstance(operand, OtherFact) else encoded(operand.value, kind)


def _without_none(content: Mapping[str, Json]) -> Content:
    return {key: value for key, value in content.items() if value is not None}
