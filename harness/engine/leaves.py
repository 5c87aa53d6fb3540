"""A policy's comparisons as literals, and the quantities they rest on, each once however many rules read it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from harness.engine import literal
from harness.engine.literal import Literal
from harness.engine.names import Names
from harness.engine.quantity import Compared, DocumentedFact, Held, Measured, NotExactError, Quantity, Settled, scaled
from harness.model.condition import Compare, Constant, Documented, Operator, OtherFact
from harness.model.values import Interval, Status, Value

# Each operator as a positive one, read straight or upside down; `True` swaps the two facts.
_BETWEEN_FACTS = {
    Operator.IS: (Operator.IS, False, False),
    Operator.IS_NOT: (Operator.IS, True, False),
    Operator.IN: (Operator.IN, False, False),
    Operator.NOT_IN: (Operator.IN, True, False),
    Operator.AT_LEAST: (Operator.AT_LEAST, False, False),
    Operator.LESS_THAN: (Operator.AT_LEAST, True, False),
    Operator.AT_MOST: (Operator.AT_LEAST, False, True),
    Operator.MORE_THAN: (Operator.AT_LEAST, True, True),
    Operator.INCLUDES: (Operator.INCLUDES, False, False),
    Operator.INCLUDES_ANY: (Operator.INCLUDES_ANY, False, False),
    Operator.EXCLUDES: (Operator.INCLUDES_ANY, True, False),
}


class CannotCompareError(Exception):
    """A comparison that cannot be told to the engine; the message ends the sentence "rule `x` ..."."""


class Leaves:
    """Makes literals of comparisons and remembers the quantities by name."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[object, ...], Quantity] = {}

    @property
    def quantities(self) -> dict[str, Quantity]:
        return {quantity.name: quantity for quantity in self._known.values()}

    def documented(self, leaf: Documented) -> Literal:
        name = self._quantity(DocumentedFact, f"{leaf.fact} is documented", leaf.fact)
        found = literal.has_status(name, Status.MET, ())
        return found if leaf.expected else found.negated

    def compare(self, leaf: Compare) -> tuple[Literal, ...]:
        """The literals that all have to be met; their status together is that of the comparison.

        `is_not` a number is refused here: it is the opposite of `is`, which has two literals.
        """
        if isinstance(leaf.operand, OtherFact):
            return (self._between(leaf.fact, leaf.operator, leaf.operand.fact),)
        value = leaf.operand.value
        if leaf.operator in _LISTS:
            return (self._list(leaf, _several(value)),)
        if isinstance(value, Interval):
            return self._number(leaf, value)
        if isinstance(value, tuple) or leaf.operator not in {Operator.IS, Operator.IS_NOT}:
            raise CannotCompareError(f"compares fact `{leaf.fact}` with a value that `{leaf.operator}` does not take")
        return (self._settled(leaf, (value,), leaf.operator is Operator.IS_NOT),)

    def _between(self, fact: str, operator: Operator, other: str) -> Literal:
        positive, opposite, swapped = _BETWEEN_FACTS[operator]
        left, right = (other, fact) if swapped else (fact, other)
        name = self._quantity(Compared, f"{left} {positive} {right}", left, positive, right)
        found = literal.word(name)
        return found.negated if opposite else found

    def _list(self, leaf: Compare, listed: tuple[str, ...]) -> Literal:
        if leaf.operator in {Operator.IN, Operator.NOT_IN}:
            return self._settled(leaf, listed, leaf.operator is Operator.NOT_IN)
        name = self._quantity(Held, f"{leaf.fact} of {_said(leaf.operand, listed)}", leaf.fact, listed)
        if leaf.operator is Operator.INCLUDES:
            return literal.at_least(name, len(listed))
        found = literal.at_least(name, 1)
        return found.negated if leaf.operator is Operator.EXCLUDES else found

    def _settled(self, leaf: Compare, listed: tuple[Value, ...], opposite: bool) -> Literal:
        # The type is part of the key: True == 1 in Python, and no quantity may serve both.
        key = tuple((type(one).__name__, one) for one in listed)
        name = self._quantity(Settled, f"{leaf.fact} is {_said(leaf.operand, listed)}", leaf.fact, listed, key=key)
        return literal.word(name).negated if opposite else literal.word(name)

    def _number(self, leaf: Compare, value: Interval) -> tuple[Literal, ...]:
        if not value.is_point or value.low is None:
            raise CannotCompareError(f"compares fact `{leaf.fact}` with a range, which is not one number")
        try:
            threshold = scaled(value.low)
        except (NotExactError, ValueError, OverflowError):
            message = f"compares fact `{leaf.fact}` with a number beyond 1000000000 or of more than 6 decimals"
            raise CannotCompareError(message) from None
        name = self._quantity(Measured, leaf.fact, leaf.fact)
        if leaf.operator in {Operator.IS, Operator.IS_NOT}:
            return literal.at_least(name, threshold), literal.at_most(name, threshold)
        return (_ORDERED[leaf.operator](name, threshold),)

    def _quantity(self, kind: type[Quantity], wanted: str, *parts: object, key: tuple[object, ...] = ()) -> str:
        known = (kind, *parts, *key)
        if known not in self._known:
            self._known[known] = kind(self._names.take(wanted), *parts)  # type: ignore[arg-type]
        return self._known[known].name


_LISTS = {Operator.IN, Operator.NOT_IN, Operator.INCLUDES, Operator.INCLUDES_ANY, Operator.EXCLUDES}
_ORDERED = {
    Operator.AT_LEAST: literal.at_least,
    Operator.MORE_THAN: literal.more_than,
    Operator.AT_MOST: literal.at_most,
    Operator.LESS_THAN: literal.less_than,
}


def is_number_equality(leaf: Compare) -> bool:
    """Whether a comparison asks for one exact number, which a range may leave open at either end."""
    return (
        leaf.operator in {Operator.IS, Operator.IS_NOT}
        and isinstance(leaf.operand, Constant)
        and isinstance(leaf.operand.value, Interval)
    )


def _several(value: Value | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple | frozenset):
        return tuple(dict.fromkeys(value if isinstance(value, tuple) else sorted(value)))
    raise CannotCompareError("compares with a list that is none")


def _said(operand: Constant | OtherFact, listed: Iterable[object]) -> str:
    """A list in the words of the policy, for a reader of the ruleset."""
    if isinstance(operand, Constant) and operand.parameter is not None:
        return f"parameter {operand.parameter}"
    words = [json.dumps(one) if isinstance(one, bool) else str(one) for one in listed]
    return words[0] if len(words) == 1 else f"({', '.join(words)})"
