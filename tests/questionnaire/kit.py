"""Small random policies, few enough facts that every way of asking can be tried."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import All, AnyOf, Compare, Condition, Constant, Count, Not, Operator, RuleStatus
from harness.model.policy import Policy
from harness.model.values import FactType, Interval
from harness.questionnaire.order import next_step
from harness.questionnaire.standing import Standing
from tests.generate import CHOICES, fact_of, policy_of

_KINDS = (FactType.BOOLEAN, FactType.BOOLEAN, FactType.NUMBER, FactType.CHOICE)


def nothing_known(policy: Policy) -> dict[str, Reading]:
    facts = facts_of(policy)
    return {
        name: UNDOCUMENTED if fact.presumed is None else Reading(State.PRESUMED, fact.presumed)
        for name, fact in facts.items()
    }


def small_policy(seed: int, facts: int) -> Policy:
    """A decision over a few rules, each over a few of the facts; exceptions and criteria as policies have them."""
    chance = random.Random(seed)
    known = {f"fact.{n}": fact_of(f"fact.{n}", chance.choice(_KINDS)) for n in range(facts)}
    rules: dict[str, Condition] = {}
    for number in range(chance.randint(2, 4)):
        leaves = [_leaf(chance, name, known[name].type) for name in chance.sample(list(known), chance.randint(1, 3))]
        rules[f"rule-{number}"] = _joined(chance, leaves)
    policy = policy_of(rules, known, id=f"test/small-{seed}")
    decided = _joined(chance, [RuleStatus(rule) for rule in rules])
    return replace(policy, decision=replace(policy.decision, necessary_when=decided))


def _leaf(chance: random.Random, name: str, kind: FactType) -> Condition:
    if kind is FactType.BOOLEAN:
        return Compare(name, Operator.IS, Constant(chance.random() < 0.5))
    if kind is FactType.NUMBER:
        return Compare(name, Operator.AT_LEAST, Constant(Interval.point(Decimal(chance.choice((2, 6))))))
    return Compare(name, Operator.IN, Constant(tuple(chance.sample(CHOICES, 2))))


def _joined(chance: random.Random, items: list[Condition]) -> Condition:
    whole = chance.choice((All(tuple(items)), AnyOf(tuple(items)), Count(chance.randint(1, len(items)), tuple(items))))
    return Not(whole) if chance.random() < 0.1 else whole


Choose = Callable[[Standing], str]


def greedy(standing: Standing) -> str:
    step = next_step(standing)
    assert step is not None
    return step.asked


def as_declared(standing: Standing) -> str:
    needed = set(standing.open())
    return next(name for name in standing.ground.policy.facts if name in needed)


def most_asked(standing: Standing, choose: Choose) -> int:
    """How many questions a way of asking needs in the worst case."""
    if not standing.open():
        return 0
    return 1 + max(most_asked(standing.after(one), choose) for one in standing.answers(choose(standing)))


def fewest_needed(standing: Standing) -> int:
    """How many questions the best way of asking needs in the worst case."""
    return min(
        (1 + max(fewest_needed(standing.after(one)) for one in standing.answers(asked)) for asked in standing.open()),
        default=0,
    )
