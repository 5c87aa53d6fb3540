"""Every case of one policy, on any day on which it is in force, ready to be asked about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property

from harness.model.builtin import facts_of
from harness.model.policy import Policy
from harness.proof.answers import Answer
from harness.proof.case import LAST_DAY, SymbolicCase
from harness.proof.encode import Encoded, encode
from harness.proof.logic import Truth
from harness.proof.question import ask
from harness.proof.solver import Solver
from harness.proof.vocabulary import Vocabulary


class EveryCase:
    """`last` is the last day on which the policy is in force, where a later version ends it."""

    def __init__(self, policy: Policy, seconds: float, last: date | None = None) -> None:
        self.policy = policy
        self.seconds = seconds
        ends = min(day for day in (policy.until, last, LAST_DAY) if day is not None)
        self.case = SymbolicCase(Vocabulary.of([policy]), policy.effective, max(ends, policy.effective))
        self.encoded = encode(policy, self.case)
        self._solver = Solver((limit.formula for limit in self.encoded.read.limits), seconds)

    def some(self, *wanted: Truth, smallest: bool = True, of: Collection[str] | None = None) -> Answer:
        """Whether there is such a case: Refuted with one, Proved that there is none."""
        return ask(self._solver, self.encoded, self.encoded, *wanted, smallest=smallest, of=of)

    def some_under(self, other: Encoded, wanted: Truth) -> Answer:
        """Whether there is such a case, for a question about another policy over the same cases as well."""
        return ask(self._solver, self.encoded, other, wanted, smallest=False)

    def some_pair(self, second: Encoded, *wanted: Truth, of: Collection[str] | None = None) -> Answer:
        """Whether there are two such cases, the second one encoded by `second_case`."""
        with self._solver.supposing(*(limit.formula for limit in second.read.limits)):
            return ask(self._solver, self.encoded, second, *wanted, of=of)

    def second_case(self, unlike: Collection[str]) -> Encoded:
        """A second case, that states the same of every fact but those named."""
        second = self.case.but("'")
        for fact in facts_of(self.policy).values():
            if fact.id not in unlike:
                second.share(self.case, fact)
        return encode(self.policy, second)

    @cached_property
    def conflicts(self) -> Solver:
        """A solver that knows only what no author has set, to be asked which of the rest cannot hold together."""
        return Solver((limit.formula for limit in self.encoded.read.limits if not limit.says), self.seconds)
