"""The smallest sets of criteria whose being met would make the outcome favourable."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.evaluate import Facts, Statuses, necessary_if_met, status_of
from harness.model.condition import All, AnyOf, Condition, Count, Not, RuleStatus
from harness.model.policy import Kind, Policy
from harness.model.values import Status

MOST = 16  # sets kept at each step and shown in the end; beyond that nobody reads on

Sets = list[frozenset[str]]


def remedy_sets(policy: Policy, facts: Facts, statuses: Statuses) -> list[tuple[str, ...]]:
    """Sets of criterion ids, the smallest first, none containing another; empty when the outcome is favourable.

    A set is only given if the outcome would be favourable with its criteria met and all else as it is. Exceptions
    are no remedy: whether one applies is the clinical picture, not something to be supplied.
    """
    finder = _Finder(policy, facts, statuses)
    found = [s for s in finder.sets(policy.decision.necessary_when) if s]
    position = {rule: number for number, rule in enumerate(policy.rules)}
    real = [s for s in found if necessary_if_met(policy, facts, set(s)) is Status.MET]
    return sorted(
        (tuple(sorted(s, key=position.__getitem__)) for s in real), key=lambda s: (len(s), [position[r] for r in s])
    )


@dataclass(slots=True)
class _Finder:
    policy: Policy
    facts: Facts
    statuses: Statuses
    known: dict[str, Sets] = field(default_factory=dict)

    def sets(self, condition: Condition) -> Sets:
        """Minimal sets of criteria that would make a condition met; [empty set] if it is, [] if none would."""
        if status_of(condition, self.facts, self.statuses) is Status.MET:
            return [frozenset()]
        match condition:
            case RuleStatus(rule, None | Status.MET):
                return self._rule(rule)
            case All(items):
                return self._count(len(items), [self.sets(item) for item in items])
            case AnyOf(items):
                return _smallest([s for item in items for s in self.sets(item)])
            case Count(at_least, items):
                return self._count(at_least, [self.sets(item) for item in items])
            case Not():
                return []
            case _:
                return []

    def _rule(self, name: str) -> Sets:
        if name not in self.known:
            rule = self.policy.rules[name]
            if rule.kind not in {Kind.CRITERION, Kind.DEFINITION}:
                self.known[name] = []
            else:
                below = self.sets(rule.when)
                self.known[name] = below or ([frozenset({name})] if rule.kind is Kind.CRITERION else [])
        return self.known[name]

    @staticmethod
    def _count(at_least: int, parts: list[Sets]) -> Sets:
        """Minimal sets for so many of the parts: part by part, the sets that make 0, 1, ... of them met."""
        needed = at_least - sum(part == [frozenset()] for part in parts)
        reached: list[Sets] = [[] for _ in range(needed + 1)]
        reached[0] = [frozenset()]
        for part in parts:
            if part != [frozenset()]:
                for number in range(needed, 0, -1):
                    joined = [a | b for a in reached[number - 1] for b in part]
                    reached[number] = _smallest(reached[number] + joined)
        return reached[needed]


def _smallest(sets: Sets) -> Sets:
    """The sets that contain no other, the smallest first, and no more than anyone would read."""
    kept: Sets = []
    for one in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept[:MOST]
