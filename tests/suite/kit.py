"""What the tests of policy tests share: a folder with one good policy, and suites written into it."""

from __future__ import annotations

import shutil
from pathlib import Path

from harness.suite import Suite, read_suites
from tests.test_bad import GOOD

HEAD = 'policy: spine/example\nrequest_date: "2026-03-01"\n'
RECORDED = '{kind: physical_therapy, start: "2026-01-05", end: "2026-02-16", attributes: {supervised: true}}'  # 6 weeks

SMALL = (
    HEAD
    + """
tests:
  - name: severe pain is enough
    given: {pain.severe: true}
    expect: {outcome: medically_necessary}
  - name: six weeks are enough
    given: {pain.severe: false}
    table:
      columns: [care.weeks, outcome, care-length]
      rows:
        - [{value: 41, unit: d}, not_medically_necessary, not_met]
        - [6, medically_necessary, met]
"""
)


def library(folder: Path, tests: str, *, policy: dict[str, str] | None = None) -> Path:
    """A folder of policies with one policy, some of its words replaced, and its tests; the path of the tests."""
    shutil.copytree(GOOD, folder / "policies")
    version = folder / "policies/spine/example/2026-01-01.yaml"
    text = version.read_text("utf-8")
    for old, new in (policy or {}).items():
        assert old in text
        text = text.replace(old, new)
    version.write_text(text, "utf-8")
    file = folder / "policies/spine/example/tests.yaml"
    file.write_text(tests, "utf-8")
    return file


def read(folder: Path, tests: str, *, policy: dict[str, str] | None = None) -> Suite:
    (suite,) = read_suites([str(library(folder, tests, policy=policy))])
    return suite
