"""Two folders of policies that differ in what a test says, and how they compare."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from harness.difference.change import Change, Sort
from harness.difference.comparison import Comparing, Comparison
from harness.difference.side import Shelf, Side
from harness.policies import read_policies

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "bad" / "good"
EXAMPLE = "spine/example/2026-01-01.yaml"
CARE = "modules/care.yaml"
REFERENCES = "references.yaml"
DECOMPRESSION = "spine/thoracolumbar-decompression/2025-01-01.yaml"
CONSERVATIVE_CARE = "modules/conservative-care.yaml"

Edits = Mapping[str, tuple[str, str]]  # by file: what stands there, and what instead


def copied(source: Path, target: Path, edits: Edits | None = None) -> Path:
    shutil.copytree(source, target)
    for name, (old, new) in (edits or {}).items():
        edit(target / name, old, new)
    return target


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


def shelf(folder: Path, shown: str) -> Shelf:
    return Shelf(read_policies(folder), shown)


def side(folder: Path, shown: str, policy: str = "spine/example") -> Side:
    one = shelf(folder, shown)
    return Side(one.policies.versions[policy][-1], one)


def compared(folder: Path, edits: Edits, policy: str = "spine/example", source: Path = SMALL) -> Comparison:
    """A folder beside a copy of it with edits."""
    old, new = copied(source, folder / "old"), copied(source, folder / "new", edits)
    return Comparing(60, lambda _: None).versions(side(old, "old", policy), side(new, "new", policy))


def changed(comparison: Comparison, sort: Sort, id: str) -> Change:  # noqa: A002 - as the field is called
    (found,) = [change for change in comparison.changes if (change.sort, change.id) == (sort, id)]
    return found
