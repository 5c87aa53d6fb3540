"""A small case, and an old report that a failed run must leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kit import REQUEST


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
