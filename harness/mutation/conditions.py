"""The mistakes that one condition can hold: each way to get its operator, its threshold or its children wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

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
    RuleStatus,
    Step,
)
from harness.model.policy import Policy
from harness.model.values import DAYS, FactType, Interval, Status, quantity
from harness.model.wording import STATUS_WORDS, label, threshold
from harness.mutation.mutant import Sort

Mistake = tuple[Sort, str, Condition, Step]  # what is written instead, and where within the condition the slip is

# The operators that are mistaken for one another: at the threshold itself, then in its direction.
_CONFUSED = {
    Operator.IS: (Operator.IS_NOT,),
    Operator.IS_NOT: (Operator.IS,),
    Operator.IN: (Operator.NOT_IN,),
    Operator.NOT_IN: (Operator.IN,),
    Operator.AT_LEAST: (Operator.MORE_THAN, Operator.LESS_THAN),
    Operator.MORE_THAN: (Operator.AT_LEAST, Operator.AT_MOST),
    Operator.AT_MOST: (Operator.LESS_THAN, Operator.MORE_THAN),
    Operator.LESS_THAN: (Operator.AT_MOST, Operator.AT_LEAST),
    Operator.INCLUDES: (Operator.EXCLUDES, Operator.INCLUDES_ANY),
    Operator.INCLUDES_ANY: (Operator.EXCLUDES, Operator.INCLUDES),
    Operator.EXCLUDES: (Operator.INCLUDES_ANY,),
}
_HOLDS = {Operator.INCLUDES, Operator.INCLUDES_ANY}


def mistakes(condition: Condition, policy: Policy) -> Iterator[Mistake]:
    """Every way in which one node of a condition can be mistaken; what a parameter holds is not looked at here."""
    match condition:
        case Compare():
            yield from _of_comparison(condition, policy)
        case Documented(fact, expected):
            what = f"`{fact}`: documented -> not documented" if expected else f"`{fact}`: not documented -> documented"
            yield Sort.OPERATOR, what, Documented(fact, not expected), ()
        case RuleStatus(rule, None):
            yield Sort.STATUS, f"`{rule}` -> its opposite", Not(condition), ()
        case RuleStatus(rule, Status() as status):
            for other in Status:
                if other is not status:
                    words = f"`{rule}`: {STATUS_WORDS[status]} -> {STATUS_WORDS[other]}"
                    yield Sort.STATUS, words, RuleStatus(rule, other), ()
        case Not(item):
            yield Sort.NOT, f"`not` dropped before: {label(item, policy)}", item, ()
        case All(items) | AnyOf(items):
            yield from _of_group(condition, items, policy)
        case Count():
            yield from _of_count(condition, policy)


def _of_group(condition: All | AnyOf, items: tuple[Condition, ...], policy: Policy) -> Iterator[Mistake]:
    if len(items) == 1:
        return
    if isinstance(condition, All):
        yield Sort.ALL_ANY, f"`all` -> `any` of {len(items)}", AnyOf(items), ()
    else:
        yield Sort.ALL_ANY, f"`any` -> `all` of {len(items)}", All(items), ()
    for number, item in enumerate(items):
        left = items[:number] + items[number + 1 :]
        yield Sort.CHILD, f"dropped: {_words(item, policy)}", replace(condition, items=left), (number,)


def _of_count(condition: Count, policy: Policy) -> Iterator[Mistake]:
    items, at_least = condition.items, condition.at_least
    if condition.parameter is None:
        for other in counts_beside(condition):
            what = f"at least {at_least} -> {other} of {len(items)}"
            yield Sort.THRESHOLD, what, replace(condition, at_least=other), ()
    if len(items) > at_least:
        for number, item in enumerate(items):
            left = items[:number] + items[number + 1 :]
            yield Sort.CHILD, f"dropped: {_words(item, policy)}", replace(condition, items=left), (number,)


def counts_beside(condition: Count) -> tuple[int, ...]:
    """The next lower and the next higher number that a count can ask for."""
    return tuple(n for n in (condition.at_least - 1, condition.at_least + 1) if 1 <= n <= len(condition.items))


def _of_comparison(condition: Compare, policy: Policy) -> Iterator[Mistake]:
    operand = condition.operand
    several = operand.value if isinstance(operand, Constant) and isinstance(operand.value, tuple) else ()
    for operator in _CONFUSED[condition.operator]:
        # Of one choice, all and any are the same.
        if {condition.operator, operator} != _HOLDS or len(several) > 1 or not several:
            other = replace(condition, operator=operator)
            was, now = threshold(condition, policy), threshold(other, policy)
            words = f"{was} -> {now}" if was != now else f"`{condition.operator}` -> `{operator}`"
            yield Sort.OPERATOR, f"`{condition.fact}`: {words}", other, ()
    if not isinstance(operand, Constant) or operand.parameter is not None:
        return
    if isinstance(operand.value, Interval):
        for shifted in shifts(operand.value, _unit(condition, policy)):
            other = replace(condition, operand=Constant(shifted))
            was, now = threshold(condition, policy), threshold(other, policy)
            yield Sort.THRESHOLD, f"`{condition.fact}`: {was} -> {now}", other, ()
    for number, choice in enumerate(several if len(several) > 1 else ()):
        left = Constant(several[:number] + several[number + 1 :])
        yield Sort.CHOICE, f"`{condition.fact}`: without `{choice}`", replace(condition, operand=left), ()


def _unit(condition: Compare, policy: Policy) -> str | None:
    fact = policy.facts[condition.fact]
    return "d" if fact.type is FactType.DATE else fact.unit


def _words(condition: Condition, policy: Policy) -> str:
    """A condition in one line; of a group, what it begins with."""
    match condition:
        case Not(item):
            return f"not ({_words(item, policy)})"
        case All(items) | AnyOf(items) | Count(items=items):
            return f"{label(condition, policy)}: {_words(items[0], policy)}, ..."
        case _:
            return label(condition, policy)


def shifts(value: Interval, unit: str | None) -> tuple[Interval, Interval]:
    """A threshold one step lower and one step higher.

    The step is one day for lengths in days or weeks and for dates; otherwise one of the last place that is written.
    """
    assert value.low is not None
    exponent = value.low.normalize().as_tuple().exponent
    step = Decimal(1) if unit in DAYS else Decimal(1).scaleb(min(int(exponent), 0))
    return Interval.point(value.low - step), Interval.point(value.low + step)


def shift_words(old: Interval, new: Interval, unit: str | None) -> str:
    """A shift in words: `6 weeks -> 6 weeks 1 day`."""
    assert old.low is not None
    assert new.low is not None
    return f"{quantity(old.low, unit)} -> {quantity(new.low, unit)}"
