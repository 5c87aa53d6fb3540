"""The policy for engines that run one case at a time: statuses as 0 not met, 1 undocumented, 2 met; `all` is min.

A dialect says how ZEN and CLIPS write a choice, a comparison and a minimum; the walk over the conditions is one.
"""

from __future__ import annotations

from typing import Protocol

from batch.emit import plan
from harness.evaluate import status_of
from harness.model.case import Reading, State
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
from harness.model.policy import Fact, Policy
from harness.model.values import FactType, Interval

Op = Operator


class Dialect(Protocol):
    def choose(self, test: str, yes: str, no: str) -> str: ...
    def test(self, sign: str, left: str, right: str) -> str: ...  # >=, <, ==
    def both(self, *tests: str) -> str: ...
    def known(self, variable: str) -> str: ...
    def known_set(self, variable: str) -> str: ...
    def holds(self, variable: str, item: str) -> str: ...
    def fold(self, word: str, items: list[str]) -> str: ...  # min, max, +
    def minus(self, item: str) -> str: ...  # two minus
    def variable(self, name: str) -> str: ...
    def step(self, name: str) -> str: ...
    def literal(self, value: object) -> str: ...


def expression(policy: Policy, when: Condition, d: Dialect) -> str:
    match when:
        case Compare():
            return _compare(policy, when, d)
        case Documented(fact, expected):
            yes, no = ("2", "0") if expected else ("0", "2")
            found = policy.facts[fact]
            if found.type is FactType.SET:
                return d.choose(d.known_set(_name(found)), yes, no)
            ends = (f"{_name(found)}_low", f"{_name(found)}_high") if _is_ordered(found) else (_name(found),)
            text = no
            for end in ends:
                text = d.choose(d.known(d.variable(end)), yes, text)
            return text
        case RuleStatus(rule, None):
            return d.step(rule)
        case RuleStatus(rule, status):
            assert status is not None
            return d.choose(d.test("==", d.step(rule), str(int(status))), "2", "0")
        case All(items):
            return d.fold("min", [expression(policy, item, d) for item in items])
        case AnyOf(items):
            return d.fold("max", [expression(policy, item, d) for item in items])
        case Not(item):
            return d.minus(expression(policy, item, d))
        case Count(at_least, items):
            parts = [expression(policy, item, d) for item in items]
            met = d.fold("+", [d.choose(d.test("==", part, "2"), "1", "0") for part in parts])
            can = d.fold("+", [d.choose(d.test("==", part, "0"), "0", "1") for part in parts])
            rest = d.choose(d.test("<", can, str(at_least)), "0", "1")
            return d.choose(d.test(">=", met, str(at_least)), "2", rest)


def _compare(policy: Policy, when: Compare, d: Dialect) -> str:
    fact = policy.facts[when.fact]
    if _is_ordered(fact):
        return _ordered(policy, when, d)
    held = d.variable(_name(fact))
    if isinstance(when.operand, OtherFact):
        other = d.variable(_name(policy.facts[when.operand.fact]))
        same = d.choose(d.test("==", held, other), *_sides(when.operator is Op.IS))
        return d.choose(d.both(d.known(held), d.known(other)), same, "1")
    value = when.operand.value
    unknown = "1"
    if fact.presumed is not None:
        unknown = str(int(status_of(when, {fact.id: Reading(State.PRESUMED, fact.presumed)}, {})))
    if fact.type is FactType.SET:
        every = [d.choose(d.holds(_name(fact), d.literal(one)), "2", "0") for one in plan.several(value)]
        text = d.fold("min" if when.operator is Op.INCLUDES else "max", every)
        return d.choose(d.known_set(_name(fact)), d.minus(text) if when.operator is Op.EXCLUDES else text, unknown)
    yes, text = _sides(when.operator in {Op.IS, Op.IN})
    for one in reversed((value,) if isinstance(value, bool) else plan.several(value)):
        text = d.choose(d.test("==", held, d.literal(one)), yes, text)
    return d.choose(d.known(held), text, unknown)


def _sides(straight: bool) -> tuple[str, str]:
    return ("2", "0") if straight else ("0", "2")


def _ordered(policy: Policy, when: Compare, d: Dialect) -> str:
    low, high = (d.variable(f"{_name(policy.facts[when.fact])}_{end}") for end in ("low", "high"))
    if isinstance(when.operand, Constant):
        assert isinstance(when.operand.value, Interval)
        right_low = right_high = repr(plan.own_number(policy, when.fact, when.operand.value))
        guards: tuple[str, str] = ("", "")
    else:
        other = _name(policy.facts[when.operand.fact])
        right_low, right_high = guards = d.variable(f"{other}_low"), d.variable(f"{other}_high")
    ge = (">=", low, right_high), ("<", high, right_low)
    le = ("<=", high, right_low), (">", low, right_high)
    sure, never = {Op.AT_LEAST: ge, Op.LESS_THAN: ge[::-1], Op.AT_MOST: le, Op.MORE_THAN: le[::-1]}[when.operator]

    def settled(sign: str, left: str, right: str) -> str:
        known = [d.known(left), *([d.known(right)] if right in guards else [])]
        return d.both(*known, d.test(sign, left, right))

    return d.choose(settled(*sure), "2", d.choose(settled(*never), "0", "1"))


def variables(policy: Policy, when: Condition) -> list[str]:
    """The plain names that a condition reads."""
    names: dict[str, None] = {}
    for fact in plan.facts_read(when):
        name = _name(policy.facts[fact])
        names.update(dict.fromkeys((f"{name}_low", f"{name}_high") if _is_ordered(policy.facts[fact]) else (name,)))
    return list(names)


def _is_ordered(fact: Fact) -> bool:
    return fact.type in {FactType.NUMBER, FactType.DATE}


def _name(fact: Fact) -> str:
    return plan.name(fact.id)
