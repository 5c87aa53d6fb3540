"""The values that a fact is likely to hold, each with its share, from those against the request to those for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, combinations
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from harness.model.condition import Compare, Constant, walk
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import FactType, Interval, Value, to_canonical
from harness.proof.vocabulary import Vocabulary, key_of
from harness.proof.witness import ANY_TEXT
from harness.sampling.leaning import Leaning
from harness.sampling.numbers import numbers_of

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int32]

# A number in its own unit, and of a date how many days it lies before the request.
Held = bool | str | frozenset[str] | Decimal | int
Weights = dict[Held, float]

_NAMED = 3.0  # how much more frequent a word is that a condition names
_SHARE_FOR, _SHARE_RARE, _SHARE_PRESUMED = 0.72, 0.15, 0.85
_BUILT_IN: Mapping[str, Mapping[str, float]] = {"patient.sex": {"female": 0.51, "male": 0.48, "other": 0.01}}
_MEMBERS = 24  # of a set, beyond those that are named
_TOGETHER = (6, 5)  # of the named members, how many are taken by twos and by threes
_OFFSETS = (*range(15), *range(15, 190, 5), *range(190, 740, 10), *range(740, 1840, 50))  # days before the request


@dataclass(frozen=True, slots=True)
class Palette:
    """The values of a fact in their own order, numbers from the smallest on.

    A normal number finds a value through `cuts` and `order`: the lower it is, the more the value speaks against the
    request. So facts whose normal numbers go together do.
    """

    fact: Fact
    values: tuple[Held, ...]
    order: Codes
    cuts: Floats

    def at(self, normal: Floats) -> Codes:
        """Which value belongs to each of several normal numbers."""
        return self.order[np.searchsorted(self.cuts, normal)]


def palette_of(policy: Policy, fact: Fact, leaning: Leaning, vocabulary: Vocabulary) -> Palette:
    """`leaning` is what is asked of the fact; of a date also what is asked of the days since it."""
    weights = _weights(policy, fact, vocabulary)
    values = tuple(weights)
    scores = [leaning.score(canonical(value, fact)) for value in values]
    rising = 1 if scores[-1] >= scores[0] else -1
    order = sorted(range(len(values)), key=lambda n: (scores[n], rising * n))
    shares = _shares([weights[value] for value in values], scores, _wanted(fact, leaning, values, scores))
    normal = NormalDist()
    sums = list(accumulate(shares[n] for n in order))[:-1]
    cuts = [normal.inv_cdf(min(max(one / sum(shares), 1e-9), 1 - 1e-9)) for one in sums]
    return Palette(fact, values, np.array(order, np.int32), np.array(cuts, np.float32))


def canonical(held: Held, fact: Fact) -> Value:
    """A value as conditions compare it; the days since a date stand for the date."""
    if isinstance(held, bool) or not isinstance(held, Decimal | int):
        return held
    return Interval.point(to_canonical(Decimal(held), fact.unit))


def _wanted(fact: Fact, leaning: Leaning, values: Sequence[Held], scores: Sequence[float]) -> float:
    """The share of the values that speak for the request. What a policy presumes is what is usual."""
    if fact.presumed is not None and isinstance(fact.presumed, bool | str):
        presumed = scores[values.index(fact.presumed)] if fact.presumed in values else min(scores)
        return _SHARE_PRESUMED if presumed > _middle(scores) else 1 - _SHARE_PRESUMED
    return _SHARE_RARE if leaning.rare else _SHARE_FOR


def _shares(weights: Sequence[float], scores: Sequence[float], wanted: float) -> list[float]:
    """The weights, those of the values for and against the request brought to the wanted share."""
    middle = _middle(scores)
    favourable = sum(weight for weight, score in zip(weights, scores, strict=True) if score > middle)
    against = sum(weights) - favourable
    if not favourable or not against:
        return list(weights)
    return [
        weight * (wanted / favourable if score > middle else (1 - wanted) / against)
        for weight, score in zip(weights, scores, strict=True)
    ]


def _middle(scores: Sequence[float]) -> float:
    return (max(scores) + min(scores)) / 2


def _weights(policy: Policy, fact: Fact, vocabulary: Vocabulary) -> Weights:
    match fact.type:
        case FactType.BOOLEAN:
            return {False: 1.0, True: 1.0}
        case FactType.CHOICE:
            known = _BUILT_IN.get(fact.id, {})
            named = _named(policy, fact)
            return {word: known.get(word, _NAMED if word in named else 1.0) for word in fact.choices}
        case FactType.SET:
            return _subsets(fact.choices or vocabulary.words[key_of(fact)], _named(policy, fact))
        case FactType.NUMBER:
            return {number: weight for number, weight in numbers_of(policy, fact).items()}  # noqa: C416 - a wider type
        case FactType.DATE:
            return _offsets(policy, fact)
        case FactType.TEXT:
            return {ANY_TEXT: 1.0}


def _named(policy: Policy, fact: Fact) -> set[str]:
    found: set[str] = set()
    for condition in (*(rule.when for rule in policy.rules.values()), policy.decision.necessary_when):
        for one in walk(condition):
            match one:
                case Compare(fact.id, _, Constant(str() as word)):
                    found.add(word)
                case Compare(fact.id, _, Constant(tuple() as words)):
                    found.update(words)
    return found


def _subsets(words: Sequence[str], named: set[str]) -> Weights:
    """The empty set, each member alone, and those that a condition names by twos and threes and all together."""
    families = tuple(word.removesuffix("-") for word in named if word.endswith("-"))
    first = [word for word in words if word in named or (families and word.startswith(families))]
    others = [word for word in words if word not in first][:_MEMBERS]
    mixed = [*first[:3], *others[:3]]
    found: list[tuple[tuple[str, ...], float]] = [((), 2.0)]
    found += [((word,), _NAMED) for word in first]
    found += [((word,), 1.0) for word in others]
    for number, most in enumerate(_TOGETHER, 2):
        found += [(several, 1.0) for several in combinations(first[:most], number)]
    found += [(several, 0.5) for several in combinations(mixed, 2)]
    found += [(tuple(first), 1.0)]
    weights: Weights = {}
    for several, weight in found:
        weights.setdefault(frozenset(several), weight)
    return weights


def _offsets(policy: Policy, fact: Fact) -> Weights:
    """Days before the request: recent ones densely, and those around what is asked of the days since the date."""
    weights: Weights = dict.fromkeys(_OFFSETS, 1.0)
    for other in policy.facts.values():
        if is_since(other, fact):
            for number, weight in numbers_of(policy, other).items():
                days = int(to_canonical(number, other.unit))
                if days >= 0:
                    weights[days] = weights.get(days, 0.0) + weight
    return dict(sorted(weights.items()))


def is_since(fact: Fact, day: Fact) -> bool:
    """Whether a fact is measured from a date."""
    return fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE and fact.measure.date_fact == day.id
