"""A source that no longer holds, cited as if it did.

## What it finds

A citation of a reference whose `status` is `lapsed` or `superseded`, where neither the `strength` nor the `says` of the
citation has that word.

## Why it matters

A lapsed guideline can still be the best there is, and may be cited. But the reader of a denial must see, at the rule
and not only in the bibliography, that its publisher has let it go.

## Avoid

```yaml
references:
  old-guideline-2007:
    type: article-journal
    title: An old guideline
    issued: 2007
    DOI: 10.1000/old
    status: lapsed
    verified: seen
    note: Withdrawn by its publisher after five years.
rules:
  - id: imaging-recent
    kind: consideration
    topic: care
    title: Recent imaging
    says: {met: "Recent imaging is documented."}
    references:
      - {cite: old-guideline-2007, says: "recent imaging before surgery", strength: strong}
    when: {fact: imaging.recent, is: true}
```

## Prefer

```yaml
references:
  old-guideline-2007:
    type: article-journal
    title: An old guideline
    issued: 2007
    DOI: 10.1000/old
    status: lapsed
    verified: seen
    note: Withdrawn by its publisher after five years.
rules:
  - id: imaging-recent
    kind: consideration
    topic: care
    title: Recent imaging
    says: {met: "Recent imaging is documented."}
    references:
      - {cite: old-guideline-2007, says: "recent imaging before surgery", strength: strong; lapsed}
    when: {fact: imaging.recent, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject


def find(subject: Subject) -> Iterator[Spot]:
    for citation in subject.citations():
        id_ = citation.raw["cite"]
        status = subject.references[id_].status
        words = f"{citation.raw.get('strength', '')} {citation.raw['says']}".lower()
        if status != "current" and status not in words:
            strength = citation.raw.get("strength")
            wanted = f"{strength}; {status}" if strength else status
            message = f"`{id_}` is {status}, and this citation does not say so"
            yield citation.place(), message, f'write `strength: "{wanted}"`, or cite what has taken its place'
