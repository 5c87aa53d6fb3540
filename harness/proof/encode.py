"""A policy as formulas over one symbolic case: the status of each rule, and the outcome, in every possible case.

The counterpart of `harness.evaluate`, line by line; every witness is evaluated there again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from harness.model.builtin import facts_of
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
    rules_read,
)
from harness.model.policy import Policy
from harness.model.values import Outcome, Status
from harness.proof.case import SymbolicCase
from harness.proof.comparisons import compare
from harness.proof.logic import (
    SymbolicStatus,
    Truth,
    all_met,
    any_met,
    count_met,
    every,
    if_else,
    no,
    of_truth,
    same,
    some,
)
from harness.proof.readings import Read, Readings, read
from harness.proof.values import SymbolicReading, constant

Statuses = Mapping[str, SymbolicStatus]


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One policy over one symbolic case."""

    policy: Policy
    case: SymbolicCase
    read: Read
    statuses: Statuses
    decision: SymbolicStatus
    outcomes: Mapping[Outcome, Truth]
    asked: Truth  # whether all else suffices, were what asks first and is undocumented met

    @property
    def readings(self) -> Readings:
        return self.read.readings

    def status_of(self, condition: Condition) -> SymbolicStatus:
        """The status of any condition over the facts and rules of the policy."""
        return status_of(condition, self.readings, self.statuses)


def encode(policy: Policy, case: SymbolicCase, like: Encoded | None = None) -> Encoded:
    """The formulas of a policy; what it has in common with one `like` it, over the same case, is not built twice."""
    if like is not None and facts_of(like.policy) == facts_of(policy):
        found = like.read
    else:
        found = read(policy, case)
        if like is not None:
            found = replace(found, readings=_shared(policy, like, found.readings))
    readings = found.readings
    statuses = dict(_statuses(policy, readings, like))
    decision = status_of(policy.decision.necessary_when, readings, statuses)
    asked = _asked(policy, readings, statuses)
    outcomes = _outcomes(policy, decision, asked)
    return Encoded(policy, case, found, statuses, decision, outcomes, asked)


def _shared(policy: Policy, like: Encoded, readings: Readings) -> dict[str, SymbolicReading]:
    """The readings, those of facts that both policies declare alike being the same objects."""
    theirs, facts = like.policy.facts, policy.facts
    return {
        fact: like.readings[fact] if fact in like.readings and theirs.get(fact) == facts.get(fact) else reading
        for fact, reading in readings.items()
    }


def _statuses(policy: Policy, readings: Readings, like: Encoded | None) -> Iterator[tuple[str, SymbolicStatus]]:
    statuses: dict[str, SymbolicStatus] = {}
    for rule in policy.order:
        when = policy.rules[rule].when
        found = None if like is None or rule not in like.statuses else _known(rule, when, readings, statuses, like)
        statuses[rule] = found or status_of(when, readings, statuses)
        yield rule, statuses[rule]


def _known(rule: str, when: Condition, readings: Readings, statuses: Statuses, like: Encoded) -> SymbolicStatus | None:
    """The status of a rule that another policy has as well, with all that lies below it."""
    if when != like.policy.rules[rule].when:
        return None
    alike = all(readings[fact] is like.readings[fact] for fact in facts_read(when))
    return like.statuses[rule] if alike and all(statuses[r] is like.statuses[r] for r in rules_read(when)) else None


def status_of(condition: Condition, readings: Readings, statuses: Statuses) -> SymbolicStatus:
    """The status of one condition, the statuses of the rules it refers to given."""
    match condition:
        case Compare(fact, operator, operand):
            left = readings[fact]
            return compare(left, operator, _right(operand, left, readings))
        case Documented(fact, expected):
            return of_truth(same(readings[fact].documented, expected))
        case RuleStatus(rule, None):
            return statuses[rule]
        case RuleStatus(rule, Status() as status):
            return of_truth(statuses[rule].is_(status))
        case All(items):
            return all_met([status_of(item, readings, statuses) for item in items])
        case AnyOf(items):
            return any_met([status_of(item, readings, statuses) for item in items])
        case Not(item):
            return status_of(item, readings, statuses).negated
        case Count(at_least, items):
            return count_met(at_least, [status_of(item, readings, statuses) for item in items])
    raise AssertionError("conditions are a closed set")


def _right(operand: Constant | OtherFact, left: SymbolicReading, readings: Readings) -> SymbolicReading:
    if isinstance(operand, OtherFact):
        return readings[operand.fact]
    return SymbolicReading(left.kind, True, True, constant(operand.value, left.kind))


def _outcomes(policy: Policy, decision: SymbolicStatus, asked: Truth) -> dict[Outcome, Truth]:
    """In which cases each outcome is reached; exactly one is in each."""
    otherwise = policy.decision.when_undocumented
    ways: dict[Outcome, list[Truth]] = {
        Outcome.MEDICALLY_NECESSARY: [decision.met],
        Outcome.NOT_MEDICALLY_NECESSARY: [decision.not_met],
        Outcome.MORE_INFORMATION: [],
    }
    if otherwise is Outcome.MORE_INFORMATION:
        asked = True  # whatever is undocumented
    ways[Outcome.MORE_INFORMATION].append(every((decision.undocumented, asked)))
    ways[otherwise].append(every((decision.undocumented, no(asked))))
    return {outcome: some(each) for outcome, each in ways.items()}


def _asked(policy: Policy, readings: Readings, statuses: Statuses) -> Truth:
    """Whether all else suffices, the undocumented ones among the criteria that ask first being met."""
    asking = {id_ for id_, rule in policy.rules.items() if rule.when_undocumented is Outcome.MORE_INFORMATION}
    if not asking:
        return False
    second: dict[str, SymbolicStatus] = {}
    for rule in policy.order:
        when = policy.rules[rule].when
        if all(second[r] is statuses[r] for r in rules_read(when)):
            held = statuses[rule]
        else:
            held = status_of(when, readings, second)
        if rule in asking:
            forced = statuses[rule].undocumented
            held = SymbolicStatus(if_else(forced, True, held.met), if_else(forced, False, held.not_met))
        second[rule] = held
    return status_of(policy.decision.necessary_when, readings, second).met
