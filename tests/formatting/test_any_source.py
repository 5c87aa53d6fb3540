"""Whatever a file looks like: its canonical text says the same, keeps each comment in its place, and is canonical."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import BadInputError, Mistakes
from harness.formatting import formatted, kind_of
from harness.formatting.build import Source as Built
from harness.schema import key_order
from harness.strict_yaml import Json, Located, Path_, parse_yaml
from tests.formatting.sources import Source

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(file for folder in ("policies", "examples", "tests/bad") for file in (ROOT / folder).rglob("*.yaml"))
SOURCES = st.builds(
    lambda seed, most, deepest: Source(Random(seed), most, deepest).text(),
    st.integers(0, 2**32),
    st.integers(0, 6),
    st.integers(0, 5),
)

A_COMMENT = re.compile(r" *(#.*\S) *")
# A key alone in its line with a plain value and a comment.
COMMENTED = re.compile(r"""[ -]*("\w+"|'\w+'|\w+) ?: *[\w./-]+  *(#.*\S) *""")


def read(text: str) -> Located:
    mistakes = Mistakes()
    located = parse_yaml(text, "x.yaml", mistakes)
    assert located is not None, list(mistakes)
    assert not mistakes, list(mistakes)
    return located


def canonical(text: str) -> str:
    result = formatted(text, "x.yaml")
    assert result is not None
    return result


def above(located: Located, text: str, *, aligned: bool) -> dict[Path_, list[str]]:
    """The comments directly above each key that begins its line; `aligned` with it, or wherever they begin."""
    lines = text.splitlines()
    found: dict[Path_, list[str]] = {}
    for path, place in located.keys.items():
        before = lines[place.line - 1][: place.column - 1]
        if before.strip(" -" if not aligned else " "):
            continue
        number = place.line - 2
        while number >= 0 and (comment := A_COMMENT.fullmatch(lines[number])):
            if aligned and comment.start(1) != place.column - 1:
                break
            found.setdefault(path, []).insert(0, comment[1])
            number -= 1
    return found


@given(SOURCES)
@settings(max_examples=150)
def test_the_content_is_the_same(text: str) -> None:
    assert read(canonical(text)).data == read(text).data


@given(SOURCES)
@settings(max_examples=150)
def test_a_canonical_text_is_left_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once


@given(SOURCES)
@settings(max_examples=150)
def test_no_comment_is_lost_or_made(text: str) -> None:
    text = text.replace("\r\n", "\n")
    assert sorted(Built(canonical(text), "x").comments) == sorted(Built(text, "x").comments)


@given(SOURCES)
@settings(max_examples=200)
def test_a_comment_above_a_key_stays_above_that_key(text: str) -> None:
    text = text.replace("\r\n", "\n")
    source, result = read(text), canonical(text)
    after = above(read(result), result, aligned=False)
    first = next(iter(source.keys))  # what stands above it is the file's own
    for path, comments in above(source, text, aligned=True).items():
        if path != first:
            found = after[path]  # a comment within the value may have come to stand there too
            assert any(found[at : at + len(comments)] == comments for at in range(len(found)))


@given(SOURCES)
@settings(max_examples=200)
def test_a_comment_beside_a_value_stays_in_the_line_of_its_key(text: str) -> None:
    text = text.replace("\r\n", "\n")
    source, result = read(text), canonical(text)
    lines, after, keys = text.split("\n"), result.split("\n"), read(result).keys
    for path, place in source.keys.items():
        if beside := COMMENTED.fullmatch(lines[place.line - 1]):
            assert after[keys[path].line - 1].endswith(f"  {beside[2]}")


def mappings(data: Json, path: Path_ = ()) -> Iterator[tuple[Path_, list[str]]]:
    if isinstance(data, dict):
        yield path, list(data)
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from mappings(inner, (*path, step))


@given(SOURCES)
@settings(max_examples=150)
def test_the_keys_that_the_schema_knows_come_in_its_order(text: str) -> None:
    located = read(canonical(text))
    kind = kind_of(located)
    assert kind is not None
    for path, keys in mappings(located.data):
        order = key_order(kind, path)
        known = [key for key in keys if key in order]
        assert known == sorted(known, key=order.index), path


@given(SOURCES)
@settings(max_examples=100)
def test_the_result_is_tidy(text: str) -> None:
    result = canonical(text)
    assert result.endswith("\n")
    assert "\r" not in result
    assert "\t" not in result
    for number, line in enumerate(result.splitlines(), 1):
        if line != line.rstrip():  # only where it belongs to a text
            assert line.strip() == "blank at the end", number


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_files_of_this_project_keep_their_content(file: Path) -> None:
    text = file.read_text("utf-8", errors="replace")
    try:
        result = formatted(text, file.name)
    except BadInputError:  # those of `tests/bad` that the strict reader refuses
        assert "bad" in file.parts
        return
    if result is not None:
        assert canonical(result) == result
        assert read(result).data == read(text).data
