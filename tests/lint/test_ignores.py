"""`# necessity: ignore=CODE reason`, and what is no comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import Mistakes
from harness.lint import check
from harness.plain_yaml import written
from harness.strict_yaml import comments, parse_yaml
from tests.lint.kit import checked, codes, with_piece

REASON = "the form of the society prints it so"


def fact(comment: str = "", above: str = "", question: str = "MRI") -> str:
    above = f"    {above}\n" if above else ""
    return f"facts:\n  mri.done:\n{above}    question: {question}{comment}\n    type: boolean\n"


def told(folder: Path, piece: str) -> list[str]:
    return [code for code in codes(checked(folder, piece)) if code != "fact-never-read"]


def test_a_warning_is_ignored_on_its_line(tmp_path: Path) -> None:
    assert told(tmp_path, fact(f" # necessity: ignore=question-without-mark {REASON}")) == []


def test_a_comment_alone_speaks_of_the_next_line_of_content(tmp_path: Path) -> None:
    above = f"# necessity: ignore=question-without-mark {REASON}\n\n    # another comment"
    assert told(tmp_path, fact(above=above)) == []


def test_several_comments_speak_of_one_line(tmp_path: Path) -> None:
    reason = f"ignore=question-without-mark {REASON}"
    piece = f"facts:\n  # necessity: ignore=fact-never-read {REASON}\n  # necessity: ignore=key-order {REASON}\n"
    piece += f"  mri.done: {{type: boolean, question: MRI}} # necessity: {reason}\n"
    assert codes(checked(tmp_path, piece)) == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("# necessity: ignore=question-without-mark", ["ignore-without-reason"]),
        (f"# necessity: ignore=key-order {REASON}", ["question-without-mark", "ignore-unused"]),
        (f"# necessity: ignore=question-mark {REASON}", ["question-without-mark", "ignore-unknown"]),
        (f"# necessity: ignore=ignore-unused {REASON}", ["question-without-mark", "ignore-unknown"]),
        (f"# necessity: question-without-mark {REASON}", ["question-without-mark", "ignore-unknown"]),
        ("# necessity: ignore", ["question-without-mark", "ignore-unknown"]),
        ("# a necessity: of another sort", ["question-without-mark"]),
    ],
)
def test_a_comment_that_does_not_do_what_it_seems_to_is_told(tmp_path: Path, comment: str, left: list[str]) -> None:
    assert sorted(told(tmp_path, fact(f" {comment}"))) == sorted(left)


def test_an_ignore_of_a_review_waits_for_a_date(tmp_path: Path) -> None:
    reason = f"# necessity: ignore=review-past {REASON}"
    approval = f'approval: {{body: A committee, date: "2025-11-20", next_review: "2026-11-20"}} {reason}'
    policies = with_piece(tmp_path, approval)
    assert [warning.code for warning in check([str(policies)]).warnings] == ["key-order"]


def test_what_is_in_quotes_or_folded_is_no_comment(tmp_path: Path) -> None:
    text = f'"MRI # necessity: ignore=question-without-mark {REASON}"'
    assert told(tmp_path, fact(question=text)) == ["question-without-mark"]
    folded = f">-\n      MRI\n      # necessity: ignore=question-without-mark {REASON}"
    assert told(tmp_path / "folded", fact(question=folded)) == ["question-without-mark"]


TEXT = """\
# 1
a: "x # no" # 2
b: >- # 3
  folded # no
  more
# 5

  # 7
c: plain#no text # 8
d: [a, "b#", # 9
    c] # 10
e: |
  # no
f: 'it''s # no'   # 14
g: plain
  goes on
# 17
h: {k: v} # 18
i: |+
  last
  # no

# 23"""


def test_comments_are_found_between_texts_only() -> None:
    found = [(comment.text, comment.alone) for comment in comments(TEXT)]
    own = {"# 1", "# 5", "# 7", "# 17", "# 23"}
    numbers = [1, 2, 3, 5, 7, 8, 9, 10, 14, 17, 18, 23]
    assert found == [(f"# {number}", f"# {number}" in own) for number in numbers]


def test_a_comment_has_its_line_and_column() -> None:
    text = "\ufeffa: 1\r\nb: é # one\r\n  # two\r\n"
    assert [(one.line, one.column) for one in comments(text.removeprefix("\ufeff"))] == [(2, 6), (3, 3)]


TEXTS = st.text(st.sampled_from("ab #:\n'\"-{}[]|>\u2028é"), max_size=12)


@given(st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)))
def test_no_text_is_taken_for_a_comment(content: list[str] | str) -> None:
    text = written({"a": content})  # type: ignore[arg-type] # lists are invariant
    if parse_yaml(text, "x", Mistakes()) is not None:
        assert list(comments(text)) == []
