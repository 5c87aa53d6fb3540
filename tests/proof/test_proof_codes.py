"""Some codes stand for all: of each family one that belongs to no smaller one, and one that belongs to none."""

from __future__ import annotations

import pytest

from harness.model.codes import is_code
from harness.proof.codes import representatives


@pytest.mark.parametrize("copies", [1, 3])
def test_each_family_and_the_rest_are_stood_for_by_valid_codes(copies: int) -> None:
    named = {"M51-", "M51.1-", "M51.14", "G83.4", "Z98.1-"}
    found = representatives(named, "ICD-10-CM", copies)
    assert all(is_code(code, "ICD-10-CM") for code in found)
    assert len(set(found)) == len(found)
    assert {"M51.14", "G83.4"} <= set(found)
    others = [code for code in found if code not in named]
    families = [
        frozenset(name for name in named if name.endswith("-") and code.startswith(name[:-1])) for code in others
    ]
    for family in (set(), {"M51-"}, {"M51-", "M51.1-"}, {"Z98.1-"}):
        assert families.count(frozenset(family)) == copies


def test_a_family_whose_smaller_ones_leave_nothing_is_stood_for_by_those() -> None:
    every = [f"M{digit}{one}-" for digit in (5,) for one in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    found = representatives(["M5-", *every], "ICD-10-CM", 1)
    assert len(found) == len(every) + 1


@pytest.mark.parametrize("system", ["CPT", "HCPCS"])
def test_codes_without_families_have_one_other(system: str) -> None:
    named = {"CPT": ["00000", "63056"], "HCPCS": ["R0000"]}[system]
    found = representatives(named, system, 1)
    assert set(named) < set(found)
    assert len(found) == len(named) + 1
    assert all(is_code(code, system) for code in found)
