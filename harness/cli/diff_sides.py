"""What the words of `necessity diff` name: policy files, versions, git revisions, whole folders."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from harness.cli.options import find_policy
from harness.difference.revisions import cure
from harness.difference.shelves import Shelves, is_shelf
from harness.difference.side import Shelf, Side
from harness.errors import BadInputError, Mistake, Place
from harness.model.policy import Policy

_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*(@[^+]*)?([+][a-z0-9-]+)?")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.yaml")
_MOST = 2
COMMAND_LINE = "(command line)"


@dataclass(frozen=True, slots=True)
class Named:
    """What one word names: a policy version, or (`policy` is None) a whole folder. `id` has what was asked for."""

    word: str
    shelf: Shelf
    policy: Policy | None = None
    id: str = ""  # as `spine/x` or `spine/x@2026-01-01`, to look for the same elsewhere
    revision: bool = False

    @property
    def side(self) -> Side:
        assert self.policy is not None
        return Side(self.policy, self.shelf)


def named_sides(words: Sequence[str], shelves: Shelves) -> tuple[Named, Named]:
    """Both sides. Of one word alone, the other side is what it is most likely compared with."""
    if len(words) > _MOST:
        raise _wrong("more than two things are named", "name OLD and NEW: `necessity diff OLD NEW`")
    found = _all_named(words, shelves)
    old, new = found if len(found) == _MOST else _with_other(found[0], shelves)
    if (old.policy is None) != (new.policy is None):
        folder, one = (old, new) if old.policy is None else (new, old)
        message = f"`{folder.word}` is a whole folder of policies, and `{one.word}` is one policy"
        raise _wrong(message, f"name one policy on both sides: `{_part_of(folder, one)}`")
    return old, new


def _all_named(words: Sequence[str], shelves: Shelves) -> list[Named]:
    """Each word's side; the mistakes of both at once, those in the files of one side alone told apart."""
    found: list[Named] = []
    sides: dict[Mistake, list[str]] = {}
    for word, side in zip(words, ("old", "new"), strict=False):
        try:
            found.append(_named(word, shelves))
        except BadInputError as error:
            for mistake in error.mistakes:
                sides.setdefault(mistake, []).append(side)
    if sides:
        raise BadInputError(_on_side(mistake, those) for mistake, those in sides.items())
    return found


def _on_side(mistake: Mistake, sides: Sequence[str]) -> Mistake:
    if mistake.place.file == COMMAND_LINE or len(sides) > 1:
        return mistake
    return replace(mistake, message=f"{mistake.message} ({sides[0]} side)")


def _part_of(folder: Named, one: Named) -> str:
    id_ = one.id.partition("@")[0]
    return f"{folder.word.partition(':')[0]}:{id_}" if folder.revision else f"{folder.word}/{id_}/<date>.yaml"


def _with_other(one: Named, shelves: Shelves) -> tuple[Named, Named]:
    """A revision is older than what is on the disk; an overlay changes a policy; a version follows another."""
    if one.revision:
        shelf = shelves.on_disk()
        policy = None if one.policy is None else find_policy(shelf.policies, one.id)
        return one, Named(one.id or shelf.shown, shelf, policy, one.id)
    if one.policy is None:
        other = f"name the other one too, or a git revision: `necessity diff HEAD:{one.word} {one.word}`"
        raise _wrong(f"`{one.word}` is a whole folder, and there is nothing to compare it with", other)
    if one.policy.overlay is not None:
        plain = shelves.on_disk()
        return Named(one.id, plain, find_policy(plain.policies, one.id)), one
    versions = one.shelf.policies.versions[one.policy.id]
    number = versions.index(one.policy) if "@" in one.id else len(versions) - 1
    if number == 0:
        message = f"there is no version of `{one.policy.id}` before that of {versions[0].effective}"
        raise _wrong(message, f"compare with the last commit: `necessity diff HEAD:{one.policy.id} {one.policy.id}`")
    return (Named(one.word, one.shelf, versions[number - 1]), Named(one.word, one.shelf, versions[number]))


def _named(word: str, shelves: Shelves) -> Named:
    path = Path(word)
    if path.is_dir():
        return Named(word, shelves.on_disk(word))
    if path.is_file():
        return _file(path, word, shelves)
    revision, colon, rest = word.partition(":")
    if colon:
        return _in_revision(word, revision, rest, shelves)
    if _ID.fullmatch(word):
        return _policy_or_branch(word, shelves)
    if path.suffix in {".yaml", ".yml"}:
        raise _wrong(f"there is no file `{word}`", "name a policy file, a version (`spine/x@2026-01-01`) or a revision")
    repository = shelves.repository
    if not _is_revision(word, shelves):
        raise _wrong(f"there is no policy, file, folder or revision `{word}`", cure(word))
    return _whole(word, revision, shelves.folder_in(repository), shelves)


def _file(path: Path, word: str, shelves: Shelves) -> Named:
    below = Path(os.path.abspath(path))  # noqa: PTH100 - a link in it is kept, as the user wrote it
    above = list(below.parents)
    by_place = above[2] if len(above) > 2 and _DATED.fullmatch(path.name) else None  # noqa: PLR2004 - area/name/date
    folder = next((parent for parent in above if is_shelf(parent)), by_place)
    if folder is None:
        layout = "a policy file lies in its folder of policies: `policies/<area>/<name>/<YYYY-MM-DD>.yaml`"
        raise _wrong(f"no folder above `{word}` holds `references.yaml` or `modules`", layout)
    shelf = shelves.on_disk(_as_written(folder, path))
    return _at(below.relative_to(folder).as_posix(), word, shelf)


def _as_written(folder: Path, path: Path) -> str:
    """A folder above a file as the user's own words lead to it, else as seen from here."""
    written = (str(one) for one in path.parents if Path(os.path.abspath(one)) == folder)  # noqa: PTH100
    return next(written, None) or os.path.relpath(folder)


def _at(below: str, word: str, shelf: Shelf, *, revision: bool = False) -> Named:
    """The policy whose file lies there below a folder."""
    file = f"{shelf.folder}/{below}"
    for policy in shelf.policies.all():
        if policy.place.file == file:
            return Named(word, shelf, policy, policy.version, revision)
    layout = "a policy is `<area>/<name>/<YYYY-MM-DD>.yaml` below the folder of policies"
    raise _wrong(f"`{word}` is no policy", layout)


def _policy_or_branch(word: str, shelves: Shelves) -> Named:
    """A policy id; a branch may look like one, and is meant when there is no such policy."""
    id_, _, overlay = word.partition("+")
    known = Path(shelves.folder).is_dir() and id_.partition("@")[0] in shelves.on_disk().policies.versions
    if not known and _is_revision(word, shelves):
        return _whole(word, word, shelves.folder_in(shelves.repository), shelves)
    shelf = shelves.on_disk(overlay=overlay or None)
    return Named(word, shelf, find_policy(shelf.policies, id_), id_)


def _is_revision(word: str, shelves: Shelves) -> bool:
    try:
        shelves.repository.commit(word)
    except BadInputError:
        return False
    return True


def _in_revision(word: str, revision: str, rest: str, shelves: Shelves) -> Named:
    repository = shelves.repository
    commit = repository.commit(revision)
    if not rest:
        return _whole(word, revision, shelves.folder_in(repository), shelves)
    path = PurePosixPath(rest)
    if path.suffix in {".yaml", ".yml"}:
        folder = _folder_above(path, {one.path for one in repository.files(commit)})
        below = path.relative_to(folder) if folder is not None else path
        if folder is None or len(below.parts) != 3 or not repository.files(commit, rest):  # noqa: PLR2004 - area/name/date
            listing = f"`git ls-tree -r --name-only {revision}` lists its files"
            raise _wrong(f"there is no policy file `{rest}` in the revision `{revision}`", listing)
        shelf = shelves.in_revision(revision, folder, "/".join(below.parts[:2]))
        return _at(below.as_posix(), word, shelf, revision=True)
    if repository.files(commit, f"{rest}/references.yaml", f"{rest}/modules"):
        return _whole(word, revision, path, shelves)
    id_, _, _ = rest.partition("@")
    shelf = shelves.in_revision(revision, shelves.folder_in(repository), id_)
    return Named(word, shelf, find_policy(shelf.policies, rest), rest, revision=True)


def _folder_above(path: PurePosixPath, files: set[PurePosixPath]) -> PurePosixPath | None:
    """The nearest folder above a file that holds what policies share."""
    holds = {one.parent for one in files if one.name == "references.yaml"}
    holds |= {one.parent.parent for one in files if one.parent.name == "modules"}
    return next((parent for parent in path.parents if parent in holds), None)


def _whole(word: str, revision: str, folder: PurePosixPath, shelves: Shelves) -> Named:
    return Named(word, shelves.in_revision(revision, folder), revision=True)


def _wrong(message: str, help_: str) -> BadInputError:
    return BadInputError([Mistake(Place(COMMAND_LINE), message, help_)])
