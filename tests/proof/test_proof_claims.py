"""Random policies: no claim that is settled one way is contradicted by a case that chance finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from harness.evaluate import evaluate, outcome_of, status_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import Condition, Count
from harness.model.policy import Always, Monotone, Never, Policy, Property, Toward
from harness.model.values import FactType, Interval, Outcome, Status
from harness.proof.declared import FAVOUR
from harness.proof.prove import prove
from harness.proof.readings import is_derived
from harness.proof.results import (
    AbsenceNeverDenies,
    OutcomeReached,
    PresumptionDenies,
    PropertyHolds,
    Result,
    RuleDecides,
    StatusReached,
    Verdict,
)
from tests.generate import PLACE, Readings, conditions_of
from tests.proof.kit import worlds

CI = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
TOWARD = {
    FactType.BOOLEAN: (Toward.TRUE, Toward.FALSE),
    FactType.NUMBER: (Toward.MORE, Toward.LESS),
    FactType.DATE: (Toward.MORE, Toward.LESS),
}


@st.composite
def claimed(draw: st.DrawFn) -> tuple[Policy, tuple[Readings, ...]]:
    """A policy that declares properties of every sort, true or not; and cases."""
    policy, cases = draw(worlds(largest=6, cases=16))
    kinds = tuple((fact.id, fact.type) for fact in policy.facts.values() if not is_derived(fact))
    conditions: st.SearchStrategy[Condition] = conditions_of(kinds)
    moving = sorted(fact.id for fact in policy.facts.values() if fact.type in TOWARD and not is_derived(fact))
    then = st.one_of(st.sampled_from(Outcome), conditions)
    claims = st.one_of(
        st.builds(Always, conditions, then),
        st.builds(Never, conditions, then),
        st.sampled_from(moving).flatmap(
            lambda id_: st.builds(Monotone, st.just(id_), st.sampled_from(TOWARD[policy.facts[id_].type]))
        ),
    )
    declared = draw(st.lists(claims, min_size=3, max_size=5))
    properties = tuple(Property(f"p-{n}", f"property {n}", claim, PLACE) for n, claim in enumerate(declared))
    return replace(policy, properties=properties), cases


def ending(policy: Policy, facts: Readings) -> tuple[dict[str, Status], Outcome]:
    statuses = evaluate(policy, facts)
    return statuses, outcome_of(policy, facts, statuses)


def speaks_against(policy: Policy, claim: Always | Never, facts: Readings) -> bool:
    statuses, outcome = ending(policy, facts)
    if status_of(claim.when, facts, statuses) is not Status.MET:
        return False
    if isinstance(claim.then, Outcome):
        met = outcome is claim.then
    else:
        met = status_of(claim.then, facts, statuses) is Status.MET
    return met is isinstance(claim, Never)


def moves(claim: Monotone, before: Reading, after: Reading) -> bool:
    """Whether one reading lies toward the declared side of the other."""
    if after.state is not State.DOCUMENTED:
        return False
    match before.value, after.value:
        case bool(), bool():
            return before.value is not after.value and after.value is (claim.toward is Toward.TRUE)
        case Interval() as one, Interval() as other if before.state is State.DOCUMENTED:
            low, high = (one, other) if claim.toward is Toward.MORE else (other, one)
            lows = low.low is None or (high.low is not None and high.low >= low.low)
            return lows and (high.high is None or (low.high is not None and high.high >= low.high))
    return False


def pairs(policy: Policy, claim: Monotone, cases: tuple[Readings, ...]) -> Iterator[tuple[Readings, Readings]]:
    """Cases that differ in the declared fact alone, in the declared direction; what is counted from it is left out."""
    if any(is_derived(fact) and fact.measure.date_fact == claim.fact for fact in policy.facts.values() if fact.measure):
        return
    for facts in cases:
        for other in cases:
            if moves(claim, facts[claim.fact], other[claim.fact]):
                yield facts, facts | {claim.fact: other[claim.fact]}


def contradicts(policy: Policy, result: Result, cases: tuple[Readings, ...]) -> bool:
    """Whether one of the cases shows that a result is wrong."""
    proved = result.verdict is Verdict.PROVED
    match result.claim:
        case StatusReached(rule, status) if not proved:
            return any(ending(policy, facts)[0][rule] is status for facts in cases)
        case OutcomeReached(outcome) if not proved:
            return any(ending(policy, facts)[1] is outcome for facts in cases)
        case RuleDecides(rule) if not proved and "never makes" in result.says:
            never = replace(policy, rules={**policy.rules, rule: replace(policy.rules[rule], when=Count(1, ()))})
            return any(ending(policy, facts)[1] is not ending(never, facts)[1] for facts in cases)
        case RuleDecides(rule) if not proved and "redundant" in result.says:
            always = replace(policy, rules={**policy.rules, rule: replace(policy.rules[rule], when=Count(0, ()))})
            return any(ending(policy, facts)[1] is not ending(always, facts)[1] for facts in cases)
        case PropertyHolds(declared) if proved and isinstance(declared.claim, Monotone):
            found = [(ending(policy, a)[1], ending(policy, b)[1]) for a, b in pairs(policy, declared.claim, cases)]
            return any(FAVOUR.index(after) > FAVOUR.index(before) for before, after in found)
        case PropertyHolds(declared) if proved and isinstance(declared.claim, Always | Never):
            return any(speaks_against(policy, declared.claim, facts) for facts in cases)
        case AbsenceNeverDenies() if proved:
            return any(denied_by_absence(policy, facts) for facts in cases)
        case PresumptionDenies(fact) if proved:
            return any(denied_by_presumption(policy, fact, facts, other) for facts in cases for other in cases)
    return False


def denied_by_absence(policy: Policy, facts: Readings) -> bool:
    """Whether the case is favourable, and would not be met were what nothing is presumed of undocumented."""
    if ending(policy, facts)[1] is not Outcome.MEDICALLY_NECESSARY:
        return False
    counted = {fact.measure.date_fact for fact in policy.facts.values() if fact.measure}
    for one in policy.facts.values():
        open_ = one.presumed is None and one.id != "request.date" and one.id not in counted and not is_derived(one)
        if open_ and facts[one.id].state is State.DOCUMENTED:
            less = facts | {one.id: UNDOCUMENTED}
            if status_of(policy.decision.necessary_when, less, evaluate(policy, less)) is Status.NOT_MET:
                return True
    return False


def denied_by_presumption(policy: Policy, fact: str, facts: Readings, other: Readings) -> bool:
    if facts[fact].state is not State.PRESUMED or other[fact].state is not State.DOCUMENTED:
        return False
    if any(one.measure for one in policy.facts.values()) and policy.facts[fact].type is FactType.DATE:
        return False
    changed = facts | {fact: other[fact]}
    denied = Outcome.NOT_MEDICALLY_NECESSARY
    return ending(policy, facts)[1] is denied and ending(policy, changed)[1] is not denied


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("part", range(3))
def test_no_result_is_contradicted_by_a_case_that_chance_finds(part: int) -> None:
    seen: set[tuple[str, Verdict]] = set()

    @seed(part)
    @settings(CI, max_examples=12)
    @given(claimed())
    def run(world: tuple[Policy, tuple[Readings, ...]]) -> None:
        policy, cases = world
        for result in prove(policy):
            seen.add((type(result.claim).__name__, result.verdict))
            assert result.verdict is not Verdict.UNKNOWN, result
            assert not contradicts(policy, result, cases), result
            if isinstance(result.claim, PropertyHolds) and result.verdict is Verdict.REFUTED:
                assert result.witness is not None
                old, new = result.witness.old, result.witness.new
                match result.claim.declared.claim:
                    case Monotone() as claim:
                        assert moves(claim, old.facts[claim.fact], new.facts[claim.fact])
                        assert FAVOUR.index(new.outcome) > FAVOUR.index(old.outcome)
                    case claim:
                        assert speaks_against(policy, claim, dict(old.facts))

    run()
    assert {("PropertyHolds", Verdict.PROVED), ("PropertyHolds", Verdict.REFUTED)} <= seen
    assert {("StatusReached", Verdict.PROVED), ("StatusReached", Verdict.REFUTED)} <= seen
