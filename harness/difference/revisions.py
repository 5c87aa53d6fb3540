"""Policies as they stood in a git revision, read from the repository itself: nothing is checked out.

A revision is resolved once to the name of its commit; every later question names that, never the user's words.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from harness.errors import BadInputError, Mistake, Mistakes, Place

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_LINK = "120000"
_OF_A_HOOK = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
_ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a revision. `path` counts from the top of the repository."""

    mode: str
    blob: str
    path: PurePosixPath


@dataclass(frozen=True, slots=True)
class Repository:
    top: Path

    @classmethod
    def around(cls, folder: str) -> Repository:
        """The repository that a folder is in, or was in: it may exist in another revision only."""
        start = Path(folder).resolve()
        while not start.is_dir():
            start = start.parent
        done = _git(start, "rev-parse", "--show-toplevel")
        if done.returncode:
            told = _told(done)
            unknown = "not a git repository" in told
            message = (
                "is not in a git repository, so that it has no revisions"
                if unknown
                else f"is not opened by git: {told}"
            )
            raise _wrong(
                "(command line)",
                f"`{folder}` {message}",
                "name policy files or versions instead, or run this where the policies are",
            )
        return cls(Path(os.fsdecode(done.stdout.removesuffix(b"\n"))))

    def commit(self, revision: str) -> str:
        """The name of the commit that a revision stands for."""
        done = _git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = done.stdout.decode("ascii", "replace").strip()
        if not revision:
            raise _wrong("(command line)", "no revision stands before the colon", "write one, such as `HEAD:spine/x`")
        if done.returncode or not _COMMIT.fullmatch(found):
            raise _wrong("(command line)", f"there is no revision `{revision}`", cure(revision))
        return found

    def files(self, commit: str, *below: str) -> list[Entry]:
        """The files of a commit below folders (or those files themselves) that count from the top."""
        done = _git(self.top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *below)
        if done.returncode:
            raise _wrong("(command line)", f"git cannot list the files: {_told(done)}", "check the repository")
        entries = []
        for line in done.stdout.split(b"\0"):
            head, tab, path = line.partition(b"\t")
            if tab:
                mode, _, blob = head.decode("ascii").split(" ")
                entries.append(Entry(mode, blob, PurePosixPath(os.fsdecode(path))))
        return entries

    def write(self, entries: Iterable[Entry], below: PurePosixPath, target: Path, shown: str) -> None:
        """The YAML files among the entries, written below a folder as they lie below `below`."""
        kept = [one for one in entries if one.path.suffix.lower() in _ENDINGS]
        mistakes = Mistakes()
        for one in kept:
            if one.mode == _LINK or ".." in one.path.parts:
                place = Place(f"{shown}/{one.path.relative_to(below)}")
                mistakes.add(place, "a link is not followed in a revision", "put the file itself there")
        mistakes.raise_any()
        for one, content in zip(kept, self._contents(kept), strict=True):
            file = target / one.path.relative_to(below)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _contents(self, entries: list[Entry]) -> list[bytes]:
        asked = "".join(f"{one.blob}\n" for one in entries).encode("ascii")
        done = _git(self.top, "cat-file", "--batch", asked=asked)
        contents, answers = [], BytesIO(done.stdout)
        for _ in entries:
            fields = answers.readline().split()
            if done.returncode or len(fields) != 3 or fields[1] != b"blob":  # noqa: PLR2004 - name, type, size
                message = "git cannot read a file of the revision"
                raise _wrong("(command line)", message, "fetch the whole repository (`git fetch --refetch`)")
            contents.append(answers.read(int(fields[2])))
            answers.readline()
        return contents


def _git(folder: Path, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # Words in English, no question asked on the terminal, no file locked; and the repository is the one around the
    # folder, whatever a hook that runs this says.
    settings = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = ["git", "--no-pager", "-C", str(folder), *words]
    try:
        return subprocess.run(command, input=asked, env={**kept, **settings}, capture_output=True, check=False)  # noqa: S603 - no shell; options end before the user's words
    except FileNotFoundError:
        cure = "install git, or name policy files or versions instead"
        raise _wrong("(command line)", "git is not installed, and a revision is read through it", cure) from None


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What git says, on one line."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it gives no reason"


def cure(revision: str) -> str:
    """What to write instead of a revision that is not known."""
    if ".." in revision:
        return "name the two revisions apart: `necessity diff OLD NEW`"
    return "`git log --oneline` lists revisions; one of another repository is fetched first (`git fetch`)"


def _wrong(place: str, message: str, cure: str) -> BadInputError:
    return BadInputError([Mistake(Place(place), message, cure)])
