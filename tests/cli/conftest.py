"""The command as a process (`necessity`) and, where that adds nothing, in this one (`here`)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import harness.cli
from tests.cli.kit import (
    LONGEST,
    REQUEST,
    Run,
    surroundings,
)


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
            harness.cli.main()
        told = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return run


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(REQUEST, "utf-8")
    return str(tmp_path / "case.yaml")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A report of an earlier run, which must be there unchanged after the test, and nothing else beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    report = folder / "report.txt"
    report.write_bytes(b"the old report\r\n\xff")
    yield report
    assert report.read_bytes() == b"the old report\r\n\xff"
    assert [file.name for file in folder.iterdir()] == ["report.txt"], "the run has left something behind"
