"""Single values in canonical style: double quotes, codes in quotes, long texts with the line breaks of their author."""

from __future__ import annotations

import re

from harness.formatting.tree import Scalar

# Codes of ICD-10-CM (or a family of them, `M51.1-`) and of HCPCS. CPT codes without quotes are numbers, and refused.
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{0,4}-?|-)|[A-V][0-9]{4}")
_BLOCK = re.compile(r"([|>])([-+1-9]*)[ \t]*(.*)")
_ESCAPED_BLANK = re.compile(r"(?<!\\)((?:\\\\)*)\\([ \t])[ \t]*$")


def scalar(raw: str, *, key: bool = False) -> Scalar:
    """A value in quotes or without, as it stands in the file."""
    if raw.startswith('"'):
        return Scalar([_visible(line.lstrip(" \t")) for line in raw.split("\n")])
    lines = [line.strip(" \t") for line in raw.split("\n")]
    if raw.startswith("'") and '"' not in raw and "\\" not in raw:
        inner = "\n".join(lines)[1:-1].replace("''", "'")
        return Scalar(f'"{inner}"'.split("\n"))
    if not key and _CODE.fullmatch(raw):
        return Scalar([f'"{raw}"'])
    return Scalar(lines)


def _visible(line: str) -> str:
    """A line within double quotes without blanks at its end; one that is escaped is written so that it can be seen."""
    found = _ESCAPED_BLANK.search(line)
    if found is None:
        return line.rstrip(" \t")
    return line[: found.start()] + found[1] + {" ": "\\x20", "\t": "\\t"}[found[2]]


def block_scalar(raw: str, parent: int) -> tuple[Scalar, int]:
    """A text behind `|` or `>`, and how much of `raw` it takes: blank lines that follow it are none of it.

    `parent` is the column of the mapping or list it is in. The lines come without their indentation.
    """
    first, *rest = raw.split("\n")
    header = _BLOCK.fullmatch(first)
    assert header is not None  # the reader took it for one
    style, signs, comment = header[1], header[2], header[3].rstrip()
    depth = next((int(sign) for sign in signs if sign.isdigit()), 0)
    chomping = signs.strip("123456789")
    ended = raw.endswith("\n")
    if ended:
        rest.pop()
    indent = parent + depth if depth else _indent(rest)
    lines = [line[indent:] for line in rest]
    taken = len(raw)
    if lines and not ended:  # the file ends without the line break that it will have
        chomping = "-" if lines[-1] else chomping
        taken += 1
    while lines and not lines[-1] and (chomping != "+" or not ended):
        lines.pop()
        taken -= len(rest.pop()) + 1
        ended = True
    opening = f"{style}{'2' if depth else ''}{chomping}" + (f"  {comment}" if comment else "")
    return Scalar([opening, *lines], block=True, keeps=chomping == "+"), min(taken, len(raw))


def _indent(lines: list[str]) -> int:
    filled = [line for line in lines if line.strip(" ")]
    return len(filled[0]) - len(filled[0].lstrip(" ")) if filled else max(map(len, lines), default=0)
