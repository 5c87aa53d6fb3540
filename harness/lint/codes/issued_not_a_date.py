"""A date of issue that no calendar has.

## What it finds

An `issued` such as `"2020-13"` or `"2021-02-30"`.

## Why it matters

The bibliography prints it, or leaves it out, depending on the program that reads it. It is a slip of the finger, and
the year may be wrong with it.

## Avoid

```yaml
references:
  another-guideline-2020:
    type: article-journal
    title: Another guideline
    issued: "2020-13"
    DOI: 10.1000/another
    status: current
    verified: seen
```

## Prefer

```yaml
references:
  another-guideline-2020:
    type: article-journal
    title: Another guideline
    issued: "2020-12"
    DOI: 10.1000/another
    status: current
    verified: seen
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.months import parse_date

_REST = {4: "-01-01", 7: "-01"}  # what a year, or a year and month, lacks of a date


def find(subject: Subject) -> Iterator[Spot]:
    for _, part in subject.parts("references"):
        issued = str(part.raw.get("issued", "2000"))
        if parse_date(issued + _REST.get(len(issued), "")) is None:
            message = f"`{issued}` is not a date of the calendar"
            yield part.place("issued"), message, 'write the year, `"YYYY-MM"` or `"YYYY-MM-DD"`, as the source has it'
