"""A summary that most patients cannot read.

## What it finds

A policy's `summary` above the eighth grade of the Flesch-Kincaid grade level: 0.39 times the words a sentence, plus
11.8 times the syllables a word, less 15.59 (Kincaid and others, 1975). A sentence ends at `.`, `!` or `?`. Syllables
are counted from the letters, which is right for all but one or two words in a hundred.

## Why it matters

The summary is the paragraph that a patient reads first. Health organisations recommend that material for patients be
"no higher than sixth- to eighth-grade level" (Badarudeen and Sabharwal, *Assessing readability of patient education
materials*, PMC3049622). The formula knows nothing of meaning: short sentences and short words help it, and usually
help the reader.

## Avoid

```yaml
summary: >-
  Authorization for decompressive surgical intervention necessitates documentation of unsuccessful conservative
  management, notwithstanding demonstrable radiographic abnormalities.
```

## Prefer

```yaml
summary: >-
  Surgery comes after other treatment has been tried and has not helped. A picture of the spine alone is not enough.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.reading_level import grade
from harness.lint.subject import Subject

HIGHEST = 8


def find(subject: Subject) -> Iterator[Spot]:
    if subject.sort != "policy":
        return
    level = int(grade(subject.whole.raw["summary"]))  # as school grades count: 8.9 is within the eighth
    if level > HIGHEST:
        place = subject.file.located.key_place(("summary",))
        message = f"the summary reads at grade {level}, and a patient should read it at grade {HIGHEST} or below"
        yield place, message, "write shorter sentences and shorter words"
