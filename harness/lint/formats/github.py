"""Workflow commands of GitHub Actions: a note at its line of the pull request for each error and warning."""

from __future__ import annotations

from harness.errors import Mistake, printable
from harness.lint.result import LintWarning, Result


def as_github(result: Result) -> str:
    return "".join(f"{_command(one)}\n" for one in result.told)


def _command(one: Mistake | LintWarning) -> str:
    level, title = ("warning", one.code) if isinstance(one, LintWarning) else ("error", "necessity check")
    place = one.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": title}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    text = f"{one.message}\nhelp: {one.help}" if one.help else one.message
    return printable(f"::{level} {listed}::{_escaped(text)}")


def _escaped(text: str) -> str:
    """What a command may hold; a line break would end it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
