"""A topic that no rule stands in.

## What it finds

An entry of `topics` that no rule of the policy, or of its modules, names as its `topic`.

## Why it matters

The topics are the sections of the published page; this one is empty. Often a rule stands under another topic by
mistake.

## Avoid

```yaml
topics:
  - {id: imaging, title: Imaging}
```

## Prefer

```yaml
topics:
  - {id: imaging, title: Imaging}
rules:
  - id: imaging-agrees
    kind: consideration
    topic: imaging
    title: Imaging that agrees with the symptoms
    says: {met: "Imaging agrees with the symptoms."}
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the symptoms"}
    when: {fact: imaging.agrees, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject, parts


def find(subject: Subject) -> Iterator[Spot]:
    used = {part.raw.get("topic") for file in subject.near for _, part in parts(file, "rules")}
    for id_, part in subject.parts("topics"):
        if id_ not in used:
            yield part.place("id"), f"no rule stands under topic `{id_}`", "move its rules here, or leave the topic out"
