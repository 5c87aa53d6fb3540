"""Conditions of two versions side by side: in plain lines, and compared apart from the values of parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Not,
    RuleStatus,
    children,
    facts_read,
    rules_read,
    walk,
)
from harness.model.policy import Policy
from harness.model.wording import label


def lines(condition: Condition, policy: Policy, *, ids: bool = False, depth: int = 0) -> tuple[str, ...]:
    """A condition as indented lines, parameters and rules by their ids too; with `ids`, the facts as well."""
    names = ", ".join(_names(condition, ids=ids))
    head = "  " * depth + label(condition, policy) + (f" ({names})" if names else "")
    below = (line for child in children(condition) for line in lines(child, policy, ids=ids, depth=depth + 1))
    return (head, *below)


def _names(condition: Condition, *, ids: bool) -> Iterator[str]:
    match condition:
        case Compare(operand=Constant(parameter=str() as name)) | Count(parameter=str() as name):
            yield f"parameter {name}"
        case RuleStatus(rule):
            yield f"rule {rule}"
    if ids and not children(condition):
        yield from (f"fact {fact}" for fact in facts_read(condition))


def written(condition: Condition) -> Condition:
    """A condition without the values of its parameters: a value that changes is the parameter's difference."""
    match condition:
        case Compare(operand=Constant(parameter=str() as name)):
            return replace(condition, operand=Constant((), name))
        case Count(items=items):
            at_least = 0 if condition.parameter else condition.at_least
            return replace(condition, at_least=at_least, items=tuple(map(written, items)))
        case All(items) | AnyOf(items):
            return replace(condition, items=tuple(map(written, items)))
        case Not(item):
            return Not(written(item))
        case _:
            return condition


def unordered(condition: Condition) -> str:
    """What is the same for two conditions that differ only in the order of their parts."""
    match condition:
        case All(items) | AnyOf(items) | Count(items=items):
            threshold = f"{condition.at_least} {condition.parameter}" if isinstance(condition, Count) else ""
            return f"{type(condition).__name__} {threshold}({'; '.join(sorted(map(unordered, items)))})"
        case Not(item):
            return f"Not ({unordered(item)})"
        case _:
            return repr(condition)


def parameters_read(condition: Condition) -> set[str]:
    found = set()
    for node in walk(condition):
        match node:
            case Compare(operand=Constant(parameter=str() as name)) | Count(parameter=str() as name):
                found.add(name)
    return found


def deciding_rules(policy: Policy) -> set[str]:
    """The rules that the decision reads, itself or through other rules."""
    found: set[str] = set()
    waiting = list(rules_read(policy.decision.necessary_when))
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found.add(rule)
            waiting += rules_read(policy.rules[rule].when)
    return found


def facts_behind(condition: Condition, policy: Policy) -> set[str]:
    """The facts that a condition reads, and the dates that those are measured from."""
    found = set(facts_read(condition))
    for name in tuple(found):
        fact = policy.facts.get(name)
        if fact is not None and fact.measure is not None and fact.measure.date_fact is not None:
            found.add(fact.measure.date_fact)
    return found
