"""Which rules an outcome rests on: nothing below a branch that is already met is ever given as a reason (design §4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.evaluate import Facts, Statuses, status_of
from harness.model.case import State
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Documented,
    Not,
    OtherFact,
    RuleStatus,
)
from harness.model.policy import Kind, Policy
from harness.model.values import Status

_ASIDE = {Kind.EXCEPTION, Kind.CONSIDERATION, Kind.PITFALL}


@dataclass(slots=True)
class Matter:
    """`rules` matter to the outcome; `required` of them not merely through an exception; `presumed` by fact."""

    rules: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    presumed: dict[str, dict[str, None]] = field(default_factory=dict)


def what_matters(policy: Policy, facts: Facts, statuses: Statuses) -> Matter:
    """Walk from `necessary_when` to all that the outcome rests on."""
    walker = _Walker(policy, facts, statuses, Matter())
    walker.visit(policy.decision.necessary_when, wanted=Status.MET, rule=None, aside=False)
    return walker.matter


def mattering_children(
    condition: Condition, status: Status, wanted: Status | None, statuses: list[Status]
) -> list[int]:
    """Indices of the parts of a condition that its status rests on.

    A condition that has the wanted status by enough of its parts rests on those alone; `wanted` None keeps all.
    """
    everything = list(range(len(statuses)))
    enough = isinstance(condition, AnyOf | Count) if wanted is Status.MET else isinstance(condition, All | Count)
    if wanted is None or status is not wanted or not enough:
        return everything
    return [i for i in everything if statuses[i] is wanted]


@dataclass(slots=True)
class _Walker:
    policy: Policy
    facts: Facts
    statuses: Statuses
    matter: Matter
    seen: set[tuple[str, Status | None, bool]] = field(default_factory=set)

    def visit(self, condition: Condition, *, wanted: Status | None, rule: str | None, aside: bool) -> None:
        match condition:
            case Compare(fact, _, operand):
                self._presumed(fact, rule)
                if isinstance(operand, OtherFact):
                    self._presumed(operand.fact, rule)
            case Documented():
                pass
            case RuleStatus(name, status):
                self._rule(name, wanted if status is None else None, aside=aside)
            case Not(item):
                self.visit(item, wanted=None if wanted is None else wanted.negated, rule=rule, aside=aside)
            case All(items) | AnyOf(items) | Count(items=items):
                own = status_of(condition, self.facts, self.statuses)
                parts = [status_of(item, self.facts, self.statuses) for item in items]
                for index in mattering_children(condition, own, wanted, parts):
                    self.visit(items[index], wanted=wanted, rule=rule, aside=aside)

    def _rule(self, name: str, wanted: Status | None, *, aside: bool) -> None:
        rule = self.policy.rules[name]
        aside = aside or rule.kind in _ASIDE
        self.matter.rules.add(name)
        if not aside:
            self.matter.required.add(name)
        if (name, wanted, aside) not in self.seen:
            self.seen.add((name, wanted, aside))
            self.visit(rule.when, wanted=wanted, rule=name, aside=aside)

    def _presumed(self, fact: str, rule: str | None) -> None:
        if self.facts[fact].state is State.PRESUMED:
            self.matter.presumed.setdefault(fact, {}).update({} if rule is None else {rule: None})
