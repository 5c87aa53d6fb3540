"""The conditions that a decision reads, as one net of nodes: which statuses each can have, and which still matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
from harness.model.policy import Policy
from harness.model.values import Outcome, Status
from harness.questionnaire import sets
from harness.questionnaire.sets import Statuses

Leaf = Compare | Documented
Values = list[Statuses]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A criterion of `when_undocumented: more_information`, read as met where it is undocumented.

    Its children are the criterion as it is, and as it would be with others of its sort so read.
    """


Whole = All | AnyOf | Not | Count | RuleStatus | AskedFor | Compare | Documented


@dataclass(slots=True)
class Network:
    """A node stands behind those it reads. `rules` has the node of each rule that the decision reads."""

    policy: Policy
    nodes: list[tuple[Whole, tuple[int, ...]]] = field(default_factory=list)
    rules: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, tuple[int, ...]] = field(default_factory=dict)  # by fact
    root: int = 0
    lenient: int | None = None
    _above: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _lenient_rules: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> Network:
        net = cls(policy)
        net.root = net._add(policy.decision.necessary_when, lenient=False)
        asked = [rule for rule in net.rules if net._is_asked_for(rule)]
        if asked and policy.decision.when_undocumented is not Outcome.MORE_INFORMATION:
            net.lenient = net._add(policy.decision.necessary_when, lenient=True)
        for number, (node, _) in enumerate(net.nodes):
            for fact in facts_of(node):
                net.leaves[fact] = (*net.leaves.get(fact, ()), number)
        return net

    def _is_asked_for(self, rule: str) -> bool:
        return self.policy.rules[rule].when_undocumented is Outcome.MORE_INFORMATION

    def _add(self, condition: Condition, *, lenient: bool) -> int:
        match condition:
            case RuleStatus(rule, None):
                return self._rule(rule, lenient=lenient)
            case RuleStatus(rule):
                below: tuple[int, ...] = (self._rule(rule, lenient=lenient),)
            case Not(item):
                below = (self._add(item, lenient=lenient),)
            case All(items) | AnyOf(items) | Count(items=items):
                below = tuple(self._add(item, lenient=lenient) for item in items)
            case _:
                below = ()
        return self._node(condition, below)

    def _rule(self, rule: str, *, lenient: bool) -> int:
        known = self._lenient_rules if lenient else self.rules
        if rule not in known:
            number = self._add(self.policy.rules[rule].when, lenient=lenient)
            if lenient and self._is_asked_for(rule):
                number = self._node(AskedFor(), (self._rule(rule, lenient=False), number))
            known[rule] = number
        return known[rule]

    def _node(self, node: Whole, below: tuple[int, ...]) -> int:
        self.nodes.append((node, below))
        return len(self.nodes) - 1

    def above(self, facts: Iterable[str]) -> tuple[int, ...]:
        """The nodes that some facts bear upon, their leaves left out, each behind those it reads."""
        key = "\n".join(facts)
        if key not in self._above:
            touched = {leaf for fact in facts for leaf in self.leaves.get(fact, ())}
            found = []
            for number, (_, below) in enumerate(self.nodes):
                if any(child in touched for child in below):
                    touched.add(number)
                    found.append(number)
            self._above[key] = tuple(found)
        return self._above[key]

    def values(self, leaves: Mapping[int, Statuses]) -> Values:
        """The statuses that each node can have, those of the leaves given."""
        values: Values = []
        for number, (node, below) in enumerate(self.nodes):
            values.append(leaves[number] if number in leaves else _value(node, below, values))
        return values

    def changed(self, values: Values, leaves: Mapping[int, Statuses], facts: Iterable[str]) -> Values:
        """The same, with other statuses of the leaves of some facts."""
        new = values.copy()
        for leaf, some in leaves.items():
            new[leaf] = some
        for number in self.above(facts):
            new[number] = _value(*self.nodes[number], new)
        return new

    def outcomes(self, values: Values) -> frozenset[Outcome]:
        """The outcomes that the decision can still have (`harness.evaluate.outcome_of`)."""
        held = {
            Status.MET: {Outcome.MEDICALLY_NECESSARY},
            Status.NOT_MET: {Outcome.NOT_MEDICALLY_NECESSARY},
            Status.UNDOCUMENTED: {self.policy.decision.when_undocumented},
        }
        if self.lenient is not None:
            lenient = values[self.lenient]
            met, other = lenient & sets.BITS[Status.MET], lenient & ~sets.BITS[Status.MET]
            held[Status.UNDOCUMENTED] = ({Outcome.MORE_INFORMATION} if met else set()) | (
                {self.policy.decision.when_undocumented} if other else set()
            )
        return frozenset(outcome for status in sets.members(values[self.root]) for outcome in held[status])

    def mattering(self, values: Values) -> dict[int, None]:
        """The nodes whose status can still change the outcome, in the order in which the decision reads them."""
        found: dict[int, None] = {}
        if len(self.outcomes(values)) > 1:
            self._walk(self.root, values, found)
            if self.lenient is not None and values[self.root] & sets.BITS[Status.UNDOCUMENTED]:
                self._walk(self.lenient, values, found)
        return found

    def _walk(self, number: int, values: Values, found: dict[int, None]) -> None:
        """An item of `all` matters while it can be less than the rest can be at best; of `any`, the other way round."""
        if number in found or sets.IS_ONE[values[number]]:
            return
        found[number] = None
        node, below = self.nodes[number]
        highest, lowest = sets.HIGH[values[number]], sets.LOW[values[number]]
        for child in below:
            some = values[child]
            if (isinstance(node, All) and sets.LOW[some] >= highest) or (
                isinstance(node, AnyOf) and sets.HIGH[some] <= lowest
            ):
                continue
            self._walk(child, values, found)


def facts_of(leaf: Whole) -> tuple[str, ...]:
    match leaf:
        case Compare(fact, _, OtherFact(other)):
            return (fact,) if fact == other else (fact, other)
        case Compare(fact) | Documented(fact):
            return (fact,)
        case _:
            return ()


def _value(node: Whole, below: tuple[int, ...], values: Values) -> Statuses:
    match node:
        case All():
            found = values[below[0]]
            for child in below[1:]:
                found = sets.LEAST[found][values[child]]
            return found
        case AnyOf():
            found = values[below[0]]
            for child in below[1:]:
                found = sets.GREATEST[found][values[child]]
            return found
        case Not():
            return sets.NEGATED[values[below[0]]]
        case Count(at_least):
            return sets.counted(at_least, (values[child] for child in below))
        case RuleStatus(_, Status() as status):
            bit, some = sets.BITS[status], values[below[0]]
            met = sets.BITS[Status.MET] if some & bit else sets.NOTHING
            return met | (sets.BITS[Status.NOT_MET] if some & ~bit else sets.NOTHING)
        case AskedFor():
            held, otherwise = (values[child] for child in below)
            undocumented = sets.BITS[Status.UNDOCUMENTED]
            met = sets.BITS[Status.MET] if held & undocumented else sets.NOTHING
            return met | (otherwise if held & ~undocumented else sets.NOTHING)
        case _:
            raise AssertionError(node)  # a leaf has its value from the facts
