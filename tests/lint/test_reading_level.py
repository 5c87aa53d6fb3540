"""The reading level of a text, against counts made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.lint.reading_level import grade, syllables

# By the dictionary.
WORDS = {
    1: "the care stage cared lived wish whole needs weeks treats",
    2: "little treated needed places cases surgeon issue value prior midnights lasted settled symptoms",
    3: "hospital medicine physician decision injection policies earlier various",
    4: "appropriate operation conservative information",
    5: "documentation examination",
    6: "radiculopathy",
}


@pytest.mark.parametrize(("word", "number"), [(word, n) for n, words in WORDS.items() for word in words.split()])
def test_syllables_are_those_of_the_dictionary(word: str, number: int) -> None:
    assert syllables(word) == syllables(word.upper()) == number


def test_the_grade_is_that_of_the_formula() -> None:
    # 2 sentences, 11 words, 18 syllables
    text = "The surgeon needs the records. Treatment lasted for six weeks altogether."
    assert grade(text) == pytest.approx(0.39 * 11 / 2 + 11.8 * 18 / 11 - 15.59)


def test_a_point_within_a_number_or_before_a_letter_ends_no_sentence() -> None:
    assert grade("It took 2.5 weeks at most.") == grade("It took two weeks at most.")


@given(st.text())
def test_every_text_has_a_grade(text: str) -> None:
    assert grade(text) == grade(text)


def test_two_sentences_are_easier_than_one() -> None:
    one = "Care comes first and surgery comes later and both need time"
    assert grade(one) > grade("Care comes first. Surgery comes later. Both need time.")
    assert grade("") == 0
