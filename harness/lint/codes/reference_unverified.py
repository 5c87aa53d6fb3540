"""A source that nobody has looked up, cited as if it had been.

## What it finds

A citation of a reference with `verified: unverified`, where neither the `strength` nor the `says` of the citation has
the words `from knowledge` or `unverified`.

## Why it matters

What is cited from knowledge may be wrong, or may say something else. The reader must see that at the rule, not only in
the bibliography.

## Avoid

```yaml
references:
  remembered-trial-2015:
    type: article-journal
    title: A trial that we remember
    status: current
    verified: unverified
rules:
  - id: imaging-recent
    kind: consideration
    topic: care
    title: Recent imaging
    says: {met: "Recent imaging is documented."}
    references:
      - {cite: remembered-trial-2015, says: "recent imaging", strength: randomised trial}
    when: {fact: imaging.recent, is: true}
```

## Prefer

```yaml
references:
  remembered-trial-2015:
    type: article-journal
    title: A trial that we remember
    status: current
    verified: unverified
rules:
  - id: imaging-recent
    kind: consideration
    topic: care
    title: Recent imaging
    says: {met: "Recent imaging is documented."}
    references:
      - {cite: remembered-trial-2015, says: "recent imaging", strength: "randomised trial, from knowledge"}
    when: {fact: imaging.recent, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject

_ADMITTED = ("from knowledge", "unverified")


def find(subject: Subject) -> Iterator[Spot]:
    for citation in subject.citations():
        id_ = citation.raw["cite"]
        words = f"{citation.raw.get('strength', '')} {citation.raw['says']}".lower()
        if subject.references[id_].verified == "unverified" and not any(word in words for word in _ADMITTED):
            strength = citation.raw.get("strength")
            wanted = f"{strength}, from knowledge" if strength else "from knowledge"
            message = f"`{id_}` is unverified, and this citation does not say so"
            yield citation.place(), message, f'look the source up; until then write `strength: "{wanted}"`'
