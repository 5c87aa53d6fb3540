"""Again whenever a file changes: for `--watch`. Its library comes with the extra `authoring`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import click
from watchfiles import watch

ENDINGS = (".yaml", ".yml")
PATIENCE = 200  # milliseconds, after which nothing has happened


def changes(folders: Iterable[str]) -> Iterator[object]:
    """Something each time that YAML files below one of the folders have changed since this call."""
    happening = watch(
        *folders,
        watch_filter=lambda _, path: path.endswith(ENDINGS),
        yield_on_timeout=True,
        rust_timeout=PATIENCE,
    )
    first = next(happening, None)  # only now it watches; what happens before the next is asked for is kept
    return filter(None, itertools.chain([first], happening))


def again(run: Callable[[], object], happening: Iterable[object], watched: str) -> None:
    """Run at once, and then each time that something happens."""
    _run(run, watched)
    for _ in happening:
        _run(run, watched)


def _run(run: Callable[[], object], watched: str) -> None:
    run()
    click.echo(f"\nwatching {watched}; Ctrl-C ends\n", err=True)
