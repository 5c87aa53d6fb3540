"""Every mistake has an address, a cause and a cure: `tests/bad/<sort>/<mistake>.yaml` against its `.txt`.

`pytest tests/test_bad.py --record` writes the `.txt` files anew; read the difference before you commit it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness import BadInputError, read_case, read_policies

BAD = Path(__file__).parent / "bad"
GOOD = BAD / "good"
POLICIES = sorted((BAD / "policies").glob("*.yaml"))
CASES = sorted((BAD / "cases").glob("*.yaml"))


def held(file: Path, told: str, record: bool) -> None:
    expected = file.with_suffix(".txt")
    if record:
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")


def test_there_are_enough() -> None:
    assert len(POLICIES) + len(CASES) >= 40


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: file.stem)
def test_bad_policy(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: bool) -> None:
    shutil.copytree(GOOD, tmp_path / "policies")
    shutil.copy(file, tmp_path / "policies/spine/example/2026-01-01.yaml")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError) as caught:
        read_policies("policies")
    held(file, f"{caught.value}\n", record)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_bad_case(file: Path, monkeypatch: pytest.MonkeyPatch, record: bool) -> None:
    monkeypatch.chdir(BAD)
    with pytest.raises(BadInputError) as caught:
        read_case(f"cases/{file.name}", read_policies("good"))
    held(file, f"{caught.value}\n", record)


def test_the_good_ones_are_good() -> None:
    assert list(read_policies(GOOD).versions) == ["spine/example"]
