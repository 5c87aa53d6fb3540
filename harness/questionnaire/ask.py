"""A policy, and what a case documents, into questionnaires."""

from __future__ import annotations

from collections.abc import Mapping

from harness.evaluate import evaluate, outcome_of
from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Case, Reading, State
from harness.model.condition import facts_read
from harness.model.policy import Fact, Kind, Policies, Policy
from harness.model.values import FactType, Interval
from harness.model.wording import reading_text, rule_title, value_text
from harness.questionnaire import sets
from harness.questionnaire.model import Question, Questionnaire, RuleAsked, RuleKnown
from harness.questionnaire.order import path
from harness.questionnaire.records import records_of
from harness.questionnaire.saying import how_to_answer, settling
from harness.questionnaire.standing import Standing, fact_of, is_open


def of_policy(policy: Policy) -> Questionnaire:
    """What to ask when nothing is known."""
    facts = facts_of(policy)
    return _questionnaire(policy, {name: _unknown(fact) for name, fact in facts.items()}, None, None)


def of_case(policies: Policies, case: Case, policy: str) -> tuple[Questionnaire, ...]:
    """What to ask for each service that a case requests under a policy, in the order of the request."""
    version = policies.in_force(policy, case.request_date)
    if version is None:
        return ()
    return tuple(
        _questionnaire(version, service.facts, case.id, service.description or version.title)
        for service in case.services
        if service.policy == policy
    )


def _unknown(fact: Fact) -> Reading:
    return UNDOCUMENTED if fact.presumed is None else Reading(State.PRESUMED, fact.presumed)


def _questionnaire(
    policy: Policy, facts: Mapping[str, Reading], case: str | None, service: str | None
) -> Questionnaire:
    standing = Standing.of(policy, facts)
    ordered = path(standing)
    rest = [asked for asked in standing.open() if asked not in ordered]
    return Questionnaire(
        policy=policy,
        case=case,
        service=service,
        outcome=outcome_of(policy, facts, evaluate(policy, facts)),
        settled=len(standing.outcomes()) == 1,
        in_order=tuple(_question(standing, asked) for asked in ordered),
        may_follow=tuple(_question(standing, asked) for asked in rest),
        known=tuple(_known(standing)),
    )


def _known(standing: Standing) -> list[RuleKnown]:
    policy, net = standing.ground.policy, standing.ground.net
    return [
        RuleKnown(rule.id, rule.kind, rule_title(rule.id, policy), sets.HIGH[standing.values[net.rules[rule.id]]])
        for rule in policy.rules.values()
        if rule.kind is not Kind.DEFINITION
        and rule.id in net.rules
        and sets.IS_ONE[standing.values[net.rules[rule.id]]]
    ]


def _question(standing: Standing, asked: str) -> Question:
    policy = standing.ground.policy
    names = standing.ground.asked[asked]
    fact = fact_of(policy, asked)
    readings = [(standing.readings[name], fact_of(policy, name)) for name in names]
    presumed = [value_text(r.value, f) for r, f in readings if r.state is State.PRESUMED]
    vague = [reading_text(r, f) for r, f in readings if _is_vague(r)]
    return Question(
        fact=asked,
        question=fact.question,
        look_for=fact.look_for,
        type=fact.type,
        unit=fact.unit if fact.type is FactType.NUMBER else None,
        choices=fact.choices,
        answer=how_to_answer(fact),
        presumed=presumed[0] if presumed else None,
        so_far=vague[0] if vague else None,
        records=records_of(fact),
        rules=_rules(standing, asked, names),
        settles=settling(standing, asked),
    )


def _is_vague(reading: Reading) -> bool:
    """Whether something is documented that does not say enough."""
    if reading.state is State.UNDOCUMENTED:
        return bool(reading.episodes)
    return reading.state is State.DOCUMENTED and isinstance(reading.value, Interval) and is_open(reading)


def _rules(standing: Standing, asked: str, names: tuple[str, ...]) -> tuple[RuleAsked, ...]:
    policy, net, mattering = standing.ground.policy, standing.ground.net, standing.mattering()
    after = [standing.after(answer).values for answer in standing.answers(asked)]
    found = []
    for rule in policy.rules.values():
        node = net.rules.get(rule.id)
        if node is None or node not in mattering or not set(facts_read(rule.when)) & set(names):
            continue
        can_settle = any(sets.IS_ONE[values[node]] for values in after)
        found.append(RuleAsked(rule.id, rule.kind, rule_title(rule.id, policy), can_settle))
    return tuple(found)
