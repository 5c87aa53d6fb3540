"""The policy as a lazy Polars frame: nullable booleans, whose `&` and `|` are strong Kleene, round by round."""

from __future__ import annotations

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


def source(policy: Policy) -> str:
    lines = ["import polars as pl", "", "c = pl.col", "", ""]
    lines += ["def statuses(rows: pl.LazyFrame) -> pl.LazyFrame:"]
    for level in plan.levels(plan.steps(policy)):
        lines.append("    rows = rows.with_columns(")
        lines += [f"        {_step(policy, step)}.alias({step.name!r})," for step in level]
        lines.append("    )")
    lines += ["    return rows", "", "", "INVALID = {  # what makes a row invalid, by its reason"]
    lines += [f"    {check.reason!r}: {_invalid(check)}," for check in plan.checks(policy)]
    lines.append("}")
    return "\n".join(lines) + "\n"


def _invalid(check: plan.Check) -> str:
    held = f"c({check.column!r})"
    match check.sort:
        case "among" if len(check.limit) <= 8:
            return f"~({' | '.join(f'({held} == {one!r})' for one in check.limit)})"
        case "among":
            return f"~{held}.is_in({list(check.limit)!r})"
        case "items":
            return f"{held}.list.eval(~pl.element().is_in({list(check.limit)!r})).list.any()"
        case "below":
            return f"{held} < {check.limit!r}"
        case "above":
            return f"{held} > {check.limit!r}"
        case "beside":
            return f"{held}.is_not_null() & c({check.limit!r}).is_not_null()"
        case "after":
            return f"{held} > c({check.limit!r})"
        case "part":
            return f"{held} % {check.limit!r} != 0"
    return f"{held} < pl.date({check.limit:%Y, %-m, %-d})"


def _step(policy: Policy, step: plan.Step) -> str:
    text = expression(policy, step.when)
    if step.when == RuleStatus(step.asked or ""):
        return f"c({step.asked!r}).fill_null(True)"
    return f"(c({step.asked!r}).is_null() | {text})" if step.asked else text


def expression(policy: Policy, when: Condition) -> str:
    match when:
        case Compare():
            return compare(policy, when)
        case Documented(fact, expected):
            return documented(policy.facts[fact], expected)
        case RuleStatus(rule, None):
            return f"c({rule!r})"
        case RuleStatus(rule, Status.MET):
            return f"c({rule!r}).fill_null(False)"
        case RuleStatus(rule, Status.NOT_MET):
            return f"~c({rule!r}).fill_null(True)"
        case RuleStatus(rule, _):
            return f"c({rule!r}).is_null()"
        case All(items):
            return "(" + " & ".join(expression(policy, item) for item in items) + ")"
        case AnyOf(items):
            return "(" + " | ".join(expression(policy, item) for item in items) + ")"
        case Not(item):
            return "~" + expression(policy, item)
        case Count(at_least, items):
            parts = [expression(policy, item) for item in items]
            met = " + ".join(f"{one}.fill_null(False).cast(pl.UInt8)" for one in parts)
            can = " + ".join(f"{one}.fill_null(True).cast(pl.UInt8)" for one in parts)
            return f"({met} >= {at_least}) | ({can} >= {at_least}) & pl.lit(None, pl.Boolean)"


def documented(fact: Fact, expected: bool) -> str:
    names = [plan.column(fact.id), *([f"{fact.id}.at_least", f"{fact.id}.at_most"] if is_ranged(fact) else [])]
    if expected:
        return "(" + " | ".join(f"c({name!r}).is_not_null()" for name in names) + ")"
    return "(" + " & ".join(f"c({name!r}).is_null()" for name in names) + ")"


def compare(policy: Policy, when: Compare) -> str:
    fact = policy.facts[when.fact]
    left = held(fact)
    if fact.type in {FactType.NUMBER, FactType.DATE}:
        return ordered(policy, when)
    if isinstance(when.operand, OtherFact):
        right = held(policy.facts[when.operand.fact])
        return f"({left} {'==' if when.operator is Op.IS else '!='} {right})"
    value = when.operand.value
    match when.operator:
        case Op.IS | Op.IS_NOT if isinstance(value, bool):
            return left if value is (when.operator is Op.IS) else f"~{left}"
        case Op.IS:
            return f"({left} == {value!r})"
        case Op.IS_NOT:
            return f"({left} != {value!r})"
        case Op.IN | Op.NOT_IN:
            every = [f"({left} == {one!r})" for one in plan.several(value)]  # three times as fast as `is_in`
            return ("~" if when.operator is Op.NOT_IN else "") + f"({' | '.join(every)})"
        case _:
            every = [f"{left}.list.contains({one!r})" for one in plan.several(value)]
            joined = (" & " if when.operator is Op.INCLUDES else " | ").join(every)
            return ("~" if when.operator is Op.EXCLUDES else "") + f"({joined})"


def held(fact: Fact) -> str:
    text = f"c({plan.column(fact.id)!r})"
    if fact.presumed is None:
        return text
    return f"{text}.fill_null({sorted(fact.presumed) if isinstance(fact.presumed, frozenset) else fact.presumed!r})"


def ordered(policy: Policy, when: Compare) -> str:
    """At least or less than settle at the low end and at the high end; where the two differ, undocumented."""
    (low, high), (right_low, right_high) = ends(policy.facts[when.fact]), _right(policy, when)
    match when.operator:
        case Op.AT_LEAST:
            sure, never = f"{low} >= {right_high}", f"{high} < {right_low}"
        case Op.LESS_THAN:
            sure, never = f"{high} < {right_low}", f"{low} >= {right_high}"
        case Op.AT_MOST:
            sure, never = f"{high} <= {right_low}", f"{low} > {right_high}"
        case Op.MORE_THAN:
            sure, never = f"{low} > {right_high}", f"{high} <= {right_low}"
        case _:
            raise NotImplementedError(when.operator)
    if low == high and right_low == right_high:
        return f"({sure})"
    return f"(({sure}).fill_null(False) | ~({never}).fill_null(False) & pl.lit(None, pl.Boolean))"


def ends(fact: Fact) -> tuple[str, str]:
    text = held(fact)
    if not is_ranged(fact):
        return text, text
    return f"pl.coalesce({text}, c('{fact.id}.at_least'))", f"pl.coalesce({text}, c('{fact.id}.at_most'))"


def _right(policy: Policy, when: Compare) -> tuple[str, str]:
    if isinstance(when.operand, OtherFact):
        return ends(policy.facts[when.operand.fact])
    assert isinstance(when.operand, Constant)
    assert isinstance(when.operand.value, Interval)
    text = repr(plan.own_number(policy, when.fact, when.operand.value))
    return text, text
