"""The formats in which programs read what a check finds: one format a file, each a function of a `Result`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.lint.formats.github import as_github
from harness.lint.formats.json import as_json
from harness.lint.formats.sarif import as_sarif
from harness.lint.formats.text import as_text
from harness.lint.result import Result

FORMATS: Mapping[str, Callable[[Result], str]] = {"github": as_github, "json": as_json, "sarif": as_sarif}

__all__ = ["FORMATS", "as_text"]
