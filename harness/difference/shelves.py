"""Folders of policies as one side of a comparison reads them: from the disk, or from a git revision."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from harness.difference.revisions import Repository
from harness.difference.side import Shelf
from harness.errors import BadInputError, Mistake, Place, did_you_mean
from harness.policies import read_policies

_SHARED = ("references.yaml", "modules")


def is_shelf(folder: Path) -> bool:
    """Whether a folder is one of policies: what they share stands in it."""
    return any((folder / name).exists() for name in _SHARED)


@dataclass(slots=True)
class Shelves:
    """Reads each folder once; `folder` is the user's own, below which policy ids are looked for."""

    folder: str
    stack: ExitStack
    _read: dict[str, Shelf] = field(default_factory=dict)

    def on_disk(self, folder: str | None = None, overlay: str | None = None) -> Shelf:
        wanted = folder or self.folder
        key = f"{wanted}+{overlay or ''}"
        if key not in self._read:
            self._read[key] = Shelf(read_policies(wanted, overlay), wanted.rstrip("/") or wanted)
        return self._read[key]

    @property
    def on_disk_read(self) -> tuple[str, ...]:
        """The folders that were read from the disk as they stand there."""
        folders = (shelf.policies.folder for shelf in self._read.values() if shelf.shown == shelf.folder)
        return tuple(dict.fromkeys(folders))

    @property
    def repository(self) -> Repository:
        return Repository.around(self.folder)

    def folder_in(self, repository: Repository) -> PurePosixPath:
        """Where the user's folder lies in the repository."""
        return PurePosixPath(Path(self.folder).resolve().relative_to(repository.top.resolve()).as_posix())

    def in_revision(self, revision: str, folder: PurePosixPath, only: str | None = None) -> Shelf:
        """The policies below a folder of a revision; `only` one of them, with what policies share."""
        shown = f"{revision}:{folder}"
        key = f"{shown} {only or ''}"
        if key not in self._read:
            self._read[key] = self._from_git(revision, folder, only, shown)
        return self._read[key]

    def _from_git(self, revision: str, folder: PurePosixPath, only: str | None, shown: str) -> Shelf:
        repository = self.repository
        commit = repository.commit(revision)
        names = [str(folder / name) for name in (*_SHARED, only)] if only else [str(folder)]
        entries = repository.files(commit, *(name for name in names if name != "."))
        if only and not any((folder / only) in one.path.parents for one in entries):
            raise self._unknown(repository, commit, folder, only, shown)
        if not entries:
            wrong = Mistake(Place(shown), "the revision has no such folder", "name the folder it had: `REV:folder`")
            raise BadInputError([wrong])
        target = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="necessity-"))
        repository.write(entries, folder, Path(target), shown)
        try:
            return Shelf(read_policies(target), shown)
        except BadInputError as error:
            raise BadInputError(_renamed(mistake, target, shown) for mistake in error.mistakes) from None

    def _unknown(
        self, repository: Repository, commit: str, folder: PurePosixPath, only: str, shown: str
    ) -> BadInputError:
        names = (str(folder),) if folder.parts else ()
        below = [one.path.relative_to(folder).parts for one in repository.files(commit, *names)]
        known = {"/".join(parts[:2]) for parts in below if len(parts) == 3}  # noqa: PLR2004 - area/name/date.yaml
        cure = did_you_mean(only, known, "there are " + ", ".join(f"`{one}`" for one in sorted(known)) if known else "")
        return BadInputError([Mistake(Place(shown), f"there is no policy `{only}` in this revision", cure)])


def _renamed(mistake: Mistake, target: str, shown: str) -> Mistake:
    """The mistake with the places that the user knows, not those of the folder it was read in."""
    place = replace(mistake.place, file=mistake.place.file.replace(target, shown))
    return Mistake(place, mistake.message.replace(target, shown), mistake.help.replace(target, shown))
