"""How codes of the named systems are written; `M51.1-` stands for the family of codes that begin so."""

from __future__ import annotations

import re

_WHOLE = {
    "ICD-10-CM": re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"),
    "CPT": re.compile(r"[0-9]{4}[0-9A-Z]"),
    "HCPCS": re.compile(r"[A-Z][0-9]{4}"),
    "ICD-10-PCS": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
    "MS-DRG": re.compile(r"[0-9]{3}"),
    "REV": re.compile(r"[0-9]{4}"),
}
_FAMILY = {"ICD-10-CM": re.compile(r"[A-Z][0-9]([0-9A-Z](\.[0-9A-Z]{0,3})?)?-")}

SAMPLES = {
    "ICD-10-CM": "M51.14", "CPT": "63056", "HCPCS": "J1100", "ICD-10-PCS": "0RG10A0", "MS-DRG": "470", "REV": "0420",
}  # fmt: skip


def pattern_of(system: str) -> str:
    """How a whole code of a system is written, as a regular expression of the whole text."""
    return _WHOLE[system].pattern


def is_code(text: str, system: str) -> bool:
    """Whether a text is a whole code of a system."""
    return _WHOLE[system].fullmatch(text) is not None


def is_family(text: str, system: str) -> bool:
    """Whether a text stands for a family of codes of a system."""
    return system in _FAMILY and _FAMILY[system].fullmatch(text) is not None


def code_help(text: str, system: str, *, families: bool = False) -> str:
    """What to write for a text that is no code of a system: `M51.1-` for `m511*`, where families have a meaning."""
    plain = re.sub(r"[*xX]$", "-", text.strip()).upper()
    dotted = f"{plain[:3]}.{plain[3:]}" if system == "ICD-10-CM" and "." not in plain else plain
    for meant in (plain, dotted):
        if is_code(meant, system) or (families and is_family(meant, system)):
            return f"write `{meant}`"
    family = ", and a family of codes as `M51.1-` is" if families and system in _FAMILY else ""
    return f"write it as `{SAMPLES[system]}` is{family}"
