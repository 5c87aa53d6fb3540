"""A rule that says nothing of one of its statuses.

## What it finds

A criterion whose `says` lacks `met`, `not_met` or `undocumented`; an exception whose `says` lacks `met` or `not_met`; a
consideration or pitfall whose `says` lacks `met`.

## Why it matters

"The documents show that it is not so" and "the documents do not say" are two different reasons. A criterion that has
one sentence for both, or none, tells the reader the wrong one or only its title.

## Avoid

```yaml
rules:
  - id: imaging-agrees
    kind: criterion
    topic: care
    title: Imaging that agrees with the symptoms
    says:
      met: "Imaging agrees with the symptoms."
      not_met: "Imaging does not agree with the symptoms."
    submit: The imaging report
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the symptoms"}
    when: {fact: imaging.agrees, is: true}
```

## Prefer

```yaml
rules:
  - id: imaging-agrees
    kind: criterion
    topic: care
    title: Imaging that agrees with the symptoms
    says:
      met: "Imaging agrees with the symptoms."
      not_met: "Imaging does not agree with the symptoms."
      undocumented: "That imaging agrees with the symptoms is not documented."
    submit: The imaging report
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the symptoms"}
    when: {fact: imaging.agrees, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject

_SPEAKS = {
    "criterion": ("met", "not_met", "undocumented"),
    "exception": ("met", "not_met"),
    "consideration": ("met",),
    "pitfall": ("met",),
}


def find(subject: Subject) -> Iterator[Spot]:
    for id_, part in subject.parts("rules"):
        kind, says = part.raw["kind"], part.raw.get("says", {})
        lacking = [word for word in _SPEAKS.get(kind, ()) if word not in says]
        if lacking:
            place = part.located.key_place((*part.path, "says")) if says else part.place("id")
            statuses = " or ".join(f"`{word}`" for word in lacking)
            lines = " and ".join(f"`{word}: ...`" for word in lacking)
            message = f"{kind} `{id_}` says nothing when it is {statuses}"
            yield place, message, f"write {lines} under `says`, as a report should put it"
