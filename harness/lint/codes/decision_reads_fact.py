"""A decision that reads a fact itself.

## What it finds

A fact in `necessary_when` that no rule stands for.

## Why it matters

A report gives its reasons in the words of rules: a title, a sentence for each status, the document to submit, the
sources. A fact that the decision reads itself has none of these, and a denial that rests on it comes out as a bare
comparison.

## Avoid

```yaml
decision:
  necessary_when:
    all:
      - {rule: care-length}
      - {fact: infection.active, is: false}
```

## Prefer

```yaml
rules:
  - id: no-infection
    kind: criterion
    topic: care
    title: No active infection
    says:
      met: "No active infection is documented."
      not_met: "An active infection is documented."
      undocumented: "Whether there is an active infection is not documented."
    submit: The latest examination
    references:
      - {cite: some-guideline-2020, says: "not during an infection"}
    when: {fact: infection.active, is: false}
decision:
  necessary_when:
    all:
      - {rule: care-length}
      - {rule: no-infection}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.leaves import leaves
from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.condition import facts_read


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        for leaf, place in leaves(policy.decision.necessary_when, policy.decision.places):
            for fact in facts_read(leaf):
                message = f"the decision reads fact `{fact}` itself, so that no rule gives the reason"
                yield place, message, "make it a criterion with a title, `says` and `submit`, and read that rule"
