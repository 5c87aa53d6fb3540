"""A folder of policies as read: what could be made of it, every file as written, and all mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.errors import Mistake
from harness.model.policy import Policies, Reference
from harness.strict_yaml import Located


@dataclass(frozen=True, slots=True)
class File:
    """One file that parses. `sort` is its schema: policy, module, overlay or references."""

    sort: str
    located: Located
    text: str


@dataclass(frozen=True, slots=True)
class Library:
    """`policies` are those that nothing is wrong with; `files` are by the name that messages show."""

    policies: Policies
    references: Mapping[str, Reference]
    files: Mapping[str, File]
    mistakes: tuple[Mistake, ...]
    overlaid: Mapping[str, Policies] = field(
        default_factory=dict
    )  # the policies as each overlay changes them, by its name

    @property
    def folder(self) -> str:
        return self.policies.folder
