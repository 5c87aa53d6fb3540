"""The semantics in one page: three values, no order, nothing presumed that the policy does not presume.

This is the direct evaluator that stands beside the engine on every case, and the source of explanations. Strong Kleene
logic over NOT_MET < UNDOCUMENTED < MET; a comparison that a range does not settle is undocumented (design §4).
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.model.case import Reading, State
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Documented,
    Not,
    Operator,
    OtherFact,
    RuleStatus,
)
from harness.model.policy import Policy
from harness.model.values import Interval, Outcome, Status, Value

Facts = Mapping[str, Reading]
Statuses = Mapping[str, Status]


def evaluate(policy: Policy, facts: Facts) -> dict[str, Status]:
    """The status of every rule of a policy, in the order of `policy.order`.

    `facts` holds a reading for each fact of the policy and each built-in one (KeyError otherwise).
    """
    statuses: dict[str, Status] = {}
    for rule in policy.order:
        statuses[rule] = status_of(policy.rules[rule].when, facts, statuses)
    return statuses


def outcome_of(policy: Policy, facts: Facts, statuses: Statuses) -> Outcome:
    """The outcome that the rules' statuses make.

    Undocumented reads as `decision.when_undocumented` says, unless everything else suffices: if only criteria that
    themselves say `when_undocumented: more_information` stand between, more information is asked for
    (docs/decisions/0003).
    """
    status = status_of(policy.decision.necessary_when, facts, statuses)
    if status is Status.MET:
        return Outcome.MEDICALLY_NECESSARY
    if status is Status.NOT_MET:
        return Outcome.NOT_MEDICALLY_NECESSARY
    asked = {
        rule
        for rule, held in statuses.items()
        if held is Status.UNDOCUMENTED and policy.rules[rule].when_undocumented is Outcome.MORE_INFORMATION
    }
    if asked and necessary_if_met(policy, facts, asked) is Status.MET:
        return Outcome.MORE_INFORMATION
    return policy.decision.when_undocumented


def necessary_if_met(policy: Policy, facts: Facts, rules: set[str]) -> Status:
    """The status of `necessary_when` if the rules named were met and all else stayed as it is."""
    statuses: dict[str, Status] = {}
    for rule in policy.order:
        statuses[rule] = Status.MET if rule in rules else status_of(policy.rules[rule].when, facts, statuses)
    return status_of(policy.decision.necessary_when, facts, statuses)


def status_of(condition: Condition, facts: Facts, statuses: Statuses) -> Status:
    """The status of one condition, the statuses of the rules it refers to given."""
    match condition:
        case Compare(fact, operator, operand):
            return _compare(facts[fact].value, operator, _right(operand, facts))
        case Documented(fact, expected):
            return _of_bool((facts[fact].state is State.DOCUMENTED) is expected)
        case RuleStatus(rule, None):
            return statuses[rule]
        case RuleStatus(rule, status):
            return _of_bool(statuses[rule] is status)
        case All(items):
            return min(status_of(item, facts, statuses) for item in items)
        case AnyOf(items):
            return max(status_of(item, facts, statuses) for item in items)
        case Not(item):
            return status_of(item, facts, statuses).negated
        case Count(at_least, items):
            return count_status(at_least, [status_of(item, facts, statuses) for item in items])


def count_status(at_least: int, statuses: list[Status]) -> Status:
    """Met when enough are met; not met when too few still could be."""
    if sum(s is Status.MET for s in statuses) >= at_least:
        return Status.MET
    possible = sum(s is not Status.NOT_MET for s in statuses)
    return Status.UNDOCUMENTED if possible >= at_least else Status.NOT_MET


def _right(operand: Constant | OtherFact, facts: Facts) -> Value | tuple[str, ...] | None:
    return operand.value if isinstance(operand, Constant) else facts[operand.fact].value


def _of_bool(truth: bool) -> Status:
    return Status.MET if truth else Status.NOT_MET


def _compare(left: Value | None, operator: Operator, right: Value | tuple[str, ...] | None) -> Status:
    if left is None or right is None:
        return Status.UNDOCUMENTED  # two undocumented things are not equal either
    match operator:
        case Operator.IS:
            return _equal(left, right)
        case Operator.IS_NOT:
            return _equal(left, right).negated
        case Operator.IN:
            return _of_bool(left in _several(right))
        case Operator.NOT_IN:
            return _of_bool(left not in _several(right))
        case Operator.AT_LEAST:
            return _at_least(left, right)
        case Operator.LESS_THAN:
            return _at_least(left, right).negated
        case Operator.AT_MOST:
            return _at_least(right, left)
        case Operator.MORE_THAN:
            return _at_least(right, left).negated
        case Operator.INCLUDES:
            return _of_bool(all(included(one, left) for one in _several(right)))
        case Operator.INCLUDES_ANY:
            return _of_bool(any(included(one, left) for one in _several(right)))
        case Operator.EXCLUDES:
            return _of_bool(not any(included(one, left) for one in _several(right)))


def _equal(left: Value, right: Value | tuple[str, ...]) -> Status:
    if isinstance(left, Interval) and isinstance(right, Interval):
        if left.is_point and left == right:
            return Status.MET
        possible = _at_least(left, right) is not Status.NOT_MET and _at_least(right, left) is not Status.NOT_MET
        return Status.UNDOCUMENTED if possible else Status.NOT_MET
    return _of_bool(left == right)


def _at_least(left: Value | tuple[str, ...], right: Value | tuple[str, ...]) -> Status:
    assert isinstance(left, Interval)
    assert isinstance(right, Interval)
    if left.low is not None and right.high is not None and left.low >= right.high:
        return Status.MET
    if left.high is not None and right.low is not None and left.high < right.low:
        return Status.NOT_MET
    return Status.UNDOCUMENTED


def _several(right: Value | tuple[str, ...]) -> tuple[str, ...]:
    """The right-hand side of a set operator or `in` as several: the listed ones, another set, or one choice."""
    if isinstance(right, tuple):
        return right
    if isinstance(right, frozenset):
        return tuple(sorted(right))
    assert isinstance(right, str)
    return (right,)


def included(code: str, held: Value) -> bool:
    """Whether a set holds a choice or code; `M51.1-` stands for any code of its family."""
    assert isinstance(held, frozenset)
    if code.endswith("-"):
        return any(one.startswith(code[:-1]) for one in held)
    return code in held
