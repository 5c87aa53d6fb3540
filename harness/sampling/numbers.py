"""The numbers that a fact is likely to hold: in its own unit, within its bounds, near the thresholds it is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import exp

from harness.cases.request import OLDEST
from harness.model.condition import Compare, Constant, walk
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import DAYS, Interval
from harness.strict_yaml import MAX_DECIMALS, MAX_NUMBER

AGE = "patient.age"

Weights = dict[Decimal, float]

_POINTS = 200  # of a fact, at most
_AT, _BESIDE = 0.14, 0.16  # shares of the thresholds themselves, and of their neighbours
_FEW, _SOME = 8, 100  # the reach of a count, and of a number that nothing is known of
_COUNTS = {MeasureOf.COUNT, MeasureOf.SESSIONS}
_USUAL_AGE, _AGES = 56, 17  # of adults who are patients, with how far they lie around it
_ADULT, _AGED = 18, 95


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the numbers of a fact lie, in its own unit: on steps from the least to the most."""

    least: Decimal
    most: Decimal
    step: Decimal
    thresholds: tuple[Decimal, ...]

    def holds(self, number: Decimal) -> bool:
        return self.least <= number <= self.most


def in_own_unit(number: Decimal, fact: Fact) -> Decimal:
    """A canonical number in the unit of its fact, which may take more decimals than a file holds."""
    return number / DAYS[fact.unit] if fact.unit in DAYS else number


def fits(number: Decimal) -> bool:
    """Whether a file can hold a number exactly."""
    return abs(number) <= MAX_NUMBER and number == round(number, MAX_DECIMALS)


def scale_of(policy: Policy, fact: Fact) -> Scale:
    thresholds = tuple(sorted(set(_thresholds(policy, fact))))
    least = None if fact.least is None else in_own_unit(fact.least, fact)
    most = None if fact.maximum is None else in_own_unit(fact.maximum, fact)
    if fact.id == AGE:
        least, most = Decimal(0), Decimal(OLDEST)
    bounds = [bound for bound in (least, most) if bound is not None]
    step = Decimal(1).scaleb(min((_exponent(one) for one in (*thresholds, *bounds)), default=0))
    if least is None:
        lowest = min(thresholds, default=Decimal(0))
        least = Decimal(0) if lowest >= 0 else 2 * lowest
    if most is None:
        count = fact.measure is not None and fact.measure.of in _COUNTS
        reach = step * (_FEW if count else _SOME if not thresholds else 6)
        most = max(3 * max((abs(one) for one in thresholds), default=Decimal(0)), least + reach)
    least, most = max(least, -MAX_NUMBER), min(most, MAX_NUMBER)
    return Scale(least.quantize(step, ROUND_CEILING), most.quantize(step, ROUND_FLOOR), step, thresholds)


def numbers_of(policy: Policy, fact: Fact) -> Weights:
    """Numbers with their shares, the smallest first; the thresholds and what is a step from them are frequent."""
    scale = scale_of(policy, fact)
    weights = dict(_spread(scale, fact))
    total = sum(weights.values())
    near = [(one, _AT) for one in scale.thresholds]
    near += [(one + sign * scale.step, _BESIDE / 2) for one in scale.thresholds for sign in (-1, 1)]
    for number, share in near:
        if scale.holds(number):
            weights[number] = weights.get(number, 0.0) + total * share / len(scale.thresholds)
    return dict(sorted(weights.items()))


def _spread(scale: Scale, fact: Fact) -> Iterator[tuple[Decimal, float]]:
    steps = int((scale.most - scale.least) / scale.step)
    points = min(steps, _POINTS)
    for point in range(points + 1):
        number = scale.least + scale.step * (steps * point // max(points, 1))
        yield number, _of_age(int(number)) if fact.id == AGE else 1.0


def _of_age(years: int) -> float:
    usual = exp(-(((years - _USUAL_AGE) / _AGES) ** 2) / 2)
    return usual if _ADULT <= years <= _AGED else usual / 20


def _thresholds(policy: Policy, fact: Fact) -> Iterator[Decimal]:
    for condition in (*(rule.when for rule in policy.rules.values()), policy.decision.necessary_when):
        for one in walk(condition):
            match one:
                case Compare(fact.id, _, Constant(Interval(low, high))):
                    for bound in {low, high} - {None}:
                        assert bound is not None
                        yield from _written(in_own_unit(bound, fact))


def _written(number: Decimal) -> Iterator[Decimal]:
    """A number, or where no file can hold it (45 days, in weeks) those nearest to it that are still short."""
    if fits(number):
        yield number
    else:
        tenth = Decimal("0.1")
        yield from (number.quantize(tenth, ROUND_FLOOR), number.quantize(tenth, ROUND_CEILING))


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return min(exponent, 0)
