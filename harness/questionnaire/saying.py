"""Answers in words: how to give one, and which of them settle the outcome."""

from __future__ import annotations

from decimal import Decimal

from harness.evaluate import status_of
from harness.model.builtin import LEVELS
from harness.model.case import Reading, State
from harness.model.condition import Compare, Constant, Operator
from harness.model.policy import Fact
from harness.model.values import FactType, Interval, Outcome, Status, quantity
from harness.model.wording import threshold, value_text
from harness.questionnaire import order
from harness.questionnaire.model import Settling
from harness.questionnaire.records import records_of, records_words
from harness.questionnaire.standing import Answer, Standing, fact_of

_OTHERWISE = {
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.AT_LEAST,
    Operator.MORE_THAN: Operator.AT_MOST,
    Operator.AT_MOST: Operator.MORE_THAN,
}
_TWO_WEEKS = Decimal(14)  # several of any unit
_FROM_BELOW = {Operator.AT_LEAST, Operator.MORE_THAN}


def how_to_answer(fact: Fact) -> str:
    """`yes or no`, `a number in weeks`, `one of: left, right`; of what is measured, the records to ask for."""
    records = records_of(fact)
    if records is not None:
        return records_words(records)
    match fact.type:
        case FactType.BOOLEAN:
            return "yes or no"
        case FactType.DATE:
            return "a date"
        case FactType.NUMBER:
            return f"a number of {_unit(fact.unit)}" if fact.unit else "a number"
        case FactType.SET if fact.system:
            return f"codes of {fact.system}"
        case FactType.SET:
            return f"any of: {'; '.join(fact.choices)}"
        case FactType.CHOICE if fact.choices == LEVELS:
            return f"a level, {LEVELS[0]} to {LEVELS[-1]}"
        case FactType.CHOICE:
            return f"one of: {'; '.join(fact.choices)}"
        case FactType.TEXT:
            return "in words"


def _unit(unit: str) -> str:
    """`years`, `mm`, `percent`: as several of it are said."""
    return "percent" if unit == "%" else quantity(_TWO_WEEKS, unit).split(" ", 1)[-1]


def settling(standing: Standing, asked: str) -> tuple[Settling, ...]:
    """The answers that settle the outcome by themselves, those of one outcome together."""
    found: dict[Outcome, list[str]] = {}
    fact = fact_of(standing.ground.policy, asked)
    if fact.type is FactType.CHOICE and standing.ground.asked[asked] == (asked,):
        ended = _choices(standing, fact)
    else:
        ended = [(_words(standing, asked, answer), outcome) for answer, outcome in order.settling(standing, asked)]
    for words, outcome in ended:
        found.setdefault(outcome, []).append(words)
    return tuple(Settling(_joined(words, fact), outcome) for outcome, words in found.items())


def _choices(standing: Standing, fact: Fact) -> list[tuple[str, Outcome]]:
    ended = []
    for choice in fact.choices:
        then = standing.after({fact.id: Reading(State.DOCUMENTED, choice)}).outcomes()
        ended += [(choice, next(iter(then)))] if len(then) == 1 else []
    return ended


def _joined(words: list[str], fact: Fact) -> str:
    listed = list(dict.fromkeys(words))
    if fact.choices and len(listed) > len(fact.choices) / 2 and len(fact.choices) > len(listed) > 1:
        return f"any but {'; '.join(one for one in fact.choices if one not in listed)}"
    return " or ".join(listed)


def _words(standing: Standing, asked: str, answer: Answer) -> str:
    """An answer by what tells it apart: `yes`, `less than 6 weeks`."""
    return " and ".join(_fact_words(standing, name, reading, asked) for name, reading in answer.items())


def _fact_words(standing: Standing, name: str, reading: Reading, asked: str) -> str:
    policy, value = standing.ground.policy, reading.value
    fact = fact_of(policy, name)
    if not isinstance(value, Interval | frozenset):
        return value_text(value, fact)
    leaves = [standing.ground.leaf(number) for number in standing.ground.net.leaves[name]]
    compares = [c for c in leaves if isinstance(c, Compare) and c.fact == name and isinstance(c.operand, Constant)]
    if isinstance(value, frozenset):
        met = [c for c in compares if status_of(c, {name: reading}, {}) is Status.MET]
        return " and ".join(dict.fromkeys(threshold(c, policy) for c in met)) or "none that is asked about"
    said = " and ".join(threshold(c, policy) for c in _sides(compares, reading)) or value_text(value, fact)
    return said if name == asked else f"{said} before the request"


def _sides(compares: list[Compare], reading: Reading) -> list[Compare]:
    """The nearest threshold below a number, and the nearest above, each as the number holds to it."""
    held: dict[bool, Compare] = {}
    for compare in compares:
        if compare.operator not in _OTHERWISE:
            continue
        met = status_of(compare, {compare.fact: reading}, {}) is Status.MET
        operator = compare.operator if met else _OTHERWISE[compare.operator]
        one = Compare(compare.fact, operator, compare.operand)
        below = operator in _FROM_BELOW
        if below not in held or _nearer(one, held[below], below=below):
            held[below] = one
    return [held[side] for side in (True, False) if side in held]


def _nearer(one: Compare, other: Compare, *, below: bool) -> bool:
    low, than = _bound(one), _bound(other)
    return low is not None and than is not None and (low > than if below else low < than)


def _bound(compare: Compare) -> Decimal | None:
    assert isinstance(compare.operand, Constant)
    return compare.operand.value.low if isinstance(compare.operand.value, Interval) else None
