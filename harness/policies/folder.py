"""A folder of policies: which file is what, and which version follows which."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from harness.errors import Mistakes, Place, did_you_mean
from harness.model.policy import Policies, Policy, Reference
from harness.policies.build import Builder
from harness.policies.library import File, Library
from harness.policies.overlays import Change, changes_of, check_target, check_twice
from harness.policies.references import read_references
from harness.policies.scope import data, read_date, without
from harness.schema import check
from harness.strict_yaml import Located, parse_yaml, read_text

MAX_FILES = 2000

_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDINGS = {".yaml", ".yml"}


def read_policies(folder: str | os.PathLike[str], overlay: str | None = None) -> Policies:
    """Every policy below a folder, strictly read, and as the overlay of that name changes it.

    Raises BadInputError with every mistake of every file.
    """
    mistakes = Mistakes()
    reader = _Folder(Path(folder), str(folder), mistakes, overlay)
    versions = reader.read() if reader.exists() else {}
    mistakes.raise_any()
    return Policies(versions=versions, folder=str(folder))


def read_library(folder: str | os.PathLike[str]) -> Library:
    """As `read_policies`, but whatever is wrong: the files as written, what could be made of them, and the mistakes.

    The overlays are read too, and so are the policies as each of them changes them.
    """
    mistakes = Mistakes()
    reader = _Folder(Path(folder), str(folder), mistakes)
    versions = reader.read() if reader.exists() else {}
    overlaid = reader.under_each_overlay(versions)
    policies = Policies(versions=versions, folder=str(folder))
    return Library(policies, reader.references or {}, reader.written, tuple(mistakes), overlaid)


class _Folder:
    def __init__(self, root: Path, shown: str, mistakes: Mistakes, overlay: str | None = None) -> None:
        self.overlay = overlay
        self.overlays: dict[str, tuple[Change, ...] | None] = {}  # None where the file is broken
        self.sources: dict[tuple[str, str], Located] = {}  # of the versions that nothing is wrong with
        self.root = root
        self.shown = shown.rstrip("/") or shown
        self.mistakes = mistakes
        self.references: dict[str, Reference] | None = {}  # None when the file is broken
        self.modules: dict[str, Located | None] = {}
        self.written: dict[str, File] = {}

    def exists(self) -> bool:
        if not self.root.is_dir():
            self.mistakes.add(
                Place(self.shown), "there is no such folder of policies", "name the folder that holds them"
            )
        return self.root.is_dir()

    def read(self) -> dict[str, tuple[Policy, ...]]:
        files = list(self._files())
        for file in files:
            if file == self.root / "references.yaml":
                located = self._shaped(file, "references")
                self.references = read_references(located) if located else None
        for file in files:
            if file.parent == self.root / "modules" and file.suffix == ".yaml":
                self.modules[file.stem] = self._module(file)
            elif self._is_overlay(file):
                self.overlays[file.stem] = self._overlay(file)
        if self.overlay is not None and self.overlay not in self.overlays:
            place = Place(f"{self.shown}/overlays/{self.overlay}.yaml")
            cure = did_you_mean(self.overlay, self.overlays, "an overlay is `overlays/<name>.yaml` in it")
            self.mistakes.add(place, f"there is no overlay `{self.overlay}`", cure)
        found: dict[str, list[Policy]] = {}
        used: set[str] = set()
        for file in files:
            if self._is_policy(file) and (read := self._read(file, "policy")):
                located, lost = read
                used.update(use["module"] for use in data(located).get("uses", []))
                policy = self._policy(file, located, lost)
                if policy is not None:
                    self.sources[policy.id, file.stem] = located
                    found.setdefault(policy.id, []).append(policy)
        self._check_unused(used)
        self._check_targets()
        ordered = {id_: tuple(sorted(found[id_], key=lambda p: p.effective)) for id_ in sorted(found)}
        for versions in ordered.values():
            self._check_ranges(versions)
        return ordered

    def under_each_overlay(self, versions: Mapping[str, tuple[Policy, ...]]) -> dict[str, Policies]:
        """The policies under each overlay that nothing is wrong with; what is wrong with the others is noted."""
        found: dict[str, Policies] = {}
        for name, changes in self.overlays.items():
            before, changed = len(self.mistakes), {id_: list(several) for id_, several in versions.items()}
            for change in changes or ():
                id_ = change.part.raw["policy"]
                for number, policy in enumerate(versions.get(id_, ())):
                    effective = Path(policy.place.file).stem
                    if change.concerns(id_, effective):
                        made = self._build(self.sources[id_, effective], set(), change)
                        changed[id_][number] = made or policy
            ordered = {id_: tuple(sorted(those, key=lambda p: p.effective)) for id_, those in changed.items()}
            for several in ordered.values():
                self._check_ranges(several)
            if changes is not None and len(self.mistakes) == before:
                found[name] = Policies(ordered, self.shown)
        return found

    def _files(self) -> Iterator[Path]:
        """The YAML files of the folder in a stable order; a link that leaves it is refused when it is read."""
        count = 0
        for parent, folders, names in os.walk(self.root, onerror=self._unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in folders:
                if (Path(parent) / name).is_symlink():
                    message, cure = "a link to a folder is not followed", "put the folder itself here"
                    self.mistakes.add(Place(self._show(Path(parent) / name)), message, cure)
            for name in sorted(names):
                file = Path(parent) / name
                if file.suffix.lower() not in _ENDINGS or name.startswith("."):
                    continue
                count += 1
                if count > MAX_FILES:
                    self.mistakes.add(
                        Place(self.shown), f"the folder holds more than {MAX_FILES:,} YAML files", "split it"
                    )
                    return
                yield file

    def _unreadable(self, error: OSError) -> None:
        self.mistakes.add(Place(self._show(Path(error.filename))), "the folder cannot be read", "check that it may be")

    def _show(self, file: Path) -> str:
        return f"{self.shown}/{file.relative_to(self.root).as_posix()}"

    def _is_policy(self, file: Path) -> bool:
        """Whether a file is a version of a policy; a YAML file that is nothing known is a mistake."""
        parts = file.relative_to(self.root).parts
        if parts == ("references.yaml",) or self._is_overlay(file) or parts[-1] == "tests.yaml":
            return False
        if parts[0] == "modules" and len(parts) == 2 and file.suffix == ".yaml":  # noqa: PLR2004 - modules/name
            return False
        if len(parts) == 3 and file.suffix == ".yaml" and _DATED.fullmatch(file.stem):  # noqa: PLR2004 - area/name/date
            return True
        cure = (
            "a policy is `<area>/<name>/<YYYY-MM-DD>.yaml`, a module `modules/<name>.yaml`,"
            " an overlay `overlays/<name>.yaml`"
        )
        self.mistakes.add(Place(self._show(file)), "the file's name and place say nothing", cure)
        return False

    def _is_overlay(self, file: Path) -> bool:
        return file.parent == self.root / "overlays" and file.suffix == ".yaml"

    def _shaped(self, file: Path, schema: str) -> Located | None:
        """A file with nothing wrong in its shape."""
        before = len(self.mistakes)
        read = self._read(file, schema)
        return read[0] if read is not None and len(self.mistakes) == before else None

    def _read(self, file: Path, schema: str) -> tuple[Located, set[str]] | None:
        """A file without the declarations whose shape is wrong, and the ids of those."""
        shown = self._show(file)
        text = read_text(file, shown, self.root, self.mistakes)
        located = None if text is None else parse_yaml(text, shown, self.mistakes)
        if text is None or located is None:
            return None
        self.written[shown] = File(schema, located, text)
        return without(located, check(located, schema, self.mistakes))

    def _module(self, file: Path) -> Located | None:
        located = self._shaped(file, "module")
        if located is None:
            return None
        name = data(located)["module"]
        if name != file.stem:
            place = located.place(("module",))
            self.mistakes.add(place, f"module `{name}` is in a file of another name", f"rename it `{name}.yaml`")
            return None
        return located

    def _overlay(self, file: Path) -> tuple[Change, ...] | None:
        located = self._shaped(file, "overlay")
        if located is None:
            return None
        name = data(located)["overlay"]
        if name != file.stem:
            place = located.place(("overlay",))
            self.mistakes.add(place, f"overlay `{name}` is in a file of another name", f"rename it `{name}.yaml`")
            return None
        return tuple(changes_of(located))

    def _check_targets(self) -> None:
        """That each overlay changes what there is; nothing is said of a policy that could not be read."""
        known = {"/".join(Path(file).parts[-3:-1]) for file, one in self.written.items() if one.sort == "policy"}
        versions = {id_: {day for name, day in self.sources if name == id_} for id_ in known}
        for changes in self.overlays.values():
            check_twice(changes or (), self.mistakes)
            for change in changes or ():
                if versions.get(change.part.raw["policy"]) != set():
                    check_target(change, versions, self.mistakes)

    def _policy(self, file: Path, located: Located, lost: set[str]) -> Policy | None:
        raw = data(located)
        area_and_name = "/".join(file.relative_to(self.root).parts[:2])
        if raw["policy"] != area_and_name:
            place = located.place(("policy",))
            self.mistakes.add(place, f"policy `{raw['policy']}` is in the folder of `{area_and_name}`", "rename either")
        place = located.place(("effective", "from"))
        begins = read_date(raw["effective"]["from"], place, self.mistakes) if "effective" in raw else None
        if begins is not None and begins.isoformat() != file.stem:
            message = f"the policy takes effect on {raw['effective']['from']}, its file is named {file.stem}"
            self.mistakes.add(place, message, "name the file by the date it takes effect")
        changes = (self.overlays.get(self.overlay) or ()) if self.overlay is not None else ()
        change = next((one for one in changes if one.concerns(raw["policy"], file.stem)), None)
        return self._build(located, lost, change)

    def _build(self, located: Located, lost: set[str], change: Change | None) -> Policy | None:
        return Builder(located, self.modules, self.references, self.mistakes, lost, change).policy()

    def _check_unused(self, used: set[str]) -> None:
        """A module that no policy uses is held to its own names alone, so that it is not left unread."""
        for name, module in self.modules.items():
            if module is not None and name not in used:
                Builder(module, {}, self.references, self.mistakes).finish()

    def _check_ranges(self, versions: tuple[Policy, ...]) -> None:
        run = [policy for policy in versions if policy.status != "draft"]
        if run and run[-1].status == "retired" and run[-1].until is None:
            message = "the policy is retired, and nothing says when it ended"
            self.mistakes.add(run[-1].place, message, "write `until:` beside `from:`")
        for earlier, later in itertools.pairwise(run):
            if earlier.effective == later.effective:  # files are named by their day, so that an overlay made it so
                changed = later if later.overlay is not None else earlier
                place = changed.place if changed.overlay is None else changed.overlay.place
                message = f"two versions of `{later.id}` take effect on {later.effective}"
                self.mistakes.add(place, message, "let each begin on a day of its own")
                continue
            if earlier.until is None:
                continue
            expected: date = later.effective - timedelta(days=1)
            if earlier.until > expected:
                message = (
                    f"the version of {earlier.effective} is in force until {earlier.until}, so that both would run"
                )
                self.mistakes.add(later.place, message, f"end it on {expected}, or leave its `until` out")
            elif earlier.until < expected:
                message = f"no version is in force between {earlier.until} and {later.effective}"
                self.mistakes.add(later.place, message, f"end the earlier one on {expected}, or leave its `until` out")
