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
    RuleStatus,
    facts_read,
)
from harness.model.policy import Kind, Policy
from harness.model.values import Status

_ASIDE = {Kind.EXCEPTION, Kind.CONSIDERATION, Kind.PITFALL}


@dataclass(slots=True)
class Matter:
    """What the outcome rests on.

    `rules` matter to it, `required` of them not merely through an exception. `unsatisfied` of these are read somewhere
    with another status than would help: what stands between. `bare` are conditions on facts that stand between and
    belong to no criterion, by the definition that holds them (None is the decision itself). `presumed` is by fact.
    """

    rules: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    unsatisfied: set[str] = field(default_factory=set)
    bare: dict[str | None, list[Condition]] = field(default_factory=dict)
    presumed: dict[str, dict[str, None]] = field(default_factory=dict)


def what_matters(policy: Policy, facts: Facts, statuses: Statuses) -> Matter:
    """Walk from `necessary_when` to all that the outcome rests on."""
    walker = _Walker(policy, facts, statuses, Matter())
    walker.visit(policy.decision.necessary_when, wanted=Status.MET, inside=_Inside(None))
    for id_, rule in policy.rules.items():
        if rule.kind in {Kind.CONSIDERATION, Kind.PITFALL} and statuses[id_] is Status.MET:
            for fact in facts_read(rule.when):  # advice rests on presumptions too
                walker.presumed(fact, id_)
    return walker.matter


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where the walk is: in which rule, below an exception or not, below a criterion or not."""

    rule: str | None
    aside: bool = False
    covered: bool = False


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
    seen: set[tuple[_Inside, Status | None]] = field(default_factory=set)

    def visit(self, condition: Condition, *, wanted: Status | None, inside: _Inside) -> None:
        status = status_of(condition, self.facts, self.statuses)
        between = wanted is not None and status is not wanted
        match condition:
            case Compare() | Documented():
                for fact in facts_read(condition) if isinstance(condition, Compare) else ():
                    self.presumed(fact, inside.rule)
                if between and not inside.aside and not inside.covered:
                    self.matter.bare.setdefault(inside.rule, []).append(condition)
            case RuleStatus(name, named):
                if named is Status.UNDOCUMENTED or wanted is None:
                    below = None
                else:
                    below = wanted.negated if named is Status.NOT_MET else wanted
                self._rule(name, below, between=between, inside=inside)
            case Not(item):
                self.visit(item, wanted=None if wanted is None else wanted.negated, inside=inside)
            case All(items) | AnyOf(items) | Count(items=items):
                parts = [status_of(item, self.facts, self.statuses) for item in items]
                for index in mattering_children(condition, status, wanted, parts):
                    self.visit(items[index], wanted=wanted, inside=inside)

    def _rule(self, name: str, wanted: Status | None, *, between: bool, inside: _Inside) -> None:
        rule = self.policy.rules[name]
        aside = inside.aside or rule.kind in _ASIDE
        self.matter.rules.add(name)
        if not aside:
            self.matter.required.add(name)
            if between:
                self.matter.unsatisfied.add(name)
        below = _Inside(name, aside, inside.covered or rule.kind is Kind.CRITERION)
        if (below, wanted) not in self.seen:
            self.seen.add((below, wanted))
            self.visit(rule.when, wanted=wanted, inside=below)

    def presumed(self, fact: str, rule: str | None) -> None:
        if self.facts[fact].state is State.PRESUMED:
            self.matter.presumed.setdefault(fact, {}).update({} if rule is None else {rule: None})
