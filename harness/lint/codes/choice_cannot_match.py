"""A choice that the request can never have.

## What it finds

A fact that is compared with what every request has (`request.level`, `request.side`, `request.setting`, `patient.sex`),
and lists a choice that no request can have.

## Why it matters

A case that holds this choice never agrees with its request, whatever was requested. The imaging report says "central",
the request says "midline", and the assessment says that they differ.

## Avoid

```yaml
facts:
  imaging.side:
    question: On which side does imaging show the finding?
    type: choice
    choices: [left, right, bilateral, central]
rules:
  - id: imaging-side
    kind: consideration
    topic: care
    title: Imaging on the requested side
    says: {met: "Imaging agrees with the requested side."}
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the request"}
    when: {fact: imaging.side, is: {fact: request.side}}
```

## Prefer

```yaml
facts:
  imaging.side:
    question: On which side does imaging show the finding?
    type: choice
    choices: [left, right, bilateral, midline]
rules:
  - id: imaging-side
    kind: consideration
    topic: care
    title: Imaging on the requested side
    says: {met: "Imaging agrees with the requested side."}
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the request"}
    when: {fact: imaging.side, is: {fact: request.side}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import did_you_mean
from harness.lint.leaves import comparisons
from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.builtin import BUILT_IN
from harness.model.condition import OtherFact


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        for compare, _ in comparisons(policy):
            if not isinstance(compare.operand, OtherFact):
                continue
            requested, fact = sorted((compare.fact, compare.operand.fact), key=lambda id_: id_ not in BUILT_IN)
            if requested not in BUILT_IN or fact in BUILT_IN:
                continue
            known = BUILT_IN[requested].choices
            for choice in policy.facts[fact].choices:
                if choice not in known:
                    listed = ", ".join(f"`{one}`" for one in known)
                    message = f"`{fact}` can be `{choice}`, which `{requested}` can never be, and the two are compared"
                    yield policy.facts[fact].place, message, did_you_mean(choice, known, f"a request can have {listed}")
