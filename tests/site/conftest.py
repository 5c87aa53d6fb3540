"""Node, which runs the script of the self-check; the shipped policies, read once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import read_policies
from harness.model.policy import Policies

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
