"""Ctrl-C heeded at safe points alone: the solver, written in C, may crash or hang when it is interrupted anywhere."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_asked = threading.Event()


@contextmanager
def heeded() -> Iterator[None]:
    """While this lasts, the first Ctrl-C is noted and raised where `heed` is called; a second one at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def note(*_: object) -> None:
        if _asked.is_set():
            raise KeyboardInterrupt
        _asked.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _asked.clear()


def is_asked() -> bool:
    """Whether the user has had enough."""
    return _asked.is_set()


def heed() -> None:
    """Raise KeyboardInterrupt when the user has had enough."""
    if _asked.is_set():
        _asked.clear()
        raise KeyboardInterrupt
