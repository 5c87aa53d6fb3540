"""Which files must be read to judge one: what it uses, and what uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from harness.policies import File, Library
from harness.strict_yaml import Json


@dataclass(frozen=True, slots=True)
class Near:
    """For each file, by name, those that it is judged by; a name may be that of a file that could not be read."""

    library: Library
    uses: Mapping[str, frozenset[str]]  # for each policy, its modules

    @classmethod
    def of(cls, library: Library) -> Near:
        shown = library.folder.rstrip("/") or library.folder
        uses = {
            name: frozenset(f"{shown}/modules/{module}.yaml" for module in _modules(file.located.data))
            for name, file in library.files.items()
            if file.sort == "policy"
        }
        return cls(library, uses)

    def judged_by(self, name: str) -> frozenset[str]:
        """A file and the references; of a policy also its modules, of a module its policies and theirs; else all."""
        known = self.library.files
        if name in known and known[name].sort == "references":
            return frozenset(known).union(*self.uses.values())
        sources = {one for one, file in known.items() if file.sort == "references"}
        users = [name] if name in self.uses else [policy for policy, modules in self.uses.items() if name in modules]
        return frozenset({name, *sources, *users}).union(*(self.uses[policy] for policy in users))

    def concerns(self, name: str) -> frozenset[str]:
        """The files whose mistakes one may have caused, or suffers from: as above, and for a policy all beside it."""
        beside = PurePath(name).parent
        policies = {one for one in self.uses if PurePath(one).parent == beside}
        found = self.judged_by(name).union(*(self.judged_by(one) for one in policies))
        return found | ({f"{beside}/tests.yaml"} if policies else set())

    def files(self, name: str) -> Iterator[File]:
        """The policies and modules that a file is judged by, itself the first."""
        for one in sorted(self.judged_by(name), key=lambda other: (other != name, other)):
            if one in self.library.files:
                yield self.library.files[one]


def _modules(data: Json) -> Iterator[str]:
    """The modules that a file names, whatever else is wrong with it."""
    uses = data.get("uses") if isinstance(data, dict) else None
    for use in uses if isinstance(uses, list) else ():
        name = use.get("module") if isinstance(use, dict) else None
        if isinstance(name, str):
            yield name
