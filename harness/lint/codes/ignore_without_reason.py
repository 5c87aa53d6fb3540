"""A warning that is ignored without a reason.

## What it finds

A comment `# necessity: ignore=CODE` with nothing behind the code.

## Why it matters

Whoever reads the policy next cannot tell a considered exception from an annoyance.

## Avoid

```yaml
facts:
  mri.done:
    question: MRI # necessity: ignore=question-without-mark
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

from harness.lint.ignores import FORM
from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    for ignore in subject.ignores:
        if ignore.code and not ignore.reason:
            message = f"`{ignore.code}` is ignored without a reason"
            yield ignore.place, message, f"write `{FORM.replace('CODE', ignore.code)}`, with the reason"
