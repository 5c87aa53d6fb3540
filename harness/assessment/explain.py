"""A condition with its statuses, node by node, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.assessment.matter import mattering_children
from harness.evaluate import Facts, Statuses, status_of
from harness.model.assessment import Explained, NodeKind
from harness.model.case import State
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, Not, RuleStatus
from harness.model.policy import Policy
from harness.model.values import Status
from harness.model.wording import fill, label


def explain_rule(policy: Policy, rule: str, facts: Facts, statuses: Statuses) -> Explained:
    """A rule's own condition; the rules it reads stand in it as leaves."""
    explainer = _Explainer(policy, facts, statuses, expand=False)
    return explainer.node(policy.rules[rule].when, statuses[rule], Status.MET, matters=True)


def explain_decision(policy: Policy, facts: Facts, statuses: Statuses) -> Explained:
    """The whole decision, each rule opened where it is read first (a rule that many read would else grow the tree)."""
    explainer = _Explainer(policy, facts, statuses, expand=True)
    condition = policy.decision.necessary_when
    return explainer.node(condition, status_of(condition, facts, statuses), Status.MET, matters=True)


@dataclass(slots=True)
class _Explainer:
    policy: Policy
    facts: Facts
    statuses: Statuses
    expand: bool
    opened: set[str] = field(default_factory=set)

    def node(self, condition: Condition, status: Status, wanted: Status | None, *, matters: bool) -> Explained:
        """A condition whose status is known, `wanted` being the status that would help."""
        match condition:
            case Compare(fact):
                text = label(condition, self.policy)
                if self.facts[fact].state is State.PRESUMED:
                    text += " (presumed, not documented)"
                return Explained(NodeKind.FACT, status, text, matters, fact=fact)
            case Documented(fact):
                return Explained(NodeKind.FACT, status, label(condition, self.policy), matters, fact=fact)
            case RuleStatus(rule, named):
                return self._rule(condition, status, rule, wanted if named is None else None, matters=matters)
            case Not(item):
                inner = self.node(item, status.negated, None if wanted is None else wanted.negated, matters=matters)
                return Explained(NodeKind.NOT, status, label(condition, self.policy), matters, children=(inner,))
            case All(items) | AnyOf(items) | Count(items=items):
                kind = {All: NodeKind.ALL, AnyOf: NodeKind.ANY, Count: NodeKind.COUNT}[type(condition)]
                parts = [status_of(item, self.facts, self.statuses) for item in items]
                kept = set(mattering_children(condition, status, wanted, parts))
                inside = tuple(
                    self.node(item, parts[index], wanted, matters=matters and index in kept)
                    for index, item in enumerate(items)
                )
                return Explained(kind, status, label(condition, self.policy), matters, children=inside)

    def _rule(
        self, condition: RuleStatus, status: Status, rule: str, wanted: Status | None, *, matters: bool
    ) -> Explained:
        inside: tuple[Explained, ...] = ()
        if self.expand and matters and rule not in self.opened:
            self.opened.add(rule)
            inside = (self.node(self.policy.rules[rule].when, self.statuses[rule], wanted, matters=matters),)
        text = (
            fill(self.policy.rules[rule].title, self.policy)
            if condition.status is None
            else label(condition, self.policy)
        )
        return Explained(NodeKind.RULE, status, text, matters, rule=rule, children=inside)
