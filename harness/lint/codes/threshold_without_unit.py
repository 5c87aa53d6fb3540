"""A number that is compared, and nobody knows of what.

## What it finds

A number fact without `unit` that a rule compares with a number, and a parameter without `unit` that such a fact is
compared with. Numbers that a measure counts (`of: sessions` or `count`) and parameters that say how many of several
rules are needed have none, and need none.

## Why it matters

Six of what: weeks, visits, points of a score? The unit stands in every sentence of the report, and only a unit keeps
weeks from being compared with months.

## Avoid

```yaml
facts:
  pain.score:
    question: What is the pain score?
    type: number
rules:
  - id: severe-pain
    kind: consideration
    topic: care
    title: Severe pain
    says: {met: "Pain is severe ({pain.score})."}
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
    when: {fact: pain.score, at_least: 7}
```

## Prefer

```yaml
facts:
  pain.score:
    question: What is the pain score?
    type: number
    unit: "{points}"
rules:
  - id: severe-pain
    kind: consideration
    topic: care
    title: Severe pain
    says: {met: "Pain is severe ({pain.score})."}
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
    when: {fact: pain.score, at_least: 7}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.leaves import thresholds
from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.condition import Constant
from harness.model.policy import Fact, MeasureOf

_CURE = "write `unit:`, such as `wk`, `mo`, `mg`, or what is counted in braces: `{visits}`, `{points}`"


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        for compare, fact, _, _ in thresholds(policy):
            if fact.unit is not None or _is_counted(fact):
                continue
            yield fact.place, f"fact `{fact.id}` is compared with a number, and has no unit", _CURE
            if isinstance(compare.operand, Constant) and compare.operand.parameter is not None:
                declared = subject.declared("parameters").get(compare.operand.parameter)
                if declared is not None:
                    message = f"parameter `{compare.operand.parameter}` is a threshold without a unit"
                    yield declared.own_place, message, _CURE


def _is_counted(fact: Fact) -> bool:
    return fact.measure is not None and fact.measure.of in {MeasureOf.SESSIONS, MeasureOf.COUNT}
