"""What is published: the policies of a folder with their sources and tests, and every mistake found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from harness.errors import BadInputError, Mistake, Mistakes, Place, did_you_mean
from harness.model.policy import Policies, Policy, Reference
from harness.policies import Library, read_library
from harness.suite import Folders, PolicyTest, read_suite
from harness.suite.find import suites_below


@dataclass(frozen=True, slots=True)
class Published:
    """`tests` are by the version that they run under, `texts` the files as written, by the name messages show."""

    policies: Policies
    references: Mapping[str, Reference]
    texts: Mapping[str, str]
    tests: Mapping[str, tuple[PolicyTest, ...]]
    mistakes: tuple[Mistake, ...]

    def current(self) -> Iterator[Policy]:
        """The current version of each policy."""
        for id_ in self.policies.versions:
            yield self.current_of(id_)

    def current_of(self, id_: str) -> Policy:
        """The latest version that is no draft, else the latest draft: no clock is asked which one runs today."""
        return max(self.policies.versions[id_], key=lambda one: (one.status != "draft", one.effective))

    def last_day(self, policy: Policy) -> date | None:
        """The last day in force of a version that a later one ends, or that says so itself."""
        later = [one.effective for one in self.policies.versions[policy.id] if one.status != "draft"]
        following = min((day for day in later if day > policy.effective), default=None)
        ends = (policy.until, None if following is None else following - timedelta(days=1))
        return min((day for day in ends if day is not None), default=None)

    def shown(self, place: Place) -> str:
        """A place as it counts from the folder of policies, the same wherever the site is built."""
        below = place.file.removeprefix(f"{self.policies.folder.rstrip('/')}/")
        return f"{below}:{place.line}"


def publish(folder: str, overlay: str | None = None) -> Published:
    """The policies of a folder, as the overlay of that name changes them. What is wrong is left out, and told."""
    library = read_library(folder)
    mistakes = Mistakes()
    mistakes.extend(library.mistakes)
    policies = library.policies
    if overlay is not None:
        policies = library.overlaid.get(overlay, policies)
        if overlay not in library.overlaid:
            place = Place(f"{folder}/overlays/{overlay}.yaml")
            cure = did_you_mean(overlay, library.overlaid, "an overlay is `overlays/<name>.yaml` in the folder")
            mistakes.add(place, f"there is no overlay `{overlay}` that can be read", cure)
    tests = _tests(library, policies, overlay, mistakes)
    texts = {name: file.text for name, file in library.files.items()}
    return Published(policies, library.references, texts, tests, tuple(sorted(set(mistakes))))


def _tests(
    library: Library, policies: Policies, overlay: str | None, mistakes: Mistakes
) -> dict[str, tuple[PolicyTest, ...]]:
    """The tests of the policies that can be read, by version."""
    folders = Folders(library.folder)
    root = Path(library.folder).resolve()
    folders.read[root, None] = library.policies
    folders.read.update({(root, name): overlaid for name, overlaid in library.overlaid.items()})
    found: dict[str, list[PolicyTest]] = {}
    for file in suites_below(library.folder):
        if "/".join(Path(file).parts[-3:-1]) not in policies.versions:
            continue
        try:
            suite = read_suite(file, folders)
        except BadInputError as error:
            mistakes.extend(error.mistakes)
            continue
        for test in suite.tests:
            tested = None if test.policy.overlay is None else test.policy.overlay.id
            if tested == overlay or test.policy in policies.versions[test.policy.id]:
                found.setdefault(test.policy.version, []).append(test)
    return {version: tuple(tests) for version, tests in found.items()}
