"""What the questionnaire takes for settled or needless is so in every case that can follow."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harness.evaluate import evaluate, outcome_of
from harness.model.builtin import BUILT_IN
from harness.model.case import UNDOCUMENTED, Reading
from harness.model.condition import All, AnyOf, Count, RuleStatus
from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.questionnaire.standing import Standing, is_open
from tests.generate import policies, readings


@st.composite
def turned_out(draw: st.DrawFn) -> tuple[Policy, dict[str, Reading], dict[str, Reading]]:
    """A policy, a case, and the same case when some of its open facts have been documented."""
    policy = draw(policies(largest=8))
    asked = draw(st.sets(st.sampled_from(sorted(policy.rules))))
    rules = {
        name: replace(rule, when_undocumented=Outcome.MORE_INFORMATION) if name in asked else rule
        for name, rule in policy.rules.items()
    }
    read = tuple(map(RuleStatus, rules))
    decided = draw(st.sampled_from((All(read), AnyOf(read), Count((len(read) + 1) // 2, read))))
    unknown = draw(st.sampled_from(list(Outcome)[1:]))
    decision = replace(policy.decision, necessary_when=decided, when_undocumented=unknown)
    policy = replace(policy, rules=rules, decision=decision)
    before, later = draw(readings(policy)), draw(readings(policy))
    beside = dict.fromkeys(BUILT_IN, UNDOCUMENTED)
    # What is documented as a range keeps it here: a value that lies outside would contradict the document.
    after = {name: later[name] if _can_turn(before[name]) else before[name] for name in before}
    return policy, {**beside, **before}, {**beside, **after}


def _can_turn(reading: Reading) -> bool:
    return is_open(reading) and reading.state.value != "documented"


def _outcome(policy: Policy, facts: dict[str, Reading]) -> Outcome:
    return outcome_of(policy, facts, evaluate(policy, facts))


@given(turned_out())
def test_the_outcome_is_always_one_of_those_held_possible(
    case: tuple[Policy, dict[str, Reading], dict[str, Reading]],
) -> None:
    policy, before, after = case
    possible = Standing.of(policy, before).outcomes()
    assert _outcome(policy, before) in possible
    assert _outcome(policy, after) in possible


@given(turned_out())
def test_facts_that_are_not_asked_for_never_change_the_outcome(
    case: tuple[Policy, dict[str, Reading], dict[str, Reading]],
) -> None:
    policy, before, after = case
    needed = set(Standing.of(policy, before).open())
    rest_open = {name: after[name] if name in needed else before[name] for name in before}
    assert _outcome(policy, rest_open) is _outcome(policy, after)


@given(turned_out())
def test_an_answer_never_brings_up_a_question_that_was_needless(
    case: tuple[Policy, dict[str, Reading], dict[str, Reading]],
) -> None:
    policy, before, _ = case
    start = Standing.of(policy, before)
    for asked in start.open()[:3]:
        for answer in start.answers(asked):
            then = start.after(answer)
            assert set(then.open()) < set(start.open())
            fresh = Standing.of(policy, then.readings)
            assert then.outcomes() == fresh.outcomes(), "what is looked at again is what the answer bears upon"
