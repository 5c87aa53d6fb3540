"""What holds for every policy and every case."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import assess, read_case, read_policies
from harness.assessment.matter import what_matters
from harness.assessment.remedies import remedy_sets
from harness.evaluate import evaluate, necessary_if_met, outcome_of
from harness.model.assessment import Role
from harness.model.case import UNDOCUMENTED, State
from harness.model.condition import Condition, Documented, RuleStatus, rules_read, walk
from harness.model.policy import Policy
from harness.model.values import Outcome, Status
from tests.generate import Readings, policies, readings

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "policies"


def reads_only_documents(policy: Policy) -> set[str]:
    """The rules below which nothing is presumed and neither `documented:` nor `status:` is asked."""
    plain: set[str] = set()
    for id_ in policy.order:
        when = policy.rules[id_].when
        asks = any(
            isinstance(c, Documented) or (isinstance(c, RuleStatus) and c.status is not None) for c in walk(when)
        )
        if not asks and set(rules_read(when)) <= plain and not presumes(policy, when):
            plain.add(id_)
    return plain


def presumes(policy: Policy, condition: Condition) -> bool:
    names = {getattr(c, "fact", None) for c in walk(condition)}
    names |= {getattr(getattr(c, "operand", None), "fact", None) for c in walk(condition)}
    return any(name is not None and policy.facts[name].presumed is not None for name in names)


@st.composite
def with_one_fact_less(draw: st.DrawFn) -> tuple[Policy, Readings, Readings]:
    policy = draw(policies(largest=12))
    more = draw(readings(policy))
    documented = sorted(name for name, reading in more.items() if reading.state is State.DOCUMENTED)
    less = dict(more)
    if documented:
        less[draw(st.sampled_from(documented))] = UNDOCUMENTED
    return policy, less, more


@given(with_one_fact_less())
@settings(max_examples=150)
def test_one_more_document_never_changes_what_is_settled(world: tuple[Policy, Readings, Readings]) -> None:
    policy, less, more = world
    before, after = evaluate(policy, less), evaluate(policy, more)
    for rule in reads_only_documents(policy):
        if before[rule] is not Status.UNDOCUMENTED:
            assert after[rule] is before[rule]
        # The same from the other side: taking a document away never makes a rule not met.
        if after[rule] is not Status.NOT_MET:
            assert before[rule] is not Status.NOT_MET


@st.composite
def world(draw: st.DrawFn) -> tuple[Policy, Readings]:
    policy = draw(policies(largest=12))
    return policy, draw(readings(policy))


@given(world())
@settings(max_examples=150)
def test_remedies_are_enough_and_smallest(drawn: tuple[Policy, Readings]) -> None:
    policy, facts = drawn
    statuses = evaluate(policy, facts)
    sets = [set(rules) for rules in remedy_sets(policy, facts, statuses)]
    for one in sets:
        assert necessary_if_met(policy, facts, one) is Status.MET
        assert not any(other < one for other in sets)
        assert all(statuses[rule] is not Status.MET for rule in one)
    if outcome_of(policy, facts, statuses) is Outcome.MEDICALLY_NECESSARY:
        assert not sets


@given(world())
@settings(max_examples=150)
def test_a_favourable_outcome_rests_on_met_rules_alone(drawn: tuple[Policy, Readings]) -> None:
    policy, facts = drawn
    statuses = evaluate(policy, facts)
    if outcome_of(policy, facts, statuses) is Outcome.MEDICALLY_NECESSARY:
        # The generated decisions ask for all rules, so that every rule matters and is met.
        assert what_matters(policy, facts, statuses).rules == set(policy.rules)
        assert set(statuses.values()) == {Status.MET}


def shuffled(raw: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same content in another order: of rules, of facts, of parameters and of keys."""
    done = {key: raw[key] for key in chance.sample(list(raw), len(raw))}
    for key in ("facts", "parameters"):
        if key in done:
            done[key] = {name: done[key][name] for name in chance.sample(list(done[key]), len(done[key]))}
    for key in ("rules", "episodes", "documents"):
        if key in done:
            done[key] = chance.sample(done[key], len(done[key]))
    return done


def shuffled_copy(folder: Path, chance: random.Random) -> None:
    for file in SHIPPED.rglob("*.yaml"):
        target = folder / file.relative_to(SHIPPED)
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.name == "references.yaml":
            shutil.copy(file, target)
        else:
            write(target, shuffled(yaml.safe_load(file.read_text("utf-8")), chance))


def write(file: Path, raw: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(raw, sort_keys=False, allow_unicode=True), "utf-8")


@pytest.mark.parametrize("example", ["founding", "03-progressive-weakness", "08b-no-work-up"])
@given(st.integers(0, 2**32))
@settings(max_examples=4)
def test_order_of_rules_facts_and_keys_never_matters(example: str, seed: int) -> None:
    chance = random.Random(seed)
    case = ROOT / "examples" / example / "case.yaml"
    with tempfile.TemporaryDirectory() as folder:
        shuffled_copy(Path(folder), chance)
        there, here = read_policies(folder), read_policies(SHIPPED)
        mixed = Path(folder) / ".case.yaml"  # hidden, so that it is not taken for a policy
        raw = shuffled(yaml.safe_load(case.read_text("utf-8")), chance)
        for document in raw.get("documents", []):
            document.pop("file", None)
        write(mixed, raw)
        for one, other in zip(assess(there, read_case(mixed, there)), assess(here, read_case(case, here)), strict=True):
            assert one.outcome is other.outcome
            assert {r.rule: (r.status, r.matters) for r in one.rules} == {
                r.rule: (r.status, r.matters) for r in other.rules
            }
            assert named(one) == named(other)
            assert {frozenset(s.rule for s in r.steps) for r in one.remedies} == {
                frozenset(s.rule for s in r.steps) for r in other.remedies
            }


def named(assessment: Any) -> set[tuple[str, Role]]:
    return {(finding.rule, finding.role) for finding in assessment.findings}


def test_two_undocumented_facts_are_not_equal() -> None:
    policy = read_policies(SHIPPED).versions["spine/thoracolumbar-decompression"][-1]
    facts = dict.fromkeys(policy.facts, UNDOCUMENTED)
    statuses = evaluate(policy, facts)
    assert statuses["imaging-correlates"] is Status.UNDOCUMENTED
    assert outcome_of(policy, facts, statuses) is not Outcome.MEDICALLY_NECESSARY
