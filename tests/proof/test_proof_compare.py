"""Two policies compared: what is refuted is so, what is proved is contradicted by no case that chance finds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from harness import read_policies
from harness.evaluate import evaluate, outcome_of
from harness.model.case import Reading, State
from harness.model.condition import All, AnyOf, Compare, Constant, Not
from harness.model.policy import Policy
from harness.model.values import Interval, Outcome, Status
from harness.proof import (
    AnythingDiffers,
    CaseUnder,
    Comparison,
    OutcomeDiffers,
    OutcomeGoes,
    Proved,
    Refuted,
    StatusDiffers,
    differing,
)
from tests.generate import Readings
from tests.proof.kit import ROOT, worlds

CI = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


def with_condition(policy: Policy, rule: str, when: object) -> Policy:
    changed = replace(policy.rules[rule], when=when)  # type: ignore[arg-type]
    return replace(policy, rules={**policy.rules, rule: changed})


@st.composite
def changes(draw: st.DrawFn) -> tuple[Policy, Policy, tuple[Readings, ...]]:
    """A policy, the same with one thing changed, and cases that both can read."""
    policy, cases = draw(worlds(largest=8, cases=12))
    rule = draw(st.sampled_from(sorted(policy.rules)))
    when = policy.rules[rule].when
    match draw(st.integers(0, 3)):
        case 0:
            return policy, with_condition(policy, rule, Not(when)), cases
        case 1:
            join = draw(st.sampled_from([All, AnyOf]))
            other = policy.rules[draw(st.sampled_from(policy.order[: policy.order.index(rule) + 1]))].when
            return policy, with_condition(policy, rule, join((when, other))), cases
        case 2:
            undocumented = draw(st.sampled_from([Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY]))
            return policy, replace(policy, decision=replace(policy.decision, when_undocumented=undocumented)), cases
        case _:
            fact = replace(policy.facts["boolean.first"], presumed=draw(st.booleans()))
            return policy, replace(policy, facts={**policy.facts, fact.id: fact}), cases


def differs(wanted: object, old: CaseUnder, new: CaseUnder) -> bool:
    match wanted:
        case OutcomeGoes(before, after):
            return (old.outcome, new.outcome) == (before, after)
        case OutcomeDiffers():
            return old.outcome is not new.outcome
        case StatusDiffers(rule):
            return old.statuses[rule] is not new.statuses[rule]
        case _:
            return old.outcome is not new.outcome or old.statuses != new.statuses


def under(policy: Policy, facts: Readings) -> CaseUnder:
    """The facts as this policy reads them: what is undocumented is as it presumes."""
    read = dict(facts)
    for fact in policy.facts.values():
        if facts[fact.id].state is not State.DOCUMENTED and not fact.measure:
            presumed = fact.presumed
            read[fact.id] = Reading(State.UNDOCUMENTED if presumed is None else State.PRESUMED, presumed)
    statuses = evaluate(policy, read)
    return CaseUnder(policy, read, statuses, outcome_of(policy, read, statuses))


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("part", range(3))
def test_every_answer_about_a_change_is_right(part: int) -> None:
    @seed(part)
    @settings(CI, max_examples=25)
    @given(changes(), st.data())
    def run(change: tuple[Policy, Policy, tuple[Readings, ...]], data: st.DataObject) -> None:
        old, new, cases = change
        comparison = Comparison(old)
        rule = data.draw(st.sampled_from(sorted(old.rules)))
        ways = [OutcomeGoes(one, other) for one in Outcome for other in Outcome if one is not other]
        for wanted in (data.draw(st.sampled_from(ways)), OutcomeDiffers(), StatusDiffers(rule), AnythingDiffers()):
            answer = comparison.differing(new, wanted=wanted)
            if isinstance(answer, Refuted):
                assert differs(wanted, answer.witness.old, answer.witness.new)
                for seen in (answer.witness.old, answer.witness.new):
                    assert seen == under(seen.policy, dict(seen.facts))
            else:
                assert answer == Proved()
                assert not any(differs(wanted, under(old, facts), under(new, facts)) for facts in cases)

    run()


@pytest.fixture(scope="module")
def shipped() -> Policy:
    policies = read_policies(ROOT / "policies")
    return policies.versions["spine/thoracolumbar-decompression"][0]


def with_days(policy: Policy, days: int) -> Policy:
    """The policy with another length of physical therapy."""
    when = policy.rules["therapy-completed"].when
    assert isinstance(when, All)
    first, *rest = when.items
    assert isinstance(first, Compare)
    changed = replace(first, operand=Constant(Interval.point(days), "physical_therapy_weeks"))
    return with_condition(policy, "therapy-completed", All((changed, *rest)))


def test_a_longer_therapy_has_a_witness_between_the_two_and_makes_no_case_favourable(shipped: Policy) -> None:
    longer = with_days(shipped, 56)
    worse = differing(shipped, longer, wanted=OutcomeGoes(Outcome.MEDICALLY_NECESSARY, Outcome.NOT_MEDICALLY_NECESSARY))
    assert isinstance(worse, Refuted)
    length = worse.witness.old.facts["physical_therapy.length"].value
    assert length in {Interval.point(42), Interval.point(49)}
    for before in (Outcome.NOT_MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION):
        assert differing(shipped, longer, wanted=OutcomeGoes(before, Outcome.MEDICALLY_NECESSARY)) == Proved()


def test_a_witness_documents_no_more_than_it_must(shipped: Policy) -> None:
    answer = differing(shipped, with_days(shipped, 56), wanted=StatusDiffers("therapy-completed"))
    assert isinstance(answer, Refuted)
    documented = {name for name, r in answer.witness.old.facts.items() if r.state is State.DOCUMENTED}
    assert documented == {"request.date", "physical_therapy.length"}
    date = answer.witness.old.facts["request.date"].value
    assert date == Interval.point(shipped.effective.toordinal())


def test_a_policy_that_says_the_same_otherwise_is_proved_to_be_the_same(shipped: Policy) -> None:
    when = shipped.rules["therapy-completed"].when
    assert differing(shipped, shipped, wanted=AnythingDiffers()) == Proved()
    same = with_condition(shipped, "therapy-completed", Not(Not(AnyOf((when, All((when, when)))))))
    assert differing(shipped, same, wanted=AnythingDiffers()) == Proved()


def test_a_witness_does_not_depend_on_what_was_asked_before(shipped: Policy) -> None:
    comparison = Comparison(shipped)
    wanted = OutcomeDiffers()
    first = comparison.differing(with_days(shipped, 56), wanted=wanted)
    for days in (7, 35, 43):
        comparison.differing(with_days(shipped, days), wanted=AnythingDiffers())
    assert comparison.differing(with_days(shipped, 56), wanted=wanted) == first
    assert differing(shipped, with_days(shipped, 56), wanted=wanted) == first


def test_a_fact_that_only_one_policy_declares_binds_only_that_one(shipped: Policy) -> None:
    facts = {id_: fact for id_, fact in shipped.facts.items() if id_ != "pain.duration"}
    presumed = replace(shipped.facts["pain.duration"], presumed=Interval.point(Decimal(700)))
    without = with_condition(shipped, "psps-type-2", shipped.rules["severe-weakness"].when)
    assert differing(shipped, replace(without, facts=facts), wanted=OutcomeDiffers()) == Proved()
    answer = differing(shipped, replace(shipped, facts={**facts, presumed.id: presumed}), wanted=AnythingDiffers())
    assert isinstance(answer, Refuted)
    assert answer.witness.old.statuses["psps-type-2"] is Status.UNDOCUMENTED
    assert answer.witness.new.statuses["psps-type-2"] is Status.MET
