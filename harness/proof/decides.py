"""Whether each criterion and exception decides anything: none redundant, none contradictory, none without effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.model.condition import Count, rules_read
from harness.model.policy import Kind, Policy, Rule
from harness.model.values import Outcome, Status
from harness.proof.answers import Answer, Proved, Unknown
from harness.proof.encode import encode
from harness.proof.every_case import EveryCase
from harness.proof.logic import identical, no, same, some
from harness.proof.reasons import why_never
from harness.proof.results import Result, RuleDecides, Verdict

_ALWAYS_MET, _NEVER_MET = Count(0, ()), Count(1, ())


def decides_claims(policy: Policy) -> Iterator[RuleDecides]:
    for rule in policy.rules.values():
        if rule.kind in {Kind.CRITERION, Kind.EXCEPTION}:
            yield RuleDecides(rule.id)


def settle_decides(every_case: EveryCase, claim: RuleDecides) -> Result:
    rule = every_case.policy.rules[claim.rule]
    if rule.id not in _read_by_the_decision(every_case.policy):
        return _without_effect(claim, rule, ("the decision does not read it, directly or through other rules",))
    return _contradictory(every_case, claim, rule) or _replaced(every_case, claim, rule)


def _contradictory(every_case: EveryCase, claim: RuleDecides, rule: Rule) -> Result | None:
    """What is wrong with a criterion that no favourable case meets; None when there is one."""
    if rule.kind is not Kind.CRITERION:
        return None
    favourable = every_case.encoded.outcomes[Outcome.MEDICALLY_NECESSARY]
    met = every_case.encoded.statuses[rule.id].met
    answer = every_case.some(favourable, met, smallest=False)
    if isinstance(answer, Unknown):
        return _unknown(claim, rule, answer)
    # That nothing at all is favourable, or that nothing meets the rule, is told by itself.
    if not isinstance(answer, Proved) or any(
        isinstance(every_case.some(one, smallest=False), Proved) for one in (favourable, met)
    ):
        return None
    decision = every_case.policy.decision.necessary_when
    why = why_never(every_case, [(rule.when, Status.MET), (decision, Status.MET)])
    says = f"criterion `{rule.id}` contradicts the others: no medically necessary case meets it"
    cure = "correct it or the rules that it contradicts"
    return Result(claim, Verdict.REFUTED, says, rule.place, (why,) if why else (), cure)


def _replaced(every_case: EveryCase, claim: RuleDecides, rule: Rule) -> Result:
    never = _any_change(every_case, rule, _NEVER_MET)
    if isinstance(never, Unknown):
        return _unknown(claim, rule, never)
    if isinstance(never, Proved):
        return _without_effect(claim, rule, ("no outcome would change if it were never met",))
    if rule.kind is Kind.CRITERION:
        always = _any_change(every_case, rule, _ALWAYS_MET)
        if isinstance(always, Unknown):
            return _unknown(claim, rule, always)
        if isinstance(always, Proved):
            return _redundant(every_case, claim, rule)
    return Result(claim, Verdict.PROVED, f"{rule.kind} `{rule.id}` decides some case", rule.place)


def _any_change(every_case: EveryCase, rule: Rule, when: Count) -> Answer:
    """Whether any outcome would be another one if a rule had this condition."""
    policy = every_case.policy
    other = replace(policy, rules={**policy.rules, rule.id: replace(rule, when=when)})
    encoded = encode(other, every_case.case, every_case.encoded)
    pairs = [(every_case.encoded.outcomes[outcome], encoded.outcomes[outcome]) for outcome in Outcome]
    differs = some(no(same(one, two)) for one, two in pairs if not identical(one, two))
    return every_case.some_under(encoded, differs)


def _redundant(every_case: EveryCase, claim: RuleDecides, rule: Rule) -> Result:
    says = f"criterion `{rule.id}` is redundant: no outcome would change if it were always met"
    why = tuple(f"wherever `{other}` is met, so is this" for other in _implying(every_case, rule))
    return Result(claim, Verdict.REFUTED, says, rule.place, why, "remove it, or ask in it for something of its own")


def _implying(every_case: EveryCase, rule: Rule) -> Iterator[str]:
    """The criteria and definitions whose being met implies that a rule is."""
    statuses = every_case.encoded.statuses
    read = _read_by_the_decision(every_case.policy)
    for other in every_case.policy.rules.values():
        if other.id in read and other.id != rule.id and rule.id not in rules_read(other.when):
            held = every_case.some(statuses[other.id].met, no(statuses[rule.id].met), smallest=False)
            if isinstance(held, Proved):
                yield other.id


def _read_by_the_decision(policy: Policy) -> set[str]:
    found: set[str] = set()
    waiting = [*rules_read(policy.decision.necessary_when)]
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found.add(rule)
            waiting += rules_read(policy.rules[rule].when)
    return found


def _without_effect(claim: RuleDecides, rule: Rule, why: tuple[str, ...]) -> Result:
    says = f"{rule.kind} `{rule.id}` never makes a difference"
    cure = "let the decision rest on it, or make it a consideration"
    return Result(claim, Verdict.REFUTED, says, rule.place, why, cure)


def _unknown(claim: RuleDecides, rule: Rule, answer: Unknown) -> Result:
    says = f"whether {rule.kind} `{rule.id}` decides any case"
    return Result(claim, Verdict.UNKNOWN, says, rule.place, (answer.reason,))
