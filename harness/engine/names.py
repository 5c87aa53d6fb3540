"""Names that are safe to give the engine, which knows names only by a 32-bit hash of them (hazard D3)."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9_ /'(),:+-]")
_LONGEST = 100


def fnv1a(text: str) -> int:
    """The hash by which durable_rules knows property names, session ids and message ids."""
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return found


class Names:
    """Gives out names, no two of one hash: a second comer with a hash already taken gets a number behind it."""

    def __init__(self, reserved: tuple[str, ...] = ()) -> None:
        self._taken = {fnv1a(name) for name in reserved}

    def take(self, wanted: str) -> str:
        """`wanted` made safe: no dot (which nests, D9), no control characters, not long, and alone with its hash."""
        plain = _UNSAFE.sub("_", wanted.replace(".", "/"))[:_LONGEST]
        name, number = plain, 1
        while self._collides(name):
            number += 1
            name = f"{plain} no {number}"
        self._taken.update(map(fnv1a, (name, *bounds(name))))
        return name

    def _collides(self, name: str) -> bool:
        return any(fnv1a(one) in self._taken for one in (name, *bounds(name)))


def bounds(name: str) -> tuple[str, str]:
    """The two properties that hold a quantity known only as a range."""
    return f"{name}:low", f"{name}:high"
