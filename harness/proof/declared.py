"""The properties that an author has declared: monotone, always, never."""

from __future__ import annotations

from harness.model.condition import Condition
from harness.model.policy import Always, Monotone, Never, Toward
from harness.model.values import Outcome
from harness.proof.answers import Answer, Proved, Unknown
from harness.proof.encode import Encoded
from harness.proof.every_case import EveryCase
from harness.proof.logic import Truth, every, implies, no, some
from harness.proof.results import PropertyHolds, Result, Verdict
from harness.proof.values import Span, SymbolicReading, YesNo

# The less favourable an outcome, the later it stands.
FAVOUR = (Outcome.MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY)


def settle_property(every_case: EveryCase, claim: PropertyHolds) -> Result:
    declared = claim.declared
    answer = _against(every_case, declared.claim)
    if isinstance(answer, Proved):
        if _is_about_nothing(every_case, declared.claim):
            why = ("it holds, since it is about nothing: no case meets its `when`",)
            return Result(claim, Verdict.NOTE, declared.title, declared.place, why, "correct its `when`")
        return Result(claim, Verdict.PROVED, declared.title, declared.place)
    if isinstance(answer, Unknown):
        return Result(claim, Verdict.UNKNOWN, declared.title, declared.place, (answer.reason,))
    return Result(claim, Verdict.REFUTED, declared.title, declared.place, witness=answer.witness)


def _against(every_case: EveryCase, claim: Monotone | Always | Never) -> Answer:
    """Whether some case speaks against a property."""
    match claim:
        case Monotone(fact, toward):
            return _moved(every_case, fact, toward)
        case Always(when, then):
            return every_case.some(_met(every_case, when), no(_met(every_case, then)))
        case Never(when, then):
            return every_case.some(_met(every_case, when), _met(every_case, then))


def _is_about_nothing(every_case: EveryCase, claim: Monotone | Always | Never) -> bool:
    if isinstance(claim, Monotone):
        return False
    return isinstance(every_case.some(_met(every_case, claim.when), smallest=False), Proved)


def _met(every_case: EveryCase, said: Condition | Outcome) -> Truth:
    if isinstance(said, Outcome):
        return every_case.encoded.outcomes[said]
    return every_case.encoded.status_of(said).met


def _moved(every_case: EveryCase, fact: str, toward: Toward) -> Answer:
    """Whether there are two cases that differ in one fact alone, and the one further on is less favourable."""
    first, second = every_case.encoded, every_case.second_case({fact})
    worse = less_favourable(first, second)
    return every_case.some_pair(second, _further(first.readings[fact], second.readings[fact], toward), worse)


def less_favourable(first: Encoded, second: Encoded) -> Truth:
    """Whether the outcome of the second is less favourable than that of the first."""
    return some(
        every((first.outcomes[better], second.outcomes[worse]))
        for number, better in enumerate(FAVOUR)
        for worse in FAVOUR[number + 1 :]
    )


def _further(first: SymbolicReading, second: SymbolicReading, toward: Toward) -> Truth:
    """Whether the second reading lies `toward` a side of the first, and is documented."""
    match first.value, second.value, toward:
        case YesNo(before), YesNo(after), Toward.TRUE:
            return every((first.present, no(before), second.documented, after))
        case YesNo(before), YesNo(after), Toward.FALSE:
            return every((first.present, before, second.documented, no(after)))
        case Span() as before, Span() as after, Toward.MORE:
            return every((first.documented, second.documented, _no_less(after, before)))
        case Span() as before, Span() as after, Toward.LESS:
            return every((first.documented, second.documented, _no_less(before, after)))
    raise TypeError("only what can move is declared monotone")


def _no_less(one: Span, other: Span) -> Truth:
    """Whether both bounds of a range are no lower than those of another; a missing one is without end."""
    low = implies(other.has_low, every((one.has_low, one.low >= other.low)))
    high = implies(one.has_high, every((other.has_high, one.high >= other.high)))
    return every((low, high))
