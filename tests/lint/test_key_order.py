"""The order of keys: that of the schema, wherever a mapping stands."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import Mistakes
from harness.lint.codes.key_order import find
from harness.lint.subject import Subject
from harness.model.policy import Policies
from harness.plain_yaml import written
from harness.policies import File
from harness.schema import key_order
from harness.strict_yaml import Json, Located, Path_, parse_yaml

ROOT = Path(__file__).parent.parent.parent


def mappings(data: Json, path: Path_ = ()) -> Iterator[tuple[Path_, list[str]]]:
    if isinstance(data, dict):
        yield path, list(data)
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from mappings(value, (*path, step))


def files() -> Iterator[tuple[str, Path]]:
    yield "references", ROOT / "policies/references.yaml"
    yield from (("module", file) for file in sorted((ROOT / "policies/modules").glob("*.yaml")))
    yield from (("policy", file) for file in sorted((ROOT / "policies").glob("*/*/2*.yaml")))
    yield from (("tests", file) for file in sorted((ROOT / "policies").glob("*/*/tests.yaml")))
    yield from (("case", file) for file in sorted((ROOT / "examples").glob("*/case.yaml")))


@pytest.mark.parametrize(("name", "file"), list(files()), ids=lambda one: getattr(one, "name", one))
def test_each_key_of_each_shipped_file_has_its_place(name: str, file: Path) -> None:
    located = parse_yaml(file.read_text("utf-8"), str(file), Mistakes())
    assert located is not None
    for path, keys in mappings(located.data):
        order = key_order(name, path)
        assert not order or set(keys) <= set(order), path


@pytest.mark.parametrize(
    "path",
    [
        ("facts",),
        ("parameters",),
        ("rules",),
        ("uses", 0, "with"),
        ("facts", "a.b", "measure", "where"),
        ("nowhere", 3),
    ],
)
def test_what_authors_name_has_no_order(path: Path_) -> None:
    assert key_order("policy", path) == ()


def test_a_condition_has_its_order_however_deep() -> None:
    deep = key_order("policy", ("rules", 0, "when", "all", 1, "not", "count", "of", 0))
    assert deep == key_order("policy", ("decision", "necessary_when"))
    assert key_order("policy", ("properties", 0, "always", "then", "any", 0)) == deep
    assert deep[:2] == ("fact", "is")
    assert key_order("module", ("rules", 0)) == key_order("policy", ("rules", 7))
    assert key_order("policy", ("rules", 0, "when", "count")) == ("at_least", "of")


def test_prose_comes_first_and_what_is_compared_last() -> None:
    rule = key_order("policy", ("rules", 0))
    assert [key for key in rule if key in {"id", "title", "says", "references", "when"}] == [
        "id", "title", "says", "references", "when",
    ]  # fmt: skip
    assert key_order("references", ("references", "x"))[-3:] == ("status", "verified", "note")


RULE: dict[str, Json] = {
    "id": "care-length",
    "kind": "criterion",
    "title": "Care",
    "says": {"met": "M."},
    "when": {"fact": "care.length", "at_least": 6},
}


def subject(located: Located, text: str) -> Subject:
    file = File("module", located, text)
    return Subject(file, (file,), (), Policies({}, "policies"), {}, (), frozenset())


@given(st.randoms(use_true_random=False))
def test_any_other_order_is_told_once(shuffle: random.Random) -> None:
    keys = list(RULE)
    shuffle.shuffle(keys)
    text = written({"module": "x", "title": "X", "rules": [{key: RULE[key] for key in keys}]})
    located = parse_yaml(text, "x.yaml", Mistakes())
    assert located is not None
    found = list(find(subject(located, text)))
    assert len(found) == (keys != list(RULE))
    for place, message, _ in found:
        assert place.line > 1
        late, first = (message.split("`")[1], message.split("`")[3])
        assert keys.index(first) < keys.index(late)
        assert list(RULE).index(late) < list(RULE).index(first)
