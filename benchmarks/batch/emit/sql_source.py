"""The policy as one SQL query for DuckDB: AND, OR and NOT of SQL are strong Kleene; a round of rules a subquery."""

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
_SIGNS = {Op.IS: "=", Op.IS_NOT: "<>"}


def source(policy: Policy) -> str:
    """A query over the view `cases`, as CTEs; the last, `settled`, has all columns and every step."""
    lines, before = [], "cases"
    for number, level in enumerate(plan.levels(plan.steps(policy))):
        lines.append(f"{'WITH ' if number == 0 else ''}round_{number} AS (SELECT *,")
        lines += [f"  {_step(policy, step)} AS {quoted(step.name)}," for step in level]
        lines.append(f"FROM {before}),")
        before = f"round_{number}"
    lines.append(f"settled AS (FROM {before})")
    return "\n".join(lines) + "\n"


def invalid(policy: Policy) -> str:
    """The reason for which a row of `cases` is invalid, or NULL."""
    lines = [f"  WHEN {_invalid(check)} THEN {literal(check.reason)}" for check in plan.checks(policy)]
    return "\n".join(["CASE", *lines, "END"]) + "\n"


def _invalid(check: plan.Check) -> str:
    held = quoted(check.column)
    match check.sort:
        case "among":
            return f"{held} NOT IN ({', '.join(map(literal, check.limit))})"
        case "items":
            return f"NOT list_has_all([{', '.join(map(literal, check.limit))}], {held})"
        case "below":
            return f"{held} < {check.limit}"
        case "above":
            return f"{held} > {check.limit}"
        case "beside":
            return f"({held} IS NOT NULL AND {quoted(check.limit)} IS NOT NULL)"
        case "after":
            return f"{held} > {quoted(check.limit)}"
        case "part":
            return f"{held} % {check.limit} <> 0"
    return f"{held} < DATE '{check.limit}'"


def quoted(name: str) -> str:
    return f'"{name}"'


def _step(policy: Policy, step: plan.Step) -> str:
    if step.when == RuleStatus(step.asked or ""):
        return f"coalesce({quoted(step.asked or '')}, true)"
    text = expression(policy, step.when)
    return f"({quoted(step.asked)} IS NULL OR {text})" if step.asked else text


def expression(policy: Policy, when: Condition) -> str:
    match when:
        case Compare():
            return compare(policy, when)
        case Documented(fact, expected):
            return documented(policy.facts[fact], expected)
        case RuleStatus(rule, None):
            return quoted(rule)
        case RuleStatus(rule, Status.MET):
            return f"({quoted(rule)} IS NOT DISTINCT FROM true)"
        case RuleStatus(rule, Status.NOT_MET):
            return f"({quoted(rule)} IS NOT DISTINCT FROM false)"
        case RuleStatus(rule, _):
            return f"({quoted(rule)} IS NULL)"
        case All(items):
            return "(" + " AND ".join(expression(policy, item) for item in items) + ")"
        case AnyOf(items):
            return "(" + " OR ".join(expression(policy, item) for item in items) + ")"
        case Not(item):
            return f"(NOT {expression(policy, item)})"
        case Count(at_least, items):
            parts = [expression(policy, item) for item in items]
            met = " + ".join(f"coalesce({one}, false)::UTINYINT" for one in parts)
            can = " + ".join(f"coalesce({one}, true)::UTINYINT" for one in parts)
            return f"({met} >= {at_least} OR ({can} >= {at_least} AND NULL))"


def documented(fact: Fact, expected: bool) -> str:
    names = [plan.column(fact.id), *([f"{fact.id}.at_least", f"{fact.id}.at_most"] if is_ranged(fact) else [])]
    word, joined = ("IS NOT NULL", " OR ") if expected else ("IS NULL", " AND ")
    return "(" + joined.join(f"{quoted(name)} {word}" for name in names) + ")"


def compare(policy: Policy, when: Compare) -> str:
    fact = policy.facts[when.fact]
    left = held(fact)
    if fact.type in {FactType.NUMBER, FactType.DATE}:
        return ordered(policy, when)
    if isinstance(when.operand, OtherFact):
        return f"({left} {_SIGNS[when.operator]} {held(policy.facts[when.operand.fact])})"
    value = when.operand.value
    match when.operator:
        case Op.IS | Op.IS_NOT if isinstance(value, bool):
            return left if value is (when.operator is Op.IS) else f"(NOT {left})"
        case Op.IS | Op.IS_NOT:
            return f"({left} {_SIGNS[when.operator]} {literal(value)})"
        case Op.IN | Op.NOT_IN:
            listed = ", ".join(map(literal, plan.several(value)))
            return f"({left} {'NOT IN' if when.operator is Op.NOT_IN else 'IN'} ({listed}))"
        case _:
            every = [f"list_contains({left}, {literal(one)})" for one in plan.several(value)]
            joined = (" AND " if when.operator is Op.INCLUDES else " OR ").join(every)
            return f"({'NOT ' if when.operator is Op.EXCLUDES else ''}({joined}))"


def held(fact: Fact) -> str:
    text = quoted(plan.column(fact.id))
    return text if fact.presumed is None else f"coalesce({text}, {literal(fact.presumed)})"


def literal(value: object) -> str:
    if isinstance(value, frozenset):
        return f"[{', '.join(map(literal, sorted(value)))}]"
    return str(value).lower() if isinstance(value, bool) else "'" + str(value).replace("'", "''") + "'"


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
    return f"(CASE WHEN {sure} THEN true WHEN {never} THEN false END)"


def ends(fact: Fact) -> tuple[str, str]:
    text = held(fact)
    if not is_ranged(fact):
        return text, text
    return f'coalesce({text}, "{fact.id}.at_least")', f'coalesce({text}, "{fact.id}.at_most")'


def _right(policy: Policy, when: Compare) -> tuple[str, str]:
    if isinstance(when.operand, OtherFact):
        return ends(policy.facts[when.operand.fact])
    assert isinstance(when.operand, Constant)
    assert isinstance(when.operand.value, Interval)
    text = repr(plan.own_number(policy, when.fact, when.operand.value))
    return text, text
