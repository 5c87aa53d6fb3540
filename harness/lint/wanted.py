"""Which files the user asks about, and which folder of policies they belong to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import Mistakes, Place

ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A folder of policies, and the files and folders within it that are asked about; itself, for all of it."""

    folder: str
    paths: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return self.folder in self.paths

    def holds(self, file: str) -> bool:
        """Whether a file, by the name that messages show, is asked about."""
        if self.whole:
            return True
        asked = _absolute(file)
        return any(asked.is_relative_to(_absolute(path)) for path in self.paths)


def wanted(paths: Iterable[str], mistakes: Mistakes) -> tuple[Wanted, ...]:
    """What paths ask about, a folder of policies each; a path that asks about nothing is noted."""
    found: dict[str, list[str]] = {}
    for path in paths:
        folder = _folder_of(path)
        if Path(path).is_dir():
            found.setdefault(folder or path, []).append(path)
        elif not Path(path).exists():
            what = "file" if Path(path).suffix else "folder of policies"
            mistakes.add(Place(path), f"there is no such {what}", "check its name, and the folder you are in")
        elif folder is None:
            cure = "such a folder holds `references.yaml` or `modules`, or is named `policies`"
            mistakes.add(Place(path), "the file is in no folder of policies", cure)
        elif Path(path).suffix.lower() not in ENDINGS:
            mistakes.add(Place(path), "not a YAML file", "name a policy, a module, `references.yaml` or a folder")
        else:
            found.setdefault(folder, []).append(path)
    return tuple(Wanted(folder, tuple(asked)) for folder, asked in found.items())


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders of policies that paths ask about."""
    return tuple(one.folder for one in wanted(paths, Mistakes()))


def _folder_of(path: str) -> str | None:
    """The nearest folder of policies that a path is, or is in, as the user would write it."""
    if _is_policies(Path(path)):
        return path
    for parent in _absolute(path).parents:
        if _is_policies(parent):
            return str(parent) if Path(path).is_absolute() else os.path.relpath(parent)
    return None


def _is_policies(folder: Path) -> bool:
    marks = (folder / "references.yaml").is_file() or (folder / "modules").is_dir()
    return folder.is_dir() and (marks or folder.name == "policies")


def _absolute(path: str) -> Path:
    """Without following links: a link is read where it stands, and refused there."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` follows links, and `absolute` keeps `..`
