"""What the tests of the command share: where things are, a broken case, how a mistake is told."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
SHIPPED = str(ROOT / "policies")
BAD = ROOT / "tests" / "bad"
GOOD = str(BAD / "good")
CLEAN = str(ROOT / "tests" / "lint" / "base")  # nothing is wrong with it, and nothing should be looked at
BROKEN = sorted((BAD / "cases").glob("*.yaml"))

REQUEST = 'case: small\nrequest: {date: "2026-03-02", services: [{policy: spine/example}]}\n'
SENTINEL = "sentinel-of-health-data"
A_PLACE = re.compile(r"^(\(command line\)|\(standard output\)|[^\n]*?:[0-9]+:[0-9]+): error: ", re.MULTILINE)
DONE, PROGRAM_FAILED, BAD_INPUT = 0, 1, 2
LONGEST = 20  # seconds, after which a run is taken to hang

Run = Callable[..., subprocess.CompletedProcess[str]]


def surroundings(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def broken(folder: Path) -> str:
    (folder / "broken.yaml").write_text(f"{REQUEST}facts: {{pain.score: {SENTINEL}}}\n", "utf-8")
    return str(folder / "broken.yaml")


def is_told(done: subprocess.CompletedProcess[str]) -> None:
    """Bad input is told on standard error alone: place, mistake, cure; and it is no failure of the program."""
    assert done.returncode == BAD_INPUT, done.stderr
    assert done.stdout == ""
    assert A_PLACE.match(done.stderr), done.stderr
    assert "Traceback" not in done.stderr
