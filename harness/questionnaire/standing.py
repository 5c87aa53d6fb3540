"""What is known of a case and what is open, and what an answer to one question would leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from harness.evaluate import status_of
from harness.model.builtin import BUILT_IN
from harness.model.case import Reading, State
from harness.model.condition import Compare, Documented, Operator, OtherFact
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import FactType, Interval, Outcome, Status, Value
from harness.questionnaire import sets
from harness.questionnaire.answers import answers, operand
from harness.questionnaire.network import Leaf, Network, Values, facts_of
from harness.questionnaire.sets import Statuses

_THE_REQUEST = "request.date"  # no date of a case is later
_MOST_ANSWERS = 60

Answer = Mapping[str, Reading]  # the facts that one answer documents


def is_open(reading: Reading) -> bool:
    """Whether a fact can still be documented, or documented more exactly."""
    if reading.state is not State.DOCUMENTED:
        return True
    return isinstance(reading.value, Interval) and not reading.value.is_point


def asked_as(fact: Fact) -> str:
    """The fact that is asked for: of what is counted from a date, the date."""
    measure = fact.measure
    return measure.date_fact or fact.id if measure and measure.of is MeasureOf.DAYS_SINCE else fact.id


@dataclass(frozen=True, slots=True)
class Ground:
    """What does not change from answer to answer."""

    net: Network
    start: Mapping[str, Reading]
    asked: Mapping[str, tuple[str, ...]]  # by what is asked: the facts that it answers
    _open_sets: dict[int, Statuses] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy, start: Mapping[str, Reading]) -> Ground:
        net = Network.of(policy)
        asked: dict[str, tuple[str, ...]] = {}
        for name in net.leaves:
            key = asked_as(fact_of(policy, name))
            asked[key] = (*asked.get(key, ()), name)
        return cls(net, start, asked)

    @property
    def policy(self) -> Policy:
        return self.net.policy

    def leaf(self, number: int) -> Leaf:
        node = self.net.nodes[number][0]
        assert isinstance(node, Compare | Documented)
        return node

    def statuses(self, number: int, readings: Mapping[str, Reading]) -> Statuses:
        """The statuses that a leaf can have, however the facts that are open turn out."""
        leaf = self.leaf(number)
        if not any(is_open(readings[fact]) for fact in facts_of(leaf)):
            return sets.BITS[status_of(leaf, readings, {})]
        if isinstance(leaf, Documented):
            settled = readings[leaf.fact].state is State.DOCUMENTED or leaf.fact == _THE_REQUEST
            return sets.BITS[Status.MET if leaf.expected else Status.NOT_MET] if settled else sets.SETTLED
        if isinstance(leaf.operand, OtherFact):
            return _beside(leaf, leaf.operand.fact)
        if number not in self._open_sets:
            self._open_sets[number] = self._one_fact(leaf)
        return self._open_sets[number]

    def _one_fact(self, leaf: Compare) -> Statuses:
        fact, now, constant = fact_of(self.policy, leaf.fact), self.start[leaf.fact], operand(leaf)
        tried = [now, *answers(fact, now, () if constant is None else (constant,))]
        found = sets.union(status_of(leaf, {leaf.fact: one}, {}) for one in tried)
        is_range = fact.type in {FactType.NUMBER, FactType.DATE} and now.state is not State.DOCUMENTED
        # A number may come to be documented as a range that settles nothing.
        return found | sets.BITS[Status.UNDOCUMENTED] if is_range else found


def _beside(leaf: Compare, other: str) -> Statuses:
    if other == _THE_REQUEST and leaf.fact != other and leaf.operator in {Operator.AT_MOST, Operator.MORE_THAN}:
        side = Status.MET if leaf.operator is Operator.AT_MOST else Status.NOT_MET
        return sets.BITS[side] | sets.BITS[Status.UNDOCUMENTED]
    return sets.ANYTHING


def fact_of(policy: Policy, name: str) -> Fact:
    return policy.facts[name] if name in policy.facts else BUILT_IN[name]


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: the readings so far, and the statuses that each condition can still have."""

    ground: Ground
    readings: Mapping[str, Reading]
    values: Values

    @classmethod
    def of(cls, policy: Policy, readings: Mapping[str, Reading]) -> Standing:
        ground = Ground.of(policy, readings)
        leaves = {n for some in ground.net.leaves.values() for n in some}
        return cls(ground, readings, ground.net.values({n: ground.statuses(n, readings) for n in leaves}))

    def outcomes(self) -> frozenset[Outcome]:
        return self.ground.net.outcomes(self.values)

    def mattering(self) -> dict[int, None]:
        return self.ground.net.mattering(self.values)

    def open(self) -> tuple[str, ...]:
        """What can still be asked with an effect on the outcome, in the order in which the decision reads it."""
        policy, found = self.ground.policy, dict[str, None]()
        for number in self.mattering():
            node = self.ground.net.nodes[number][0]
            for name in facts_of(node):
                if is_open(self.readings[name]):
                    found[asked_as(fact_of(policy, name))] = None
        return tuple(found)

    def after(self, answer: Answer) -> Standing:
        readings = {**self.readings, **answer}
        net = self.ground.net
        leaves = {n: self.ground.statuses(n, readings) for name in answer for n in net.leaves.get(name, ())}
        return replace(self, readings=readings, values=net.changed(self.values, leaves, tuple(answer)))

    def answers(self, asked: str) -> tuple[Answer, ...]:
        """The answers that differ for some condition. What a range leaves open is answered more exactly."""
        names = [name for name in self.ground.asked[asked] if is_open(self.readings[name])]
        found: dict[tuple[Statuses, ...], Answer] = {}
        for several in product(*(self._answers(name) for name in names)):
            answer = dict(zip(names, several, strict=True))
            readings = {**self.readings, **answer}
            leaves = dict.fromkeys(n for name in names for n in self.ground.net.leaves[name])
            found.setdefault(tuple(self.ground.statuses(n, readings) for n in leaves), answer)
        return tuple(found.values())[:_MOST_ANSWERS]

    def _answers(self, name: str) -> tuple[Reading, ...]:
        beside: list[Value | tuple[str, ...]] = []
        for number in self.ground.net.leaves[name]:
            leaf = self.ground.leaf(number)
            if isinstance(leaf, Compare):
                other = [one for one in facts_of(leaf) if one != name]
                value = self.readings[other[0]].value if other else operand(leaf)
                beside += [] if value is None else [value]
        return tuple(answers(fact_of(self.ground.policy, name), self.readings[name], beside))
