"""A reference that nothing cites.

## What it finds

An entry of `references.yaml` that no rule and no parameter of any policy or module cites.

## Why it matters

The bibliography says what the criteria rest on. A source that is listed and not cited looks like support that it does
not give; often its citation was lost, or was mistyped as another source.

## Avoid

```yaml
references:
  another-trial-2021:
    type: article-journal
    title: Another trial
    issued: 2021
    DOI: 10.1000/another
    status: current
    verified: seen
```

## Prefer

```yaml
references:
  another-trial-2021:
    type: article-journal
    title: Another trial
    issued: 2021
    DOI: 10.1000/another
    status: current
    verified: seen
rules:
  - id: worse-with-delay
    kind: consideration
    topic: care
    title: Recovery after a long wait
    says: {met: "Care has lasted for a year; recovery is slower after a long wait."}
    references:
      - {cite: another-trial-2021, says: "slower recovery after a year", strength: randomised trial}
    when: {fact: care.length, at_least: 52}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject, all_citations


def find(subject: Subject) -> Iterator[Spot]:
    cited = {citation.raw["cite"] for file in subject.near for citation in all_citations(file)}
    for id_, part in subject.parts("references"):
        if id_ not in cited:
            cure = "cite it where it speaks for or against a rule, or leave it out"
            yield part.own_place, f"nothing cites `{id_}`", cure
