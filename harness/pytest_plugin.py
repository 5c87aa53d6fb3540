"""The tests of policies in pytest: `tests.yaml` beside a policy, and cases with an `expect`.

Loaded by every pytest of an environment in which the project is installed, so that it imports nothing of the project,
and touches no file, until a file turns up that may be one of ours.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_FOLDERS = pytest.StashKey[Any]()
_TESTS = "tests.yaml"
_ENDINGS = {".yaml", ".yml"}
_INI = "necessity_policies"
_LARGEST = 2 * 1024 * 1024


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        _INI, "Folder of the policies that cases with an `expect` are tested under.", type="string", default="policies"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not _may_be_ours(file_path) or not _suites().is_suite(file_path, among_others=True):
        return None
    collector: pytest.Collector = SuiteFile.from_parent(parent, path=file_path)
    return collector


def _may_be_ours(file: Path) -> bool:
    """A first look, which lets nothing of ours through and most else not."""
    if file.suffix.lower() not in _ENDINGS:
        return False
    try:
        if not file.is_file():  # a pipe would wait
            return False
        if file.name == _TESTS:
            return True
        with file.open("rb") as stream:
            return b"expect" in stream.read(_LARGEST)
    except OSError:
        return False


def _suites() -> ModuleType:
    return importlib.import_module("harness.suite")


class SuiteFile(pytest.File):
    """A file with policy tests."""

    def collect(self) -> Iterator[pytest.Item]:
        suites, errors, config = _suites(), importlib.import_module("harness.errors"), self.config
        if _FOLDERS not in config.stash:
            here = config.invocation_params.dir
            config.stash[_FOLDERS] = suites.Folders(otherwise=_shown(config.rootpath / config.getini(_INI), here))
        file = _shown(self.path, config.invocation_params.dir)
        try:
            suite = suites.read_suite(file, config.stash[_FOLDERS])
        except errors.BadInputError as error:
            raise self.CollectError(str(error)) from None
        for test in suite.tests:
            yield SuiteTest.from_parent(self, name=errors.in_one_line(test.name), test=test)


class SuiteTest(pytest.Item):
    """One policy test."""

    def __init__(self, *, test: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.test = test

    def runtest(self) -> None:
        suites = _suites()
        judged = suites.judge(self.test)
        if not judged.passed:
            raise PolicyTestFailed(suites.told(judged))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, PolicyTestFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str], int | None, str]:
        return self.path, self.test.place.line - 1, self.name


class PolicyTestFailed(Exception):  # noqa: N818 - it is told, never caught as an error of the program
    """A policy test ended otherwise than expected."""


def _shown(path: Path, start: Path) -> str:
    """A path as its reader would write it from where pytest was started."""
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive
        return path.as_posix()
