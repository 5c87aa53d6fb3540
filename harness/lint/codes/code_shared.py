"""A code that names two policies in force at one time.

## What it finds

A code of `applies_to` that another policy lists too, where both are in force on some day. Drafts never run, and count
for nothing here.

## Why it matters

A request that names its service by that code fits both policies. `necessity assess` does not choose between them: it
ends in an error until the request names its policy. Where two policies share a code on purpose, as the trial and the
final operation may, ignore this in both, with what tells them apart.

## Avoid

```yaml
applies_to:
  - {system: CPT, codes: ["63056", "63057"]}   # `spine/second` lists 63057 as well
```

## Prefer

```yaml
applies_to:
  - {system: CPT, codes: ["63056"]}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.policy import Policies, Policy


def find(subject: Subject) -> Iterator[Spot]:
    for policy in subject.policies:
        if policy.place.file == subject.name:
            for other in subject.library.all():
                if other.id != policy.id and _both_run(policy, other, subject.library):
                    yield from _shared(subject, policy, other)


def _shared(subject: Subject, policy: Policy, other: Policy) -> Iterator[Spot]:
    """What a policy shares with another, once for each entry of its `applies_to`, at the first such code."""
    theirs = {(one.system, code) for one in other.applies_to for code in one.codes}
    for number, entry in enumerate(policy.applies_to):
        both = [code for code in entry.codes if (entry.system, code) in theirs]
        if both:
            place = subject.whole.place("applies_to", number, "codes", entry.codes.index(both[0]))
            listed = ", ".join(f"`{code}`" for code in both)
            fits = "fits" if len(both) == 1 else "fit"
            message = f"{entry.system} {listed} {fits} policy `{other.version}` too, and both are in force at one time"
            yield place, message, "list it in one of the two, or ignore this with what tells them apart"


def _both_run(policy: Policy, other: Policy, library: Policies) -> bool:
    """Whether there is a day on which both are in force; each is on its first day, if ever."""
    days = (policy.effective, other.effective)
    return any(_runs(policy, day, library) and _runs(other, day, library) for day in days)


def _runs(policy: Policy, day: dt.date, library: Policies) -> bool:
    return library.in_force(policy.id, day) is policy
