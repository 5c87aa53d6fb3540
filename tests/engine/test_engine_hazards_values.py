"""Hazards of durable_rules in what is compared with what: each shown on the engine as it is, and that we are safe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from durable import engine as durable

from harness.engine import compile_policy
from harness.engine.names import Names, fnv1a
from harness.errors import BadInputError, InternalError
from harness.model.condition import All, AnyOf, Compare, Documented, Operator, OtherFact
from harness.model.values import FactType, Interval
from tests.engine.raw import Raw, ends, pattern
from tests.engine.samples import (
    MET,
    NOT_MET,
    OPEN,
    case,
    compare,
    documented,
    is_true,
    number,
    policy_reading,
    statuses,
    yes_policy,
)

LEVELS = Compare("imaging.level", Operator.IS, OtherFact("symptom.level"))


def test_d1_a_comparison_with_an_absent_property() -> None:
    raw = Raw(
        {
            "correlates": pattern({"severity": "severe"}, {"imaging_level": {"$m": "symptom_level"}}),
            "differs": pattern({"severity": "severe"}, {"$neq": {"imaging_level": {"$m": "symptom_level"}}}),
        }
    )
    assert raw.tell(severity="severe", imaging_level="L4-L5") == ["correlates", "differs"]  # both: it is undefined

    kinds = {"severe": FactType.BOOLEAN, "imaging.level": FactType.CHOICE, "symptom.level": FactType.CHOICE}
    policy = policy_reading(kinds, correlates=All((is_true("severe"), LEVELS)), apart=AnyOf((LEVELS,)))
    facts = case(severe=True) | {"imaging.level": documented("L4-L5"), "symptom.level": documented(None)}
    assert statuses(policy, facts) == {"correlates": OPEN, "apart": OPEN}
    facts["symptom.level"] = documented("L4-L5")
    assert statuses(policy, facts) == {"correlates": MET, "apart": MET}


def test_d2_an_alternative_across_two_facts() -> None:
    either = {"$or": [{"c": {"x": "v"}}, {"c": 0}]}
    raw = Raw({"rule": {"all": [{"x": {"k": "A"}}, {"y": {"$and": [{"k": "B"}, either]}}]}})
    raw.tell(k="A", v=2)
    assert raw.tell(k="B", c=0) == []  # c is 0, and it does not fire

    kinds = dict.fromkeys(("a", "b"), FactType.NUMBER)
    policy = policy_reading(
        kinds, either=AnyOf((Compare("a", Operator.IS, OtherFact("b")), compare("a", Operator.IS, number(0))))
    )
    assert statuses(policy, case(a=number(0), b=number(2))) == {"either": MET}


def test_d6_division_by_zero_ends_the_process() -> None:
    divide = "{'$div': {'$l': {'$m': 'b'}, '$r': {'$m': 'c'}}}"
    script = f"""
host = Quiet({{'r': {{'a': {{'all': [{{'m': {{'$gt': {{'a': {divide}}}}}}}], 'run': lambda c: None}}}}}})
host.assert_fact('r', {{'sid': '1', 'a': 1, 'b': 1, 'c': 0}})"""
    assert ends(script) == -8  # we write no arithmetic: see test_engine_encoding


def test_d7_long_strings(told: list[dict[str, Any]]) -> None:
    assert Raw({"is y": pattern({"v": "y"})}).tell(v="y" + "a" * 65_536) == ["is y"]
    told.clear()

    kinds = {"note": FactType.TEXT, "other": FactType.TEXT, "grade": FactType.CHOICE}
    policy = policy_reading(kinds, noted=Documented("note", expected=True), graded=compare("grade", Operator.IS, "y"))
    facts = case(note="y" * 70_000, other="y" + "a" * 65_536, grade="y" + "a" * 65_536)
    assert statuses(policy, facts) == {"noted": MET, "graded": NOT_MET}
    assert all(len(value) < 20 for message in told for value in message.values() if isinstance(value, str))


def test_d8_types_are_coerced(told: list[dict[str, Any]]) -> None:
    raw = Raw({"six": pattern({"$gte": {"v": 6}}), "true": pattern({"v": True})})
    assert raw.tell(v="7 weeks") == ["six"]
    raw.forget()
    assert raw.tell(v="true") == ["six", "true"]

    kinds = {"weeks": FactType.NUMBER, "yes": FactType.BOOLEAN, "word": FactType.CHOICE}
    policy = policy_reading(
        kinds,
        long=compare("weeks", Operator.AT_LEAST, number(6)),
        yes=is_true("yes"),
        word=compare("word", Operator.IS, "true"),
        one=compare("word", Operator.IN, ("1", "met")),
    )
    assert list(statuses(policy, case(weeks=number(7), yes=True, word="true")).values()) == [MET, MET, MET, NOT_MET]
    assert list(statuses(policy, case(weeks=number(5), yes=False, word="1")).values()) == [
        NOT_MET,
        NOT_MET,
        NOT_MET,
        MET,
    ]
    assert list(statuses(policy, case(weeks=None, yes=None, word="met")).values()) == [OPEN, OPEN, NOT_MET, MET]
    told.clear()
    with pytest.raises(InternalError, match="fact `weeks` is compared as a number but does not hold one"):
        statuses(policy, case(weeks="7 weeks", yes=True, word="1"))
    assert told == []


def test_d8_a_number_where_a_set_is_expected() -> None:
    policy = policy_reading({"codes": FactType.SET}, has=compare("codes", Operator.INCLUDES, ("M54.5",)))
    with pytest.raises(InternalError, match="fact `codes` is compared as a set but does not hold one"):
        statuses(policy, case(codes="M54.5"))


def test_d9_an_id_seen_before_and_facts_of_the_engines_own_names() -> None:
    raw = Raw({"rule": pattern({"k": 1})})
    raw.tell(id="same", k=1)
    with pytest.raises(durable.MessageObservedException):
        raw.tell(id="same", k=1, other=2)

    names = ("id", "sid", "kind", "m", "a.b", "a/b")
    policy = yes_policy(names, **{f"rule-{n}": is_true(name) for n, name in enumerate(names)})
    for values in product((True, None), repeat=len(names)):
        facts = {name: documented(value) for name, value in zip(names, values, strict=True)}
        assert list(statuses(policy, facts).values()) == [MET if value else OPEN for value in values]


def test_d3_names_of_one_hash() -> None:
    assert Raw({"rule": pattern({"fact_539764504": 1})}).tell(fact_281925118=1) == ["rule"]

    names = ("fact_539764504", "fact_281925118")
    assert fnv1a(names[0]) == fnv1a(names[1])
    kinds = dict.fromkeys(names, FactType.NUMBER)
    policy = policy_reading(kinds, **{name: compare(name, Operator.AT_LEAST, number(1)) for name in names})
    assert statuses(policy, case(fact_539764504=number(1), fact_281925118=number(0))) == {
        "fact_539764504": MET,
        "fact_281925118": NOT_MET,
    }


def test_d3_a_colliding_name_is_given_a_number() -> None:
    names = Names(("fact_539764504",))
    assert names.take("fact_281925118") == "fact_281925118 no 2"


@pytest.mark.parametrize("large", ["1e30", "7000000001", "0.0000001", "1e-7"])
def test_d17_numbers_that_the_engine_does_not_hold_exactly(large: str) -> None:
    assert Raw({"rule": pattern({"v": 2**63 - 1})}).tell(v=10**30) == ["rule"]  # saturated
    with pytest.raises(durable.durable_rules_engine.error):
        Raw({"rule": pattern({"$lt": {"v": 1}})}).tell(v=1e-7)  # an exponent

    kinds = {"dose": FactType.NUMBER}
    with pytest.raises(BadInputError, match="7:3: error: rule `dose` compares fact `dose` with a number beyond"):
        compile_policy(policy_reading(kinds, dose=compare("dose", Operator.AT_LEAST, number(large))))
    policy = policy_reading(kinds, dose=compare("dose", Operator.AT_LEAST, number(1)))
    with pytest.raises(InternalError, match="the number of fact `dose` cannot be told to the engine exactly"):
        statuses(policy, case(dose=number(large)))


def test_d17_numbers_at_the_bounds_are_exact() -> None:
    week = Decimal(7000000000)
    small = Decimal("0.000001")
    policy = policy_reading({"days": FactType.NUMBER}, long=compare("days", Operator.AT_LEAST, Interval.point(week)))
    assert statuses(policy, case(days=Interval.point(week))) == {"long": MET}
    assert statuses(policy, case(days=Interval.point(week - small))) == {"long": NOT_MET}
    assert statuses(policy, case(days=Interval(week - small, None))) == {"long": OPEN}
    assert statuses(policy, case(days=Interval(None, week - small))) == {"long": NOT_MET}


def test_d17_a_range_that_ends_before_it_starts() -> None:
    policy = policy_reading({"days": FactType.NUMBER}, long=compare("days", Operator.AT_LEAST, number(1)))
    with pytest.raises(InternalError, match="the range of fact `days` ends before it starts"):
        statuses(policy, case(days=Interval(Decimal(2), Decimal(1))))


def test_d18_and_d19_nothing_absent_null_or_foreign_is_told(told: list[dict[str, Any]]) -> None:
    with pytest.raises(durable.MessageNotHandledException):
        Raw({"differs": pattern({"$neq": {"v": 5}})}).tell(other=1)  # absent: not different either
    with pytest.raises(TypeError):
        Raw({"rule": pattern({"v": 1})}).tell(v=Decimal(1))

    told.clear()
    day = Interval.point(Decimal(date(2026, 1, 2).toordinal()))
    kinds = {"day": FactType.DATE, "codes": FactType.SET, "yes": FactType.BOOLEAN, "amount": FactType.NUMBER}
    policy = policy_reading(
        kinds,
        late=compare("day", Operator.AT_LEAST, day),
        coded=compare("codes", Operator.EXCLUDES, ("M51-",)),
        yes=is_true("yes"),
        differs=compare("amount", Operator.IS_NOT, number("2.5")),
    )
    assert set(statuses(policy, case(day=None, codes=None, yes=None, amount=None)).values()) == {OPEN}
    facts = case(day=day, codes=frozenset({"M54.5"}), yes=True, amount=number(2))
    assert set(statuses(policy, facts).values()) == {MET}
    first, second = told
    assert first.keys() == second.keys()  # an undocumented fact is told as such, never left out
    assert all(type(value) in {int, str} for message in told for value in message.values())


def test_d20_any_choice_in_any_script() -> None:
    choices = ("Grad 1.5", "重度", 'a"b\\c', "😀", "café", "cafe\u0301", "$or", "", " ", "met")
    conditions = {f"rule-{n}": compare("grade", Operator.IS, choice) for n, choice in enumerate(choices)}
    policy = policy_reading({"grade": FactType.CHOICE}, **conditions)
    for n, choice in enumerate(choices):
        found = statuses(policy, case(grade=choice))
        assert [rule for rule, status in found.items() if status is MET] == [f"rule-{n}"]
