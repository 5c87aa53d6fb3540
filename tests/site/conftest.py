"""Node, which runs the script of the self-check; the site and a browser; the shipped policies, read once."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import read_policies
from harness.model.policy import Policies
from tests.site.browser import launched, missing
from tests.site.built import Built, build

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SHIPPED = read_policies(ROOT / "policies")

Node = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder under Node."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("there is no Node on this machine; the script of the self-check is not tested here")

    def run(script: str, *words: object, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [program, str(HERE / script), *map(str, words)]
        return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", input=given, timeout=600)

    return run


@pytest.fixture(scope="session")
def policies() -> Policies:
    return SHIPPED


@pytest.fixture(scope="module")  # no wider: while it lives, an event loop runs in this thread
def browser() -> Iterator[Any]:
    lacking = missing()
    if lacking:
        assert not os.environ.get("CI"), f"{lacking} is missing, and these tests are never skipped in CI"
        pytest.skip(f"{lacking} is not installed; nothing is tried in a browser here (`make browser` installs it)")
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """The site of the repository, built once for all workers: the first one builds, the others wait for the lock."""
    pytest.importorskip("mkdocs", reason="the site is built by MkDocs, of the extra `docs`")
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "site"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared.with_suffix(".json")
        if not done.exists():
            built = build(ROOT / "mkdocs.yml", shared, "--strict")
            done.write_text(json.dumps([built.told, built.code]), "utf-8")
        told, code = json.loads(done.read_text("utf-8"))
        return Built(shared, told, code)
