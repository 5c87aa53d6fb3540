"""One lint: its code, what it documents of itself, and what it finds. Every warning is made here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.errors import Place
from harness.lint.result import LintWarning
from harness.lint.subject import Subject

HEADINGS = ("What it finds", "Why it matters", "Avoid", "Prefer")
PAGES = "docs/checks"

# Where it is, what it is, and what to write instead.
Spot = tuple[Place, str, str]


@dataclass(frozen=True, slots=True)
class Lint:
    """`documented` is the docstring of the lint's module: a title, then a section under each of `HEADINGS`."""

    code: str
    documented: str
    find: Callable[[Subject], Iterator[Spot]]
    asks_date: bool = False  # looks at nothing unless a date is given

    @classmethod
    def of(cls, find: Callable[[Subject], Iterator[Spot]], *, asks_date: bool = False) -> Lint:
        """The lint of a module of `harness.lint.codes`, which has its code for a name."""
        name = find.__module__
        return cls(name.rpartition(".")[2].replace("_", "-"), sys.modules[name].__doc__ or "", find, asks_date)

    def warnings(self, subject: Subject) -> Iterator[LintWarning]:
        """What the lint finds in one file."""
        for place, message, help_ in self.find(subject):
            if place.file == subject.name:
                yield LintWarning(place, message, help_, self.code)

    @property
    def title(self) -> str:
        return self.documented.split("\n", 1)[0].rstrip(".")

    @property
    def page(self) -> str:
        """The documentation of the lint, in Markdown."""
        _, _, sections = self.documented.partition("\n")
        return f"# {self.code}\n\n{self.title}.\n\n{sections.strip()}\n"

    def section(self, heading: str) -> str:
        """What stands under a heading; empty when there is none."""
        _, _, rest = self.documented.partition(f"\n## {heading}\n")
        return rest.split("\n## ")[0].strip()

    @property
    def page_file(self) -> str:
        return f"{PAGES}/{self.code}.md"
