"""Plain words that readers of YAML take for different things, each in its way: `yes`, `0x10`, `1e3`, a date."""

from __future__ import annotations

import re

LONGEST_NUMBER = 40  # in characters; no longer word is looked at as a number

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?")
# What YAML 1.1, YAML 1.2 and their readers take for different things: octal, hexadecimal, base 60, exponents, signs,
# underscores, leading zeros, bare points, infinities; and version numbers, which lose a zero when they look like one.
_NUMBER_LIKE = re.compile(
    r"[-+]?(0[xob][0-9a-f_]+|[0-9][0-9_]*(:[0-9]+)+(\.[0-9]*)?|[0-9]+(\.[0-9]+){2,}"
    r"|([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(e[-+]?[0-9]+)?|\.(inf|nan))",
    re.IGNORECASE,
)
_YAML_11_TRUE = {"yes", "y", "on", "true"}
_YAML_11_WORDS = _YAML_11_TRUE | {"no", "n", "off", "false", "null"}


def ambiguous(text: str) -> str:
    """What YAML readers would take a plain word for, each in its way; empty where they agree."""
    if text.lower() in _YAML_11_WORDS and text not in {"true", "false"}:
        return "word"
    if _DATE.fullmatch(text):
        return "date"
    if len(text) <= LONGEST_NUMBER and _NUMBER_LIKE.fullmatch(text) and not NUMBER.fullmatch(text):
        return "number"
    return ""


def why_ambiguous(text: str, *, private: bool) -> tuple[str, str]:
    """Why a plain word is refused, and what to write."""
    shown = "a word without quotes" if private else f"`{text}`"
    match ambiguous(text):
        case "word" if text.lower() == "null":
            return "a value is `null`", "leave the key out; what is not documented is not written"
        case "word":
            message = f"{shown} is read as true, false or null by some programs and as text by others"
            if private:
                return message, "write `true` or `false`, or put the word in quotes"
            meant = "true" if text.lower() in _YAML_11_TRUE else "false"
            return message, f'write `{meant}`, or `"{text}"` in quotes for the word'
        case "date":
            if private:
                return "a date is not in quotes", 'write `"YYYY-MM-DD"`'
            return f"the date `{text}` is not in quotes", f'write `"{text}"`'
        case _:
            message = f"{shown} is read as different numbers or as text by different programs"
            quoted = "it" if private else f'`"{text}"`'
            return message, f"write a plain number such as `12` or `0.5`, or {quoted} in quotes"
