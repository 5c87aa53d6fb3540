"""A rule that names no source.

## What it finds

A rule without `references`. A definition may do without where it only combines other rules, or where a rule with
references reads it: it then stands on theirs.

## Why it matters

A denial must give its specific reason, and a reader must be able to see where the reason comes from. A rule without a
source cannot be told from an opinion.

## Avoid

```yaml
rules:
  - id: imaging-recent
    kind: criterion
    topic: care
    title: Imaging within the last six months
    says:
      met: "Recent imaging is documented."
      not_met: "Imaging is not recent."
      undocumented: "The date of imaging is not documented."
    submit: The imaging report
    when: {fact: imaging.recent, is: true}
```

## Prefer

```yaml
rules:
  - id: imaging-recent
    kind: criterion
    topic: care
    title: Imaging within the last six months
    says:
      met: "Recent imaging is documented."
      not_met: "Imaging is not recent."
      undocumented: "The date of imaging is not documented."
    submit: The imaging report
    references:
      - {cite: some-guideline-2020, at: "rec. 2", says: "imaging within six months of surgery", strength: Grade B}
    when: {fact: imaging.recent, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.lint.lint import Spot
from harness.lint.subject import Names, Subject
from harness.policies.scope import Part


def find(subject: Subject) -> Iterator[Spot]:
    rules = subject.declared("rules")
    for id_, part in subject.parts("rules"):
        if not _has_source(id_, part, rules):
            message = f"{part.raw['kind']} `{id_}` names no source"
            yield part.place("id"), message, "write `references:` with what each source really says"


def _has_source(id_: str, part: Part, rules: Mapping[str, Part]) -> bool:
    if part.raw.get("references"):
        return True
    if part.raw["kind"] != "definition":
        return False
    return not _reads(part).facts or any(_has_source(reader, rules[reader], rules) for reader in _readers(id_, rules))


def _readers(id_: str, rules: Mapping[str, Part]) -> Iterator[str]:
    return (other for other, part in rules.items() if id_ in _reads(part).rules)


def _reads(part: Part) -> Names:
    names = Names()
    names.add(part.raw["when"])
    return names
