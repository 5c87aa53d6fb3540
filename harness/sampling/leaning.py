"""Which values of a fact speak for the request and which against it, as the policy's own conditions weigh them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.evaluate import status_of
from harness.model.case import Reading, State
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Not, OtherFact, RuleStatus
from harness.model.policy import Kind, Policy
from harness.model.values import Status, Value

FAINT = 0.01  # of what the decision does not rest on


@dataclass(frozen=True, slots=True)
class Weighed:
    """A comparison, and how much its being met helps (below zero: harms) the decision."""

    compare: Compare
    weight: float


@dataclass(slots=True)
class Leaning:
    """What the conditions of a policy ask of one fact.

    `rare` says that exceptions alone ask it: what they name is less common than what criteria name.
    """

    constants: list[Weighed] = field(default_factory=list)
    others: list[Weighed] = field(default_factory=list)  # comparisons with what another fact holds
    rare: bool = True

    def score(self, value: Value) -> float:
        """How far a value speaks for the request."""
        return sum(
            one.weight
            for one in self.constants
            if status_of(one.compare, {one.compare.fact: Reading(State.DOCUMENTED, value)}, {}) is Status.MET
        )


def leanings(policy: Policy) -> Mapping[str, Leaning]:
    """How each fact leans that a condition compares with something."""
    weights: dict[str, float] = {}
    read_by_more: set[str] = set()  # rules that something other than an exception reads
    found: defaultdict[str, Leaning] = defaultdict(Leaning)

    def take(condition: Condition, weight: float, *, rare: bool) -> None:
        for leaf, share in _leaves(condition, weight):
            if isinstance(leaf, RuleStatus):
                weights[leaf.rule] = weights.get(leaf.rule, 0.0) + share
                if not rare:
                    read_by_more.add(leaf.rule)
            elif isinstance(leaf.operand, OtherFact):
                found[leaf.fact].others.append(Weighed(leaf, share))
            else:
                found[leaf.fact].constants.append(Weighed(leaf, share))
                found[leaf.fact].rare &= rare or abs(share) < FAINT

    take(policy.decision.necessary_when, 1.0, rare=False)
    for name in reversed(policy.order):  # so that each rule stands behind those that read it
        rule = policy.rules[name]
        rare = rule.kind is Kind.EXCEPTION or (rule.kind is Kind.DEFINITION and name not in read_by_more)
        take(rule.when, weights.get(name) or FAINT / 2, rare=rare)
    return found


def _leaves(condition: Condition, weight: float) -> Iterator[tuple[Compare | RuleStatus, float]]:
    match condition:
        case Compare():
            yield condition, weight
        case RuleStatus(_, None | Status.MET):
            yield condition, weight
        case RuleStatus(_, Status.NOT_MET):
            yield condition, -weight
        case Not(item):
            yield from _leaves(item, -weight)
        case All(items):
            for item in items:
                yield from _leaves(item, weight)
        case AnyOf(items):
            for item in items:
                yield from _leaves(item, weight / len(items))
        case Count(at_least, items):
            for item in items:
                yield from _leaves(item, weight * at_least / len(items))
        case _:  # whether something is documented is no value
            return
