"""A comparison that comes out the same for every value.

## What it finds

A number compared with a threshold at or beyond what the fact can be: `at_least: 0` of a length, `at_most: 100` or
`more_than: 100` of a percentage.

## Why it matters

The rule looks as if it asked for something, and every documented value meets it, or none does. Most often the unit or
the direction of the comparison is wrong.

## Avoid

```yaml
facts:
  function.score:
    question: What is the disability score?
    type: number
    unit: "%"
    minimum: 0
    maximum: 100
rules:
  - id: disability
    kind: consideration
    topic: care
    title: Disability
    says: {met: "The disability score is {function.score}."}
    references:
      - {cite: some-guideline-2020, says: "40% or more"}
    when: {fact: function.score, at_least: 0}
```

## Prefer

```yaml
facts:
  function.score:
    question: What is the disability score?
    type: number
    unit: "%"
    minimum: 0
    maximum: 100
rules:
  - id: disability
    kind: consideration
    topic: care
    title: Disability
    says: {met: "The disability score is {function.score}."}
    references:
      - {cite: some-guideline-2020, says: "40% or more"}
    when: {fact: function.score, at_least: 40}
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from harness.lint.leaves import thresholds
from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.condition import Constant, Operator
from harness.model.policy import Fact
from harness.model.values import quantity

_Settles = Callable[[Decimal, Decimal, Decimal], bool]  # a threshold, and the least and the most a fact can be
_outside: _Settles = lambda at, low, high: not low <= at <= high  # noqa: E731 - one of a table of such

# When every value meets a comparison, and when none does.
_SETTLED: dict[Operator, tuple[_Settles | None, _Settles | None]] = {
    Operator.AT_LEAST: (lambda at, low, _: at <= low, lambda at, _, high: at > high),
    Operator.MORE_THAN: (lambda at, low, _: at < low, lambda at, _, high: at >= high),
    Operator.AT_MOST: (lambda at, _, high: at >= high, lambda at, low, _: at < low),
    Operator.LESS_THAN: (lambda at, _, high: at > high, lambda at, low, _: at <= low),
    Operator.IS: (None, _outside),
    Operator.IS_NOT: (_outside, None),
}


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        for compare, fact, number, compared in thresholds(policy):
            parameter = compare.operand.parameter if isinstance(compare.operand, Constant) else None
            # The comparison is the policy's own; what an overlay does about it is the value.
            by_overlay = subject.sort == "overlay" and parameter is not None
            place = policy.parameters[parameter].place if by_overlay and parameter else compared
            bounds = _bounds(fact)
            for settles, met in zip(_SETTLED[compare.operator], ("whenever it is documented", "never"), strict=True):
                if settles is not None and settles(number, *bounds):
                    shown = f"`{fact.id}` {compare.operator.replace('_', ' ')} {quantity(number, fact.unit)}"
                    cure = f"{_range(fact, *bounds)}; compare with a value within, or write `documented: true`"
                    yield place, f"{shown} is met {met}", cure


def _bounds(fact: Fact) -> tuple[Decimal, Decimal]:
    """The least and the most that a fact can be; what is measured is never negative."""
    least = Decimal(0) if fact.measure is not None else Decimal("-Infinity")
    low = least if fact.minimum is None else fact.minimum
    return low, Decimal("Infinity") if fact.maximum is None else fact.maximum


def _range(fact: Fact, low: Decimal, high: Decimal) -> str:
    if not high.is_finite():
        return f"it is {quantity(low, fact.unit)} or more"
    most = quantity(high, fact.unit)
    return f"it is {quantity(low, fact.unit)} to {most}" if low.is_finite() else f"it is at most {most}"
