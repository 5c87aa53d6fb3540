"""Mutants: each is the policy with one mistake, none is the policy itself, and each sort of mistake is tried."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from harness import read_policies
from harness.evaluate import evaluate
from harness.model.policy import Policies, Policy
from harness.mutation.mutant import Sort
from harness.mutation.mutants import mutants
from tests.generate import Readings, worlds

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def policies() -> Policies:
    return read_policies(ROOT / "policies")


def surgery(policies: Policies) -> Policy:
    return policies.versions["spine/thoracolumbar-decompression"][-1]


def test_every_sort_of_mistake_is_tried(policies: Policies) -> None:
    found = Counter(mutant.sort for mutant in mutants(surgery(policies)))
    assert set(found) == set(Sort)


def test_no_mutant_is_the_policy_or_another_mutant(policies: Policies) -> None:
    made = [mutant.policy for mutant in mutants(surgery(policies))]
    assert surgery(policies) not in made
    assert all(one != other for number, one in enumerate(made) for other in made[:number])


def test_a_shift_is_one_day_of_a_length_and_one_of_the_last_place_otherwise(policies: Policies) -> None:
    what = {
        mutant.what for mutant in mutants(surgery(policies)) if mutant.where == "parameter `physical_therapy_weeks`"
    }
    assert what == {"6 weeks -> 5 weeks 6 days", "6 weeks -> 6 weeks 1 day"}
    what = {mutant.what for mutant in mutants(surgery(policies)) if mutant.where == "parameter `modalities_minimum`"}
    assert what == {"4 -> 3"}, "no count asks for more than there is"


def test_a_mutant_is_told_at_its_own_line(policies: Policies) -> None:
    policy = surgery(policies)
    dropped = [m for m in mutants(policy) if m.sort is Sort.CHILD and "therapy-refusal" in m.where]
    lines = (ROOT / "policies/spine/thoracolumbar-decompression/2025-01-01.yaml").read_text("utf-8").splitlines()
    assert dropped
    for mutant in dropped:
        assert lines[mutant.place.line - 1].strip().startswith("- {not:")


@settings(max_examples=25)
@given(worlds(largest=6, cases=2))
def test_every_mutant_of_any_policy_can_be_evaluated(world: tuple[Policy, tuple[Readings, ...]]) -> None:
    policy, cases = world
    for mutant in mutants(policy):
        for facts in cases:
            assert evaluate(mutant.policy, facts).keys() == policy.rules.keys()
