"""A new policy: its first version, its tests and an example, in words that say what to write instead."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from harness import schema
from harness.errors import Mistake, Mistakes, Place
from harness.scaffold.files import exists
from harness.scaffold.words import LINE, check_folder, check_id, check_title, read_day

_TEMPLATES = Path(__file__).parent / "templates"


def new_policy(id_: str, effective: str | None, title: str | None, folder: Path) -> dict[Path, str]:
    """The files of a new policy below a folder of policies, and an example beside that folder.

    A folder that is new gets its `references.yaml`, and the schemas for editors. Raises BadInputError when the words
    are wrong, or a file or the policy is there already.
    """
    mistakes = Mistakes()
    check_id(id_, mistakes)
    day = read_day(effective, mistakes)
    area, _, name = id_.partition("/")
    if title is not None:
        check_title(title, mistakes)
    check_folder(folder, mistakes)
    mistakes.raise_any()
    assert day is not None  # else a mistake was noted
    files = _Files(folder, id_, day.isoformat(), title or name.replace("-", " ").capitalize()).all()
    mistakes.extend(_in_the_way(folder / area / name, id_, files))
    mistakes.raise_any()
    return files


def _in_the_way(policy: Path, id_: str, files: dict[Path, str]) -> list[Mistake]:
    if any(policy.glob("*.yaml")):
        cure = f"for another version: `necessity new version {id_} --from YYYY-MM-DD`"
        return [Mistake(LINE, f"there is a policy `{id_}` already", cure)]
    found = [exists(file) for file in files if os.path.lexists(file)]
    blocked = next((one for file in files for one in file.parents if one.exists() and not one.is_dir()), None)
    if blocked is not None:
        found.append(Mistake(Place(blocked.as_posix()), "a file stands where a folder is needed", "move it"))
    return found


def _beside(folder: Path) -> Path:
    """What the folder of policies lies in, which `Path(".").parent` is not."""
    return Path(os.path.normpath(folder / ".."))


@dataclass(frozen=True, slots=True)
class _Files:
    folder: Path
    id: str
    day: str
    title: str

    def all(self) -> dict[Path, str]:
        beside = _beside(self.folder)
        policy = self.folder / self.id
        files = {
            policy / f"{self.day}.yaml": "policy.yaml",
            policy / "tests.yaml": "tests.yaml",
            beside / "examples" / self.id.replace("/", "-") / "case.yaml": "case.yaml",
        }
        references = self.folder / "references.yaml"
        if not references.exists():
            files[references] = "references.yaml"
        made = {file: self._filled(template, file) for file, template in files.items()}
        schemas = beside / "schemas"
        if not (schemas / "policy.schema.json").exists():
            made |= {schemas / one.name: one.read_text("utf-8") for one in sorted(schema.FOLDER.glob("*.schema.json"))}
        return made

    def _filled(self, template: str, file: Path) -> str:
        text = (_TEMPLATES / template).read_text("utf-8")
        schemas = os.path.relpath(_beside(self.folder) / "schemas", file.parent)
        words = {
            "schemas": Path(schemas).as_posix(),
            "policy": self.id,
            "name": self.id.partition("/")[2],
            "title": json.dumps(self.title, ensure_ascii=False),
            "from": self.day,
            "folder": shlex.quote(file.parent.as_posix()),
            "case": shlex.quote(file.as_posix()),
        }
        for word, meant in words.items():
            text = text.replace(f"<<{word}>>", meant)
        return text
