"""What a difference does to cases: for each way an outcome can change, a smallest case, or the proof that none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from harness.difference.scope import Scope
from harness.interrupt import heed
from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.proof import Answer, Comparison, OutcomeGoes, Proved, Refuted, Unknown

INTERRUPTED = "interrupted"

FAVOURABLE = Outcome.MEDICALLY_NECESSARY
_ORDER = (Outcome.MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY)
WAYS = tuple((old, new) for old in _ORDER for new in _ORDER if old is not new)


class Verdict(StrEnum):
    """What is known of all cases together. Unknown is never rounded up."""

    NO_CASE_CHANGES = "no_case_changes"
    OUTCOMES_CAN_CHANGE = "outcomes_can_change"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Way:
    """One way an outcome can change, and whether a case does so."""

    old: Outcome
    new: Outcome
    answer: Answer


@dataclass(frozen=True, slots=True)
class Meaning:
    """Each way, and what no answer about the cases that both sides read and run for can see."""

    ways: tuple[Way, ...]
    scope: Scope = Scope()  # noqa: RUF009 - frozen, and so the same for all

    @property
    def verdict(self) -> Verdict:
        if self.scope.runs or any(isinstance(way.answer, Refuted) for way in self.ways):
            return Verdict.OUTCOMES_CAN_CHANGE
        sees_all = not self.scope.measured and not self.scope.apart
        return Verdict.NO_CASE_CHANGES if self.all_proved and sees_all else Verdict.UNKNOWN

    @property
    def all_proved(self) -> bool:
        """Whether each way is proved to be taken by no case; of identical content, none need be."""
        return all(isinstance(way.answer, Proved) for way in self.ways)


def ask(old: Policy, new: Policy, limits: Scope, seconds: float, told: Callable[[str], None]) -> Meaning:
    """Ask of each way whether a case takes it, each within a time limit. An interruption leaves the rest unknown."""
    ways: list[Way] = []
    against = Comparison(old)
    try:
        for number, (was, now) in enumerate(WAYS, 1):
            heed()
            told(f"comparing every case of {new.id}: {number} of {len(WAYS)}")
            ways.append(Way(was, now, against.differing(new, wanted=OutcomeGoes(was, now), seconds=seconds)))
    except KeyboardInterrupt:
        ways += [Way(was, now, Unknown(INTERRUPTED)) for was, now in WAYS[len(ways) :]]
    return Meaning(tuple(ways), limits)
