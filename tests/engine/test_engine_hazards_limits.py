"""Limits of durable_rules: what happens beyond each, and that policies beyond it still come out right."""

from __future__ import annotations

from typing import Any

import pytest
from durable import engine as durable

from harness.engine import compile_policy, limits
from harness.errors import BadInputError
from harness.model.condition import All, AnyOf, Condition, Count, Not, Operator, RuleStatus
from harness.model.values import FactType, Status
from tests.engine.raw import Raw, ends, pattern
from tests.engine.samples import (
    MET,
    NOT_MET,
    OPEN,
    case,
    chain,
    compare,
    documented,
    is_true,
    policy_reading,
    statuses,
    yes_policy,
)
from tests.generate import PLACE, fact_of, policy_of


def numbered(count: int) -> list[str]:
    return [f"fact.n{n}" for n in range(count)]


def test_65_rules_true_of_one_message() -> None:
    rules = {str(n): pattern({"$gte": {"v": n}}) for n in range(65)}
    with pytest.raises(durable.durable_rules_engine.error, match="303"):
        Raw(rules).tell(v=100)

    policy = yes_policy(["a"], **{f"rule-{n}": is_true("a") for n in range(200)})
    for value, status in ((True, MET), (False, NOT_MET), (None, OPEN)):
        assert set(statuses(policy, case(a=value)).values()) == {status}


def test_17_patterns_in_a_rule_and_a_rule_of_40_children() -> None:
    raw = Raw({"rule": {"all": [{f"m{n}": {"v": n}} for n in range(17)]}})
    for n in range(16):
        raw.tell(v=n)
    with pytest.raises(durable.durable_rules_engine.error, match="304"):
        raw.tell(v=16)

    names = numbered(40)
    items = tuple(map(is_true, names))
    wide: dict[str, Condition] = {
        "any": AnyOf(items),
        "all": All(items),
        "none": Not(AnyOf(items)),
        "most": Count(39, items),
        "few": Not(Count(2, items)),
    }
    policy = yes_policy(names, **wide)

    def found(value: bool | None, **others: bool | None) -> list[Status]:
        facts = {name: documented(value) for name in names}
        return list(statuses(policy, facts | {k.replace("_", "."): documented(v) for k, v in others.items()}).values())

    assert found(True) == [MET, MET, NOT_MET, MET, NOT_MET]
    assert found(False) == [NOT_MET, NOT_MET, MET, NOT_MET, MET]
    assert found(None) == [OPEN] * 5
    assert found(True, fact_n39=None) == [MET, OPEN, NOT_MET, MET, NOT_MET]
    assert found(True, fact_n0=False, fact_n20=None) == [MET, NOT_MET, NOT_MET, OPEN, NOT_MET]
    assert found(False, fact_n17=True) == [MET, NOT_MET, NOT_MET, NOT_MET, MET]
    assert found(False, fact_n17=True, fact_n3=None) == [MET, NOT_MET, NOT_MET, NOT_MET, OPEN]


HANG = """
tests = [({kind}, {{f'x{{n}}': 1}}) for n in range(512)]
rules = {{str(n): {{'all': [{{'m': {{'$and': list(t)}}}}], 'run': lambda c: None}} for n, t in enumerate(tests)}}
Quiet({{'r': rules}}).assert_fact('r', {{'sid': '1', 'kind': 1, 'x1': 1}})"""


def test_512_distinct_tests_hang() -> None:
    assert ends(HANG.format(kind="{'kind': 1}"), seconds=3) is None

    names = numbered(600)
    policy = yes_policy(names, **{f"rule-{n}": is_true(name) for n, name in enumerate(names)})
    facts = {name: documented((True, False, None)[n % 3]) for n, name in enumerate(names)}
    assert list(statuses(policy, facts).values()) == [(MET, NOT_MET, OPEN)[n % 3] for n in range(600)]


def test_more_kinds_of_message_than_the_root_bears_are_refused() -> None:
    with pytest.raises(BadInputError) as caught:
        compile_policy(chain(502))
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        f"{PLACE}: error: rule `rule-{n}` ends a chain of more than 500 messages in the engine\n"
        "  help: split the policy or the rule"
        for n in (500, 501)
    ]


def test_a_chain_of_200_rules() -> None:
    for value, status in ((True, MET), (False, NOT_MET), (None, OPEN)):
        assert set(statuses(chain(200), case(a=value)).values()) == {status}


def test_257_rules_on_an_identical_condition() -> None:
    script = """
fired = []
same = {'m': {'$and': [{'kind': 1}, {'v': 1}]}}
rules = {str(n): {'all': [same], 'run': lambda c: fired.append(1)} for n in range(300)}
Quiet({'r': rules}).assert_fact('r', {'sid': '1', 'kind': 1, 'v': 1})
assert len(fired) == 300"""
    assert ends(script) != 0

    policy = yes_policy(["a", "b"], **{f"rule-{n}": All((is_true("a"), is_true("b"))) for n in range(300)})
    assert set(statuses(policy, case(a=True, b=True)).values()) == {MET}
    assert set(statuses(policy, case(a=None, b=False)).values()) == {NOT_MET}


def test_253_properties_of_one_message() -> None:
    with pytest.raises(durable.durable_rules_engine.error, match="302"):
        Raw({"rule": pattern({"v": 1})}).tell(v=1, **{f"x{n}": 1 for n in range(253)})

    names = numbered(400)
    every = All(tuple(map(is_true, names)))
    policy = yes_policy(names, every=every)
    facts = {name: documented(True) for name in names}
    assert statuses(policy, facts) == {"every": MET}
    assert statuses(policy, facts | {"fact.n399": documented(None)}) == {"every": OPEN}


def test_a_policy_without_rules() -> None:
    assert statuses(yes_policy(["a"]), case(a=True)) == {}


SAME = pattern({"kind": "k"}, {"v": 1})


@pytest.mark.parametrize(
    ("ruleset", "why"),
    [
        ({"r is met": pattern({"kind": "k"}, *({f"x{n}": 1} for n in range(501)))}, "needs more than 500 tests"),
        ({"r is met": {"all": [SAME["all"][0]] * 17}}, "needs more than 16 patterns"),
        ({f"r{n} is met": SAME for n in range(251)}, "is one of more than 250 rules with the same condition"),
        ({f"r{n} is met": pattern({"kind": "k"}, {"v": n}) for n in range(61)}, "more than 60 rules"),
        ({f"r is {n}": pattern({"kind": "k"}, {"v": n}) for n in range(501)}, "more than 500 distinct tests"),
        ({f"r is {n}": pattern({"kind": "k"}, {f"v{n}": 1}) for n in range(201)}, "more than 200 properties"),
        ({f"r is {n}": pattern({"kind": f"k{n}"}, {"v": 1}) for n in range(501)}, "more than 500 messages"),
    ],
)
def test_each_limit_is_checked_on_the_ruleset(ruleset: dict[str, Any], why: str) -> None:
    policy = policy_of({"long-rule": is_true("a")}, {"a": fact_of("a", FactType.BOOLEAN)})
    with pytest.raises(BadInputError, match=f"rule `long-rule` .*{why}"):
        limits.check(ruleset, dict.fromkeys(ruleset, "long-rule"), policy)


def test_a_rule_of_three_wide_levels() -> None:
    names = numbered(10)
    counts = tuple(Count(2, tuple(map(is_true, names[n:]))) for n in range(5))
    inner = tuple(AnyOf((*counts[n % 5 :], Not(is_true(names[n % 10])))) for n in range(40))
    policy = yes_policy(names, deep=All(inner), reads=RuleStatus("deep"))
    for value in (True, False):
        assert set(statuses(policy, {name: documented(value) for name in names}).values()) == {MET}
    assert set(statuses(policy, {name: documented(None) for name in names}).values()) == {OPEN}


def test_200_codes(told: list[dict[str, Any]]) -> None:
    listed = tuple(f"M{n:03}-" for n in range(200))
    any_of_them = compare("codes", Operator.INCLUDES_ANY, listed)
    all_of_them = compare("codes", Operator.INCLUDES, listed)
    policy = policy_reading({"codes": FactType.SET}, some=any_of_them, every=all_of_them, none=Not(any_of_them))
    assert list(statuses(policy, case(codes=frozenset({"M199.9"}))).values()) == [MET, NOT_MET, NOT_MET]
    assert list(statuses(policy, case(codes=frozenset(f"M{n:03}.1" for n in range(200)))).values()) == [
        MET,
        MET,
        NOT_MET,
    ]
    assert list(statuses(policy, case(codes=frozenset())).values()) == [NOT_MET, NOT_MET, MET]
    assert list(statuses(policy, case(codes=None)).values()) == [OPEN] * 3
    assert all(len(message) == 5 for message in told)  # id, sid, kind and one count with its two bounds
