"""A comment that ignores nothing.

## What it finds

A comment `# necessity: ignore=CODE reason` where the check has nothing of that code to tell on its line, or, for a
comment on a line of its own, on the next.

## Why it matters

What it excused has been mended or has moved, and the comment would hide the next mistake on that line.

## Avoid

```yaml
facts:
  mri.done:
    question: Was an MRI done? # necessity: ignore=question-without-mark the form of the society prints it so
    type: boolean
```

## Prefer

```yaml
facts:
  mri.done:
    question: Was an MRI done?
    type: boolean
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    """What is left of the comments once each warning has taken those that speak of it."""
    for ignore in subject.ignores:
        if ignore.code in subject.codes:
            message = f"nothing of `{ignore.code}` is found in line {ignore.line}"
            yield ignore.place, message, "remove the comment, or move it to the line of the warning"
