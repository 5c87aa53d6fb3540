"""The columns of a table, told apart: a fact that is given, a rule or an outcome that is expected, a request date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.cases.nodes import Node
from harness.errors import Mistakes, Place, did_you_mean
from harness.model.policy import Policy
from harness.strict_yaml import Json

REQUEST_DATE = "request_date"
EXPECTED = ("outcome", "deficiencies")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, where each column is named, and its values in words, which name it."""

    node: Node
    cells: Mapping[str, Node]
    columns: Mapping[str, Place]
    name: str


def rows_of(table: Node, mistakes: Mistakes) -> Iterator[Row]:
    """The rows of a table that have a cell for each column; the others are told."""
    columns = [node for node in table.entries("columns") if isinstance(node.data, str)]
    names = [str(node.data) for node in columns]
    if all(is_given(name) or name == REQUEST_DATE for name in names):
        message = "no column of the table says what is expected"
        cure = "add a column `outcome`, `deficiencies` or the id of a rule"
        mistakes.add(table.key_place, message, cure)
    seen: dict[str, int] = {}
    for row in table.entries("rows"):
        cells = list(row.inner())
        if not isinstance(row.data, list):
            continue  # the schema has told
        if len(cells) != len(names):
            message = f"the row has {len(cells)} values, and the table {len(names)} columns"
            mistakes.add(row.place, message, "write a value for each column: " + ", ".join(f"`{n}`" for n in names))
            continue
        by_column = dict(zip(names, cells, strict=True))
        given = [cell for name, cell in by_column.items() if is_given(name) or name == REQUEST_DATE]
        name = ", ".join(_word(cell.data) for cell in given)
        if name in seen:
            message = f"the row gives the same as the row in line {seen[name]}"
            mistakes.add(row.place, message, "leave one out")
            continue
        seen[name] = row.place.line
        yield Row(row, by_column, {str(column.data): column.place for column in columns}, name)


def is_given(column: str) -> bool:
    """Whether a column is a fact: its id has a dot, which that of a rule never has."""
    return "." in column


def check_columns(table: Node, policy: Policy, mistakes: Mistakes) -> None:
    """Tell each column that is neither a fact nor a rule of the policy, nor a word of its own."""
    words = {*EXPECTED, REQUEST_DATE}
    for node in table.entries("columns"):
        name = str(node.data)
        if not is_given(name) and name not in words and name not in policy.rules:
            message = f"the column `{name}` is neither a fact nor a rule of policy `{policy.version}`"
            cure = did_you_mean(name, [*words, *policy.rules, *policy.facts], _COLUMNS)
            mistakes.add(node.place, message, cure)


_COLUMNS = "a column is the id of a fact or of a rule, `outcome`, `deficiencies` or `request_date`"


def _word(data: Json) -> str:
    """A value of a cell in short, for the name of its row."""
    match data:
        case bool():
            return str(data).lower()
        case list():
            return "[" + " ".join(map(_word, data)) + "]"
        case {"value": value, "unit": unit}:
            return f"{_word(value)} {unit}"
        case dict():
            return " ".join(f"{key} {_word(value)}".replace("_", " ") for key, value in data.items())
        case _:
            return str(data)
