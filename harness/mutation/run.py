"""Each mutant against the tests of its policy: killed by one, or surviving; and what a survivor would be killed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.model.policy import Policy
from harness.mutation.mutant import Mutant
from harness.proof import Answer, AnythingDiffers, Comparison, Proved
from harness.suite import Expected, PolicyTest, ending_under, judge_with


class Fate(StrEnum):
    KILLED = "killed"  # a test fails under it
    # Proved: in no case at all is the outcome or the status of a rule another; and no case of the tests has other
    # deficiencies or remedies, which the proof does not see.
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and what became of it: the test that fails under it, or the solver's answer on whether one could."""

    mutant: Mutant
    killed_by: PolicyTest | None = None
    answer: Answer | None = None
    told_by: PolicyTest | None = None  # whose case has other deficiencies or remedies under it, did it ask for them

    @property
    def fate(self) -> Fate:
        if self.killed_by is not None:
            return Fate.KILLED
        proved = isinstance(self.answer, Proved) and self.told_by is None
        return Fate.EQUIVALENT if proved else Fate.SURVIVED


def running_under(policy: Policy, tests: Iterable[PolicyTest]) -> tuple[PolicyTest, ...]:
    """The tests that run under one version of a policy."""
    return tuple(test for test in tests if test.policy.version == policy.version)


def tried(policy: Policy, mutants: Iterable[Mutant], tests: Sequence[PolicyTest], seconds: float) -> Iterator[Tried]:
    """Mutants of a policy tried in order. The tests must pass under the policy itself.

    Of each that survives, the solver is asked for so long whether any case ends otherwise under it.
    """
    order, comparison = list(tests), Comparison(policy)
    for mutant in mutants:
        number = next((n for n, test in enumerate(order) if judge_with(mutant.policy, test)), None)
        if number is None:
            answer = comparison.differing(mutant.policy, wanted=AnythingDiffers(), seconds=seconds)
            told_by = _telling(policy, mutant, tests) if isinstance(answer, Proved) else None
            yield Tried(mutant, answer=answer, told_by=told_by)
            continue
        killer = order.pop(number)
        order.insert(0, killer)  # what kills one mutant mostly kills its neighbours
        yield Tried(mutant, killer)


def _telling(policy: Policy, mutant: Mutant, tests: Sequence[PolicyTest]) -> PolicyTest | None:
    """A test whose case has other deficiencies or remedies under a mutant."""
    for test in tests:
        ending = ending_under(policy, test)
        asked = replace(test, expected=Expected(deficiencies=ending.deficiencies, remedies=ending.remedies))
        if judge_with(mutant.policy, asked):
            return asked
    return None
