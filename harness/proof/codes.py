"""Codes that stand for all others: one of each family that a policy names, and one that belongs to none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from harness.model.codes import is_code

_DIGITS = "0123456789"
_LETTERS = "RZABCDEFGHIJKLMNOPQSTUVWXY"  # a code that stands for any other is best one of a symptom
_BOTH = _DIGITS + _LETTERS
_POSITIONS: dict[str, list[tuple[str, ...]]] = {  # of whole codes, the shortest first
    "ICD-10-CM": [(_LETTERS, _DIGITS, _BOTH), *((_LETTERS, _DIGITS, _BOTH, ".", *[_BOTH] * n) for n in range(1, 5))],
    "CPT": [(_DIGITS, _DIGITS, _DIGITS, _DIGITS, _BOTH)],
    "HCPCS": [(_LETTERS, _DIGITS, _DIGITS, _DIGITS, _DIGITS)],
}
_TRIED = 20_000  # codes, after which the named ones are taken to leave none


def representatives(named: Iterable[str], system: str, copies: int) -> tuple[str, ...]:
    """Codes of a system that together can stand for any set of its codes, as far as what is named tells sets apart.

    `named` are codes and families. Of each family there are so many `copies` that belong to no smaller one, and as many
    that belong to none; where sets are compared with each other, one would not do.
    """
    named = sorted(set(named))
    families = [name.removesuffix("-") for name in named if name.endswith("-")]
    found = [name for name in named if not name.endswith("-")]
    for family in ("", *families):
        found += islice(_others(family, families, found, system), copies)
    return tuple(found)


def _others(family: str, families: Sequence[str], taken: Sequence[str], system: str) -> Iterator[str]:
    """Codes of a family (of the system, when it is empty) that belong to no smaller one and are not taken."""
    smaller = tuple(other for other in families if other.startswith(family) and other != family)
    known = set(taken)
    for code in islice(_codes(family, system), _TRIED):
        if code not in known and not (smaller and code.startswith(smaller)):
            yield code


def _codes(family: str, system: str) -> Iterator[str]:
    for positions in _POSITIONS[system]:
        if len(family) <= len(positions):
            given = [here if here in choice else "" for here, choice in zip(family, positions, strict=False)]
            for letters in product(*given, *positions[len(family) :]):
                code = "".join(letters)
                if is_code(code, system):
                    yield code
