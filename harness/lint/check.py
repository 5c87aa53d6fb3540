"""A check of some files: every mistake that concerns them, and the warnings of those that nothing is wrong with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from harness.errors import Mistake, Mistakes, Place
from harness.lint.codes import ABOUT_IGNORES, LOOKING, UNUSED
from harness.lint.ignores import ignores_of
from harness.lint.near import Near
from harness.lint.result import LintWarning, Result
from harness.lint.subject import Subject
from harness.lint.wanted import Wanted, wanted
from harness.model.policy import Policy
from harness.policies import File, Library, read_library

Further = Callable[[Library], Iterable[Mistake]]

CODES = frozenset(lint.code for lint in LOOKING)  # those that a comment can ignore


def check(paths: Iterable[str], on: dt.date | None = None, further: Iterable[Further] = ()) -> Result:
    """Check the files of some paths. `further` reads what rooms above the policies make of a library."""
    mistakes = Mistakes()
    results = [_check(one, on, tuple(further)) for one in wanted(paths, mistakes)]
    return Result(
        errors=tuple(sorted({*mistakes, *(error for one in results for error in one.errors)})),
        warnings=tuple(sorted({warning for one in results for warning in one.warnings})),
        policies=sum(one.policies for one in results),
    )


def _check(asked: Wanted, on: dt.date | None, further: tuple[Further, ...]) -> Result:
    library = read_library(asked.folder)
    near = Near.of(library)
    mistakes = [*library.mistakes, *(mistake for more in further for mistake in more(library))]
    broken = {mistake.place.file for mistake in mistakes}
    looked = [name for name in library.files if asked.holds(name)]
    warnings = [
        warning
        for name in looked
        if not broken & near.judged_by(name)
        for warning in _warnings(_subject(name, library, near, on))
    ]
    told = {one for name in _names(asked, library) for one in near.concerns(name)} | {asked.folder}
    errors = [one for one in mistakes if asked.whole or one.place.file in told or asked.holds(one.place.file)]
    policies = sum(library.files[name].sort == "policy" for name in looked)
    if not errors:
        errors = list(_nothing(asked, library))
    return Result(tuple(errors), tuple(warnings), policies)


def _names(asked: Wanted, library: Library) -> Iterator[str]:
    """The files asked about, in the names of the library where it has them: `./policies/x` is `policies/x`."""
    yield from (name for name in library.files if asked.holds(name))
    yield from asked.paths


def _nothing(asked: Wanted, library: Library) -> Iterator[Mistake]:
    """What is asked about and holds nothing to check."""
    for path in asked.paths:
        here = replace(asked, paths=(path,))
        sorts = {file.sort for name, file in library.files.items() if here.holds(name)}
        if here.whole and "policy" not in sorts:
            yield Mistake(Place(path), "the folder holds no policy", "name the folder of policies")
        elif not sorts and PurePath(path).name != "tests.yaml":
            cure = "name a policy, a module, `references.yaml` or a folder that holds some"
            yield Mistake(Place(path), "there is nothing here to check", cure)


def _subject(name: str, library: Library, near: Near, on: dt.date | None) -> Subject:
    file = library.files[name]
    return Subject(
        file=file,
        near=tuple(one for one in near.files(name) if one.sort != "references"),
        policies=tuple(_policies(file, library, near)),
        library=library.policies,
        references=library.references,
        ignores=tuple(ignores_of(file)),
        codes=CODES,
        on=on,
    )


def _policies(file: File, library: Library, near: Near) -> Iterator[Policy]:
    """The policies that a file is, is a part of, or changes."""
    name = file.located.file
    if file.sort == "overlay":
        under = library.overlaid.get(PurePath(name).stem)
        yield from (policy for policy in (under.all() if under else ()) if policy.overlay is not None)
    for policy in library.policies.all():
        if policy.place.file == name or name in near.uses.get(policy.place.file, ()):
            yield policy


def _warnings(subject: Subject) -> Iterator[LintWarning]:
    """The warnings of one file but those that it ignores, and what is wrong with its comments that ignore."""
    found = {warning for lint in LOOKING for warning in lint.warnings(subject)}
    if subject.sort == "overlay":  # what the policies are without it is told of them
        found = {warning for warning in found if warning.place.file == subject.name}
    used = {(warning.place.line, warning.code) for warning in found}
    ignored = {(ignore.line, ignore.code) for ignore in subject.ignores}
    yield from (warning for warning in found if (warning.place.line, warning.code) not in ignored)
    for lint in ABOUT_IGNORES:
        yield from lint.warnings(subject)
    waiting = {lint.code for lint in LOOKING if lint.asks_date and subject.on is None}
    left = (one for one in subject.ignores if (one.line, one.code) not in used and one.code not in waiting)
    yield from UNUSED.warnings(replace(subject, ignores=tuple(left)))
