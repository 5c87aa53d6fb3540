"""Options and settings for all tests; the command as a process (`necessity`), or in this one (`here`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from harness.cli import main
from tests.cli.kit import LONGEST, Run, surroundings

settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the expected outputs anew")


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--record"))


@pytest.fixture
def necessity(tmp_path: Path) -> Run:
    """Runs the command in a process of its own, in an empty folder."""

    def run(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "harness.cli", *words]
        settings = {"cwd": tmp_path, "env": surroundings(), "stdin": subprocess.DEVNULL, "timeout": LONGEST}
        if "stdout" not in options:
            settings["capture_output"] = True
        return subprocess.run(command, check=False, encoding="utf-8", **(settings | options))

    return run


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, for what a process of its own would not add to."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["necessity", *words])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return run
