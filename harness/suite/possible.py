"""Which statuses a condition can have at all, by a look at it alone: no case is tried, and what is doubtful counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

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
    walk,
)
from harness.model.policy import Fact, Policy
from harness.model.values import FactType, Interval, Status

Statuses = frozenset[Status]

_SETTLED = frozenset({Status.MET, Status.NOT_MET})
_RANGES = {FactType.NUMBER, FactType.DATE}
ALWAYS_DOCUMENTED = "request.date"
_MOST_ASKED = 8  # facts of one condition that are tried both ways


def possible_statuses(policy: Policy) -> Mapping[str, Statuses]:
    """The statuses that each rule could end in."""
    found: dict[str, Statuses] = {}
    for rule in policy.order:
        found[rule] = possible(policy.rules[rule].when, policy, found)
    return found


def possible(condition: Condition, policy: Policy, rules: Mapping[str, Statuses]) -> Statuses:
    """The statuses that a condition could have, those of the rules it reads given."""
    asked = list(dict.fromkeys(one.fact for one in walk(condition) if isinstance(one, Documented)))[:_MOST_ASKED]
    found: set[Statuses] = set()
    for answers in product((True, False), repeat=len(asked)):
        documented = dict(zip(asked, answers, strict=True))
        if documented.get(ALWAYS_DOCUMENTED, True):
            found.add(_Look(policy, rules, documented).at(condition))
    return frozenset[Status]().union(*found)


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at a condition, with some facts taken as documented or not."""

    policy: Policy
    rules: Mapping[str, Statuses]
    documented: Mapping[str, bool]

    def at(self, condition: Condition) -> Statuses:
        match condition:
            case Compare():
                return self._compared(condition)
            case Documented(fact, expected):
                settled = self.documented.get(fact)
                return _SETTLED if settled is None else frozenset({_of_bool(settled is expected)})
            case RuleStatus(rule, None):
                return self.rules[rule]
            case RuleStatus(rule, status):
                return frozenset(_of_bool(one is status) for one in self.rules[rule])
            case Not(item):
                return frozenset(one.negated for one in self.at(item))
            case All(items):
                return _counted(len(items), map(self.at, items))
            case AnyOf(items):
                return _counted(1, map(self.at, items))
            case Count(at_least, items):
                return _counted(at_least, map(self.at, items))

    def _compared(self, compare: Compare) -> Statuses:
        facts = [self.policy.facts[compare.fact]]
        if isinstance(compare.operand, OtherFact):
            facts.append(self.policy.facts[compare.operand.fact])
        if any(self.documented.get(fact.id) is False and not self._may_be_presumed(fact) for fact in facts):
            return frozenset({Status.UNDOCUMENTED})
        sides = _sides(compare, facts[0])
        return sides | {Status.UNDOCUMENTED} if any(map(self._can_be_open, facts)) else sides

    def _may_be_presumed(self, fact: Fact) -> bool:
        source = self.policy.facts.get(fact.measure.date_fact or "") if fact.measure is not None else None
        return fact.presumed is not None or (source is not None and source.presumed is not None)

    def _can_be_open(self, fact: Fact) -> bool:
        """Whether a fact can be undocumented, or a range that leaves a comparison open."""
        if fact.id == ALWAYS_DOCUMENTED:
            return False
        return fact.type in _RANGES or (fact.presumed is None and not self.documented.get(fact.id, False))


def _of_bool(truth: bool) -> Status:
    return Status.MET if truth else Status.NOT_MET


def _counted(at_least: int, items: Iterable[Statuses]) -> Statuses:
    """The statuses of `count`, whose `all` and `any` are the extremes: by how many are met, and could still be."""
    reached = {(0, 0)}
    for statuses in items:
        reached = {
            (met + (one is Status.MET), could + (one is not Status.NOT_MET))
            for met, could in reached
            for one in statuses
        }
    return frozenset(
        Status.MET if met >= at_least else Status.UNDOCUMENTED if could >= at_least else Status.NOT_MET
        for met, could in reached
    )


def _sides(compare: Compare, fact: Fact) -> Statuses:
    """The sides of a comparison on which a documented value can lie: bounds and choices may rule one out."""
    match compare:
        case Compare(operator=operator, operand=Constant(value=Interval() as bound)):
            return _of_numbers(operator, bound, fact)
        case Compare(operator=Operator.IN | Operator.NOT_IN as operator, operand=Constant(value=tuple() as listed)):
            return _of_choices(set(listed), operator is Operator.IN, fact)
        case Compare(operator=Operator.IS | Operator.IS_NOT as operator, operand=Constant(value=str() as word)):
            return _of_choices({word}, operator is Operator.IS, fact)
        case Compare(operand=OtherFact(other)) if other == ALWAYS_DOCUMENTED and fact.id != other:
            return _of_dates(compare.operator)
        case _:
            return _SETTLED


def _of_dates(operator: Operator) -> Statuses:
    """No date of a case is later than the request."""
    if operator is Operator.AT_MOST:
        return frozenset({Status.MET})
    return frozenset({Status.NOT_MET}) if operator is Operator.MORE_THAN else _SETTLED


def _of_choices(listed: set[str], among: bool, fact: Fact) -> Statuses:
    if fact.type is not FactType.CHOICE or not fact.choices:
        return _SETTLED
    return frozenset(_of_bool((one in listed) is among) for one in fact.choices)


def _of_numbers(operator: Operator, bound: Interval, fact: Fact) -> Statuses:
    """`at least 0` of a number that is never less is always met."""
    low, high = fact.least, fact.maximum
    if (
        fact.measure is not None
    ):  # the reader holds what is stated to these bounds; what is measured is only not negative
        low, high = min(fact.least or Decimal(0), Decimal(0)), None
    threshold = bound.low
    if threshold is None or not bound.is_point:
        return _SETTLED
    always, never = Status.MET, Status.NOT_MET
    if operator in {Operator.LESS_THAN, Operator.AT_MOST}:
        always, never = never, always
    if operator in {Operator.AT_LEAST, Operator.LESS_THAN}:
        above, below = low is not None and low >= threshold, high is not None and high < threshold
    elif operator in {Operator.MORE_THAN, Operator.AT_MOST}:
        above, below = low is not None and low > threshold, high is not None and high <= threshold
    else:
        return _SETTLED
    if above:
        return frozenset({always})
    return frozenset({never}) if below else _SETTLED
