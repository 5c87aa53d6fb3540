"""A help names the nearest known word, and never one that says the opposite."""

from __future__ import annotations

import pytest

from harness.errors import Place, did_you_mean, one_of


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("unmet", ["met", "not_met"], "not_met"),
        ("unmet", ["met"], None),
        ("met", ["not_met"], None),
        ("pain.not_sevre", ["pain.severe"], None),
        ("knee.unstabel", ["knee.stable", "knee.unstable"], "knee.unstable"),
        ("exam-not", ["exam-note"], "exam-note"),  # a slip that happens to hold a denial
        ("unilatral", ["unilateral"], "unilateral"),
        ("ankle", ["spine"], None),
    ],
)
def test_the_opposite_is_never_meant(word: str, known: list[str], near: str | None) -> None:
    assert did_you_mean(word, known, "-") == ("-" if near is None else f"did you mean `{near}`?")


def test_of_words_that_are_opposites_all_are_listed() -> None:
    statuses = ["met", "not_met", "undocumented"]
    assert one_of("unmet", statuses) == one_of("mett", statuses) == "write one of `met`, `not_met`, `undocumented`"
    assert one_of("Not met", statuses) == "did you mean `not_met`?"
    assert one_of("exemption", ["criterion", "exception"]) == "did you mean `exception`?"


def test_what_stands_in_no_file_has_no_position() -> None:
    assert str(Place("(command line)")) == "(command line)"
    assert str(Place("(standard input)", 2, 3)) == "(standard input):2:3"
