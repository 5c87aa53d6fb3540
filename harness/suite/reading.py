"""Files with policy tests -> suites, each under the policies of its own folder, all mistakes of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from harness.errors import BadInputError, Mistake, Mistakes, Place
from harness.model.policy import Policies
from harness.policies import read_policies
from harness.strict_yaml import Json, read_yaml
from harness.suite.cases import read_case_tests
from harness.suite.find import NAME, find_suites, policies_folder
from harness.suite.model import Suite
from harness.suite.read import Under, read_tests

DEFAULT_FOLDER = "policies"


class Folders:
    """The folders of policies, each read once."""

    def __init__(self, folder: str | None = None, otherwise: str = DEFAULT_FOLDER) -> None:
        self.folder = folder  # of all suites; None: the one that each lies in
        self.otherwise = otherwise  # of those that lie in none
        self.read: dict[tuple[Path, str | None], Policies | BadInputError] = {}

    def of(self, file: str, overlay: str | None = None) -> Policies:
        """The policies that the tests of a file are about. Raises BadInputError when they cannot be read."""
        folder = self.folder or policies_folder(file) or self.otherwise
        key = Path(folder).resolve(), overlay  # shown as it was written first
        if key not in self.read:
            try:
                self.read[key] = read_policies(folder, overlay)
            except BadInputError as error:
                self.read[key] = error
        found = self.read[key]
        if isinstance(found, BadInputError):
            raise found
        return found

    def under(self, file: str, overlay: str) -> Policies | None:
        """The same as an overlay changes them; None when it cannot be read."""
        try:
            return self.of(file, overlay)
        except BadInputError:
            return None


def read_suite(file: str, folders: Folders) -> Suite:
    """The tests of one file. Raises BadInputError with every mistake of the file, or of the policies."""
    mistakes = Mistakes()
    suite = _suite(file, folders.of(file), partial(folders.under, file), mistakes)
    mistakes.raise_any()
    return suite


def read_suites(paths: Iterable[str], folder: str | None = None) -> tuple[Suite, ...]:
    """The suites at some paths, files or folders; `folder` is that of the policies, else each suite's own.

    Raises BadInputError with every mistake of every file.
    """
    mistakes, folders = Mistakes(), Folders(folder)
    suites = []
    for file in find_suites(paths, mistakes):
        try:
            suites.append(_suite(file, folders.of(file), partial(folders.under, file), mistakes))
        except BadInputError as error:
            mistakes.extend(error.mistakes)
    mistakes.raise_any()
    return tuple(suites)


def mistakes_of_suites(
    policies: Policies, overlaid: Mapping[str, Policies], *, complete: bool = True
) -> tuple[Mistake, ...]:
    """What is wrong with the `tests.yaml` files of a folder of policies, which has been read.

    `overlaid` are the policies under each overlay. Unless `complete`, policies that could not be read are missing; of
    their tests nothing is said.
    """
    mistakes, unheeded = Mistakes(), Mistakes()
    for file in find_suites([policies.folder], unheeded):
        tested = "/".join(Path(file).parts[-3:-1])
        if Path(file).name == NAME and (complete or tested in policies.versions):
            _suite(file, policies, overlaid.get, mistakes)
    return tuple(sorted(set(mistakes)))


def _suite(file: str, policies: Policies, under: Under, mistakes: Mistakes) -> Suite:
    is_case = Path(file).name != NAME
    before = len(mistakes)
    located = read_yaml(Path(file), file, Path(file).parent, mistakes, private=is_case)
    if located is None:
        return Suite(file, policies, ())
    if isinstance(located.data, dict) and {"policy", "rules"} <= set(located.data):
        mistakes.add(located.place(()), "the file is a policy, not its tests", f"name its folder, or its `{NAME}`")
        return Suite(file, policies, ())
    if is_case and _is_case(located.data):
        tests = read_case_tests(located, policies, mistakes)
    else:
        tests = read_tests(located, policies, under, mistakes)
    if not tests and len(mistakes) == before:
        mistakes.add(Place(file), "the file holds no test", "write one under `tests`")
    return Suite(file, policies, tests)


def _is_case(data: Json) -> bool:
    """Whether a file of another name than `tests.yaml` is a case; it may hold tests all the same."""
    return isinstance(data, dict) and "case" in data
