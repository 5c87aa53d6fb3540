"""The canonical order and style, each told by an example: what an author wrote, and what becomes of it."""

from __future__ import annotations

import textwrap

import pytest

from harness.errors import BadInputError, InternalError
from harness.formatting import format as formatting_format
from harness.formatting import formatted


def becomes(before: str, after: str) -> None:
    assert formatted(_plain(before), "x.yaml") == _plain(after)


def stays(text: str) -> None:
    becomes(text, text)


def _plain(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def test_keys_come_in_the_order_of_the_language_reference() -> None:
    becomes(
        """
        title: Example
        policy: spine/example
        rules:
          - when: {is: true, fact: a.b}
            title: A rule
            id: a-rule
            references: [{says: what it says, cite: somebody-2014}]
        """,
        """
        policy: spine/example
        title: Example
        rules:
          - id: a-rule
            title: A rule
            references: [{cite: somebody-2014, says: what it says}]
            when: {fact: a.b, is: true}
        """,
    )


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("module", "title: T\nmodule: m\n", "module: m\ntitle: T\n"),
        (
            "references",
            "references:\n  a:\n    title: T\n    type: book\n",
            "references:\n  a:\n    type: book\n    title: T\n",
        ),
        ("tests", "tests: []\npolicy: a/b\n", "policy: a/b\ntests: []\n"),
        ("case", "patient: {sex: male, age: 7}\ncase: x\n", "case: x\npatient: {age: 7, sex: male}\n"),
    ],
)
def test_every_kind_of_file_has_its_order(kind: str, before: str, after: str) -> None:
    assert formatted(before, f"{kind}.yaml") == after


def test_names_that_the_author_gave_keep_their_order() -> None:
    stays(
        """
        policy: a/b
        parameters:
          weeks: {title: Weeks, value: 6, unit: wk}
          days: {title: Days, value: 6, unit: d}
        """
    )


def test_an_unknown_key_stays_behind_the_one_it_follows() -> None:
    becomes("title: T\ntittle: U\npolicy: a/b\n", "policy: a/b\ntitle: T\ntittle: U\n")


def test_comments_move_with_their_key_and_those_at_the_top_stay() -> None:
    becomes(
        """
        # yaml-language-server: $schema=x.json
        # Of the whole file.

        # Of the title.
        title: Example  # as printed
        status: active

        # Of the policy.
        policy: a/b

        rules:  # in order
          # Of the first rule.
          - title: One
            # Of its id.
            id: one
          # No rule any more:
          # - id: two
        """,
        """
        # yaml-language-server: $schema=x.json
        # Of the whole file.

        # Of the policy.
        policy: a/b

        # Of the title.
        title: Example  # as printed
        status: active

        rules:  # in order
          # Of the first rule.
          # Of its id.
          - id: one
            title: One
          # No rule any more:
          # - id: two
        """,
    )


def test_lists_are_indented_below_their_key_by_two_blanks() -> None:
    becomes(
        """
        policy:   a/b
        rules:
        -   id: one
            when:
                all:
                - {rule: two}
                -   {rule: three}
        # Of the second.
        - id: two
        """,
        """
        policy: a/b
        rules:
          - id: one
            when:
              all:
                - {rule: two}
                - {rule: three}
          # Of the second.
          - id: two
        """,
    )


def test_brackets_have_no_inner_blanks_and_may_stand_over_several_lines() -> None:
    becomes(
        """
        policy: a/b
        topics: [ { title: One,id: one } ,{id: two, title: Two}, ]
        applies_to:
          - codes: [
                "63003",   # one
                # and another
                "63016",
            ]
            system: CPT
        uses: [{module: a},
            {module: b}]
        """,
        """
        policy: a/b
        applies_to:
          - system: CPT
            codes: [
              "63003",   # one
              # and another
              "63016",
            ]
        uses: [{module: a},
               {module: b}]
        topics: [{id: one, title: One}, {id: two, title: Two}]
        """,
    )


def test_dates_and_codes_are_in_double_quotes() -> None:
    becomes(
        """
        policy: a/b
        effective: {from: '2026-01-01'}
        title: 'It''s a title'
        summary: 'It says "so"'
        applies_to: [{system: ICD-10-CM, codes: [M51.14, M51.1-, J1030]}]
        """,
        """
        policy: a/b
        title: "It's a title"
        summary: 'It says "so"'
        effective: {from: "2026-01-01"}
        applies_to: [{system: ICD-10-CM, codes: ["M51.14", "M51.1-", "J1030"]}]
        """,
    )


def test_words_that_only_look_a_little_like_codes_stay_plain() -> None:
    stays("case: x\nrequest: {services: [{level: T12/L1}]}\nfacts: {a.b: T12, a.c: B2B, a.d: grade-2, a.e: K}\n")


def test_long_texts_keep_the_line_breaks_of_their_author() -> None:
    becomes(
        """
        policy: a/b
        summary: >-
            One line,
            and another.

            A paragraph.
        title: "Quoted
           over lines"
        """,
        """
        policy: a/b
        title: "Quoted
          over lines"
        summary: >-
          One line,
          and another.

          A paragraph.
        """,
    )


def test_blanks_at_the_end_go_unless_they_belong_to_a_text() -> None:
    assert formatted("policy: a/b   \r\ntitle: |\r\n  a  \r\n\r\n\r\n", "x") == "policy: a/b\ntitle: |\n  a  \n"


def test_an_escaped_blank_at_the_end_of_a_line_is_made_visible() -> None:
    assert formatted('policy: "a\\ \n  b"\n', "x") == 'policy: "a\\x20\n  b"\n'


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("sign", ["|", "|-", "|+", ">", ">-", ">+"])
def test_the_end_of_a_text_at_the_end_of_a_file_means_what_it_meant(sign: str, ending: str) -> None:
    once = formatted(f"policy: a/b\ntitle: {sign}\n    one\n    two{ending}", "x")  # held to the same content
    assert once is not None
    assert formatted(once, "x") == once
    assert once.endswith("two\n") or sign.endswith("+")


def test_blank_lines_do_not_become_part_of_a_text_that_would_keep_them() -> None:
    once = formatted("policy: a/b\n\nstatus: active\ntitle: |+\n  kept\n", "x")
    assert once == "policy: a/b\ntitle: |+\n  kept\nstatus: active\n"


def test_blank_lines_between_paragraphs_stay() -> None:
    becomes(
        """
        title: T
        policy: a/b

        topics: []


        rules: []
        """,
        """
        policy: a/b
        title: T

        topics: []


        rules: []
        """,
    )


def test_a_file_of_another_kind_has_no_canonical_text() -> None:
    assert formatted("site_name: x\n", "mkdocs.yaml") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "policy: yes\n",
            "x.yaml:1:9: error: `yes` is read as true, false or null by some programs and as text by others",
        ),
        ("policy: a\n? title\n: b\n", "x.yaml:2:3: error: a key is announced by a `?`"),
        ("policy: ! a\n", "x.yaml:1:9: error: a tag (`!`) says nothing here"),
        ("policy: a\ttwo\n", "x.yaml:1:10: error: a tab stands where some programs do not read one"),
        ("policy: a\u2028b\n", "x.yaml:1:10: error: a line break that most programs do not show (U+2028)"),
    ],
)
def test_what_cannot_be_put_in_order_is_told(text: str, message: str) -> None:
    with pytest.raises(BadInputError) as told:
        formatted(text, "x.yaml")
    assert str(told.value).startswith(message)


def test_values_of_a_case_are_in_no_message() -> None:
    with pytest.raises(BadInputError) as told:
        formatted("case: x\nfacts: {pain.score: yes}\n", "x.yaml")
    assert "yes" not in str(told.value)


@pytest.mark.parametrize(
    "wrong", ["policy: a/c\n# kept\n", "policy: a/b\n", "policy: [\n", "policy: a/b\n# kept # kept\n"]
)
def test_a_text_that_would_say_something_else_is_never_given(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting_format, "written", lambda _: wrong)
    with pytest.raises(InternalError, match="it was left alone"):
        formatted("policy:  a/b\n# kept\n", "x.yaml")
