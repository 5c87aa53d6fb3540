"""Small policies and cases for the tests of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from harness import engine
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import Compare, Condition, Constant, Operator, RuleStatus
from harness.model.policy import Policy
from harness.model.values import FactType, Interval, Status, Value
from tests.generate import Readings, fact_of, policy_of

MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.UNDOCUMENTED


def number(value: int | str) -> Interval:
    return Interval.point(Decimal(value))


def documented(value: Value | None) -> Reading:
    return UNDOCUMENTED if value is None else Reading(State.DOCUMENTED, value)


def case(**facts: Value | None) -> Readings:
    return {name: documented(value) for name, value in facts.items()}


def compare(fact: str, operator: Operator, value: Value | tuple[str, ...]) -> Compare:
    return Compare(fact, operator, Constant(value))


def is_true(fact: str) -> Compare:
    return compare(fact, Operator.IS, True)


def policy_reading(kinds: dict[str, FactType], **conditions: Condition) -> Policy:
    return policy_of(conditions, {name: fact_of(name, kind) for name, kind in kinds.items()})


def yes_policy(names: Iterable[str], **conditions: Condition) -> Policy:
    """A policy of boolean facts."""
    return policy_reading(dict.fromkeys(names, FactType.BOOLEAN), **conditions)


def chain(length: int) -> Policy:
    """Each rule takes over the status of the one before it; the first reads fact `a`."""
    rules: dict[str, Condition] = {"rule-0": is_true("a")}
    rules |= {f"rule-{n}": RuleStatus(f"rule-{n - 1}") for n in range(1, length)}
    return yes_policy(["a"], **rules)


def statuses(policy: Policy, facts: Readings, case_id: str = "case-1") -> dict[str, Status]:
    """As `engine.statuses`, leaving nothing registered."""
    try:
        return engine.statuses(policy, facts, case_id)
    finally:
        engine.release(policy)
