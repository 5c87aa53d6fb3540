"""Which files the user asks about, and which folder of policies they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import Mistakes, Place
from harness.policies.whereabouts import ENDINGS, policies_around, standing


@dataclass(frozen=True, slots=True)
class Wanted:
    """A folder of policies, and the files and folders within it that are asked about; itself, for all of it."""

    folder: str
    paths: tuple[str, ...]

    @property
    def whole(self) -> bool:
        folder = Path(self.folder).resolve()
        return any(Path(path).resolve() == folder for path in self.paths)

    def holds(self, file: str) -> bool:
        """Whether a file, by the name that messages show, is asked about."""
        if self.whole:
            return True
        asked = standing(file)
        return any(asked.is_relative_to(standing(path)) for path in self.paths)


def wanted(paths: Iterable[str], mistakes: Mistakes) -> tuple[Wanted, ...]:
    """What paths ask about, a folder of policies each; a path that asks about nothing is noted."""
    found: dict[Path, Wanted] = {}  # a folder may be written in several ways, and is shown in the first
    for path in paths:
        folder = policies_around(path)
        if Path(path).is_dir():
            _ask(found, folder or path, path)
        elif not Path(path).exists():
            what = "file" if Path(path).suffix else "folder of policies"
            mistakes.add(Place(path), f"there is no such {what}", "check its name, and the folder you are in")
        elif folder is None:
            cure = "such a folder holds `references.yaml` or `modules`, or is named `policies`"
            mistakes.add(Place(path), "the file is in no folder of policies", cure)
        elif Path(path).suffix.lower() not in ENDINGS:
            mistakes.add(Place(path), "not a YAML file", "name a policy, a module, `references.yaml` or a folder")
        else:
            _ask(found, folder, path)
    return tuple(found.values())


def _ask(found: dict[Path, Wanted], folder: str, path: str) -> None:
    where = Path(folder).resolve()
    before = found.get(where, Wanted(folder, ()))
    found[where] = Wanted(before.folder, (*before.paths, path))


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders of policies that paths ask about."""
    return tuple(one.folder for one in wanted(paths, Mistakes()))
