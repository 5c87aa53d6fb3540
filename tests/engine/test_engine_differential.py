"""The engine and the direct evaluator, written apart, agree on every rule of random policies and cases."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from harness import engine
from harness.model.policy import Policy
from tests.generate import Readings, large_policies, readings, worlds

# 240 policies of 10 cases and 16 of 200 rules with 20: 2,720 examples.
CI = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def agree(policy: Policy, cases: tuple[Readings, ...]) -> None:
    try:
        for number, facts in enumerate(cases):
            found = engine.statuses(policy, facts, f"case-{number}")  # raises when they disagree
            assert tuple(found) == policy.order
    finally:
        engine.release(policy)


@pytest.mark.parametrize("part", range(4))
def test_random_policies(part: int) -> None:
    @seed(part)
    @settings(CI, max_examples=60)
    @given(worlds())
    def run(world: tuple[Policy, tuple[Readings, ...]]) -> None:
        agree(*world)

    run()


@pytest.mark.parametrize("part", range(2))
def test_policies_of_200_rules(part: int) -> None:
    @seed(part)
    @settings(CI, max_examples=8)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        policy = data.draw(large_policies(200))
        cases = tuple(data.draw(readings(policy)) for _ in range(20))
        agree(policy, cases)

    run()


@settings(CI, max_examples=15, derandomize=True)
@given(worlds(smallest=5, largest=15, cases=1), st.integers(0, 1000))
def test_neither_order_of_rules_nor_of_facts_matters(world: tuple[Policy, tuple[Readings, ...]], start: int) -> None:
    policy, (facts,) = world
    shuffled = list(facts.items())
    random.Random(start).shuffle(shuffled)
    try:
        assert engine.statuses(policy, dict(shuffled)) == engine.statuses(policy, facts)
    finally:
        engine.release(policy)
