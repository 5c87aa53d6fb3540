"""`necessity format`: files in canonical order and style, with their comments."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from harness.cli.options import named
from harness.cli.output import write
from harness.cli.telling import telling
from harness.errors import BadInputError, InternalError, Mistakes, Place, in_one_line
from harness.formatting import formatted
from harness.strict_yaml import read_text

EXIT_WOULD_CHANGE = 3  # with --check

_STANDARD_INPUT = "(standard input)"
_KINDS = "a policy, a module, references, policy tests or a case"


@dataclass(slots=True)
class _Run:
    """What became of the files."""

    check: bool
    diff: bool
    changed: list[str] = field(default_factory=list)
    in_order: int = 0
    others: list[str] = field(default_factory=list)
    wrong: int = 0
    unwritten: int = 0
    mistakes: Mistakes = field(default_factory=Mistakes)
    failures: list[InternalError] = field(default_factory=list)

    def one(self, file: Path, shown: str) -> None:
        before = len(self.mistakes) + len(self.failures)
        text = read_text(file, shown, file.parent, self.mistakes)
        result = None if text is None else self.result(text, shown)
        self.wrong += len(self.mistakes) + len(self.failures) > before
        if result is None:
            return
        if file.read_bytes() == result.encode():
            self.in_order += 1
            return
        if self.diff:
            write(_diff(text or "", result, shown), None)
        elif not self.check and not self.is_written(result, file, shown):
            return
        self.changed.append(shown)

    def is_written(self, result: str, file: Path, shown: str) -> bool:
        """Whether a file could be written; else that is noted, and the others are not held up."""
        try:
            write(result, str(file))
        except BadInputError as error:
            self.mistakes.extend(replace(mistake, place=Place(shown)) for mistake in error.mistakes)
            self.unwritten += 1
            return False
        return True

    def result(self, text: str, shown: str) -> str | None:
        """The canonical text; None, noted, when there is none."""
        try:
            result = formatted(text, shown)
        except BadInputError as error:
            self.mistakes.extend(error.mistakes)
            return None
        except InternalError as error:
            self.failures.append(error)
            return None
        if result is None:
            self.others.append(shown)
        return result

    def summary(self) -> str:
        would = self.check or self.diff
        word = "would format" if would else "formatted"
        lines = [] if self.diff else [f"{word} {in_one_line(shown)}" for shown in self.changed]
        done = f"{_files(len(self.changed))} {'to format' if would else 'formatted'}, {_files(self.in_order)} in order"
        alone = (
            (len(self.others), "of another kind left alone"),
            (self.wrong, "with mistakes left alone"),
            (self.unwritten, "not written"),
        )
        rest = "".join(f", {_files(count)} {which}" for count, which in alone if count)
        return "\n".join([*lines, f"{done}{rest}"]) + "\n"

    def raise_any(self) -> None:
        self.mistakes.raise_any()
        for failure in self.failures:
            raise failure


def _all_named(context: click.Context, parameter: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    for path in paths:
        named(context, parameter, path)
    return paths


@click.command("format")
@click.argument("paths", metavar="[PATH]...", nargs=-1, callback=_all_named)
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change and exit with 3.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
def command(paths: tuple[str, ...], *, check: bool, diff: bool) -> None:
    """Put YAML files in canonical order and style, comments kept. PATH is a file or a folder, else `policies`.

    The order of keys is that of the language reference. Nothing that a file says changes; a file that cannot be read
    strictly is told, and left alone as files of any other kind are. `-` reads a file from standard input and prints
    the result, for editors.
    """
    run = _Run(check, diff)
    with telling("text"):
        if "-" in paths:
            _from_standard_input(run, paths)
        else:
            for path in paths or ("policies",):
                for file, shown in _files_of(path, run.mistakes):
                    run.one(file, shown)
            write(run.summary(), None)
        run.raise_any()
    if check and run.changed:
        sys.exit(EXIT_WOULD_CHANGE)


def _from_standard_input(run: _Run, paths: Iterable[str]) -> None:
    if tuple(paths) != ("-",):
        run.mistakes.add(Place("(command line)"), "`-` stands with other paths", "give it alone")
        return
    try:
        if sys.stdin is None:  # the caller closed it
            run.mistakes.add(
                Place(_STANDARD_INPUT), "it is closed", "send the file, as `necessity format - < FILE` does"
            )
            return
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        run.mistakes.add(Place(_STANDARD_INPUT), "the text is not UTF-8", "save it as UTF-8")
        return
    result = run.result(text, _STANDARD_INPUT)
    if result is None:
        if run.others:
            run.mistakes.add(Place(_STANDARD_INPUT), f"this is not {_KINDS}", "leave it to another formatter")
        return
    if result != text:
        run.changed.append(_STANDARD_INPUT)
    if run.diff:
        write(_diff(text, result, _STANDARD_INPUT), None)
    elif not run.check:
        write(result, None)


def _files_of(path: str, mistakes: Mistakes) -> Iterator[tuple[Path, str]]:
    """The YAML files at a path, each with how it is shown: the file itself, or those of a folder in a stable order."""
    if not Path(path).is_dir():
        yield Path(path), path
        return
    empty = True
    for parent, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".yaml") and not name.startswith("."):
                empty = False
                file = Path(parent, name)
                yield file, file.as_posix()
    if empty:
        mistakes.add(Place(path), "the folder holds no YAML file", "name a file, or the folder of policies")


def _diff(before: str, after: str, shown: str) -> str:
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), shown, shown)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"
