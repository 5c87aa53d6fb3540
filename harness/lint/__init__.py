"""What can be read and should yet be looked at: `necessity check` beyond the mistakes that reading finds."""

from harness.lint.check import Further, check
from harness.lint.codes import LINTS
from harness.lint.formats import FORMATS, as_text
from harness.lint.lint import HEADINGS, PAGES, Lint
from harness.lint.result import LintWarning, Result
from harness.lint.wanted import folders_of, wanted

__all__ = [
    "FORMATS",
    "HEADINGS",
    "LINTS",
    "PAGES",
    "Further",
    "Lint",
    "LintWarning",
    "Result",
    "as_text",
    "check",
    "folders_of",
    "wanted",
]
