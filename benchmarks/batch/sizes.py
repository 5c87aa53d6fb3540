"""Policies of 10, 50 or 200 rules out of the shipped one: its rules again, each copy of other facts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from batch.data import is_ranged
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, Not, OtherFact, RuleStatus
from harness.model.policy import Fact, Policy, Rule


def of(policy: Policy, size: int) -> Policy:
    rules: dict[str, Rule] = {}
    for number in range(size):
        copy, place = divmod(number, len(policy.order))
        rule = policy.rules[policy.order[place]]
        end = f"-{copy}" if copy else ""
        when = _changed(rule.when, _turned(policy, copy), lambda name, end=end: name + end)
        rules[rule.id + end] = dataclasses.replace(rule, id=rule.id + end, when=when)
    last = tuple(RuleStatus(rule) for rule in list(rules)[-4:])
    decision = dataclasses.replace(policy.decision, necessary_when=AnyOf(last))
    return dataclasses.replace(policy, rules=rules, order=tuple(rules), decision=decision)


def _turned(policy: Policy, by: int) -> dict[str, str]:
    """Each fact's stand-in: the one so many places on among those of its kind."""
    groups: dict[object, list[str]] = {}
    for fact in policy.facts.values():
        groups.setdefault(_kind(fact), []).append(fact.id)
    return {one: group[(n + by) % len(group)] for group in groups.values() for n, one in enumerate(group)}


def _kind(fact: Fact) -> object:
    return fact.type, fact.unit, fact.choices, fact.presumed, is_ranged(fact)


def _changed(when: Condition, facts: dict[str, str], rule: Callable[[str], str]) -> Condition:
    match when:
        case Compare(fact, operator, OtherFact(other)):
            return Compare(facts[fact], operator, OtherFact(facts[other]))
        case Compare(fact, operator, operand):
            return Compare(facts[fact], operator, operand)
        case Documented(fact, expected):
            return Documented(facts[fact], expected)
        case RuleStatus(name, status):
            return RuleStatus(rule(name), status)
        case All(items):
            return All(tuple(_changed(item, facts, rule) for item in items))
        case AnyOf(items):
            return AnyOf(tuple(_changed(item, facts, rule) for item in items))
        case Count(at_least, items):
            return Count(at_least, tuple(_changed(item, facts, rule) for item in items))
        case Not(item):
            return Not(_changed(item, facts, rule))
