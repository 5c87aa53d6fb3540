"""A parameter that nothing uses.

## What it finds

A parameter that no rule, no measure and no text names. A parameter of a module counts as used when a policy that uses
the module names it.

## Why it matters

Someone will change its value and believe that the policy has changed. Often the rule that should read it holds the
number itself.

## Avoid

```yaml
parameters:
  pain_minimum:
    title: Pain score
    value: 7
    unit: "{points}"
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
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
    says: {met: "Pain is severe."}
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
    when: {fact: pain.score, at_least: 7}
```

## Prefer

```yaml
parameters:
  pain_minimum:
    title: Pain score
    value: 7
    unit: "{points}"
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
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
    says: {met: "Pain is severe."}
    references:
      - {cite: some-guideline-2020, says: "7 or more"}
    when: {fact: pain.score, at_least: {parameter: pain_minimum}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    used = subject.named().parameters
    for id_, part in subject.parts("parameters"):
        if id_ not in used:
            message = f"nothing uses parameter `{id_}`"
            yield part.own_place, message, "compare with `{parameter: " + id_ + "}`, or leave it out"
