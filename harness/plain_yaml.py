"""Plain YAML written: what the strict reader reads back as the same content, in the style of the shipped files."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import yaml

from harness.strict_yaml import Json

_WIDTH = 118
_SHORT = 96  # a mapping or list of plain values stands in one line up to this length
_DEEPEST = 2  # levels of brackets in one line
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()%+<>=-]*(?<! )")
_WORDS = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_STRING = "tag:yaml.org,2002:str"


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, keeps the order of keys, and writes numbers as they are read."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's own names
        super().increase_indent(flow, False)


def _decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = format(number, "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    plain = _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text)
    return dumper.represent_scalar(_STRING, text, style=None if plain else '"')


def _mapping(dumper: yaml.SafeDumper, content: dict[str, Json]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", list(content.items()))


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)


def written(content: Json) -> str:
    """Content as YAML text, keys in the order given; a text that a reader could take for something else is quoted."""
    node = _Dumper(io.StringIO()).represent_data(content)
    _set_in_line(node, top=True)
    return str(yaml.serialize(node, Dumper=_Dumper, width=_WIDTH, allow_unicode=True, indent=2))


def _set_in_line(node: Any, *, top: bool = False) -> tuple[int, int]:
    """Set short collections in one line; how long and how deep a node is when it is."""
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + (2 if node.style else 0), 0
    pairs = isinstance(node, yaml.MappingNode)
    parts = [part for pair in node.value for part in pair] if pairs else list(node.value)
    sizes = [_set_in_line(part) for part in parts]
    length = sum(size + 2 for size, _ in sizes)
    depth = 1 + max((deep for _, deep in sizes), default=0)
    below = all(isinstance(part, yaml.ScalarNode) or part.flow_style for part in parts)
    node.flow_style = not parts or (not top and below and length <= _SHORT and depth <= _DEEPEST)
    return length, depth
