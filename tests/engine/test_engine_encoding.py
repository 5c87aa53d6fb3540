"""How conditions become rules of the engine: three exclusive statuses out of tests that are true or false."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from harness.engine import compile_policy
from harness.engine.literal import Check, Literal, at_least, at_most, folded, has_status, less_than, more_than, word
from harness.engine.names import Names, fnv1a
from harness.engine.nodes import WIDEST
from harness.errors import BadInputError
from harness.model.condition import All, AnyOf, Compare, Constant, Not, Operator, OtherFact, RuleStatus
from harness.model.policy import Policy
from harness.model.values import FactType, Interval, Status
from tests.engine.samples import case, chain, compare, documented, is_true, number, policy_reading, statuses, yes_policy
from tests.generate import policies

HOLDS = {
    "$eq": lambda a, b: a == b,
    "$neq": lambda a, b: a != b,
    "$gte": lambda a, b: a >= b,
    "$gt": lambda a, b: a > b,
    "$lte": lambda a, b: a <= b,
    "$lt": lambda a, b: a < b,
}
RANGES = {Status.MET: (5, 6), Status.NOT_MET: (1, 2), Status.UNDOCUMENTED: (1, 6)}  # of at least 4


def holds(check: Check, message: dict[str, Any]) -> bool:
    return bool(HOLDS[check.operator](message[check.name], check.value))


def with_status(name: str, status: Status, ranged: bool) -> tuple[Literal, dict[str, Any]]:
    """A literal, and properties that give it a status."""
    if not ranged:
        return word(name), {name: status.word}
    low, high = RANGES[status]
    return at_least(name, 4), {f"{name}:low": low, f"{name}:high": high}


@pytest.mark.parametrize("alternative", [False, True])
@pytest.mark.parametrize("wide", [1, 2, 3, 5])
def test_exactly_one_branch_of_one_status_holds(wide: int, alternative: bool) -> None:
    for given_statuses in itertools.product(Status, repeat=wide):
        literals, message = [], {}
        for n, status in enumerate(given_statuses):
            one, properties = with_status(f"p{n}", status, ranged=n % 2 == 0)
            literals.append(one)
            message |= properties
        held = [
            status
            for status, branches in folded(tuple(literals), alternative).items()
            for branch in branches
            if all(holds(check, message) for check in branch)
        ]
        assert held == [max(given_statuses) if alternative else min(given_statuses)]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (at_least, {(4, 4): "met", (3, 3): "not_met", (3, 4): "undocumented", (4, 9): "met", (1, 3): "not_met"}),
        (more_than, {(4, 4): "not_met", (5, 5): "met", (4, 5): "undocumented"}),
        (at_most, {(4, 4): "met", (5, 5): "not_met", (4, 5): "undocumented", (1, 4): "met"}),
        (less_than, {(4, 4): "not_met", (3, 3): "met", (3, 4): "undocumented", (4, 9): "not_met"}),
    ],
)
def test_ranges(make: Any, expected: dict[tuple[int, int], str]) -> None:
    one = make("p", 4)
    for (low, high), status in expected.items():
        message = {"p:low": low, "p:high": high}
        for literal, said in ((one, status), (one.negated, Status.of(status).negated.word)):
            assert holds(literal.met, message) is (said == "met")
            assert holds(literal.not_met, message) is (said == "not_met")
            assert all(holds(check, message) for check in literal.undocumented) is (said == "undocumented")


@pytest.mark.parametrize("asked", Status)
def test_the_status_asked_for_is_never_undocumented(asked: Status) -> None:
    one = has_status("p", asked, ())
    for status in Status:
        assert holds(one.met, {"p": status.word}) is (status is asked)
        assert holds(one.not_met, {"p": status.word}) is (status is not asked)
    assert folded((one,), alternative=False)[Status.UNDOCUMENTED] == ()


def each_test(pattern: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The property and the value of each test, in order."""
    for key, inside in pattern.items():
        if key in {"$and", "$or"}:
            for one in inside:
                yield from each_test(one)
        elif key.startswith("$"):
            assert key in HOLDS  # no $nex, $not, $ex, $all, $any: D4, D10
            yield from inside.items()
        else:
            yield key, inside


@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(policies(largest=25))
def test_every_rule_reads_one_message_and_compares_it_with_literals(policy: Policy) -> None:
    compiled = compile_policy(policy)
    assert json.loads(json.dumps(compiled.ruleset)) == compiled.ruleset
    names = {"id", "sid", "kind", "$s"}
    for definition in compiled.ruleset.values():
        assert list(definition) == ["all"]  # no any, pri, count or cap, and no action in it
        assert isinstance(definition["all"], list)
        (pattern,) = definition["all"]  # one pattern, one message: D2, D11
        tests = list(each_test(pattern["m"]))
        assert tests[0][0] == "kind"  # D4
        assert all(type(value) in {int, str} for _, value in tests)  # no other property, no arithmetic: D1, D6
        names |= {name for name, _ in tests}
    assert not any("." in name for name in names)
    assert len({fnv1a(name) for name in names}) == len(names)  # D3
    assert len({fnv1a(message.id) for message in compiled.messages}) == len(compiled.messages)


def test_the_ruleset_of_a_small_policy_reads_like_the_policy() -> None:
    kinds = {"care.weeks": FactType.NUMBER, "neuro.weak": FactType.BOOLEAN, "imaging.grade": FactType.CHOICE}
    policy = policy_reading(
        kinds,
        care=compare("care.weeks", Operator.AT_LEAST, number(42)),
        need=AnyOf((RuleStatus("care"), is_true("neuro.weak"))),
        grade=compare("imaging.grade", Operator.IN, ("moderate", "severe")),
    )
    compiled = compile_policy(policy)
    assert compiled.ruleset["rule care is met"] == {
        "all": [{"m": {"$and": [{"kind": "phase 1"}, {"$gte": {"care/weeks:low": 42_000_000}}]}}]
    }
    assert compiled.ruleset["rule care is undocumented"]["all"] == [
        {
            "m": {
                "$and": [
                    {"kind": "phase 1"},
                    {"$lt": {"care/weeks:low": 42_000_000}},
                    {"$gte": {"care/weeks:high": 42_000_000}},
                ]
            }
        }
    ]
    assert compiled.ruleset["rule grade is not_met"] == {
        "all": [{"m": {"$and": [{"kind": "phase 1"}, {"imaging/grade is (moderate, severe)": "not_met"}]}}]
    }
    assert compiled.ruleset["rule need is met"]["all"] == [
        {
            "m": {
                "$and": [
                    {"kind": "phase 2"},
                    {
                        "$or": [
                            {"rule care": "met"},
                            {"$and": [{"$neq": {"rule care": "met"}}, {"neuro/weak is true": "met"}]},
                        ]
                    },
                ]
            }
        }
    ]


def test_the_same_policy_makes_the_same_ruleset() -> None:
    policy = chain(30)
    assert json.dumps(compile_policy(policy).ruleset) == json.dumps(compile_policy(policy).ruleset)


def test_what_two_rules_say_alike_is_settled_once() -> None:
    names = [f"n{n}" for n in range(WIDEST * 2)]
    every = All(tuple(map(is_true, names)))
    one = compile_policy(yes_policy(names, first=every))
    two = compile_policy(yes_policy(names, first=every, second=AnyOf((is_true("n0"), every))))
    nodes = [sum(len(message.nodes) for message in compiled.messages) for compiled in (one, two)]
    assert nodes == [3, 5]  # two runs of 8 and the rule; then the second rule and the `all` inside it


def test_not_is_pushed_to_the_leaves() -> None:
    policy = yes_policy(["a", "b"], rule=Not(All((is_true("a"), Not(Not(is_true("b")))))))
    assert len(compile_policy(policy).messages) == 1
    assert statuses(policy, case(a=True, b=None)) == {"rule": Status.UNDOCUMENTED}


def test_a_fact_compared_with_itself() -> None:
    itself = Compare("a", Operator.IS, OtherFact("a"))
    policy = policy_reading({"a": FactType.NUMBER}, same=itself, less=Compare("a", Operator.LESS_THAN, OtherFact("a")))
    assert list(statuses(policy, case(a=number(1))).values()) == [Status.MET, Status.NOT_MET]
    assert set(statuses(policy, case(a=None)).values()) == {Status.UNDOCUMENTED}


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (compare("a", Operator.AT_LEAST, Interval(number(1).low, None)), "compares fact `a` with a range"),
        (compare("a", Operator.AT_LEAST, "six"), "with a value that `at_least` does not take"),
        (compare("a", Operator.INCLUDES, True), "compares with a list that is none"),
    ],
)
def test_a_comparison_that_cannot_be_told_names_its_rule(condition: Compare, why: str) -> None:
    with pytest.raises(BadInputError, match=f":7:3: error: rule `odd` .*{why}"):
        compile_policy(policy_reading({"a": FactType.NUMBER}, odd=condition))


def test_names_are_made_safe_and_kept_apart() -> None:
    names = Names(("kind",))
    found = [names.take(one) for one in ("a.b", "a/b", "kind", "x" * 300, "x" * 301, 'q"\\\n', "é")]
    assert found[:4] == ["a/b", "a/b no 2", "kind no 2", "x" * 100]
    assert len(set(found)) == len(found)
    assert all(name.isascii() and name.isprintable() for name in found)


def test_a_parameter_is_named_in_the_ruleset() -> None:
    listed = Compare("codes", Operator.INCLUDES_ANY, Constant(("M51.1-", "M54.5"), parameter="red_codes"))
    policy = policy_reading({"codes": FactType.SET}, red=listed)
    assert "codes of parameter red_codes:low" in json.dumps(compile_policy(policy).ruleset)
    assert statuses(policy, {"codes": documented(frozenset({"M51.16"}))}) == {"red": Status.MET}
