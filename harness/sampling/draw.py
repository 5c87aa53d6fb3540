"""Many plausible cases at once. What a case is like lies behind all its facts, so that they go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from harness.model.values import FactType
from harness.sampling.links import Link
from harness.sampling.plan import Drawn, Plan
from harness.sampling.values import Codes, Floats

NOTHING = -1  # the code of what is not documented

# Of what a normal number is made: the case as a whole, the facts of its group, and the fact alone. Squares add to 1.
_VALUE = (sqrt(0.45), sqrt(0.2), sqrt(0.35))
_DOCUMENTS = (sqrt(0.55), sqrt(0.2), sqrt(0.25))
_TOGETHER = sqrt(0.25)  # how far the grave cases are also those that were treated long
_FOLLOWS, _FOLLOWS_NEARLY = -0.5, 1.1  # normal numbers, beyond which a linked fact follows the other: 69 % and 14 %
_RANGES = 16  # of 256 numbers that are documented, so many are known as a range
_WIDEST = 12  # values of its palette on each side

Bytes = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Facts:
    """What each of many cases holds of one fact, by its place in the palette: a value, or bounds of it."""

    value: Codes
    low: Codes | None = None
    high: Codes | None = None

    @property
    def parts(self) -> Iterator[tuple[str, Codes]]:
        yield "", self.value
        if self.low is not None and self.high is not None:
            yield ".at_least", self.low
            yield ".at_most", self.high


def drawn(plan: Plan, chance: np.random.Generator, rows: int) -> dict[str, Facts]:
    """So many cases, fact by fact."""

    def normal() -> Floats:
        return chance.standard_normal(rows, np.float32)

    completeness, treated, own = normal(), normal(), normal()
    grave = np.float32(_TOGETHER) * treated + np.float32(sqrt(1 - _TOGETHER**2)) * own
    group_values = {group: normal() for group in plan.groups}
    group_documents = {group: normal() for group in plan.groups}
    follows = {link.follows for link in plan.links}
    leanings: dict[str, Floats] = {}
    codes: dict[str, Codes] = {}
    for id_, fact in plan.facts.items():
        leaning = _mixed(_VALUE, grave if fact.rare else treated, group_values[fact.group], normal())
        documented = _mixed(_DOCUMENTS, completeness, group_documents[fact.group], normal()) < np.float32(fact.cut)
        codes[id_] = np.where(documented, fact.palette.at(leaning), np.int32(NOTHING))
        if id_ in follows:
            leanings[id_] = leaning
    for link in plan.links:
        _follow(link, codes, leanings[link.follows])
    found = {
        id_: _known(fact, codes[id_], chance) if fact.has_range else Facts(codes[id_])
        for id_, fact in plan.facts.items()
    }
    for id_, fact in plan.facts.items():
        if fact.source is not None:
            _leave_to_date(found[id_], found[fact.source])
    return found


def _mixed(shares: tuple[float, float, float], case: Floats, group: Floats, fact: Floats) -> Floats:
    fact *= np.float32(shares[2])
    fact += np.float32(shares[0]) * case
    fact += np.float32(shares[1]) * group
    return fact


def _follow(link: Link, codes: dict[str, Codes], leaning: Floats) -> None:
    own, leads = codes[link.follows], codes[link.leads]
    answers = np.where(leads == NOTHING, np.int32(NOTHING), link.answers[leads])
    follows = np.float32(link.sign) * leaning > np.float32(_FOLLOWS_NEARLY if link.is_near else _FOLLOWS)
    codes[link.follows] = np.where(follows & (own != NOTHING) & (answers != NOTHING), answers, own)


def _known(fact: Drawn, codes: Codes, chance: np.random.Generator) -> Facts:
    """Some of the numbers and dates known only as at least, at most, or between two."""
    rows = len(codes)
    luck = chance.integers(0, 256, rows, np.uint8)
    widths = chance.integers(0, _WIDEST, (2, rows), np.uint8)
    ranged = (codes != NOTHING) & (luck < _RANGES)
    last = len(fact.palette.values) - 1
    low = np.where(ranged & (luck % 3 != 0), np.maximum(codes - widths[0], 0), np.int32(NOTHING))
    high = np.where(ranged & (luck % 3 != 1), np.minimum(codes + widths[1], last), np.int32(NOTHING))
    if fact.palette.fact.type is FactType.DATE:  # the more days before the request, the earlier
        low, high = high, low
    return Facts(np.where(ranged, np.int32(NOTHING), codes), low, high)


def _leave_to_date(fact: Facts, date: Facts) -> None:
    """A number that its date gives is not stated beside it."""
    known = np.zeros(len(date.value), np.bool_)
    for _, codes in date.parts:
        known |= codes != NOTHING
    for _, codes in fact.parts:
        codes[known] = NOTHING
