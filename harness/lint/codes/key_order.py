"""Keys in another order than everywhere else.

## What it finds

A mapping whose keys do not stand in the order of the [language reference](../language.md): prose first, machine last.
`necessity format` puts them in order.

## Why it matters

A nurse checks a rule against its source with a finger on each line. That works when each rule is written in the same
order, and when a comparison of two versions shows what changed and not what moved.

## Avoid

```yaml
facts:
  mri.done:
    type: boolean
    question: Was an MRI done within the last six months?
```

## Prefer

```yaml
facts:
  mri.done:
    question: Was an MRI done within the last six months?
    type: boolean
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.schema import key_order
from harness.strict_yaml import Json, Path_


def find(subject: Subject) -> Iterator[Spot]:
    for path, keys in _mappings(subject.file.located.data, ()):
        order = {key: number for number, key in enumerate(key_order(subject.sort, path))}
        known = [key for key in keys if key in order]
        wanted = sorted(known, key=order.__getitem__)
        late = next((key for key, right in zip(known, wanted, strict=True) if key != right), None)
        if late is not None:
            first = wanted[known.index(late)]
            place = subject.file.located.key_place((*path, first))
            listed = ", ".join(f"`{key}`" for key in wanted)
            yield place, f"`{first}` stands behind `{late}`", f"write {listed} in this order; `necessity format` does"


def _mappings(data: Json, path: Path_) -> Iterator[tuple[Path_, list[str]]]:
    """Every mapping of a file, by where it is, with its keys as written."""
    if isinstance(data, dict):
        yield path, list(data)
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from _mappings(value, (*path, step))
