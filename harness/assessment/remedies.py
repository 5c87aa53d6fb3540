"""The smallest sets of criteria whose being met would make the outcome favourable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.evaluate import Facts, Statuses, status_of
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, RuleStatus, rules_read
from harness.model.policy import Kind, Policy
from harness.model.values import Status

MOST = 10  # sets kept at each step and shown in the end; beyond that nobody reads on

Sets = list[int]  # each a bit mask over the rules in the order of the policy
_NOTHING = [0]  # what is met needs nothing more


def remedy_sets(policy: Policy, facts: Facts, statuses: Statuses) -> list[tuple[str, ...]]:
    """Sets of criterion ids, the smallest first, none containing another; empty when the outcome is favourable.

    A set is only given if the outcome would be favourable with its criteria met and all else as it is. Exceptions
    are no remedy: whether one applies is the clinical picture, not something to be supplied.
    """
    names = list(policy.rules)
    bits = {name: 1 << number for number, name in enumerate(names)}
    found = [one for one in _Finder(policy, facts, statuses, bits).sets(policy.decision.necessary_when) if one]
    trial = _Trial(policy, facts, statuses, frozenset(name for name in names if any(one & bits[name] for one in found)))

    def enough(one: int) -> bool:
        return trial.necessary({name for name in trial.criteria if one & bits[name]})

    pared = [_pared(one, enough) for one in found if enough(one)]
    return [tuple(name for name in names if one & bits[name]) for one in _smallest(pared)]


def _pared(one: int, enough: Callable[[int], bool]) -> int:
    """A set without what it does not need: parts that are found apart may share a criterion that serves both."""
    for number in reversed(range(one.bit_length())):
        less = one & ~(1 << number)
        if less and less != one and enough(less):
            one = less
    return one


class _Trial:
    """Whether the service would be necessary if some criteria were met and all else stayed as it is.

    The same as `harness.evaluate.necessary_if_met`, looking only at the rules that those criteria can change.
    """

    def __init__(self, policy: Policy, facts: Facts, statuses: Statuses, criteria: frozenset[str]) -> None:
        self.policy, self.facts, self.statuses, self.criteria = policy, facts, statuses, criteria
        changing = set(criteria)
        for id_ in policy.order:
            if changing.intersection(rules_read(policy.rules[id_].when)):
                changing.add(id_)
        self.changing = [id_ for id_ in policy.order if id_ in changing]

    def necessary(self, met: set[str]) -> bool:
        held = dict(self.statuses)
        for id_ in self.changing:
            rule = self.policy.rules[id_]
            held[id_] = Status.MET if id_ in met else status_of(rule.when, self.facts, held)
        return status_of(self.policy.decision.necessary_when, self.facts, held) is Status.MET


@dataclass(slots=True)
class _Finder:
    policy: Policy
    facts: Facts
    statuses: Statuses
    bits: dict[str, int]
    known: dict[tuple[str, int], Sets] = field(default_factory=dict)

    def sets(self, condition: Condition, own: int = 0) -> Sets:
        """Minimal sets of criteria that would make a condition met; [nothing] if it is, [] if none would.

        `own` is the rule that the condition is of: what a fact would have to show, that rule stands for.
        """
        if status_of(condition, self.facts, self.statuses) is Status.MET:
            return _NOTHING
        match condition:
            case RuleStatus(rule, None | Status.MET):
                return self._rule(rule, own)
            case All(items):
                return _enough(len(items), [self.sets(item, own) for item in items])
            case AnyOf(items):
                return _smallest([s for item in items for s in self.sets(item, own)])
            case Count(at_least, items):
                return _enough(at_least, [self.sets(item, own) for item in items])
            case Compare() | Documented():
                return [own] if own else []
            case _:
                return []

    def _rule(self, name: str, reader: int) -> Sets:
        """A definition is part of the criterion that reads it; of the decision itself it stands for its own facts."""
        kind = self.policy.rules[name].kind
        if kind not in {Kind.CRITERION, Kind.DEFINITION}:
            return []
        own = reader if kind is Kind.DEFINITION and reader else self.bits[name]
        if (name, own) not in self.known:
            below = self.sets(self.policy.rules[name].when, own)
            self.known[name, own] = below or ([own] if kind is Kind.CRITERION else [])
        return self.known[name, own]


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
            if len(kept) == MOST:
                break
    return kept
