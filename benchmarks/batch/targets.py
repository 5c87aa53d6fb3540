"""What is timed over a whole file, by name: the limit three times, and the project's own where it is there."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from batch import limit
from harness.model.policy import Policy

OURS = "necessity batch"
Target = Callable[[Policy, Path, Path, bool], None]


def ours(policy: Policy, source: Path, output: Path, reject: bool = True) -> None:
    """The command as its user gives it, its start included; it always refuses invalid rows."""
    assert reject
    command = [sys.executable, "-m", "harness.cli", "batch", policy.id, str(source), "--output", str(output)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])


TARGETS: dict[str, Target] = dict(limit.WAYS)
if importlib.util.find_spec("harness.batch") is not None:
    TARGETS[OURS] = ours
