"""The policy over packed bits: one statement a rule, in the order of the policy (see `batch.bits`)."""

from __future__ import annotations

import datetime as dt

from batch.data import is_ranged
from batch.emit import plan
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
from harness.model.values import FactType, Interval, Status

Op = Operator
_TESTS = {Op.AT_LEAST: ("ge", True), Op.MORE_THAN: ("gt", True), Op.AT_MOST: ("le", False), Op.LESS_THAN: ("lt", False)}
_OF_STATUS = {Status.MET: "met", Status.NOT_MET: "not_met", Status.UNDOCUMENTED: "undocumented"}


def source(policy: Policy) -> str:
    lines = ["from operator import ge, gt, le, lt  # noqa: F401", ""]
    names = "Pair, Plane, Rows, all_, any_, count, met, met_if_undocumented, not_, not_met, undocumented"
    lines += [
        f"from batch.bits import {names}  # noqa: F401",
        "",
        "",
        "def statuses(rows: Rows) -> dict[str, Pair]:",
        "    r: dict[str, Pair] = {}",
    ]
    for step in plan.steps(policy):
        text = expression(policy, step.when)
        text = f"met_if_undocumented(r[{step.asked!r}], {text})" if step.asked else text
        lines.append(f"    r[{step.name!r}] = {text}")
    lines += ["    return r", "", "", "def invalid(rows: Rows) -> dict[str, Plane]:", "    return {"]
    lines += [f"        {check.reason!r}: rows.{_invalid(check)}," for check in plan.checks(policy)]
    lines.append("    }")
    return "\n".join(lines) + "\n"


def _invalid(check: plan.Check) -> str:
    match check.sort:
        case "among":
            return f"among({check.column!r}, {check.limit!r})[1]"
        case "items":
            return f"others({check.column!r}, {check.limit!r})"
        case "below":
            return f"settled({check.column!r}, lt, {check.limit!r})[0]"
        case "above":
            return f"settled({check.column!r}, gt, {check.limit!r})[0]"
        case "beside":
            return f"beside({check.column!r}, {check.limit!r})"
        case "after":
            return f"after({check.column!r}, {check.limit!r})"
        case "part":
            return f"part({check.column!r}, {check.limit!r})"
    return f"settled({check.column!r}, lt, {(check.limit - dt.date(1970, 1, 1)).days})[0]"


def expression(policy: Policy, when: Condition) -> str:
    match when:
        case Compare():
            return compare(policy, when)
        case Documented(fact, expected):
            text = f"rows.documented(*{names(policy.facts[fact])!r})"
            return text if expected else f"not_({text})"
        case RuleStatus(rule, None):
            return f"r[{rule!r}]"
        case RuleStatus(rule, status):
            return f"{_OF_STATUS[status]}(r[{rule!r}])"
        case All(items):
            return f"all_({', '.join(expression(policy, item) for item in items)})"
        case AnyOf(items):
            return f"any_({', '.join(expression(policy, item) for item in items)})"
        case Not(item):
            return f"not_({expression(policy, item)})"
        case Count(at_least, items):
            return f"count({at_least}, {', '.join(expression(policy, item) for item in items)})"


def compare(policy: Policy, when: Compare) -> str:
    fact = policy.facts[when.fact]
    held = f"{plan.column(fact.id)!r}"
    if isinstance(when.operand, OtherFact):
        other = policy.facts[when.operand.fact]
        if fact.type is FactType.CHOICE:
            text = f"rows.same({held}, {plan.column(other.id)!r})"
            return text if when.operator is Op.IS else f"not_({text})"
        assert when.operator is Op.AT_MOST
        return f"rows.at_most_other({names(fact)!r}, {names(other)!r})"
    assert isinstance(when.operand, Constant)
    value = when.operand.value
    if isinstance(value, Interval):
        test, rising = _TESTS[when.operator]
        return f"rows.ordered({names(fact)!r}, {test}, {plan.own_number(policy, fact.id, value)!r}, rising={rising})"
    presumed = "" if fact.presumed is None else f", {fact.presumed!r}"
    if isinstance(value, bool):
        text = f"rows.truth({held}{presumed})"
        return text if value is (when.operator is Op.IS) else f"not_({text})"
    if fact.type is FactType.SET:
        every = [f"rows.includes({held}, {one!r})" for one in plan.several(value)]
        joined = (
            every[0] if len(every) == 1 else f"{'all_' if when.operator is Op.INCLUDES else 'any_'}({', '.join(every)})"
        )
        return f"not_({joined})" if when.operator is Op.EXCLUDES else joined
    text = f"rows.among({held}, {plan.several(value)!r}{presumed})"
    return f"not_({text})" if when.operator in {Op.IS_NOT, Op.NOT_IN} else text


def names(fact: Fact) -> tuple[str, ...]:
    bounds = (f"{fact.id}.at_least", f"{fact.id}.at_most") if is_ranged(fact) else ()
    return (plan.column(fact.id), *bounds)
