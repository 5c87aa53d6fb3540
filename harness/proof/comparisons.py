"""Comparisons as formulas: what `harness.evaluate` says of one case, said of every case at once."""

from __future__ import annotations

from harness.model.condition import Operator
from harness.proof.logic import SymbolicStatus, Truth, every, implies, no, of_truth, same, some
from harness.proof.values import Span, SymbolicReading, Words, YesNo, at_least_as_much, equal


def compare(left: SymbolicReading, operator: Operator, right: SymbolicReading) -> SymbolicStatus:
    """The status of a comparison; undocumented where either side is."""
    match left.value, right.value:
        case Span() as one, Span() as other:
            return _spans(one, operator, other)  # a bound that is missing settles nothing, so neither does no value
        case Words() as held, Words() as asked:
            found = of_truth(_words(held, operator, asked))
        case YesNo(one), YesNo(other):
            found = of_truth(same(one, other))
            found = found.negated if operator is Operator.IS_NOT else found
        case _:
            raise TypeError("a comparison is of values of one sort")
    both = every((left.present, right.present))
    return SymbolicStatus(every((both, found.met)), every((both, found.not_met)))


def _words(held: Words, operator: Operator, asked: Words) -> Truth:
    match operator:
        case Operator.IS | Operator.IN:
            return _one_of(held, asked)
        case Operator.IS_NOT | Operator.NOT_IN:
            return no(_one_of(held, asked))
        case Operator.INCLUDES:
            return every(implies(wanted, held.includes(word)) for word, wanted in asked.holds.items())
        case Operator.INCLUDES_ANY:
            return _any_included(held, asked)
        case Operator.EXCLUDES:
            return no(_any_included(held, asked))
        case _:
            raise TypeError("words have no order")


def _one_of(held: Words, asked: Words) -> Truth:
    return some(every((held.holds[word], wanted)) for word, wanted in asked.holds.items() if word in held.holds)


def _any_included(held: Words, asked: Words) -> Truth:
    return some(every((wanted, held.includes(word))) for word, wanted in asked.holds.items())


def _spans(left: Span, operator: Operator, right: Span) -> SymbolicStatus:
    match operator:
        case Operator.IS:
            return _equal(left, right)
        case Operator.IS_NOT:
            return _equal(left, right).negated
        case Operator.AT_LEAST:
            return _at_least(left, right)
        case Operator.LESS_THAN:
            return _at_least(left, right).negated
        case Operator.AT_MOST:
            return _at_least(right, left)
        case Operator.MORE_THAN:
            return _at_least(right, left).negated
        case _:
            raise TypeError("a number or date is no set")


def _equal(left: Span, right: Span) -> SymbolicStatus:
    met = every((left.is_point, right.has_low, right.has_high, equal(left.low, right.low), equal(left.low, right.high)))
    return SymbolicStatus(met, some((_at_least(left, right).not_met, _at_least(right, left).not_met)))


def _at_least(left: Span, right: Span) -> SymbolicStatus:
    met = every((left.has_low, right.has_high, at_least_as_much(left.low, right.high)))
    not_met = every((left.has_high, right.has_low, no(at_least_as_much(left.high, right.low))))
    return SymbolicStatus(met, not_met)
