from __future__ import annotations

from pathlib import Path

import pytest
from case_kit import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    inner = tmp_path / "case"
    inner.mkdir()
    return Desk(inner)
