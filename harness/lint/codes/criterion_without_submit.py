"""A criterion that does not say which document would show it.

## What it finds

A criterion without `submit`.

## Why it matters

When a criterion is not documented, the report asks for something. Without `submit` it can only repeat the title, and
whoever sent the request does not know what to send.

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
      undocumented: "That imaging agrees with the symptoms is not documented."
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
    submit: The imaging report, and a note that sets the symptoms beside it
    references:
      - {cite: some-guideline-2020, says: "imaging must agree with the symptoms"}
    when: {fact: imaging.agrees, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    for id_, part in subject.parts("rules"):
        if part.raw["kind"] == "criterion" and "submit" not in part.raw:
            message = f"criterion `{id_}` does not say which document would show it"
            yield part.place("id"), message, "write `submit:` and that document, as one would ask for it in a letter"
