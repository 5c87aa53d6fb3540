"""`.pre-commit-hooks.yaml`: each hook runs as pre-commit runs it, on the files that pre-commit would choose."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from harness.errors import Mistakes
from harness.scaffold import new_policy, write_new
from harness.strict_yaml import parse_yaml
from tests.cli.kit import ROOT, surroundings

FILE = ROOT / ".pre-commit-hooks.yaml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def hooks() -> dict[str, dict[str, Any]]:
    mistakes = Mistakes()
    located = parse_yaml(FILE.read_text("utf-8"), FILE.name, mistakes)
    assert located is not None
    assert not mistakes
    assert isinstance(located.data, list)
    found: list[Any] = located.data
    return {hook["id"]: hook for hook in found}


def chosen(hook: dict[str, Any], repository: Path) -> list[str]:
    """What pre-commit gives to a hook, by its `files`."""
    files = sorted(file.relative_to(repository).as_posix() for file in repository.rglob("*") if file.is_file())
    return [file for file in files if re.search(hook["files"], file)]


def run(hook: dict[str, Any], repository: Path) -> subprocess.CompletedProcess[str]:
    files = chosen(hook, repository)
    assert files, "the hook would never run"
    words = shlex.split(hook["entry"])
    assert words[0] in PROJECT["scripts"]
    given = files if hook.get("pass_filenames", True) else []
    command = [sys.executable, "-m", "harness.cli", *words[1:], *given]
    return subprocess.run(
        command, cwd=repository, env=surroundings(), check=False, capture_output=True, encoding="utf-8", timeout=60
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another repository, with a policy, its tests and an example."""
    monkeypatch.chdir(tmp_path)
    write_new(new_policy("spine/lumbar-mri", "2026-01-01", None, Path("policies")))
    (tmp_path / "mkdocs.yaml").write_text("nav: []\n", "utf-8")
    return tmp_path


def test_three_hooks_are_offered() -> None:
    assert set(hooks()) == {"necessity-check", "necessity-format", "necessity-test"}
    for hook in hooks().values():
        assert {"id", "name", "description", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"


def test_what_a_hook_needs_besides_is_what_the_extra_brings() -> None:
    extra = PROJECT["optional-dependencies"]["authoring"]
    for hook in hooks().values():
        assert set(hook.get("additional_dependencies", ())) <= set(extra)
    assert hooks()["necessity-format"]["additional_dependencies"] == ["ruamel.yaml>=0.18"]


@pytest.mark.parametrize("name", sorted(hooks()))
def test_a_hook_passes_where_nothing_is_wrong(name: str, repository: Path) -> None:
    done = run(hooks()[name], repository)
    assert (done.returncode, done.stderr) == (0, ""), done


def test_format_puts_the_chosen_files_in_order_and_no_others(repository: Path) -> None:
    tests = repository / "policies" / "spine" / "lumbar-mri" / "tests.yaml"
    before = tests.read_text("utf-8")
    tests.write_text(before.replace("policy: spine", "policy:   spine"), "utf-8")
    (repository / "mkdocs.yaml").write_text("nav:   []\n", "utf-8")
    done = run(hooks()["necessity-format"], repository)
    assert done.stdout.startswith("formatted policies/spine/lumbar-mri/tests.yaml\n1 file formatted, 3 files in order")
    assert tests.read_text("utf-8") == before
    assert (repository / "mkdocs.yaml").read_text("utf-8") == "nav:   []\n"


def test_check_and_test_fail_where_something_is_wrong(repository: Path) -> None:
    policy = repository / "policies" / "spine" / "lumbar-mri" / "2026-01-01.yaml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("value: 42", "value: 43"), "utf-8")
    assert run(hooks()["necessity-check"], repository).returncode == 0
    assert run(hooks()["necessity-test"], repository).returncode == 3
    policy.write_text(text.replace("{rule: warning-sign}\n", "{rule: warning-sgn}\n"), "utf-8")
    done = run(hooks()["necessity-check"], repository)
    assert done.returncode == 2
    assert "did you mean `warning-sign`?" in done.stderr
