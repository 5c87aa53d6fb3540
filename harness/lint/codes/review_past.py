"""A policy whose review is overdue.

## What it finds

With `necessity check --on DATE`: the version in force on that date, when its `approval.next_review` lies before it. No
clock is read, so that without `--on` nothing is looked at.

## Why it matters

A policy is approved for a time, because its sources change. Past that time it still decides, and nobody has said that
it still should.

## Avoid

```yaml
approval: {body: Medical policy committee, date: "2025-11-20", next_review: "2026-11-20"}
```

## Prefer

```yaml
approval: {body: Medical policy committee, date: "2026-11-12", next_review: "2027-11-20"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    if subject.on is None or subject.sort != "policy":
        return
    for policy in subject.policies:
        review = policy.approval.next_review if policy.approval is not None else None
        if review is not None and review < subject.on and subject.library.in_force(policy.id, subject.on) is policy:
            place = subject.whole.place("approval", "next_review")
            message = f"the review of this policy was due on {review}, before {subject.on}"
            yield place, message, "have it reviewed, then write its new `approval` in a new version"
