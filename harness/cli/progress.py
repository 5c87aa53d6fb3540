"""Long work shown as it goes, on a terminal alone; when it is interrupted, what is done is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import click

from harness.interrupt import heed

T = TypeVar("T")

EXIT_INTERRUPTED = 130  # as a shell reports Ctrl-C


@dataclass(slots=True)
class Watched(Generic[T]):
    """The items of some long work, one by one. After Ctrl-C there are no more, and `interrupted` is true."""

    items: Iterable[T]
    label: str
    length: int | None = None
    interrupted: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[T]:
        shown = sys.stderr is not None and sys.stderr.isatty()
        bar: Any
        with click.progressbar(length=self.length, label=self.label, file=sys.stderr, hidden=not shown) as bar:
            waiting = iter(self.items)
            while True:
                try:
                    heed()
                    item = next(waiting)
                except StopIteration:
                    return
                except KeyboardInterrupt:
                    self.interrupted = True
                    return
                bar.update(1)
                yield item
