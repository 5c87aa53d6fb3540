"""A question that is not one.

## What it finds

The `question` of a fact that does not end in `?`.

## Why it matters

The questionnaire and the pages print it as it stands. "Weeks of care" can be answered with what was planned, what was
prescribed or what was done; a whole question says which.

## Avoid

```yaml
facts:
  mri.done:
    question: MRI
    type: boolean
```

## Prefer

```yaml
facts:
  mri.done:
    question: Was an MRI done within the last six months?
    type: boolean
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    for id_, part in subject.parts("facts"):
        if not part.raw["question"].rstrip().endswith("?"):
            message = f"the question of `{id_}` does not end in `?`"
            yield part.place("question"), message, "ask it as a whole question, as one would ask a colleague"
