"""What is counted of a file of cases under two versions of a policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.model.policy import Policy
from harness.model.values import Outcome

ORDER = (Outcome.MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY)  # the best first
WORDS = {
    Outcome.MEDICALLY_NECESSARY: "necessary",
    Outcome.MORE_INFORMATION: "more information",
    Outcome.NOT_MEDICALLY_NECESSARY: "not necessary",
}

Way = tuple[str | None, str | None]  # the old outcome and the new one; None where that side rejects the row


@dataclass(slots=True)
class Tally:
    """Rows by their two outcomes."""

    ways: Counter[Way] = field(default_factory=Counter)

    def of(self, old: Outcome, new: Outcome) -> int:
        return self.ways[old.value, new.value]

    def old(self, outcome: Outcome) -> int:
        return sum(self.of(outcome, new) for new in ORDER)

    def new(self, outcome: Outcome) -> int:
        return sum(self.of(old, outcome) for old in ORDER)

    @property
    def rows(self) -> int:
        return sum(self.ways.values())

    @property
    def compared(self) -> int:
        """The rows that both versions could assess."""
        return sum(self.of(old, new) for old in ORDER for new in ORDER)

    @property
    def worse(self) -> int:
        return sum(self.of(old, new) for at, old in enumerate(ORDER) for new in ORDER[at + 1 :])

    @property
    def better(self) -> int:
        return sum(self.of(old, new) for at, old in enumerate(ORDER) for new in ORDER[:at])

    @property
    def changed(self) -> int:
        return self.worse + self.better

    def share(self, number: int) -> float | None:
        """A number of the compared rows as a share of them; None where there are none."""
        return number / self.compared if self.compared else None


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule on which changed rows turn: how many became worse and better with it, and what was changed in it."""

    rule: str
    title: str
    worse: int
    better: int
    because: tuple[str, ...]

    @property
    def rows(self) -> int:
        return self.worse + self.better


@dataclass(frozen=True, slots=True)
class Grouping:
    """The rows by the values of one column, in their order; None is not documented."""

    column: str
    groups: Mapping[str | None, Tally]


@dataclass(frozen=True, slots=True)
class Impact:
    old: Policy
    new: Policy
    old_named: str  # as the user named it
    new_named: str
    whole: Tally
    causes: tuple[Cause, ...]
    unexplained: int  # changed rows in which no rule of the decision differs
    other_reasons: int  # rows with the same outcome and other deficiencies
    groupings: tuple[Grouping, ...]
    rejected: Mapping[str, int]  # reason by reason; of both sides where they agree
