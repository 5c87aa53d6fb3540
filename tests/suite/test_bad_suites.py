"""Every mistake in a suite has an address, a cause and a cure: `tests/bad/suites/<mistake>.yaml` against its `.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import BadInputError
from harness.suite import read_suites
from tests.test_bad import BAD, held

SUITES = sorted((BAD / "suites").glob("*.yaml"))


@pytest.mark.parametrize("file", SUITES, ids=lambda file: file.stem)
def test_bad_suite(file: Path, monkeypatch: pytest.MonkeyPatch, record: bool) -> None:
    monkeypatch.chdir(BAD)
    with pytest.raises(BadInputError) as caught:
        read_suites([f"suites/{file.name}"], "good")
    held(file, f"{caught.value}\n", record)
