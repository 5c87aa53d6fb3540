"""What the tests of the lint share: a small library that nothing is wrong with, and ways to change it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

from harness.lint import Result, check

BASE = Path(__file__).parent / "base"
SECOND = Path(__file__).parent / "second.yaml"  # another policy, for what is between two
POLICY = "spine/example/2026-01-01.yaml"
LATE = dt.date(2026, 12, 1)

_GROWS = {"topics", "parameters", "facts", "rules", "references"}  # what a piece adds to; all else it replaces


def base(folder: Path) -> Path:
    """A copy of the library, as the folder `policies`."""
    return Path(shutil.copytree(BASE, folder / "policies"))


def blocks(text: str) -> dict[str, str]:
    """The text below each key of the file, by key."""
    return dict(re.findall(r"^([a-z_]+):(.*?)(?=^[a-z_]+:|\Z)", text, re.MULTILINE | re.DOTALL))


def add(file: Path, piece: dict[str, str]) -> None:
    """Add a piece of a policy or of the references to a file, as text: what stands in it keeps its form."""
    whole = blocks(file.read_text("utf-8"))
    for key, body in piece.items():
        whole[key] = f"{whole[key].rstrip()}\n{body.lstrip(chr(10))}" if key in _GROWS and key in whole else body
    file.write_text("".join(f"{key}:{body}" for key, body in whole.items()), "utf-8")


def with_piece(folder: Path, text: str) -> Path:
    """A copy of the library with a piece of YAML in it: a module, or parts of the policy and of the references."""
    policies, piece = base(folder), blocks(f"{text.rstrip()}\n")
    if "module" in piece:
        (policies / "modules" / f"{piece['module'].strip()}.yaml").write_text(text, "utf-8")
        return policies
    if "references" in piece:
        add(policies / "references.yaml", {"references": piece.pop("references")})
    if "applies_to" in piece:
        (policies / "spine/second").mkdir()
        shutil.copy(SECOND, policies / "spine/second/2026-01-01.yaml")
    add(policies / POLICY, piece)
    return policies


def checked(folder: Path, text: str, on: dt.date | None = LATE) -> Result:
    return check([str(with_piece(folder, text))], on)


def codes(result: Result) -> list[str]:
    assert not result.errors, "\n".join(map(str, result.errors))
    return [warning.code for warning in result.warnings]
