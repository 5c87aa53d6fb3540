"""What a lint looks at: one file as written, and all that is needed to judge it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.lint.ignores import Ignore
from harness.model.policy import Policies, Policy, Reference
from harness.policies import File
from harness.policies.scope import Part, data
from harness.strict_yaml import Json

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True)
class Names:
    """The ids that some part of a file reads, by what they are ids of."""

    facts: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def add(self, raw: Json) -> None:
        """Those of a condition or measure, and of the texts with placeholders below it."""
        match raw:
            case str():
                found = _PLACEHOLDER.findall(raw)
                self.facts.update(found)
                self.parameters.update(found)
            case list():
                for one in raw:
                    self.add(one)
            case dict():
                for key, kept in (("fact", self.facts), ("parameter", self.parameters), ("rule", self.rules)):
                    if isinstance(name := raw.get(key), str):
                        kept.add(name)
                for one in raw.values():
                    self.add(one)


@dataclass(frozen=True, slots=True)
class Subject:
    """A file that nothing is wrong with, nor with any that it is judged by.

    `near` are the policies and modules that can name what it declares, itself the first; `policies` those that it is,
    is a part of, or changes as an overlay.
    """

    file: File
    near: tuple[File, ...]
    policies: tuple[Policy, ...]
    library: Policies
    references: Mapping[str, Reference]
    ignores: tuple[Ignore, ...]
    codes: frozenset[str]  # all that can be ignored
    on: dt.date | None = None

    @property
    def name(self) -> str:
        return self.file.located.file

    @property
    def sort(self) -> str:
        return self.file.sort

    @property
    def whole(self) -> Part:
        return Part(data(self.file.located), self.file.located, ())

    def parts(self, section: str) -> Iterator[tuple[str, Part]]:
        """The parameters, facts, rules or topics that the file declares, by id."""
        return parts(self.file, section)

    def citations(self) -> Iterator[Part]:
        """Every citation of the file."""
        return all_citations(self.file)

    def given(self) -> Iterator[tuple[str, Part]]:
        """The values that a policy gives to parameters of its modules, by parameter."""
        return given(self.file)

    def declared(self, section: str) -> dict[str, Part]:
        """What the file and those near it declare, by id."""
        return {id_: part for file in reversed(self.near) for id_, part in parts(file, section)}

    def named(self) -> Names:
        """What the file and those near it read, in rules, decisions, measures and texts. Properties decide nothing."""
        names = Names()
        for file in self.near:
            for section in ("rules", "facts"):
                for _, part in parts(file, section):
                    names.add({key: part.raw[key] for key in _READING & part.raw.keys()})
            names.add(data(file.located).get("decision", {}))
        return names


_READING = {"title", "says", "submit", "when", "measure"}


def parts(file: File, section: str) -> Iterator[tuple[str, Part]]:
    """The parameters, facts, rules, topics or references that a file declares, by id."""
    found: Any = data(file.located).get(section, {})
    if isinstance(found, dict):
        for id_, raw in found.items():
            yield id_, Part(raw, file.located, (section, id_))
    else:
        for number, raw in enumerate(found):
            yield raw["id"], Part(raw, file.located, (section, number))


def given(file: File) -> Iterator[tuple[str, Part]]:
    """The values that a policy gives to parameters of its modules, by parameter."""
    for number, use in enumerate(data(file.located).get("uses", [])):
        for id_, value in use.get("with", {}).items():
            raw = value if isinstance(value, dict) else {"value": value}
            yield id_, Part(raw, file.located, ("uses", number, "with", id_))


def all_citations(file: File) -> Iterator[Part]:
    """What a file says of its sources: in its parameters, its rules and the values that it gives to a module."""
    holders = (part for section in ("parameters", "rules") for _, part in parts(file, section))
    for part in (*holders, *(part for _, part in given(file))):
        for number, raw in enumerate(part.raw.get("references", [])):
            yield Part(raw, part.located, (*part.path, "references", number))
