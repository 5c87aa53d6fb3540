"""What is told of a text that is no YAML: where the slip is, in words that need no knowledge of YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.errors import Mistake, Mistakes
from harness.strict_yaml import parse_yaml

GOOD = (Path(__file__).parent / "bad/good/spine/example/2026-01-01.yaml").read_text("utf-8")
SECRET = "zebra"


def told(text: str, *, private: bool = False) -> list[Mistake]:
    mistakes = Mistakes()
    parse_yaml(text, "f", mistakes, private=private)
    return list(mistakes)


@pytest.mark.parametrize(
    ("text", "place", "message", "cure"),
    [
        # quotes
        ('a: "b\nc:\n  met: "d"\n', "1:4", "is not closed before the next one, in line 3", 'the closing `"`'),
        ('a: "b\nc: 3\n', "1:4", "the quote that opens here is never closed", 'the closing `"`'),
        ("a: 'the patient's knee'\n", "1:17", "ends at its apostrophe", "double quotes"),
        ('a: "the" knee\n', "1:10", "more text stands behind the closing quote", "one pair of quotes"),
        ('a: ["2988, "2999"]\n', "1:13", "the quotes in this line do not pair", 'with `"`'),
        ('a: "c:\\dir"\n', "1:7", "a backslash", "twice"),
        # brackets
        ("a: {b: 1\nc: 2\n", "1:4", "the `{` that opens here is not closed", "write `}`"),
        ("a: [", "2:1", "the file ends where a value should stand", "close each bracket"),
        ("a: {b: 1]\n", "1:9", "`{` is closed by `]`", "close it with `}`"),
        ("a: [b]]\n", "1:7", "a `]` too many", "count the brackets"),
        ("a: {b: 1},\n", "1:10", "a comma stands behind the closing bracket", "leave it out"),
        ("a: {fact: b.c is: true}\n", "1:15", "a comma is missing before `is`", "put one between"),
        ("a: [b,\n  {c: 1}\n  {d: 1}]\n", "1:4", "or a comma is missing behind line 2", "or the comma"),
        ("a: [b, , c]\n", "1:8", "a value is missing before `,`", "`undocumented`"),
        ("a: [- b]\n", "1:5", "a dash stands within brackets", "leave it out"),
        ("a: {knee.locked} is locked\n", "1:4", "text that begins with `{` is not read as text", "in quotes"),
        # lines
        ("a: The MRI: report\n", "1:11", "text that holds a colon stands without quotes", '`"The MRI: report"`'),
        ("a:\n  b: c\n   d: e\n", "3:4", "`d` begins in column 4, and the line above it in column 3", "both alike"),
        ("a:\n  b: c\n d: e\n", "3:2", "`d` begins in column 2, and the line above it in column 3", "both alike"),
        ("a:\n  - b\n - c\n", "3:2", "begins in column 2, and the one in line 2 in column 3", "both alike"),
        ("a:\n\tb: c\n", "2:1", "a tab", "with spaces"),
        ("a:\n  kind:b\n  c: d\n", "2:3", "a space is missing after the colon", "`kind: b`"),
        ("a:\n  kind b\n  c: d\n", "2:3", "a colon is missing in this line", "`kind: b`"),
        ("a:\n  - b\n  -c\n", "3:3", "a space is missing after the dash", "`- `"),
        ("a:\n  - b: 1\n  c: 2\n", "3:3", "the list that begins in line 2 has no dash", "begin it with `- `"),
        ("a: - b\n", "1:4", "a list begins in the line of its key", "in the next line"),
        # signs
        ("a: {b: c, >=: 42}\n", "1:11", "`>` is no operator", "`at_least`"),
        ("a: @b\n", "1:4", "a text cannot begin with `@`", "in quotes"),
        ("a: > b\n", "1:4", "text follows `>` in its line", "leave `>` out"),
        ("a: b\nc: \x07\n", "2:4", "a character that YAML does not allow", "remove it"),
    ],
)
def test_a_slip_is_told_where_it_is(text: str, place: str, message: str, cure: str) -> None:
    (mistake,) = told(text)
    assert str(mistake.place) == f"f:{place}"
    assert message in mistake.message
    assert cure in mistake.help


@pytest.mark.parametrize("text", [f"a: b\nkind:{SECRET}\nc: d\n", f"a: {SECRET}: x\n", f"a: {{b: c {SECRET}: d}}\n"])
def test_a_private_file_is_not_quoted(text: str) -> None:
    assert SECRET in str(told(text)[0])
    assert SECRET not in str(told(text, private=True)[0])


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 2), st.sampled_from("\"'{}[]:,-#>|&*!%@`? \t\n\\a"))
@example(0, 0, "\t")
def test_whatever_one_letter_does_is_told_within_the_file(at: int, taken: int, put: str) -> None:
    text = GOOD[:at] + put + GOOD[at + taken :]
    for mistake in told(text) + told(text, private=True):
        assert mistake.help
        assert 1 <= mistake.place.line <= text.count("\n") + 2
        assert "cannot be read from here on" not in mistake.message or "check the indentation" in mistake.help
