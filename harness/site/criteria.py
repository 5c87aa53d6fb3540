"""Conditions as lines of plain English, each with what it is made of below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Documented,
    RuleStatus,
    children,
    facts_read,
    walk,
)
from harness.model.policy import Policy, Rule
from harness.model.wording import NOT_DOCUMENTED, label, threshold
from harness.report.wording import capitalised, clean


@dataclass(frozen=True, slots=True)
class Line:
    """One node of a condition. `rule` or `fact` is what it reads; `detail` says how what is below it is joined.

    Of a fact, `text` is its question, and `wanted` the answer by which the line is met.
    """

    text: str
    wanted: str = ""
    detail: str = ""
    rule: str = ""
    fact: str = ""
    below: tuple[Line, ...] = ()


def criteria(policy: Policy, rule: Rule) -> Line:
    """The condition of a rule; a definition by which it is met is opened where it is first read."""
    closed = {one.id for one in policy.made_of(rule)} - {rule.id}
    return _line(rule.when, policy, closed)


def decision(policy: Policy) -> Line:
    """What the policy asks for as a whole; its rules stay closed, each has its own section."""
    return _line(policy.decision.necessary_when, policy, set())


def _line(condition: Condition, policy: Policy, closed: set[str]) -> Line:
    text = capitalised(clean(label(condition, policy)))
    match condition:
        case RuleStatus(rule):
            if rule not in closed:
                return Line(text, rule=rule)
            closed.remove(rule)
            when = policy.rules[rule].when
            opened = _line(when, policy, closed)
            if isinstance(when, All | AnyOf | Count):
                return Line(text, detail=clean(label(when, policy)), rule=rule, below=opened.below)
            return Line(text, rule=rule, below=(opened,))
        case Compare(fact):
            return Line(_question(fact, policy), clean(threshold(condition, policy)), fact=fact)
        case Documented(fact, expected):
            return Line(_question(fact, policy), "documented" if expected else NOT_DOCUMENTED, fact=fact)
        case _:
            return Line(text, below=tuple(_line(child, policy, closed) for child in children(condition)))


def _question(fact: str, policy: Policy) -> str:
    return clean(policy.facts[fact].question)


def facts_of(policy: Policy, rule: Rule) -> tuple[str, ...]:
    """The facts that a rule and the definitions it is met by read, each once."""
    return _once(fact for node in _nodes(policy, rule) for fact in facts_read(node))


def parameters_of(policy: Policy, rule: Rule) -> tuple[str, ...]:
    """The parameters that they hold the facts to."""
    return _once(name for node in _nodes(policy, rule) if (name := parameter_of(node)) in policy.parameters)


def parameter_of(node: Condition) -> str:
    match node:
        case Compare(operand=operand):
            return getattr(operand, "parameter", None) or ""
        case Count(parameter=parameter):
            return parameter or ""
        case _:
            return ""


def _nodes(policy: Policy, rule: Rule) -> tuple[Condition, ...]:
    return tuple(node for one in policy.made_of(rule) for node in walk(one.when) if not _is_group(node))


def _is_group(node: Condition) -> bool:
    return bool(children(node)) and not isinstance(node, Count)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
