"""The smallest remedy as a column: the search of `harness.assessment.remedies`, where each part of it stands alone.

A remedy is a set of criteria, kept as one whole number: how many they are above, a bit for each below. The smallest
number is then the remedy that the single case names first, and remedies of different parts add up. That holds where
no criterion is found on two ways, none stands under a negation, and no fact stands beside a criterion in one rule; a
policy in which one of that fails is not `read once`, and its remedies are found row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import ibis

from harness.assessment.findings import decided_by
from harness.batch import kleene
from harness.batch.held import Expression
from harness.batch.statuses import Statuses
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, Not, RuleStatus, rules_read
from harness.model.policy import Kind, Policy
from harness.model.values import Status

REMEDY = "remedy_"

_MOST_CRITERIA = 48  # bits of a number; the count stands above them
NEVER = 1 << 60  # no set of criteria does it
_MOST_WAYS = 60  # to choose so many of several, each a sum to compare


def is_read_once(policy: Policy) -> bool:
    """Whether the smallest remedy of every row can be computed as a column."""
    found = _Shape(policy)
    parts = found.criteria(policy.decision.necessary_when, "")
    return (
        parts is not None
        and len(parts) <= _MOST_CRITERIA
        and max(Counter(parts).values(), default=1) == 1
        and (found.is_positive())
    )


def candidates(policy: Policy) -> tuple[str, ...]:
    """The rules that a remedy of a policy read once can name, in the order of their bits."""
    named = set(_Shape(policy).criteria(policy.decision.necessary_when, "") or ())
    return tuple(id_ for id_ in policy.rules if id_ in named)


def criteria_of(number: int, names: Sequence[str]) -> tuple[str, ...]:
    """The criteria of a remedy kept as a number; none where there is no remedy."""
    if number >= NEVER:
        return ()
    return tuple(name for bit, name in enumerate(names) if number >> bit & 1)


def add_remedy(statuses: Statuses, after: int) -> None:
    """Add the column of the smallest remedy of a policy read once: 0 where nothing is needed."""
    policy = statuses.policy
    names = candidates(policy)
    finder = _Finder(statuses, {name: (1 << _MOST_CRITERIA) + (1 << bit) for bit, name in enumerate(names)}, after)
    finder.add(REMEDY, finder.least(policy.decision.necessary_when, ""))


@dataclass(slots=True)
class _Shape:
    """Which criteria a search can find, however the facts are."""

    policy: Policy

    def criteria(self, condition: Condition, own: str) -> list[str] | None:
        """Those below a condition, once for each way; None where the columns could not tell what the search finds.

        `own` is the rule that a fact stands for.
        """
        match condition:
            case Compare() | Documented():
                return [own] if own else []
            case RuleStatus(name, None | Status.MET):
                return self._rule(name, own)
            case AnyOf(items):
                return self._joined(self.criteria(item, own) for item in items)
            case All(items):
                return self._apart(items, own)
            case Count(at_least, items):
                if comb(len(items), at_least) > _MOST_WAYS:
                    return None
                return self._apart(items, own)
            case _:
                return []

    def _apart(self, items: Iterable[Condition], own: str) -> list[str] | None:
        """Parts of which several are needed: facts that all stand for one rule, or criteria, never both."""
        found = self._joined(self.criteria(item, own) for item in items)
        if found is None or not own or own not in found:
            return found
        return [own] if set(found) == {own} else None

    def _joined(self, several: Iterable[list[str] | None]) -> list[str] | None:
        found: list[str] = []
        for one in several:
            if one is None:
                return None
            found += one
        return found

    def _rule(self, name: str, reader: str) -> list[str] | None:
        rule = self.policy.rules[name]
        if rule.kind not in {Kind.CRITERION, Kind.DEFINITION}:
            return []
        own = reader if rule.kind is Kind.DEFINITION and reader else name
        below = self.criteria(rule.when, own)
        if below is None:
            return None
        if set(below) <= {own}:
            return [own] if below or rule.kind is Kind.CRITERION else []
        # One way may be found where another is met: a rule that no set below it would meet stands for itself.
        return None if own in below or rule.kind is Kind.CRITERION else below

    def is_positive(self) -> bool:
        """Whether no rule that a remedy changes is read otherwise than as being met."""
        changing, decided = set(candidates(self.policy)), decided_by(self.policy)
        for id_ in self.policy.order:
            if id_ in decided and changing.intersection(rules_read(self.policy.rules[id_].when)):
                changing.add(id_)
        whens = [self.policy.rules[id_].when for id_ in changing]
        return all(_is_positive(when, changing) for when in (*whens, self.policy.decision.necessary_when))


def _is_positive(condition: Condition, changing: set[str]) -> bool:
    match condition:
        case RuleStatus(name, Status.NOT_MET | Status.UNDOCUMENTED):
            return name not in changing
        case Not(item):
            return not changing.intersection(rules_read(item))
        case All(items) | AnyOf(items) | Count(items=items):
            return all(_is_positive(item, changing) for item in items)
        case _:
            return True


@dataclass(slots=True)
class _Finder:
    statuses: Statuses
    weights: dict[str, int]
    stage: int
    known: dict[tuple[str, str], Expression] = field(default_factory=dict)

    def add(self, name: str, number: Expression) -> Expression:
        found = self.statuses.stages.add(name, number, self.stage)
        self.stage += 1
        return found

    def least(self, condition: Condition, own: str) -> Expression:
        """The number of the smallest set that would make a condition met: 0 if it is, never if none would."""
        status = kleene.is_met(self.statuses.of_condition(condition))
        return ibis.ifelse(status, ibis.literal(0, "int64"), self._least_open(condition, own))

    def _least_open(self, condition: Condition, own: str) -> Expression:
        match condition:
            case Compare() | Documented():
                return _weight(self.weights[own] if own else NEVER)
            case RuleStatus(name, None | Status.MET):
                return self._rule(name, own)
            case AnyOf(items):
                return ibis.least(*self._parts(items, own))
            case All(items):
                return self._enough(len(items), items, own)
            case Count(at_least, items):
                return self._enough(at_least, items, own)
            case _:
                return _weight(NEVER)

    def _parts(self, items: Iterable[Condition], own: str) -> list[Expression]:
        return [self.least(item, own) for item in items]

    def _enough(self, at_least: int, items: Sequence[Condition], own: str) -> Expression:
        parts = self._parts(items, own)
        if own and all(self._stands_for(item, own) for item in items):
            # Facts of one rule: whichever are missing, they are that rule, once; unless too few could ever be met.
            possible = kleene.number_of(part < NEVER for part in parts)
            return ibis.ifelse(possible >= at_least, _weight(self.weights[own]), _weight(NEVER))
        ways = [_sum(way) for way in combinations(parts, at_least)]
        return ibis.least(*ways) if len(ways) > 1 else ways[0]

    def _stands_for(self, condition: Condition, own: str) -> bool:
        return set(_Shape(self.statuses.policy).criteria(condition, own) or ()) <= {own}

    def _rule(self, name: str, reader: str) -> Expression:
        rule = self.statuses.policy.rules[name]
        if rule.kind not in {Kind.CRITERION, Kind.DEFINITION}:
            return _weight(NEVER)
        own = reader if rule.kind is Kind.DEFINITION and reader else name
        if rule.kind is Kind.CRITERION:
            return _weight(self.weights[name])  # whatever is below stands for it: see `_Shape`
        if (name, own) not in self.known:
            self.known[name, own] = self.add(f"r_{self.stage}", self.least(rule.when, own))
        return self.known[name, own]


def _weight(number: int) -> Expression:
    return ibis.literal(number, "int64")


def _sum(parts: Sequence[Expression]) -> Expression:
    total = parts[0]
    for part in parts[1:]:
        total = ibis.least(total + part, _weight(NEVER))  # two that are never would outgrow the number
    return total
