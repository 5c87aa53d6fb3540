"""The recipes of CONTRIBUTING.md are followed command by command, in a copy of the repository, and end as they say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECIPES = ("Add a policy", "Change a criterion safely")
SHIPPED = ("policies", "examples", "schemas")
LONGEST = 60  # seconds

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXITS = re.compile(r"# exits with (\d+)")


@dataclass(frozen=True)
class Step:
    """A block of a recipe: commands (`sh`), what they print (`text`), or an edit (`diff`)."""

    kind: str
    text: str


def steps(recipe: str) -> list[Step]:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    _, _, rest = page.partition(f"\n## {recipe}\n")
    section, _, _ = rest.partition("\n## ")
    found = [Step(kind, text) for kind, text in FENCED.findall(section)]
    assert {step.kind for step in found} == {"sh", "text", "diff"}, recipe
    return found


def edit(repository: Path, block: str) -> None:
    """Do an edit: in the file of the first line, the lines with `-` become those with `+`; `@@` parts two places."""
    first, _, rest = block.partition("\n")
    file = repository / first.removeprefix("--- ")
    text = file.read_text("utf-8")
    for place in rest.split("@@\n"):
        lines = place.splitlines(keepends=True)
        assert {line[0] for line in lines} <= {" ", "-", "+"}, place
        before = "".join(line[1:] for line in lines if line[0] != "+")
        after = "".join(line[1:] for line in lines if line[0] != "-")
        assert f"\n{text}".count(f"\n{before}") == 1, f"{file} does not hold once:\n{before}"
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


def run(repository: Path, line: str) -> str:
    """What a command prints; it must end with the code that the line says, or with 0."""
    command, code = line.partition("  #")[0], EXITS.search(line)
    words = shlex.split(command)
    assert words[0] == "necessity"
    done = subprocess.run(
        [sys.executable, "-m", "harness.cli", *words[1:]],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
    )
    assert done.returncode == (int(code[1]) if code else 0), f"{line}\n{done.stdout}{done.stderr}"
    assert not done.stderr, f"{line}\n{done.stderr}"
    return done.stdout


def is_shown(printed: str, shown: str) -> None:
    """Every line that the page shows is printed, in this order and with no other between; `...` stands for any.

    Within a line, it stands for any words.
    """
    lines = printed.splitlines()
    at, free = 0, True  # free: lines may be passed over
    for line in shown.splitlines():
        if line == "...":
            free = True
            continue
        alike = re.compile(".*".join(map(re.escape, line.split("..."))))
        where = next((number for number in range(at, len(lines)) if alike.fullmatch(lines[number])), None)
        assert where is not None, f"{line!r} is not in\n{printed}"
        assert free or where == at, f"{line!r} does not follow in\n{printed}"
        at, free = where + 1, False


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for folder in SHIPPED:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    git = ["git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "As it was"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def follow(repository: Path, recipe: str) -> Iterator[str]:
    """Do all steps of a recipe; its commands, as they are done."""
    printed = ""
    for step in steps(recipe):
        if step.kind == "diff":
            edit(repository, step.text)
        elif step.kind == "text":
            is_shown(printed, step.text)
        else:
            printed = ""
            for line in step.text.splitlines():
                printed += run(repository, line)
                yield line


def written_only(repository: Path, recipe: str) -> None:
    """What a recipe leaves behind, without its checks."""
    for step in steps(recipe):
        if step.kind == "diff":
            edit(repository, step.text)
        elif step.kind == "sh":
            for line in step.text.splitlines():
                if line.startswith("necessity new"):
                    run(repository, line)


def test_a_policy_is_added_as_the_page_says(repository: Path) -> None:
    done = [line.split()[1] for line in follow(repository, RECIPES[0])]
    assert done == ["new", "check", "test", "prove", "assess", "explain", "diff", "format"]
    assert run(repository, "necessity format --check policies/spine/sacral-mri examples/spine-sacral-mri")


def test_a_criterion_is_changed_as_the_page_says(repository: Path) -> None:
    written_only(repository, RECIPES[0])
    old = repository / "policies/spine/sacral-mri/2026-01-01.yaml"
    before = old.read_bytes()
    done = [line.split()[1] for line in follow(repository, RECIPES[1])]
    assert done == ["new", "test", "test", "diff", "mutate", "prove", "check", "format"]
    assert old.read_bytes() == before


def test_the_example_of_an_edit_is_one(tmp_path: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    first = next(text for kind, text in FENCED.findall(page) if kind == "diff")
    file = tmp_path / "policies/spine/sacral-mri/2026-01-01.yaml"
    file.parent.mkdir(parents=True)
    file.write_text('policy: spine/sacral-mri\ntitle: "Sacral MRI"\n', "utf-8")
    edit(tmp_path, first)
    assert file.read_text("utf-8") == "policy: spine/sacral-mri\ntitle: MRI of the lower back\n"
