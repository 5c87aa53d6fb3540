"""The schemas are real editor schemas: every property says what it is, and its examples hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from harness.model import builtin
from harness.schema import FOLDER, NAMES, load

REGISTRY: Registry[Any] = Registry().with_resources(
    (file.name, Resource.from_contents(json.loads(file.read_text("utf-8")))) for file in FOLDER.glob("*.json")
)


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for key, below in schema.items():
            if key == "properties" and isinstance(below, dict):
                for name, raw in below.items():
                    # In a condition of the schema itself (`if`, a `const`) nothing is described.
                    if isinstance(raw, dict) and raw.keys() - {"const", "enum"}:
                        yield f"{path}/{name}", raw
            if key not in {"examples", "if"}:
                yield from properties(below, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, below in enumerate(schema):
            yield from properties(below, f"{path}/{number}")


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(load(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_title_description_and_examples_that_hold(name: str) -> None:
    found = list(properties(dict(load(name))))
    assert found
    for path, schema in found:
        lacking = {"title", "description", "examples"} - schema.keys()
        assert not lacking, f"{name}{path} lacks {lacking}"
        # Resolved from the file the property is in: a $ref into it is relative to that file.
        rooted = {**schema, "$id": f"{name}.schema.json", "$defs": load(name).get("$defs", {})}
        validator = Draft202012Validator(rooted, registry=REGISTRY)
        for example in schema["examples"]:
            assert validator.is_valid(example), f"{name}{path}: {example}"


@pytest.mark.parametrize("name", NAMES)
def test_every_object_says_which_keys_it_has(name: str) -> None:
    def walk(schema: Any, path: str) -> None:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                assert "additionalProperties" in schema, f"{name}{path}"
            for key, below in schema.items():
                if key not in {"examples", "if"}:
                    walk(below, f"{path}/{key}")
        elif isinstance(schema, list):
            for number, below in enumerate(schema):
                walk(below, f"{path}/{number}")

    walk(dict(load(name)), "")


def test_case_schema_and_built_in_facts_name_the_same_choices() -> None:
    named = load("case")["$defs"]
    assert isinstance(named, dict)
    assert tuple(named["level"]["enum"]) == builtin.LEVELS
    assert tuple(named["side"]["enum"]) == builtin.SIDES
    assert tuple(named["setting"]["enum"]) == builtin.SETTINGS
    assert tuple(named["sex"]["enum"]) == builtin.SEXES
