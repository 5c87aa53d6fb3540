"""`necessity policies`: which policies there are, and which apply."""

from __future__ import annotations

import json

from tests.cli.kit import SHIPPED, Run


def listed(here: Run, *words: str) -> list[str]:
    done = here("policies", "--policies", SHIPPED, *words)
    assert done.returncode == 0
    return [line.split("  ")[0] for line in done.stdout.splitlines()]


def test_every_version_is_listed(here: Run) -> None:
    found = listed(here)
    assert len(found) >= 12
    assert {"imaging/lumbar-mri@2025-01-01", "imaging/lumbar-mri@2026-01-01"} <= set(found)


def test_a_code_and_a_date_select_the_versions_that_apply(here: Run) -> None:
    assert listed(here, "--code", "72148", "--on", "2025-06-01") == ["imaging/lumbar-mri@2025-01-01"]
    assert listed(here, "--code", "72148", "--on", "2026-06-01") == ["imaging/lumbar-mri@2026-01-01"]
    assert listed(here, "--code", "72148", "--on", "2024-12-31") == ["no policy applies"]


def test_an_area_selects_its_policies(here: Run) -> None:
    assert listed(here, "--area", "admission") == ["admission/inpatient@2025-01-01"]
    assert all(one.startswith("spine/") for one in listed(here, "--area", "spine"))


def test_an_overlay_is_named_where_it_changes_a_policy(here: Run) -> None:
    found = listed(here, "--overlay", "sourced")
    assert "spine/thoracolumbar-decompression@2025-01-01+sourced" in found
    assert "admission/inpatient@2025-01-01" in found


def test_json_has_the_codes(here: Run) -> None:
    done = here("policies", "--policies", SHIPPED, "--code", "63650", "--format", "json")
    found = json.loads(done.stdout)["policies"]
    assert {one["id"] for one in found} == {
        "pain/spinal-cord-stimulator-trial",
        "pain/spinal-cord-stimulator-permanent",
    }
    assert all("63650" in one["codes"][0]["codes"] for one in found)


def test_a_date_that_is_none_is_told(here: Run) -> None:
    done = here("policies", "--policies", SHIPPED, "--on", "2026-02-30")
    assert done.returncode == 2
    assert "`2026-02-30` is not a date" in done.stderr
