"""What a check finds: errors, which make reading fail, and warnings, each with the code of the lint that gives it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.errors import Mistake, Place, in_one_line


@dataclass(frozen=True, slots=True, order=True)
class LintWarning:
    """What can be read, and yet should be looked at. Told as a mistake is, and only made by `Lint.warnings`."""

    place: Place
    message: str
    help: str
    code: str

    def __str__(self) -> str:
        return f"{self.place}: warning: {in_one_line(self.message)} [{self.code}]\n  help: {in_one_line(self.help)}"


@dataclass(frozen=True, slots=True)
class Result:
    """Everything found in what was looked at, in reading order."""

    errors: tuple[Mistake, ...]
    warnings: tuple[LintWarning, ...]
    policies: int  # how many versions were looked at

    @property
    def told(self) -> tuple[Mistake | LintWarning, ...]:
        """The errors, which come first, and the warnings."""
        return (*self.errors, *self.warnings)
