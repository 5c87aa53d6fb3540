"""Cases at the edges of a policy, found by the solver: each status of each rule, and both sides of each threshold.

Of such a case only what the rule reads is kept; all else in its row is drawn as in every other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from harness.cases.measures import days_since
from harness.cases.write import request_date
from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import Compare, Condition, Constant, Operator, facts_read, rules_read, walk
from harness.model.policy import Fact, Policy
from harness.model.values import DAYS, FactType, Interval, Outcome, Status, to_canonical
from harness.proof.answers import CaseUnder, Proved, Refuted
from harness.proof.encode import Encoded
from harness.proof.every_case import EveryCase
from harness.proof.logic import Truth, every, implies, no, same, some
from harness.proof.values import MILLION, Span, scaled
from harness.sampling.numbers import AGE, fits, in_own_unit, scale_of
from harness.sampling.plan import REQUEST_DATE, Plan
from harness.sampling.span import Span as Days
from harness.sampling.values import is_since
from harness.strict_yaml import MAX_DECIMALS

SECONDS = 5.0  # for one question to the solver

_LONG_AGO = 3650  # days before the request, beyond which no date of a sensible case lies
_FINEST = Decimal(1).scaleb(-MAX_DECIMALS)
_WIDENED = 5  # numbers of a sensible case are at most so many times what is likely
_STEPS_BELOW = frozenset({Operator.AT_LEAST, Operator.LESS_THAN})  # where a step less makes the difference


@dataclass(frozen=True, slots=True)
class Boundary:
    """What a case at an edge holds of the facts that matter there; `request` is None where its day does not matter."""

    facts: Mapping[str, Reading]
    request: date | None


@dataclass(frozen=True, slots=True)
class StatusOf:
    rule: str
    status: Status


@dataclass(frozen=True, slots=True)
class EndsIn:
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SidesOf:
    """A threshold that a rule (or, where it is None, the decision) holds a fact to; `step` leads to its other side."""

    rule: str | None
    fact: str
    threshold: Decimal  # canonical, as the step is
    step: Decimal


Edge = StatusOf | EndsIn | SidesOf


@dataclass(slots=True)
class Edges:
    """The edges of a policy. `unsettled` counts those of which the solver could not tell whether there is a case."""

    plan: Plan
    every_case: EveryCase
    on: tuple[Truth, ...]
    edges: tuple[Edge, ...]
    unsettled: int = 0
    second: dict[str, Encoded] = field(default_factory=dict)


def edges_of(plan: Plan, days: Days, seconds: float = SECONDS) -> Edges:
    every_case = EveryCase(plan.policy, seconds, days.last)
    on = (every_case.case.request_day >= days.first.toordinal(), every_case.case.request_day <= days.last.toordinal())
    return Edges(plan, every_case, on, tuple(_edges(plan.policy)))


def found_at(edges: Edges, edge: Edge) -> tuple[Boundary, ...]:
    """The case at an edge, or one on each side of it; none where no case comes there."""
    policy = edges.plan.policy
    if isinstance(edge, SidesOf):
        when = policy.decision.necessary_when if edge.rule is None else policy.rules[edge.rule].when
        return _sides(edges, edge, _matter(policy, when))
    encoded = edges.every_case.encoded
    if isinstance(edge, EndsIn):
        wanted, when = encoded.outcomes[edge.outcome], policy.decision.necessary_when
    else:
        wanted, when = encoded.statuses[edge.rule].is_(edge.status), policy.rules[edge.rule].when
    matter = _matter(policy, when)
    for likely in (True, False):
        limits = list(_limits(edges, encoded, matter, likely=likely))
        answer = edges.every_case.some(wanted, *edges.on, *limits, of=matter)
        if isinstance(answer, Refuted):
            return (_kept(answer.witness.old, matter),)
    edges.unsettled += not isinstance(answer, Proved)
    return ()


def _edges(policy: Policy) -> Iterator[Edge]:
    yield from map(EndsIn, Outcome)
    for rule in policy.rules.values():
        yield from (StatusOf(rule.id, status) for status in Status)
    for rule in policy.rules.values():
        yield from _thresholds(policy, rule.id, rule.when)
    yield from _thresholds(policy, None, policy.decision.necessary_when)


def _thresholds(policy: Policy, rule: str | None, when: Condition) -> Iterator[SidesOf]:
    facts = facts_of(policy)
    found: dict[SidesOf, None] = {}
    for condition in walk(when):
        match condition:
            case Compare(name, operator, Constant(Interval(Decimal() as threshold))):
                found[SidesOf(rule, name, *_step(policy, facts[name], operator, threshold))] = None
    yield from found


def _step(policy: Policy, fact: Fact, operator: Operator, threshold: Decimal) -> tuple[Decimal, Decimal]:
    """A threshold and the step to its other side; where no file can hold it, the last number before it and a step."""
    own = in_own_unit(threshold, fact)
    step = Decimal(1) if fact.type is FactType.DATE else scale_of(policy, fact).step
    if not fits(own):
        below = own.quantize(_FINEST, ROUND_FLOOR)
        return to_canonical(below, fact.unit), to_canonical(_FINEST, fact.unit)
    return threshold, to_canonical(-step if operator in _STEPS_BELOW else step, fact.unit)


def _sides(edges: Edges, edge: SidesOf, matter: frozenset[str]) -> tuple[Boundary, ...]:
    """Two cases that differ in one fact by one step, and in the status of the rule that holds the fact to it."""
    every_case, fact = edges.every_case, facts_of(edges.plan.policy)[edge.fact]
    source = edges.plan.facts[fact.id].source if fact.id in edges.plan.facts else None
    if fact.id not in edges.second:
        edges.second[fact.id] = every_case.second_case({fact.id} if source is None else {fact.id, source})
    first, second = every_case.encoded, edges.second[fact.id]
    at = _holds(first, fact, edge.threshold), _holds(second, fact, edge.threshold + edge.step)
    if edge.rule is None:
        differ = no(same(first.decision.met, second.decision.met))
    else:
        one, other = first.statuses[edge.rule], second.statuses[edge.rule]
        differ = some((no(same(one.met, other.met)), no(same(one.not_met, other.not_met))))
    for likely in (True, False):
        limits = [*_limits(edges, first, matter, likely=likely), *_limits(edges, second, matter, likely=likely)]
        answer = every_case.some_pair(second, *at, differ, *edges.on, *limits, of=matter)
        if isinstance(answer, Refuted):
            return _kept(answer.witness.old, matter), _kept(answer.witness.new, matter)
    edges.unsettled += not isinstance(answer, Proved)
    return ()


def _holds(encoded: Encoded, fact: Fact, number: Decimal) -> Truth:
    reading = encoded.readings[fact.id]
    assert isinstance(reading.value, Span)
    return every((reading.documented, reading.value.is_point, reading.value.low == scaled(number, fact.type)))


def _matter(policy: Policy, when: Condition) -> frozenset[str]:
    """The facts that a condition rests on, through rules and through what is measured from a date."""
    facts, rules, waiting = set[str](), set[str](), [when]
    while waiting:
        condition = waiting.pop()
        facts |= set(facts_read(condition))
        more = set(rules_read(condition)) - rules
        rules |= more
        waiting += [policy.rules[rule].when for rule in sorted(more)]
    known = policy.facts
    days = {fact.measure.date_fact for fact in known.values() if fact.id in facts and fact.measure is not None}
    facts |= {day for day in days if day is not None}
    since = {fact.id for fact in known.values() for day in facts if day in known and is_since(fact, known[day])}
    return frozenset(facts | since)


def _limits(edges: Edges, encoded: Encoded, matter: Collection[str], *, likely: bool) -> Iterator[Truth]:
    """That numbers can be written in their own units; and that they, and dates, are what a reader would expect."""
    policy, case = edges.plan.policy, edges.every_case.case
    for id_ in sorted(matter):
        reading, fact = encoded.readings[id_], facts_of(policy)[id_]
        if not isinstance(reading.value, Span) or id_ in {REQUEST_DATE, AGE}:
            continue
        stated = encoded.case.stated(fact)
        assert isinstance(stated.value, Span)
        for has, bound in ((stated.value.has_low, stated.value.low), (stated.value.has_high, stated.value.high)):
            assert not isinstance(bound, int)
            if fact.type is FactType.DATE:
                if likely:
                    yield implies(has, bound >= case.request_day - _LONG_AGO)
                continue
            unit = DAYS.get(fact.unit or "", 1)
            if unit > 1:
                yield implies(has, bound % unit == 0)
            if likely:
                scale = scale_of(policy, fact)
                most = scale.most if fact.maximum is not None else scale.most * _WIDENED
                yield implies(has, bound >= int(scale.least * unit * MILLION))
                yield implies(has, bound <= int(most * unit * MILLION))
                yield implies(has, bound % int(scale.step * unit * MILLION) == 0)


def _kept(case: CaseUnder, matter: Collection[str]) -> Boundary:
    """What a row states of the facts that matter: not what is presumed, nor what a date gives."""
    day = request_date(case.facts)
    facts = facts_of(case.policy)
    kept: dict[str, Reading] = {}
    dated = False
    for id_ in sorted(matter):
        dated |= facts[id_].type is FactType.DATE
        if id_ == REQUEST_DATE:
            continue
        reading = case.facts[id_]
        stated = reading.state is State.DOCUMENTED and not _given(facts[id_], case)
        kept[id_] = reading if stated else UNDOCUMENTED
    return Boundary(kept, day if dated else None)


def _given(fact: Fact, case: CaseUnder) -> bool:
    source = None if fact.measure is None or fact.measure.date_fact is None else case.facts[fact.measure.date_fact]
    if source is None or source.state is not State.DOCUMENTED or not isinstance(source.value, Interval):
        return False
    return days_since(source.value, request_date(case.facts)) == case.facts[fact.id].value
