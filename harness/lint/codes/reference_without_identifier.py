"""A reference that a reader cannot look up.

## What it finds

A reference that says it was seen, and has no DOI, PMID, PMCID, URL or official `number`, nor the volume and page of a
journal.

## Why it matters

"Published by a society, 2014" cannot be checked. Anyone who disputes a criterion must be able to find its source.

## Avoid

```yaml
references:
  society-recommendation-2014:
    type: report
    title: A recommendation
    author: [{literal: A society}]
    issued: 2014
    status: current
    verified: seen
```

## Prefer

```yaml
references:
  society-recommendation-2014:
    type: report
    title: A recommendation
    author: [{literal: A society}]
    issued: 2014
    URL: https://example.org/recommendation
    status: current
    verified: seen
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject

_FINDS = ("DOI", "PMID", "PMCID", "URL", "number")
_IN_PRINT = {"container-title", "volume", "page"}


def find(subject: Subject) -> Iterator[Spot]:
    for id_, part in subject.parts("references"):
        raw = part.raw
        found = any(key in raw for key in _FINDS) or raw.keys() >= _IN_PRINT
        if not found and raw["verified"] != "unverified":
            cure = "add its `DOI`, `PMID`, `URL` or official `number`; never one that was not seen"
            yield part.own_place, f"`{id_}` cannot be looked up", cure
