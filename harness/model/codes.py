"""How codes of the named systems are written; `M51.1-` stands for the family of codes that begin so."""

from __future__ import annotations

import re

_WHOLE = {
    "ICD-10-CM": re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"),
    "CPT": re.compile(r"[0-9]{4}[0-9A-Z]"),
    "HCPCS": re.compile(r"[A-Z][0-9]{4}"),
}
_FAMILY = {"ICD-10-CM": re.compile(r"[A-Z][0-9]([0-9A-Z](\.[0-9A-Z]{0,3})?)?-")}


def pattern_of(system: str) -> str:
    """How a whole code of a system is written, as a regular expression of the whole text."""
    return _WHOLE[system].pattern


SAMPLES = {"ICD-10-CM": "M51.14", "CPT": "63056", "HCPCS": "J1100"}


def is_code(text: str, system: str) -> bool:
    """Whether a text is a whole code of a system."""
    return _WHOLE[system].fullmatch(text) is not None


def is_family(text: str, system: str) -> bool:
    """Whether a text stands for a family of codes of a system."""
    return system in _FAMILY and _FAMILY[system].fullmatch(text) is not None
