"""A fact that nothing reads.

## What it finds

A fact that no rule, no decision, no measure and no text of the policy reads. A fact of a module counts as read when a
policy that uses the module reads it.

## Why it matters

Each fact is a question that someone must answer from the record. One that changes nothing costs that work for nothing;
and often it is there because a rule reads another fact by mistake.

## Avoid

```yaml
facts:
  smoking.current:
    question: Does the patient smoke?
    type: boolean
```

## Prefer

```yaml
facts:
  smoking.current:
    question: Does the patient smoke?
    type: boolean
rules:
  - id: smoking
    kind: consideration
    topic: care
    title: Smoking before surgery
    says:
      met: "The patient smokes. Healing may be slower; the reviewer should look for advice on stopping."
    references:
      - {cite: some-guideline-2020, says: "advise to stop before surgery"}
    when: {fact: smoking.current, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    read = subject.named().facts
    for id_, part in subject.parts("facts"):
        if id_ not in read:
            yield part.own_place, f"nothing reads fact `{id_}`", "let a rule read or show it, or leave it out"
