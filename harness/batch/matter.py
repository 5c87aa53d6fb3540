"""Which rules are deficiencies, as columns: the walk of `harness.assessment.matter`, each step a truth of the row.

The walk goes from the decision down to what its status rests on. Where it goes depends on the row, so each place that
it can reach has a truth: whether it is reached. Below an exception, and where nothing is wanted, it names nothing, and
so it is not followed there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from harness.batch import kleene
from harness.batch.held import Expression
from harness.batch.statuses import Statuses
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, Not, RuleStatus
from harness.model.policy import Kind
from harness.model.values import Status

DECISION = "decision"  # stands for the rule where the decision itself reads a fact

_ASIDE = {Kind.EXCEPTION, Kind.CONSIDERATION, Kind.PITFALL}


@dataclass(frozen=True, slots=True)
class _Inside:
    """In which rule the walk is, whether a criterion covers it, and whether the rule is wanted met or not met."""

    rule: str
    covered: bool
    wanted: bool


@dataclass(slots=True)
class _Walk:
    statuses: Statuses
    reached: dict[_Inside, list[Expression]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, list[Expression]] = field(default_factory=lambda: defaultdict(list))

    def visit(self, condition: Condition, here: Expression, *, wanted: bool, rule: str, covered: bool) -> None:
        """`here` is whether the walk reaches this condition."""
        match condition:
            case Compare() | Documented():
                if not covered:
                    self.named[rule].append(here & self._is_not(condition, wanted))
            case RuleStatus(name, named):
                between = here & self._is_not(condition, wanted)
                self._visit_rule(name, named, here, between, wanted=wanted, covered=covered)
            case Not(item):
                self.visit(item, here, wanted=not wanted, rule=rule, covered=covered)
            case All(items) | AnyOf(items) | Count(items=items):
                # What has the wanted status by enough of its parts rests on those alone.
                enough = len(items) > 1 and isinstance(condition, AnyOf | Count if wanted else All | Count)
                short = self._is_not(condition, wanted) if enough else None
                for item in items:
                    there = here if short is None else here & (short | ~self._is_not(item, wanted))
                    self.visit(item, there, wanted=wanted, rule=rule, covered=covered)

    def _visit_rule(
        self, name: str, named: Status | None, here: Expression, between: Expression, *, wanted: bool, covered: bool
    ) -> None:
        kind = self.statuses.policy.rules[name].kind
        if kind in _ASIDE:
            return
        if kind is Kind.CRITERION:
            self.named[name].append(between)
        if named is not Status.UNDOCUMENTED:
            below = not wanted if named is Status.NOT_MET else wanted
            self.reached[_Inside(name, covered or kind is Kind.CRITERION, below)].append(here)

    def _is_not(self, condition: Condition, wanted: bool) -> Expression:
        status = self.statuses.of_condition(condition)
        return ~(kleene.is_met(status) if wanted else kleene.is_not_met(status))


def add_deficiencies(statuses: Statuses, after: int) -> dict[str, str]:
    """Add a truth for each rule that can be a deficiency; its column by rule id, in the order of the policy."""
    policy, stages = statuses.policy, statuses.stages
    walk = _Walk(statuses)
    walk.visit(policy.decision.necessary_when, kleene.constant(True), wanted=True, rule=DECISION, covered=False)
    stage = after
    for number, id_ in enumerate(reversed(policy.order)):  # what reads a rule stands behind it in that order
        several = [one for one in walk.reached if one.rule == id_]
        for inside in several:
            name = f"v_{number}_{int(inside.covered)}{int(inside.wanted)}"
            here = stages.add(name, kleene.any_of(walk.reached[inside]), stage)
            walk.visit(policy.rules[id_].when, here, wanted=inside.wanted, rule=id_, covered=inside.covered)
        stage += bool(several)
    names = [*([DECISION] if DECISION in walk.named else []), *(id_ for id_ in policy.rules if id_ in walk.named)]
    found = {}
    for number, id_ in enumerate(names):
        found[id_] = f"d_{number}"
        stages.add(found[id_], kleene.any_of(walk.named[id_]), stage)
    return found
