"""A whole number compared with a fraction.

## What it finds

A measure compared with a threshold that it can never equal: two and a half visits, half a calendar month, half a day.

## Why it matters

Measures count whole visits, whole calendar months and whole days. "At least 2.5 months" of complete months means 3; the
reader takes it for two months and a half, and a case of ten weeks is refused without a reason that anyone can see.

## Avoid

```yaml
facts:
  physical_therapy.visits:
    question: How many visits of physical therapy were there?
    type: number
    measure: {episodes: [physical_therapy], of: sessions}
rules:
  - id: therapy-begun
    kind: consideration
    topic: care
    title: Physical therapy begun
    says: {met: "Physical therapy has begun."}
    references:
      - {cite: some-guideline-2020, says: "exercise"}
    when: {fact: physical_therapy.visits, at_least: 2.5}
```

## Prefer

```yaml
facts:
  physical_therapy.visits:
    question: How many visits of physical therapy were there?
    type: number
    measure: {episodes: [physical_therapy], of: sessions}
rules:
  - id: therapy-begun
    kind: consideration
    topic: care
    title: Physical therapy begun
    says: {met: "Physical therapy has begun."}
    references:
      - {cite: some-guideline-2020, says: "exercise"}
    when: {fact: physical_therapy.visits, at_least: 3}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.leaves import thresholds
from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.values import DAYS, plain_number


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        for _, fact, number, place in thresholds(policy):
            if fact.measure is not None and number != number.to_integral_value():
                unit = fact.unit or ""
                written = f"{plain_number(number / DAYS.get(unit, 1))} {unit}".rstrip()
                message = f"`{fact.id}` is {_what(unit)}, and is never {written}"
                yield place, message, "compare with a number that it can be"


def _what(unit: str) -> str:
    if unit in DAYS:
        return "a number of whole days"
    return "a number of whole calendar months" if unit == "mo" else "a count"
