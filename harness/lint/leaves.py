"""The comparisons of a policy, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from harness.errors import Place
from harness.model.condition import Compare, Condition, Constant, Step, children
from harness.model.policy import Fact, Policy
from harness.model.values import Interval


def leaves(condition: Condition, places: Mapping[Step, Place], step: Step = ()) -> Iterator[tuple[Condition, Place]]:
    """The conditions within one that hold no others, each with its place."""
    inner = children(condition)
    if not inner:
        yield condition, places[step]
    for number, child in enumerate(inner):
        yield from leaves(child, places, (*step, number))


def comparisons(policy: Policy) -> Iterator[tuple[Compare, Place]]:
    """Every comparison of the rules and the decision; properties decide nothing."""
    for holder, places in ((rule.when, rule.places) for rule in policy.rules.values()):
        yield from ((one, place) for one, place in leaves(holder, places) if isinstance(one, Compare))
    decision = policy.decision
    found = leaves(decision.necessary_when, decision.places)
    yield from ((one, place) for one, place in found if isinstance(one, Compare))


def thresholds(policy: Policy) -> Iterator[tuple[Compare, Fact, Decimal, Place]]:
    """Every comparison of a number with a number that the policy states, canonical, with the fact that is compared."""
    for compare, place in comparisons(policy):
        fact, operand = policy.facts[compare.fact], compare.operand
        if fact.type == "number" and isinstance(operand, Constant) and isinstance(operand.value, Interval):
            number = operand.value.low
            if number is not None:
                yield compare, fact, number, place
