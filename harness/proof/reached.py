"""Whether each rule can end in each status that it speaks for, and a request in each outcome."""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import with_article
from harness.model.condition import facts_read, rules_read
from harness.model.policy import Policy, Rule
from harness.model.values import Outcome, Status
from harness.model.wording import STATUS_WORDS
from harness.proof.answers import Proved, Unknown
from harness.proof.every_case import EveryCase
from harness.proof.logic import no
from harness.proof.reasons import why_never
from harness.proof.results import OutcomeReached, Result, StatusReached, Verdict

_WORDS = {
    Outcome.MEDICALLY_NECESSARY: "medically necessary",
    Outcome.NOT_MEDICALLY_NECESSARY: "not medically necessary",
    Outcome.MORE_INFORMATION: "more information",
}


def status_claims(policy: Policy) -> Iterator[StatusReached]:
    """Every rule must be able to be met, and to be something else; and to be each thing that it has a sentence for."""
    for rule in policy.rules.values():
        yield StatusReached(rule.id, Status.MET)
        yield StatusReached(rule.id, Status.NOT_MET)
        if Status.UNDOCUMENTED in rule.says:
            yield StatusReached(rule.id, Status.UNDOCUMENTED)


def settle_status(every_case: EveryCase, claim: StatusReached) -> Result:
    rule, status = every_case.policy.rules[claim.rule], claim.status
    held = every_case.encoded.statuses[rule.id]
    speaks = status is not Status.NOT_MET or Status.NOT_MET in rule.says
    # A rule that says nothing of it need not be able to fail, so long as it can be other than met.
    answer = every_case.some(held.is_(status) if speaks else no(held.met), smallest=False)
    words = STATUS_WORDS[status] if speaks else "other than met"
    if isinstance(answer, Unknown):
        return Result(claim, Verdict.UNKNOWN, f"whether `{rule.id}` can be {words}", rule.place, (answer.reason,))
    if not isinstance(answer, Proved):
        return Result(claim, Verdict.PROVED, f"`{rule.id}` can be {words}", rule.place)
    if status is Status.UNDOCUMENTED:
        says = f"`{rule.id}` says something for when it is undocumented, and never is"
        return Result(claim, Verdict.NOTE, says, rule.place, _never_open(every_case.policy, rule))
    return _dead(every_case, rule, claim, words)


def _never_open(policy: Policy, rule: Rule) -> tuple[str, ...]:
    """Why a rule is never undocumented, where that is plain."""
    facts = [policy.facts[name] for name in _facts_below(policy, rule)]
    if any(fact.presumed is None for fact in facts):
        return ()
    names = [f"`{fact.id}`" for fact in facts]
    return (f"where {' or '.join(names)} is not documented, the policy presumes a value",)


def _facts_below(policy: Policy, rule: Rule) -> list[str]:
    found = dict.fromkeys(facts_read(rule.when))
    for other in rules_read(rule.when):
        found |= dict.fromkeys(_facts_below(policy, policy.rules[other]))
    return list(found)


def _dead(every_case: EveryCase, rule: Rule, claim: StatusReached, words: str) -> Result:
    why = why_never(every_case, [(rule.when, claim.status)])
    always = claim.status is Status.NOT_MET
    says = f"{with_article(rule.kind)} that is always met: `{rule.id}`" if words == "other than met" else ""
    says = says or f"{rule.kind} `{rule.id}` can never be {words}"
    cure = "say what it takes to fail it, or remove it" if always else "correct one of these, or remove the rule"
    return Result(claim, Verdict.REFUTED, says, rule.place, (why,) if why else (), cure)


def outcome_claims() -> Iterator[OutcomeReached]:
    return map(OutcomeReached, Outcome)


def settle_outcome(every_case: EveryCase, claim: OutcomeReached) -> Result:
    decision, words = every_case.policy.decision, _WORDS[claim.outcome]
    answer = every_case.some(every_case.encoded.outcomes[claim.outcome], smallest=False)
    if isinstance(answer, Unknown):
        return Result(claim, Verdict.UNKNOWN, f"whether any case is {words}", decision.place, (answer.reason,))
    if not isinstance(answer, Proved):
        return Result(claim, Verdict.PROVED, f"some case ends in: {words}", decision.place)
    if claim.outcome is Outcome.MORE_INFORMATION:
        return Result(claim, Verdict.NOTE, "no case ends in a question for more information", decision.place)
    wanted = Status.MET if claim.outcome is Outcome.MEDICALLY_NECESSARY else Status.NOT_MET
    why = why_never(every_case, [(decision.necessary_when, wanted)])
    says = f"no case at all is {words}"
    return Result(claim, Verdict.REFUTED, says, decision.place, (why,) if why else (), "correct `necessary_when`")
