"""Random policies and readings, built as model objects directly: no files are written or read.

`policies()` draws a policy, `large_policies()` one of 200 rules, `readings(policy)` how one case's facts are read under
it, `worlds()` a policy with the facts of several cases.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from harness.errors import Place
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Documented,
    Not,
    Operator,
    OtherFact,
    RuleStatus,
)
from harness.model.policy import Decision, Fact, Kind, Policy, Rule
from harness.model.values import FactType, Interval, Outcome, Status, Value

Readings = dict[str, Reading]

PLACE = Place("policies/test/random/2026-01-01.yaml", 7, 3)
CHOICES = ("none", "mild", "moderate", "severe", "grade 1.5")
CODES = ("M51.14", "M51.16", "M51.27", "M54.5", "M48.06", "G83.4")
LISTED = (*CODES, "M51.1-", "M51-", "G8-", "Z-")
EQUALITY = (Operator.IS, Operator.IS_NOT)
ORDER = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN)
MEMBERSHIP = (Operator.IN, Operator.NOT_IN)
SETS = (Operator.INCLUDES, Operator.INCLUDES_ANY, Operator.EXCLUDES)
# Few different values, so that thresholds are hit exactly; the last ones are the bounds of what is read.
NUMBERS = tuple(Decimal(n) for n in ("0", "1", "2", "2.5", "2.500001", "41", "42", "-1", "1000000000", "-0.000001"))
DATES = tuple(Decimal(date(2026, 1, day).toordinal()) for day in (1, 2, 3, 31))


def facts() -> st.SearchStrategy[dict[str, Fact]]:
    """Facts to read: of each type two, so that every one has another to be compared with, and a text."""
    presumptions = st.tuples(*(st.one_of(st.none(), _values(kind)) for kind in FactType))
    return presumptions.map(_facts)


def _facts(presumed: Sequence[Value | None]) -> dict[str, Fact]:
    made = {}
    for kind, presumption in zip(FactType, presumed, strict=True):
        for name in ("first", "second"):
            fact = fact_of(f"{kind.value}.{name}", kind, presumption if name == "second" else None)
            made[fact.id] = fact
    return made


def fact_of(id: str, kind: FactType, presumed: Value | None = None) -> Fact:  # noqa: A002 - as the field is called
    return Fact(
        id=id,
        question=f"What is {id}?",
        look_for="Notes",
        type=kind,
        place=PLACE,
        choices={FactType.CHOICE: CHOICES, FactType.SET: CHOICES}.get(kind, ()),
        presumed=presumed if kind is not FactType.TEXT else None,
    )


def rule_of(id: str, when: Condition) -> Rule:  # noqa: A002 - as the field is called
    says = {status: f"{id} is {status.word}" for status in Status}
    return Rule(id, Kind.CRITERION, None, f"Rule {id}", says, "Notes", (), when, PLACE)


def policy_of(conditions: dict[str, Condition], facts: dict[str, Fact], id: str = "test/random") -> Policy:  # noqa: A002
    """A policy of these rules, each given behind those it reads; its hash is that of its content."""
    rules = {name: rule_of(name, when) for name, when in conditions.items()}
    says = {outcome: outcome.value for outcome in Outcome}
    decision = Decision(says, Outcome.MORE_INFORMATION, All(tuple(map(RuleStatus, rules))), PLACE)
    return Policy(
        id=id,
        title="A random policy",
        summary="For tests.",
        status="active",
        effective=date(2026, 1, 1),
        until=None,
        approval=None,
        applies_to=(),
        topics=(),
        parameters={},
        facts=facts,
        rules=rules,
        order=tuple(rules),
        decision=decision,
        references={},
        hash=hashlib.sha256(repr((id, conditions, facts)).encode()).hexdigest(),
        place=PLACE,
    )


@st.composite
def policies(draw: st.DrawFn, smallest: int = 1, largest: int = 40) -> Policy:
    """A policy of random rules, each reading facts and earlier rules."""
    known = draw(facts())
    conditions: dict[str, Condition] = {}
    for number in range(draw(st.integers(smallest, largest))):
        conditions[f"rule-{number}"] = draw(conditions_of(_kinds(known), number))
    return policy_of(conditions, known)


@st.composite
def large_policies(draw: st.DrawFn, rules: int = 200) -> Policy:
    """A policy of many rules: a few dozen drawn conditions, joined at random with the rules before them."""
    known = draw(facts())
    pool = draw(st.lists(conditions_of(_kinds(known)), min_size=20, max_size=30))
    chance = random.Random(draw(st.integers(0, 2**32)))
    conditions: dict[str, Condition] = {}
    for number in range(rules):
        read = [RuleStatus(rule) for rule in chance.sample(list(conditions), min(number, chance.randrange(5)))]
        items = (chance.choice(pool), *read)
        count = Count(chance.randint(1, len(items)), items)
        conditions[f"rule-{number}"] = chance.choice((All(items), AnyOf(items), count, Not(All(items))))
    return policy_of(conditions, known)


Kinds = tuple[tuple[str, FactType], ...]  # of facts: their ids and types, all that a condition depends on


def _kinds(known: dict[str, Fact]) -> Kinds:
    return tuple((fact.id, fact.type) for fact in known.values())


@cache  # a strategy is dear to make and knows nothing of the test that draws from it
def conditions_of(kinds: Kinds, rules: int = 0) -> st.SearchStrategy[Condition]:
    """Any condition over these facts and the rules `rule-0` to `rule-<rules - 1>`, three levels deep at most."""
    leaves = _one_of((4, comparisons(kinds)), (1, _documented(kinds)))
    if rules:
        leaves = _one_of((2, leaves), (1, _rule_statuses(tuple(f"rule-{n}" for n in range(rules)))))
    narrow = _one_of((2, leaves), (1, _connectives(leaves, 4)))
    return _one_of((1, leaves), (1, _connectives(leaves, 12)), (1, _connectives(narrow, 4)))


def _one_of(*weighted: tuple[int, st.SearchStrategy[Condition]]) -> st.SearchStrategy[Condition]:
    """As `st.one_of`, which gives every alternative of an alternative the same weight, with weights."""
    table = [strategy for weight, strategy in weighted for _ in range(weight)]
    return st.integers(0, len(table) - 1).flatmap(table.__getitem__)


def _connectives(items: st.SearchStrategy[Condition], most: int) -> st.SearchStrategy[Condition]:
    several = st.lists(items, min_size=1, max_size=most).map(tuple)
    whole = _one_of((1, several.map(All)), (1, several.map(AnyOf)), (1, _counts(several)))
    return _one_of((3, whole), (1, whole.map(Not)), (1, items.map(Not)))


def _counts(several: st.SearchStrategy[tuple[Condition, ...]]) -> st.SearchStrategy[Condition]:
    """A count asks for one to all of its items, now and then for more than there are."""
    return several.flatmap(lambda items: st.builds(Count, st.integers(1, len(items) + 1), st.just(items)))


def _rule_statuses(rules: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    return st.builds(RuleStatus, st.sampled_from(rules), st.sampled_from((None, None, *Status)))


def _documented(kinds: Kinds) -> st.SearchStrategy[Condition]:
    return st.builds(Documented, st.sampled_from([fact for fact, _ in kinds]), st.booleans())


@cache
def comparisons(kinds: Kinds) -> st.SearchStrategy[Condition]:
    """A comparison of any fact but a text, by any operator of its type, with a constant or another fact of the type."""
    return st.one_of(*(_comparisons_of(*one, kinds) for one in kinds if one[1] is not FactType.TEXT))


def _comparisons_of(fact: str, kind: FactType, kinds: Kinds) -> st.SearchStrategy[Condition]:
    others = [other for other, its_kind in kinds if its_kind is kind]
    with_constant = [
        st.builds(Compare, st.just(fact), st.sampled_from(operators), operands.map(Constant))
        for operators, operands in _operators(kind)
    ]
    operators = tuple(operator for found, _ in _operators(kind) for operator in found)
    between = st.builds(Compare, st.just(fact), st.sampled_from(operators), st.sampled_from(others).map(OtherFact))
    return st.one_of(*with_constant, between)


_Operators = tuple[tuple[Operator, ...], st.SearchStrategy[Value | tuple[str, ...]]]


def _operators(kind: FactType) -> tuple[_Operators, ...]:
    """The operators a type takes, with the constants they take."""
    match kind:
        case FactType.BOOLEAN:
            return ((EQUALITY, st.booleans()),)
        case FactType.NUMBER:
            return ((EQUALITY + ORDER, st.sampled_from(NUMBERS).map(Interval.point)),)
        case FactType.DATE:
            return ((EQUALITY + ORDER, st.sampled_from(DATES).map(Interval.point)),)
        case FactType.CHOICE:
            several = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3).map(tuple)
            return ((EQUALITY, st.sampled_from(CHOICES)), (MEMBERSHIP, several))
        case _:
            return ((SETS, st.lists(st.sampled_from(LISTED), min_size=1, max_size=4, unique=True).map(tuple)),)


def _values(kind: FactType) -> st.SearchStrategy[Value]:
    match kind:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.NUMBER:
            return _intervals(NUMBERS)
        case FactType.DATE:
            return _intervals(DATES)
        case FactType.CHOICE:
            return st.sampled_from(CHOICES)
        case FactType.SET:
            return st.frozensets(st.sampled_from(CODES), max_size=4)
        case FactType.TEXT:
            return st.text(max_size=20)


def _intervals(numbers: tuple[Decimal, ...]) -> st.SearchStrategy[Interval]:
    """Points, ranges and ranges open at one end."""
    one = st.sampled_from(numbers)
    ranges = st.tuples(one, one).map(lambda ends: Interval(min(ends), max(ends)))
    return st.one_of(
        one.map(Interval.point),
        ranges,
        one.map(lambda low: Interval(low, None)),
        one.map(lambda high: Interval(None, high)),
    )


def readings(policy: Policy) -> st.SearchStrategy[Readings]:
    """How the facts of one case are read under a policy: documented, undocumented, or presumed where it presumes."""
    return st.fixed_dictionaries({name: _reading(fact) for name, fact in policy.facts.items()})


def _reading(fact: Fact) -> st.SearchStrategy[Reading]:
    absent = UNDOCUMENTED if fact.presumed is None else Reading(State.PRESUMED, fact.presumed)
    documented = _values(fact.type).map(lambda value: Reading(State.DOCUMENTED, value))
    return st.one_of(documented, documented, st.just(absent))


@st.composite
def worlds(
    draw: st.DrawFn, smallest: int = 1, largest: int = 40, cases: int = 10
) -> tuple[Policy, tuple[Readings, ...]]:
    """A policy and the facts of several cases: compiling costs more than running."""
    policy = draw(policies(smallest, largest))
    return policy, tuple(draw(st.lists(readings(policy), min_size=cases, max_size=cases)))
