"""A word of a measure that is a slip of another.

## What it finds

In the measures of a policy: a kind of episode, an attribute, or a value of one, that differs by one letter from another
that its measures use, or from `outcome`.

## Why it matters

Which words a record may use is decided by the measures themselves, so that `outcomes` for `outcome` is no error: no
record has it, and the measure is undocumented for ever.

## Avoid

```yaml
facts:
  injection.helped:
    question: How many injections helped?
    type: number
    measure: {episodes: [injection], of: count, where: {outcomes: relief}}
```

## Prefer

```yaml
facts:
  injection.helped:
    question: How many injections helped?
    type: number
    measure: {episodes: [injection], of: count, where: {outcome: relief}}
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from harness.cases.episodes import one_slip
from harness.lint.lint import Spot
from harness.lint.subject import Subject, parts
from harness.policies.scope import Part
from harness.strict_yaml import Path_

_KNOWN = {"outcome"}  # what every record can have


def find(subject: Subject) -> Iterator[Spot]:
    used = _used(subject)
    for _, part in subject.parts("facts"):
        for sort, word, below in _words(part):
            others = {other for kind, other in used if kind == sort and used[kind, other] < used[sort, word]}
            others |= _KNOWN if sort == "attribute" else set()
            meant = sorted(one for one in others - {word} if one_slip(word, one))
            if meant and word not in _KNOWN:
                place = part.located.key_place((*part.path, *below))
                yield place, f"{sort} `{word}` is one letter from `{meant[0]}`", f"did you mean `{meant[0]}`?"


def _used(subject: Subject) -> dict[tuple[str, str], int]:
    """The words of all measures near, in an order that is the same for each of their files: the usual ones first."""
    files = sorted(subject.near, key=lambda file: (file.sort, file.located.file))
    facts = (part for file in files for _, part in parts(file, "facts"))
    found = Counter((sort, word) for part in facts for sort, word, _ in _words(part))
    return {word: place for place, (word, _) in enumerate(found.most_common())}


def _words(part: Part) -> Iterator[tuple[str, str, Path_]]:
    """The words of a measure: what each is, itself, and where it stands."""
    measure = part.raw.get("measure", {})
    for number, kind in enumerate(measure.get("episodes", [])):
        yield "kind of episode", kind, ("measure", "episodes", number)
    for name, values in measure.get("where", {}).items():
        yield "attribute", name, ("measure", "where", name)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):
                yield f"`{name}`", value, ("measure", "where", name)
