"""Two policies over the same cases: whether some case ends differently, and a smallest one that does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.proof.answers import Answer, Proved
from harness.proof.case import FIRST_DAY, LAST_DAY, SymbolicCase
from harness.proof.encode import Encoded, encode
from harness.proof.logic import Truth, every, identical, no, same, some
from harness.proof.question import ask
from harness.proof.solver import SECONDS, Solver
from harness.proof.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class OutcomeGoes:
    """Cases whose outcome goes from one to another."""

    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class OutcomeDiffers:
    """Cases whose outcome differs, in whatever way."""


@dataclass(frozen=True, slots=True)
class StatusDiffers:
    """Cases in which one rule, which both policies have, ends in another status."""

    rule: str


@dataclass(frozen=True, slots=True)
class AnythingDiffers:
    """Cases whose outcome differs, or in which any rule that both policies have ends in another status."""


Wanted = OutcomeGoes | OutcomeDiffers | StatusDiffers | AnythingDiffers


def differing(old: Policy, new: Policy, *, wanted: Wanted, seconds: float = SECONDS) -> Answer:
    """Whether there is a case of the kind wanted, that `old` and `new` both can read.

    The request date is the same under both and any at all, whenever the two are in force. What a case states of a fact
    that only one of them declares, or that they declare as different sorts of things, does not bind the other. A value
    that only one of them could read (a choice that was added) is left out.
    """
    return Comparison(old).differing(new, wanted=wanted, seconds=seconds)


class Comparison:
    """One policy to hold many others against: what they have in common with it is encoded once.

    `days` are the first and the last of the requests that are asked about.
    """

    def __init__(self, old: Policy, days: tuple[date, date] = (FIRST_DAY, LAST_DAY)) -> None:
        self._old = old
        self._days = days
        self._vocabulary, self._encoded, self._solver = self._begin(old)

    def _begin(self, *policies: Policy) -> tuple[Vocabulary, Encoded, Solver]:
        vocabulary = Vocabulary.of(policies)
        case = SymbolicCase(vocabulary, *self._days)
        encoded = encode(self._old, case)
        return vocabulary, encoded, Solver(limit.formula for limit in encoded.read.limits)

    def differing(self, new: Policy, *, wanted: Wanted, seconds: float = SECONDS) -> Answer:
        """As the function of that name, with the policy of this comparison as `old`."""
        theirs = Vocabulary.of([new])
        known, old, solver = self._vocabulary, self._encoded, self._solver
        if not known.covers(theirs):
            known, old, solver = self._begin(self._old, new)
        old.case.vocabulary = known.with_thresholds(theirs)
        old.case.preferred = tuple(sorted({one.effective.toordinal() for one in (self._old, new)}, reverse=True))
        other = encode(new, old.case, old)
        question = _question(wanted, old, other)
        if question is False:
            return Proved()
        solver.seconds = seconds
        with solver.supposing(*_further_limits(old, other)):
            return ask(solver, old, other, question)


def _further_limits(old: Encoded, new: Encoded) -> Iterable[Truth]:
    return () if new.read.limits is old.read.limits else [limit.formula for limit in new.read.limits]


def _question(wanted: Wanted, old: Encoded, new: Encoded) -> Truth:
    match wanted:
        case OutcomeGoes(before, after):
            return every((old.outcomes[before], new.outcomes[after]))
        case OutcomeDiffers():
            return _outcome(old, new)
        case StatusDiffers(rule):
            return _status(rule, old, new)
        case AnythingDiffers():
            rules = [rule for rule in old.statuses if rule in new.statuses]
            return some((_outcome(old, new), *(_status(rule, old, new) for rule in rules)))


def _outcome(old: Encoded, new: Encoded) -> Truth:
    pairs = [(old.outcomes[outcome], new.outcomes[outcome]) for outcome in Outcome]
    return some(no(same(one, other)) for one, other in pairs if not identical(one, other))


def _status(rule: str, old: Encoded, new: Encoded) -> Truth:
    one, other = old.statuses[rule], new.statuses[rule]
    return some((no(same(one.met, other.met)), no(same(one.not_met, other.not_met))))
