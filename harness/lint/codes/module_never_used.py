"""A module that no policy uses.

## What it finds

A file in `policies/modules` that no policy names under `uses`.

## Why it matters

It looks like part of the criteria and decides nothing. Nor is it fully checked: much of a module can only be judged
together with a policy.

## Avoid

```yaml
module: spare
title: Criteria for no policy yet
```

## Prefer

```yaml
uses:
  - module: shared
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    if subject.sort == "module" and not subject.policies:
        name = subject.whole.raw["module"]
        yield subject.whole.place("module"), f"no policy uses module `{name}`", f"write `uses: [{{module: {name}}}]`"
