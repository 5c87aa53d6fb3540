"""A comment to this check that it does not understand.

## What it finds

A comment that begins with `# necessity:` and is not `# necessity: ignore=CODE reason`, or whose code there is none of.

## Why it matters

It does nothing, and its author believes that it does.

## Avoid

```yaml
facts:
  mri.done:
    question: MRI # necessity: ignore=question-mark the form of the society prints it so
    type: boolean
```

## Prefer

```yaml
facts:
  mri.done:
    question: MRI # necessity: ignore=question-without-mark the form of the society prints it so
    type: boolean
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import did_you_mean
from harness.lint.ignores import FORM
from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    for ignore in subject.ignores:
        if not ignore.code:
            yield ignore.place, "a comment to this check is written in a way that it does not know", f"write `{FORM}`"
        elif ignore.code not in subject.codes:
            cure = did_you_mean(ignore.code, subject.codes, "see `necessity check --codes`")
            yield ignore.place, f"there is no code `{ignore.code}` to ignore", cure
