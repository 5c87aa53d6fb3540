"""A threshold that names no source.

## What it finds

A parameter without `references`; and a value that a policy gives to a parameter of a module without references of its
own, since those of the module speak of the module's value.

## Why it matters

Thresholds decide. Six weeks or three months is the first thing a clinician disputes, and the answer must be a source.

## Avoid

```yaml
parameters:
  imaging_months:
    title: Age of the imaging
    value: 6
    unit: mo
```

## Prefer

```yaml
parameters:
  imaging_months:
    title: Age of the imaging
    value: 6
    unit: mo
    references:
      - {cite: some-guideline-2020, at: "rec. 2", says: "imaging within six months of surgery", strength: Grade B}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    cure = "write `references:` with what each source really says"
    for id_, part in subject.parts("parameters"):
        if not part.raw.get("references"):
            yield part.own_place, f"parameter `{id_}` names no source", cure
    for id_, given in subject.given():
        if not given.raw.get("references"):
            message = f"parameter `{id_}` is given another value than the module's, without a source for it"
            yield given.own_place, message, "write `{value: ..., references: [...]}`, with the sources of this value"
