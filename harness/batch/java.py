"""Which Java there is, which Spark needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from harness.batch.source import refused

NEEDED = 17


def check() -> None:
    """Raises BadInputError where there is no Java that Spark can start on."""
    found = _version()
    if found is None or found < NEEDED:
        there = "and there is none" if found is None else f"and there is Java {found}"
        cure = f"install Java {NEEDED} or later; set JAVA_HOME to its folder, or have `java` on the PATH"
        raise refused("(command line)", f"`--engine spark` needs Java {NEEDED}, {there}", cure)


def _version() -> int | None:
    """The version of the Java that Spark would start; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return None
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - found on the PATH
    found = re.search(r'version "(?:1\.)?([0-9]+)', told.stderr)
    return None if found is None else int(found[1])
