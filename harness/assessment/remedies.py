"""The smallest sets of criteria whose being met would make the outcome favourable."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.evaluate import Facts, Statuses, necessary_if_met, status_of
from harness.model.condition import All, AnyOf, Condition, Count, RuleStatus
from harness.model.policy import Kind, Policy
from harness.model.values import Status

MOST = 16  # sets kept at each step and shown in the end; beyond that nobody reads on

Sets = list[int]  # each a bit mask over the rules in the order of the policy
_NOTHING = [0]  # what is met needs nothing more


def remedy_sets(policy: Policy, facts: Facts, statuses: Statuses) -> list[tuple[str, ...]]:
    """Sets of criterion ids, the smallest first, none containing another; empty when the outcome is favourable.

    A set is only given if the outcome would be favourable with its criteria met and all else as it is. Exceptions
    are no remedy: whether one applies is the clinical picture, not something to be supplied.
    """
    names = list(policy.rules)
    finder = _Finder(policy, facts, statuses, {name: 1 << number for number, name in enumerate(names)})
    found = [
        tuple(name for number, name in enumerate(names) if one >> number & 1)
        for one in finder.sets(policy.decision.necessary_when)
        if one
    ]
    return [rules for rules in found if necessary_if_met(policy, facts, set(rules)) is Status.MET]


@dataclass(slots=True)
class _Finder:
    policy: Policy
    facts: Facts
    statuses: Statuses
    bits: dict[str, int]
    known: dict[str, Sets] = field(default_factory=dict)

    def sets(self, condition: Condition) -> Sets:
        """Minimal sets of criteria that would make a condition met; [nothing] if it is, [] if none would."""
        if status_of(condition, self.facts, self.statuses) is Status.MET:
            return _NOTHING
        match condition:
            case RuleStatus(rule, None | Status.MET):
                return self._rule(rule)
            case All(items):
                return _enough(len(items), [self.sets(item) for item in items])
            case AnyOf(items):
                return _smallest([s for item in items for s in self.sets(item)])
            case Count(at_least, items):
                return _enough(at_least, [self.sets(item) for item in items])
            case _:
                return []

    def _rule(self, name: str) -> Sets:
        if name not in self.known:
            rule = self.policy.rules[name]
            if rule.kind not in {Kind.CRITERION, Kind.DEFINITION}:
                self.known[name] = []
            else:
                below = self.sets(rule.when)
                self.known[name] = below or ([self.bits[name]] if rule.kind is Kind.CRITERION else [])
        return self.known[name]


def _enough(at_least: int, parts: list[Sets]) -> Sets:
    """Minimal sets for so many of the parts: part by part, the sets that make 0, 1, ... of them met."""
    needed = at_least - sum(part == _NOTHING for part in parts)
    open_ = [part for part in parts if part != _NOTHING]
    reached: list[Sets] = [_NOTHING] + [[]] * needed
    for number, part in enumerate(open_, 1):
        fewest = max(1, needed - (len(open_) - number))  # fewer than that cannot become enough any more
        for met in range(min(needed, number), fewest - 1, -1):
            reached[met] = _smallest([*reached[met], *(a | b for a in reached[met - 1] for b in part)])
    return reached[needed]


def _smallest(sets: Sets) -> Sets:
    """The sets that contain no other, the smallest first, and no more than anyone would read."""
    if len(sets) <= 1:
        return sets
    kept: Sets = []
    for one in sorted(set(sets), key=lambda s: (s.bit_count(), s)):
        if not any(other & one == other for other in kept):
            kept.append(one)
    return kept[:MOST]
