"""That absence never denies: an outcome is unfavourable through documented facts and declared presumptions alone."""

from __future__ import annotations

from collections.abc import Iterator

from harness.model.builtin import facts_of
from harness.model.policy import Fact, Policy
from harness.model.values import Outcome
from harness.model.wording import fact_name, value_text
from harness.proof.answers import Answer, Proved, Unknown
from harness.proof.case import REQUEST_DATE
from harness.proof.encode import Encoded
from harness.proof.every_case import EveryCase
from harness.proof.logic import Truth, every, implies, no, same
from harness.proof.readings import same_span
from harness.proof.results import AbsenceNeverDenies, PresumptionDenies, Result, Verdict
from harness.proof.values import Span, SymbolicValue, Words, YesNo

_ABSENCE = "an outcome is unfavourable only through documented facts and declared presumptions"
_DECLARED = "what is not documented can deny by itself, as the policy declares"


def absence_claims(policy: Policy) -> Iterator[AbsenceNeverDenies | PresumptionDenies]:
    yield AbsenceNeverDenies()
    yield from (PresumptionDenies(fact.id) for fact in policy.facts.values() if fact.presumed is not None)


def settle_absence(every_case: EveryCase, claim: AbsenceNeverDenies) -> Result:
    """Whether documents alone, of facts that nothing is presumed of, can turn a decision from not met to met.

    A policy may declare that what is left open is not medically necessary; then that is to be known, and what must
    not be is that a decision is not met where the policy says that it asks first.
    """
    policy, first = every_case.policy, every_case.encoded
    place, declared = policy.decision.place, tuple(_declared(policy))
    unasked = every_case.some(first.decision.not_met, first.asked) if declared else Proved()
    answer = _denied_by_absence(every_case) if isinstance(unasked, Proved) else unasked
    if isinstance(answer, Proved) and declared:
        return Result(claim, Verdict.NOTE, _DECLARED, place, declared)
    if isinstance(answer, Proved):
        return Result(claim, Verdict.PROVED, _ABSENCE, place)
    if isinstance(answer, Unknown):
        return Result(claim, Verdict.UNKNOWN, _ABSENCE, place, (answer.reason,))
    if isinstance(unasked, Proved) and declared:
        why = (*declared, "documents alone can also turn a decision that is not met, rather than open:")
        return Result(claim, Verdict.NOTE, _DECLARED, place, why, witness=answer.witness)
    cure = "see where a condition asks `documented:` or `status:`, and declare a presumption instead"
    return Result(claim, Verdict.REFUTED, _ABSENCE, place, help=cure, witness=answer.witness)


def _denied_by_absence(every_case: EveryCase) -> Answer:
    first, facts = every_case.encoded, facts_of(every_case.policy)
    second = every_case.second_case(facts.keys() - {REQUEST_DATE})
    more = [_documents_more(first, second, fact) for fact in facts.values()]
    return every_case.some_pair(second, first.decision.not_met, second.decision.met, *more)


def _declared(policy: Policy) -> Iterator[str]:
    """What the policy says itself of a decision that the documents do not settle."""
    if policy.decision.when_undocumented is not Outcome.NOT_MEDICALLY_NECESSARY:
        return
    asking = [f"`{id_}`" for id_, rule in policy.rules.items() if rule.when_undocumented is Outcome.MORE_INFORMATION]
    are, these = ("is", "it is") if len(asking) == 1 else ("are", "these are")
    first = f", unless only {' and '.join(asking)} {are} not documented: {these} asked for" if asking else ""
    yield f"what the documents leave open is declared not medically necessary by `when_undocumented`{first}"


def _documents_more(first: Encoded, second: Encoded, fact: Fact) -> Truth:
    """Whether the second case states what the first does of a fact, and may state it where the first does not."""
    before, after = first.case.stated(fact), second.case.stated(fact)
    kept = implies(before.stated, every((after.stated, _same_value(before.value, after.value))))
    presumed, theirs = first.readings[fact.id], second.readings[fact.id]
    # Where something is presumed, it stays so: that is what presumptions are listed for.
    unchanged = implies(every((presumed.present, no(presumed.documented))), no(theirs.documented))
    return every((kept, unchanged))


def _same_value(one: SymbolicValue, other: SymbolicValue) -> Truth:
    match one, other:
        case YesNo(before), YesNo(after):
            return same(before, after)
        case Words(before), Words(after):
            return every(same(held, after[word]) for word, held in before.items())
        case Span() as before, Span() as after:
            return same_span(before, after)
    raise TypeError("two values of one fact are of one sort")


def settle_presumption(every_case: EveryCase, claim: PresumptionDenies) -> Result:
    """Whether documenting one presumed fact otherwise, and nothing else, can take an unfavourable outcome away."""
    fact = every_case.policy.facts[claim.fact]
    first, second = every_case.encoded, every_case.second_case({fact.id})
    before, after = first.readings[fact.id], second.readings[fact.id]
    denied = first.outcomes[Outcome.NOT_MEDICALLY_NECESSARY]
    steps = (before.present, no(before.documented), after.documented, denied)
    # That the outcome would be favourable tells a reader most; that more would be asked for is enough.
    answer = every_case.some_pair(second, *steps, second.outcomes[Outcome.MEDICALLY_NECESSARY])
    if isinstance(answer, Proved):
        answer = every_case.some_pair(second, *steps, no(second.outcomes[Outcome.NOT_MEDICALLY_NECESSARY]))
    name = f"{fact_name(fact.id)} ({value_text(fact.presumed, fact)})"
    if isinstance(answer, Proved):
        return Result(claim, Verdict.PROVED, f"what is presumed of {name} never denies by itself", fact.place)
    if isinstance(answer, Unknown):
        says = f"whether what is presumed of {name} can deny by itself"
        return Result(claim, Verdict.UNKNOWN, says, fact.place, (answer.reason,))
    says = f"what is presumed of {name} can be all that makes an outcome unfavourable"
    return Result(claim, Verdict.NOTE, says, fact.place, witness=answer.witness)
