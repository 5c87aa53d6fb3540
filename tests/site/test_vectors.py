"""The script of the self-check does what the evaluator does: statuses, outcome, deficiencies, remedies, and words."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.model.case import State
from harness.model.condition import All, AnyOf, Condition, Count, RuleStatus
from harness.model.policy import Kind, Policies, Policy, Rule, Topic, Urgency
from harness.model.values import Outcome
from tests.generate import PLACE, Readings, conditions_of, worlds
from tests.site.conftest import ROOT, SHIPPED, Node
from tests.site.vectors import shipped, stated_in, vector, write

NUMBER = 10_000 if os.environ.get("CI") else 500  # of a policy
VERSIONS = list(SHIPPED.all())


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    return stated_in(ROOT / "examples", SHIPPED)


@pytest.mark.parametrize("policy", VERSIONS, ids=[policy.version for policy in VERSIONS])
def test_a_shipped_policy_means_the_same_in_the_browser(
    policy: Policy, known: dict[str, Any], node: Node, tmp_path: Path
) -> None:
    cases = [{id_: v for id_, v in stated.items() if id_ in policy.facts} for stated in known.get(policy.id, ())]
    file = tmp_path / "vectors.jsonl"
    assert write(file, policy, shipped(policy, NUMBER, cases)) == NUMBER
    done = node("run_vectors.js", file)
    file.unlink()  # tens of megabytes
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{policy.id}: {NUMBER} vectors, 0 differ" in done.stdout


@st.composite
def whole_policies(draw: st.DrawFn) -> tuple[Policy, tuple[Readings, ...]]:
    """Random policies with rules of every kind and any decision, not only criteria that are all asked for."""
    policy, several = draw(worlds(smallest=2, largest=15, cases=20))
    kinds = tuple((fact.id, fact.type) for fact in policy.facts.values())
    rules = {id_: draw(_rules(rule)) for id_, rule in policy.rules.items()}
    # A random condition is seldom decided by many rules: half of the time the rules themselves decide.
    by_rules = st.lists(st.sampled_from(policy.order), min_size=1, max_size=6, unique=True).map(_decided_by)
    decision = replace(
        policy.decision,
        necessary_when=draw(st.one_of(by_rules, by_rules, conditions_of(kinds, len(rules)))),
        when_undocumented=draw(st.sampled_from((Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY))),
    )
    topics = tuple(Topic(name, name, PLACE) for name in ("one", "two"))
    return replace(policy, rules=rules, decision=decision, topics=topics), several


def _decided_by(rules: list[str]) -> Condition:
    half = len(rules) // 2
    some, others = tuple(map(RuleStatus, rules[:half])), tuple(map(RuleStatus, rules[half:]))
    return All((AnyOf(some), Count(max(1, len(others) - 1), others))) if some else All(others)


def _rules(rule: Rule) -> st.SearchStrategy[Rule]:
    likely = (Kind.CRITERION, Kind.CRITERION, Kind.DEFINITION, *Kind)
    return st.builds(
        replace,
        st.just(rule),
        kind=st.sampled_from(likely),
        topic=st.sampled_from((None, "one", "two")),
        submit=st.sampled_from(("", "Notes", f"Notes of {rule.id}")),
        urgency=st.sampled_from((None, *Urgency)),
        when_undocumented=st.sampled_from((None, Outcome.MORE_INFORMATION)),
    )


@given(whole_policies())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_random_policy_means_the_same_in_the_browser(node: Node, world: tuple[Policy, tuple[Readings, ...]]) -> None:
    policy, several = world
    stated = [
        {id_: r.value for id_, r in one.items() if r.state is State.DOCUMENTED and r.value is not None}
        for one in several
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vectors.jsonl"
        write(file, policy, stated)
        done = node("run_vectors.js", file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_vectors_reach_every_outcome(policies: Policies, known: dict[str, Any]) -> None:
    policy = policies.versions["spine/thoracolumbar-decompression"][-1]
    made = [vector(policy, stated) for stated in shipped(policy, 200, known[policy.id])]
    assert {one["expect"]["outcome"] for one in made} == {outcome.value for outcome in Outcome}


def test_a_script_that_differs_is_shown_the_smallest_case(policies: Policies, node: Node, tmp_path: Path) -> None:
    policy = policies.versions["admission/inpatient"][-1]
    file = tmp_path / "vectors.jsonl"
    write(file, policy, shipped(policy, 50))
    text = file.read_text("utf-8")
    file.write_text(text.replace('"outcome":"more_information"', '"outcome":"medically_necessary"'), "utf-8")
    done = node("run_vectors.js", file)
    assert done.returncode == 1
    assert '"expected": {\n  "outcome": "medically_necessary"' in done.stdout
    assert '"found": {\n  "outcome": "more_information"' in done.stdout
