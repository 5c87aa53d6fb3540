"""Facts that a policy compares with each other: what the one holds makes what the other does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from harness.evaluate import status_of
from harness.model.builtin import BUILT_IN
from harness.model.case import Reading, State
from harness.model.condition import Compare, OtherFact
from harness.model.values import FactType, Interval, Status, Value
from harness.sampling.leaning import Leaning
from harness.sampling.values import Codes, Held, Palette, canonical

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Link:
    """`follows` takes, for each value of `leads`, the value at its place; -1 where it has none that answers."""

    follows: str
    leads: str
    answers: Codes
    sign: int  # whether to follow speaks for the request
    is_near: bool  # of an order only the boundary is linked: most values lie apart from it


def links_of(leanings: Mapping[str, Leaning], palettes: Mapping[str, Palette]) -> Iterator[Link]:
    for leaning in leanings.values():
        for one in leaning.others:
            compare = one.compare
            assert isinstance(compare.operand, OtherFact)
            follows, leads = compare.fact, compare.operand.fact
            if follows in BUILT_IN:  # what is requested is not made by what is found
                follows, leads = leads, follows
            if follows in palettes and leads in palettes and follows != leads:
                numeric = palettes[follows].fact.type in {FactType.NUMBER, FactType.DATE}
                answers = _answers(compare, palettes[follows], palettes[leads])
                yield Link(follows, leads, answers, 1 if one.weight >= 0 else -1, numeric)


def _answers(compare: Compare, follows: Palette, leads: Palette) -> Codes:
    if follows.fact.type in {FactType.NUMBER, FactType.DATE}:
        return _nearest(follows, leads)
    found = [_first(compare, follows, leads, held) for held in leads.values]
    return np.array(found, np.int32)


def _first(compare: Compare, follows: Palette, leads: Palette, held: Held) -> int:
    given = canonical(held, leads.fact)
    for number, one in enumerate(follows.values):
        own = canonical(one, follows.fact)
        left, right = (own, given) if compare.fact == follows.fact.id else (given, own)
        if _met(compare, left, right):
            return number
    return _NOWHERE


def _met(compare: Compare, left: Value, right: Value) -> bool:
    assert isinstance(compare.operand, OtherFact)
    facts = {
        compare.fact: Reading(State.DOCUMENTED, left),
        compare.operand.fact: Reading(State.DOCUMENTED, right),
    }
    return status_of(compare, facts, {}) is Status.MET


def _nearest(follows: Palette, leads: Palette) -> Codes:
    """The number nearest to each."""
    own = np.array([_number(one, follows) for one in follows.values])
    theirs = np.array([_number(one, leads) for one in leads.values])
    return np.array(np.abs(theirs[:, None] - own[None, :]).argmin(axis=1), np.int32)


def _number(held: Held, palette: Palette) -> float:
    value = canonical(held, palette.fact)
    assert isinstance(value, Interval)
    return float(value.low or Decimal(0))
