"""A policy's rules as nodes: each a flat `all` or `any` of a few literals, its exact status made by the engine.

`not` is pushed to the leaves. A connective inside another one, and each run of literals too long to fold, becomes a
node of its own, whose status the rule then reads as it reads another rule's. A count reads a tally of its nodes.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.engine import literal
from harness.engine.leaves import CannotCompareError, Leaves, is_number_equality
from harness.engine.literal import Literal
from harness.engine.names import Names, bounds
from harness.errors import BadInputError, Mistake
from harness.model.condition import All, AnyOf, Compare, Condition, Count, Documented, Not, RuleStatus
from harness.model.policy import Policy, Rule

WIDEST = 8  # literals folded into one node; the branches of its statuses grow with the square


@dataclass(frozen=True, slots=True)
class Node:
    """`name` is the property that will hold its status; `rule` is the policy's rule that it is, or is a part of."""

    name: str
    rule: str
    literals: tuple[Literal, ...]
    alternative: bool  # any, not all

    @property
    def after(self) -> frozenset[str]:
        return frozenset(name for one in self.literals for name in one.after)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some nodes are met, and how many still could be: two properties asserted once all have settled."""

    name: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    alternative: bool
    items: tuple[Literal | _Group, ...]


class Nodes:
    """Makes the nodes of one policy, each behind those it reads."""

    def __init__(self, policy: Policy, names: Names) -> None:
        self.leaves = Leaves(names)
        self.nodes: dict[str, Node] = {}
        self.tallies: dict[str, Tally] = {}
        self.rules: dict[str, str] = {}  # the name of each rule's node
        self._names = names
        self._parts: dict[tuple[bool, tuple[Literal, ...]], str] = {}
        self._counted: dict[tuple[str, ...], str] = {}
        for rule in policy.order:
            self._add_rule(policy.rules[rule])

    def _add_rule(self, rule: Rule) -> None:
        try:
            alternative, literals = self._flat(rule.id, self._simple(rule.id, rule.when, opposite=False))
        except CannotCompareError as error:
            raise BadInputError([Mistake(rule.place, f"rule `{rule.id}` {error}")]) from None
        name = self._names.take(f"rule {rule.id}")
        self.nodes[name] = Node(name, rule.id, literals, alternative)
        self.rules[rule.id] = name

    def _simple(self, rule: str, condition: Condition, *, opposite: bool) -> Literal | _Group:
        """The condition, or its opposite, with `not` only at leaves."""
        match condition:
            case Not(item):
                return self._simple(rule, item, opposite=not opposite)
            case All(items):
                return _group(opposite, tuple(self._simple(rule, item, opposite=opposite) for item in items))
            case AnyOf(items):
                return _group(not opposite, tuple(self._simple(rule, item, opposite=opposite) for item in items))
            case Count(at_least, items):
                found = self._count(rule, at_least, items)
            case Documented():
                found = self.leaves.documented(condition)
            case RuleStatus(read, status):
                name = self.rules[read]
                found = literal.has_status(name, status, (name,))
            case Compare() if is_number_equality(condition):
                return self._number_equality(condition, opposite)
            case Compare():
                (found,) = self.leaves.compare(condition)
        return found.negated if opposite else found

    def _number_equality(self, leaf: Compare, opposite: bool) -> _Group:
        """`is 6` is `all` of at least 6 and at most 6; `is_not 6` is the opposite."""
        differs = (leaf.operator == "is_not") is not opposite
        both = self.leaves.compare(leaf)
        return _Group(differs, tuple(one.negated for one in both) if differs else both)

    def _flat(self, rule: str, condition: Literal | _Group) -> tuple[bool, tuple[Literal, ...]]:
        """One connective over a few literals; whatever stands deeper or too wide is made a node first."""
        if isinstance(condition, Literal):
            return False, (condition,)
        alternative = condition.alternative
        literals = tuple(dict.fromkeys(self._literal(rule, item) for item in condition.items))
        while len(literals) > WIDEST:
            runs = (literals[at : at + WIDEST] for at in range(0, len(literals), WIDEST))
            literals = tuple(self._part(rule, alternative, run) for run in runs)
        return alternative, literals

    def _literal(self, rule: str, condition: Literal | _Group) -> Literal:
        if isinstance(condition, Literal):
            return condition
        return self._part(rule, *self._flat(rule, condition))

    def _part(self, rule: str, alternative: bool, literals: tuple[Literal, ...]) -> Literal:
        """The status of a node of these literals, made once however often a policy says the same."""
        key = alternative, literals
        if key not in self._parts:
            name = self._parts[key] = self._names.take(f"part of {rule}")
            self.nodes[name] = Node(name, rule, literals, alternative)
        name = self._parts[key]
        return literal.word(name, (name,))

    def _count(self, rule: str, at_least: int, items: tuple[Condition, ...]) -> Literal:
        counted = tuple(self._counted_node(rule, item) for item in items)
        if counted not in self._counted:
            name = self._counted[counted] = self._names.take(f"count of {rule}")
            self.tallies[name] = Tally(name, counted)
        return literal.at_least(self._counted[counted], at_least, tuple(dict.fromkeys(counted)))

    def _counted_node(self, rule: str, item: Condition) -> str:
        if isinstance(item, RuleStatus) and item.status is None:
            return self.rules[item.rule]
        flat = self._flat(rule, self._simple(rule, item, opposite=False))
        return self._part(rule, *flat).of

    def tally_bounds(self) -> dict[str, Tally]:
        """The tally that makes each property."""
        return {bound: tally for tally in self.tallies.values() for bound in bounds(tally.name)}


def _group(alternative: bool, items: tuple[Literal | _Group, ...]) -> Literal | _Group:
    """A connective over items, those of the same connective inside it taken up into it."""
    merged: list[Literal | _Group] = []
    for item in items:
        merged += item.items if isinstance(item, _Group) and item.alternative is alternative else (item,)
    return merged[0] if len(merged) == 1 else _Group(alternative, tuple(merged))
