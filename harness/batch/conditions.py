"""Conditions as expressions over the columns of a row: the same semantics as `harness.evaluate`, in SQL's own logic."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis

from harness.batch import kleene
from harness.batch.columns import SET_SEPARATOR
from harness.batch.held import Expression, Held, literal, number
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
from harness.model.values import DAYS, FactType, Interval, Status

_MICRO = 1_000_000  # numbers have at most six digits behind the point
_FEW = 8

Leaf = Compare | Documented


def combined(condition: Condition, leaf: Callable[[Leaf], Expression], rule: Callable[[str], Expression]) -> Expression:
    """The status of a condition, those of its leaves and of the rules that it reads given."""
    match condition:
        case Compare() | Documented():
            return leaf(condition)
        case RuleStatus(name, None):
            return rule(name)
        case RuleStatus(name, Status.MET):
            return kleene.is_met(rule(name))
        case RuleStatus(name, Status.NOT_MET):
            return kleene.is_not_met(rule(name))
        case RuleStatus(name):
            return rule(name).isnull()
        case All(items):
            return kleene.all_of(combined(item, leaf, rule) for item in items)
        case AnyOf(items):
            return kleene.any_of(combined(item, leaf, rule) for item in items)
        case Not(item):
            return ~combined(item, leaf, rule)
        case Count(at_least, items):
            return kleene.count(at_least, [combined(item, leaf, rule) for item in items])


def leaf_status(leaf: Leaf, facts: Mapping[str, Held]) -> Expression:
    """The status of a comparison, or of whether a fact is documented."""
    if isinstance(leaf, Documented):
        documented = facts[leaf.fact].documented
        return documented if leaf.expected else ~documented
    held = facts[leaf.fact]
    other = facts[leaf.operand.fact] if isinstance(leaf.operand, OtherFact) else None
    if not held.known or (other is not None and not other.known):
        return kleene.UNDOCUMENTED
    match leaf.operator:
        case Operator.IS:
            return _equal(held, leaf.operand, other)
        case Operator.IS_NOT:
            return ~_equal(held, leaf.operand, other)
        case Operator.IN | Operator.NOT_IN:
            among = _among(held, leaf.operand, other)
            return among if leaf.operator is Operator.IN else ~among
        case Operator.INCLUDES | Operator.INCLUDES_ANY | Operator.EXCLUDES:
            return _holds(held, leaf.operator, leaf.operand, other)
        case _:
            return _ordered(leaf.operator, *_ends(held, leaf.operand, other))


@dataclass(frozen=True, slots=True)
class _Ends:
    low: Expression  # None is no bound in any row
    high: Expression

    @property
    def is_point(self) -> bool:
        return self.low is self.high


def _ends(held: Held, operand: Constant | OtherFact, other: Held | None) -> tuple[_Ends, _Ends]:
    """The bounds of both sides in one measure: the fact's own unit, or millionths of days for facts of two units."""
    if other is None:
        assert isinstance(operand, Constant)
        value = operand.value
        assert isinstance(value, Interval)
        low = None if value.low is None else number(held.fact, value.low)
        high = low if value.is_point else None if value.high is None else number(held.fact, value.high)
        return _Ends(held.low, held.high), _Ends(low, high)
    if held.fact.unit == other.fact.unit:
        return _Ends(held.low, held.high), _Ends(other.low, other.high)
    return _in_days(held), _in_days(other)


def _in_days(held: Held) -> _Ends:
    # Whole numbers, so that 0.1 weeks equal 0.7 days exactly.
    factor = float(DAYS[held.fact.unit or ""] * _MICRO)
    low = (held.low * factor).round().cast("int64")
    return _Ends(low, low if not held.is_ranged else (held.high * factor).round().cast("int64"))


_OF_POINTS = {
    Operator.AT_LEAST: operator.ge,
    Operator.MORE_THAN: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.LESS_THAN: operator.lt,
}


def _ordered(asked: Operator, left: _Ends, right: _Ends) -> Expression:
    if left.is_point and right.is_point:
        return _OF_POINTS[asked](left.low, right.low)
    match asked:
        case Operator.AT_LEAST:
            return _at_least(left, right)
        case Operator.LESS_THAN:
            return ~_at_least(left, right)
        case Operator.AT_MOST:
            return _at_least(right, left)
        case _:
            return ~_at_least(right, left)


def _at_least(left: _Ends, right: _Ends) -> Expression:
    """Met when the lower bound reaches the other's upper one; not met when the upper bound misses the lower one."""
    surely = _never() if left.low is None or right.high is None else kleene.is_met(left.low >= right.high)
    surely_not = _never() if left.high is None or right.low is None else kleene.is_met(left.high < right.low)
    return kleene.settled(surely, surely_not)


def _never() -> Expression:
    return kleene.constant(False)


def _equal(held: Held, operand: Constant | OtherFact, other: Held | None) -> Expression:
    if held.fact.type in {FactType.NUMBER, FactType.DATE}:
        return _equal_ends(*_ends(held, operand, other))
    if other is not None:
        return held.value == other.value
    assert isinstance(operand, Constant)
    if isinstance(operand.value, bool):
        return held.value if operand.value else ~held.value
    assert isinstance(operand.value, str | frozenset)
    return held.value == literal(held.fact, operand.value)


def _equal_ends(left: _Ends, right: _Ends) -> Expression:
    if left.is_point and right.is_point:
        return left.low == right.low
    ends = (left.low, left.high, right.low, right.high)
    same = _never()
    if all(end is not None for end in ends):
        same = kleene.is_met((left.low == left.high) & (right.low == right.high) & (left.low == right.low))
    apart = _never()
    for lower, upper in ((left.low, right.high), (right.low, left.high)):
        if lower is not None and upper is not None:
            apart = apart | kleene.is_met(lower > upper)
    return kleene.settled(same, apart)


def _among(held: Held, operand: Constant | OtherFact, other: Held | None) -> Expression:
    """Whether a choice is one of several: listed ones, or the members of a set."""
    if other is not None:
        return held.value == other.value if other.fact.type is FactType.CHOICE else _is_member(held, other)
    assert isinstance(operand, Constant)
    return one_of(held.value, _several(operand))


def one_of(value: Expression, words: Sequence[str]) -> Expression:
    """Whether a text is one of several; a few comparisons are three times as fast as a search."""
    if len(words) > _FEW:
        return value.isin(list(words))
    return kleene.any_of(value == word for word in words)


def _several(operand: Constant) -> tuple[str, ...]:
    match operand.value:
        case tuple(listed):
            return listed
        case str(word):
            return (word,)
        case found:
            assert isinstance(found, frozenset)
            return tuple(sorted(found))


def _holds(held: Held, asked: Operator, operand: Constant | OtherFact, other: Held | None) -> Expression:
    if other is None:
        assert isinstance(operand, Constant)
        inside = [contains(held.value, member) for member in _several(operand)]
        return _holds_each(asked, inside)
    if other.fact.type is FactType.CHOICE:
        inside = [_is_member(other, held)]
        return _holds_each(asked, inside)
    mine, theirs = members(held.value), members(other.value)
    shared = mine.intersect(theirs).length()  # the empty text is always shared
    truths = {Operator.INCLUDES: shared == theirs.length(), Operator.INCLUDES_ANY: shared > 1}
    # Not every database keeps NULL in an intersection.
    known = held.value.notnull() & other.value.notnull()
    return ibis.ifelse(known, truths.get(asked, shared == 1), kleene.UNDOCUMENTED)


def _holds_each(asked: Operator, inside: Iterable[Expression]) -> Expression:
    match asked:
        case Operator.INCLUDES:
            return kleene.all_of(inside)
        case Operator.INCLUDES_ANY:
            return kleene.any_of(inside)
        case _:
            return ~kleene.any_of(inside)


def _is_member(choice: Held, several: Held) -> Expression:
    """Whether the choice of one fact is among those of a set; not every database searches for what a row has."""
    each = ((choice.value == one, contains(several.value, one)) for one in choice.fact.choices)
    return ibis.cases(*each, else_=kleene.UNDOCUMENTED)


def contains(value: Expression, member: str) -> Expression:
    """Whether a set holds a choice or code; `M51.1-` stands for any code of its family."""
    return value.contains(SET_SEPARATOR + (member[:-1] if member.endswith("-") else member + SET_SEPARATOR))


def members(value: Expression) -> Expression:
    """The members of a set as a list, with one empty text that stands for the separators at its ends."""
    return value.split(SET_SEPARATOR).unique()
