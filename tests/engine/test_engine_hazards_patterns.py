"""Hazards of durable_rules in patterns we never write: why, and the same question asked our way.

That no ruleset of ours holds such a pattern is shown in `test_engine_encoding`.
"""

from __future__ import annotations

from harness.model.condition import All, AnyOf, Documented, Not, Operator
from harness.model.values import FactType
from tests.engine.raw import Raw, ends, pattern
from tests.engine.samples import (
    MET,
    NOT_MET,
    OPEN,
    case,
    compare,
    is_true,
    number,
    policy_reading,
    statuses,
    yes_policy,
)


def test_d4_a_lone_negation_never_ends() -> None:
    script = """
host = Quiet({'r': {'a': {'all': [{'m': {'$nex': {'a': 1}}}], 'run': lambda c: None}}})
host.assert_fact('r', {'sid': '1', 'k': 1})"""
    assert ends(script, seconds=2) is None

    policy = yes_policy(["a"], absent=Documented("a", expected=False), denied=Not(is_true("a")))
    assert statuses(policy, case(a=None)) == {"absent": MET, "denied": OPEN}
    assert statuses(policy, case(a=False)) == {"absent": NOT_MET, "denied": MET}


def test_d10_none_as_the_first_condition_never_fires() -> None:
    raw = Raw({"deficiency": {"all": [{"therapy$not": {"f": "therapy"}}, {"injection": {"f": "injection"}}]}})
    assert raw.tell(f="injection") == []

    deficiency = All((Documented("therapy", expected=False), Documented("injection", expected=True)))
    policy = yes_policy(["therapy", "injection"], deficiency=deficiency)
    assert statuses(policy, case(therapy=None, injection=True)) == {"deficiency": MET}
    assert statuses(policy, case(therapy=True, injection=True)) == {"deficiency": NOT_MET}


def test_d11_one_fact_does_not_satisfy_two_patterns() -> None:
    raw = Raw({"both": {"all": [{"x": {"$gt": {"p": 1}}}, {"y": {"$gt": {"q": 1}}}]}})
    assert raw.tell(p=2, q=2) == []

    kinds = {"p": FactType.NUMBER, "q": FactType.NUMBER}
    more = [compare(name, Operator.MORE_THAN, number(1)) for name in kinds]
    assert statuses(policy_reading(kinds, both=All(tuple(more))), case(p=number(2), q=number(2))) == {"both": MET}


def test_d12_an_alternative_fires_once_a_true_branch() -> None:
    either = {"$or": [{"a": 1}, {"b": 1}]}
    assert Raw({"either": pattern({"kind": "k"}, either)}).tell(kind="k", a=1, b=1) == ["either", "either"]

    policy = yes_policy(["a", "b"], either=AnyOf((is_true("a"), is_true("b"))))
    assert statuses(policy, case(a=True, b=True)) == {"either": MET}  # a second firing would be an error
