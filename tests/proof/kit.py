"""What the tests of proofs share: random policies with every kind of outcome, and a symbolic case held to one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import All, AnyOf, Compare, Condition, Constant, Operator, RuleStatus
from harness.model.policy import Fact, Measure, MeasureOf, Policy
from harness.model.values import FactType, Interval, Outcome
from harness.proof.case import REQUEST_DATE, Stated, SymbolicCase
from harness.proof.logic import Truth, every, no, same
from harness.proof.readings import is_derived
from harness.proof.values import Span, Words, YesNo, scaled
from tests.generate import CODES, Readings, fact_of, policies, readings, rule_of

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 2, 1)
DERIVED = fact_of("date.since", FactType.NUMBER)
DERIVED = replace(DERIVED, unit="d", measure=Measure(MeasureOf.DAYS_SINCE, date_fact="date.second"))


@st.composite
def worlds(draw: st.DrawFn, largest: int = 12, cases: int = 4) -> tuple[Policy, tuple[Readings, ...]]:
    """A policy, with a decision, criteria that ask first and a number counted from a date; and the facts of cases."""
    policy = draw(deciding_policies(largest))
    return policy, tuple(draw(_cases(policy)) for _ in range(cases))


@st.composite
def deciding_policies(draw: st.DrawFn, largest: int = 12) -> Policy:
    policy = draw(policies(largest=largest))
    facts = {id_: _coded(fact) for id_, fact in policy.facts.items()}
    facts[DERIVED.id] = replace(DERIVED, presumed=draw(st.sampled_from([None, Interval.point(3)])))
    since = Compare(DERIVED.id, draw(st.sampled_from([Operator.AT_LEAST, Operator.LESS_THAN])), _days(30))
    conditions = {id_: rule.when for id_, rule in policy.rules.items()}
    conditions["since"] = since
    # Each code that a case may hold is named, so that none of them stands for others.
    conditions["codes"] = Compare("set.first", Operator.INCLUDES_ANY, Constant(CODES))
    rules = {id_: rule_of(id_, when) for id_, when in conditions.items()}
    for id_ in draw(st.sets(st.sampled_from(sorted(rules)))):
        rules[id_] = replace(rules[id_], when_undocumented=Outcome.MORE_INFORMATION)
    undocumented = draw(st.sampled_from([Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY]))
    decision = replace(policy.decision, when_undocumented=undocumented, necessary_when=draw(_decisions(sorted(rules))))
    return replace(policy, facts=facts, rules=rules, order=tuple(rules), decision=decision)


def _coded(fact: Fact) -> Fact:
    return replace(fact, system="ICD-10-CM", choices=()) if fact.type is FactType.SET else fact


def _days(number: int) -> Constant:
    return Constant(Interval.point(Decimal(number)))


def _decisions(rules: list[str]) -> st.SearchStrategy[Condition]:
    several = st.lists(st.sampled_from(rules).map(RuleStatus), min_size=1, max_size=4).map(tuple)
    return st.one_of(several.map(All), several.map(AnyOf))


@st.composite
def _cases(draw: st.DrawFn, policy: Policy) -> Readings:
    """Facts of one case; a number counted from a date is what the date gives."""
    found = dict.fromkeys(facts_of(policy), UNDOCUMENTED) | draw(readings(policy))
    found[REQUEST_DATE] = Reading(State.DOCUMENTED, Interval.point(TODAY.toordinal()))
    for fact in policy.facts.values():
        if is_derived(fact):
            found[fact.id] = _since(fact, found)
    return found


def _since(fact: Fact, found: Readings) -> Reading:
    assert fact.measure is not None
    source = found[fact.measure.date_fact or ""]
    if isinstance(source.value, Interval):
        high, low = source.value.high, source.value.low
        today = Decimal(TODAY.toordinal())
        value = Interval(Decimal(0) if high is None else today - high, None if low is None else today - low)
        return Reading(source.state, value)
    stated = found[fact.id]
    if isinstance(stated.value, Interval):  # no file states a negative one
        stated = replace(stated, value=Interval(_not_negative(stated.value.low), _not_negative(stated.value.high)))
    return stated if stated.state is not State.PRESUMED else Reading(State.PRESUMED, fact.presumed)


def _not_negative(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else max(bound, Decimal(0))


def held_to(case: SymbolicCase, policy: Policy, facts: Mapping[str, Reading]) -> list[Truth]:
    """That the symbolic case is this one; what a date gives is not stated besides."""
    held: list[Truth] = []
    for fact in facts_of(policy).values():
        source = fact.measure.date_fact if fact.measure is not None and is_derived(fact) else None
        given = source is not None and facts[source].state is State.DOCUMENTED
        held += _held(case.stated(fact), fact, UNDOCUMENTED if given else facts[fact.id])
    return held


def _held(stated: Stated, fact: Fact, reading: Reading) -> Iterator[Truth]:
    documented = reading.state is State.DOCUMENTED
    yield same(stated.stated, documented)
    if not documented:
        return
    match stated.value, reading.value:
        case YesNo(held), bool() as truth:
            yield same(held, truth)
        case Words(held), str() | frozenset() as value if fact.type is not FactType.TEXT:
            words = {value} if isinstance(value, str) else value
            assert words <= held.keys()
            yield every(one if word in words else no(one) for word, one in held.items())
        case Span(has_low, low, has_high, high), Interval() as value:
            yield same(has_low, value.low is not None)
            yield same(has_high, value.high is not None)
            yield value.low is None or low == scaled(value.low, fact.type)
            yield value.high is None or high == scaled(value.high, fact.type)
