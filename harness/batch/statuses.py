"""The status of every rule of a policy and the outcome, each computed once a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import ibis

from harness.batch import kleene
from harness.batch.conditions import Leaf, combined, leaf_status
from harness.batch.held import Expression, Held, facts_held
from harness.batch.stages import Stages
from harness.model.condition import Compare, Condition, Documented, rules_read, walk
from harness.model.policy import Policy
from harness.model.values import Outcome

OUTCOME = "outcome"


@dataclass(slots=True)
class Statuses:
    """What the rest of an expression reads of a policy: its leaves, its rules and the decision, as columns."""

    policy: Policy
    stages: Stages
    facts: Mapping[str, Held]
    leaves: dict[Leaf, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    depth: dict[str, int] = field(default_factory=dict)  # of the rules: the stage of each

    @classmethod
    def of(cls, policy: Policy, columns: Collection[str]) -> Statuses:
        """`columns` are those of the canonical table."""
        found = cls(policy, Stages(), facts_held(policy, columns))
        for number, id_ in enumerate(policy.order):
            when = policy.rules[id_].when
            found._note_leaves(when)
            found.depth[id_] = max((found.depth[read] for read in rules_read(when)), default=0) + 1
            found.rules[id_] = f"s_{number}"
            found.stages.add(found.rules[id_], found.of_condition(when), found.depth[id_] - 1)
        found._note_leaves(policy.decision.necessary_when)
        return found

    def _note_leaves(self, condition: Condition) -> None:
        for one in walk(condition):
            if isinstance(one, Compare | Documented) and one not in self.leaves:
                self.leaves[one] = f"c_{len(self.leaves)}"
                self.stages.add(self.leaves[one], leaf_status(one, self.facts))

    @property
    def last(self) -> int:
        """The stage by which every rule has its status."""
        return max(self.depth.values(), default=0)

    def of_leaf(self, leaf: Leaf) -> Expression:
        return ibis._[self.leaves[leaf]]

    def of_rule(self, rule: str) -> Expression:
        return ibis._[self.rules[rule]]

    def of_condition(self, condition: Condition) -> Expression:
        return combined(condition, self.of_leaf, self.of_rule)

    def add_outcome(self) -> None:
        """The outcome, in the words of `Outcome`; see `harness.evaluate.outcome_of`."""
        policy = self.policy
        decision = self.stages.add("decision_", self.of_condition(policy.decision.necessary_when), self.last)
        branches: list[tuple[Expression, str]] = [
            (kleene.is_met(decision), Outcome.MEDICALLY_NECESSARY.value),
            (kleene.is_not_met(decision), Outcome.NOT_MEDICALLY_NECESSARY.value),
        ]
        after = self.stages.stage["decision_"]
        if policy.decision.when_undocumented is not Outcome.MORE_INFORMATION:
            supposed, after = self._supposed(after)
            if supposed is not None:
                branches.append((kleene.is_met(supposed), Outcome.MORE_INFORMATION.value))
        outcome = ibis.cases(*branches, else_=policy.decision.when_undocumented.value)
        self.stages.add(OUTCOME, outcome, after)

    def _supposed(self, after: int) -> tuple[Expression | None, int]:
        """The decision if what is asked for, and undocumented, were met; None where the policy asks for nothing."""
        policy = self.policy
        supposed: dict[str, Expression] = {}
        for number, id_ in enumerate(policy.order):
            rule = policy.rules[id_]
            changed = any(read in supposed for read in rules_read(rule.when))
            asked = rule.when_undocumented is Outcome.MORE_INFORMATION
            if not changed and not asked:
                continue
            status = self.of_rule(id_)
            if changed:
                status = combined(rule.when, self.of_leaf, lambda read: supposed.get(read, self.of_rule(read)))
            if asked:
                status = status.isnull() | status if not changed else self.of_rule(id_).isnull() | status
            supposed[id_] = self.stages.add(f"h_{number}", status, after)
            after += 1
        if not supposed:
            return None, after
        when = policy.decision.necessary_when
        decision = combined(when, self.of_leaf, lambda read: supposed.get(read, self.of_rule(read)))
        return self.stages.add("supposed_", decision, after), after + 1
