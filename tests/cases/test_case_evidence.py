"""Documents and quotes: an invented quote never becomes evidence, and no file outside the case's folder is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from case_kit import HEAD, Desk, fact, folder, measured, policy

from harness.cases.quotes import PASSAGE, nearest, occurs
from harness.model.case import Evidence

FACT = fact("neuro.deficit", "boolean")
NOTE = """\
Examination of 23 November.

The patient walks on heels and toes.
Strength is 5/5 in all groups;   no saddle
anaesthesia. Therapy lasted 15 weeks, gabapentin 0.5 mg.
"""


def quoting(quote: str, *, file: str = "note.txt") -> str:
    return dedent(f"""
        facts: {{neuro.deficit: {{value: false, evidence: [{{document: exam, page: "2", quote: "{quote}"}}]}}}}
        documents: [{{id: exam, type: clinic note, date: "2025-11-23", file: "{file}"}}]
        """)


def test_evidence_is_carried_to_the_reading(desk: Desk) -> None:
    case = desk.read(HEAD + quoting("walks on heels"), folder(policy("area/one", FACT)), {"note.txt": NOTE})
    assert case.services[0].facts["neuro.deficit"].evidence == (Evidence("exam", None, "2", "walks on heels"),)
    exam = case.documents["exam"]
    assert (exam.type, exam.date, exam.title) == ("clinic note", date(2025, 11, 23), "clinic note, 23 November 2025")


@pytest.mark.parametrize("quote", ["no saddle anaesthesia", " Strength  is 5/5 ", "15 weeks", "0.5 mg", "toes."])
def test_white_space_is_folded_in_quotes(desk: Desk, quote: str) -> None:
    assert desk.wrong(quoting(quote), FACT, documents={"note.txt": NOTE}) == []


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("No saddle anaesthesia", 4),  # nothing but white space is folded
        ("no saddle anesthesia", 4),
        ("5 weeks", 5),  # of the 15 weeks
        ("5 mg", 5),  # of the 0.5 mg
        ("The patient walks on heels", None),
        ("the patient cannot walk on his heels", 3),
    ],
)
def test_other_words_are_not_the_quote(desk: Desk, quote: str, line: int | None) -> None:
    found = desk.wrong(quoting(quote), FACT, documents={"note.txt": NOTE})
    if line is None:
        assert found == []
    else:
        assert len(found) == 1
        prefix = "the quote does not occur in the file of document `exam` | the nearest passage is in line "
        assert found[0].startswith(f"{prefix}{line}: `")


def test_the_nearest_passage_is_shown_where_the_quote_stands(desk: Desk) -> None:
    text = HEAD + quoting("denies saddle anaesthesia")
    found = desk.mistakes(text, folder(policy("area/one", FACT)), {"note.txt": NOTE})
    passage = "groups; no saddle anaesthesia. Therapy lasted 15 weeks, gabapentin 0.5 mg."
    message = "the quote does not occur in the file of document `exam`"
    assert found == [f"4:85: {message} | the nearest passage is in line 4: `{passage}`"]


def test_a_quote_of_which_no_word_occurs(desk: Desk) -> None:
    found = desk.wrong(quoting("xyzzy"), FACT, documents={"note.txt": NOTE})
    message = "the quote does not occur in the file of document `exam`"
    assert found == [f"{message} | none of its words does; check which document it is from"]


def test_a_blank_quote_occurs_nowhere(desk: Desk) -> None:
    found = desk.wrong(quoting("   "), FACT, documents={"note.txt": NOTE})
    assert found == ["the quote is blank | write the very words, or leave `quote` out"]


def test_a_quote_in_an_episode_is_checked_too(desk: Desk) -> None:
    text = """
        episodes: [{kind: therapy, evidence: [{document: exam, quote: invented}]}]
        documents: [{id: exam, type: note, file: note.txt}]
        """
    assert "the quote does not occur" in " ".join(desk.wrong(text, FACT, documents={"note.txt": NOTE}))


def test_a_document_without_a_file_is_taken_at_its_word(desk: Desk) -> None:
    text = """
        facts: {neuro.deficit: {value: true, evidence: [{document: exam, quote: "weak"}]}}
        documents: [{id: exam, type: note}]
        """
    assert desk.plain(text, FACT)["neuro.deficit"].evidence[0].quote == "weak"


def test_a_long_text_is_searched_in_one_walk() -> None:
    filler = "the patient was seen again and nothing new was found\n" * 75_000  # about 4 MiB
    text = filler + "Ankle reflexes are symmetrical on both sides.\n" + filler
    quote = "the ankle reflexes were symmetrical on both sides"
    passage = nearest([quote], text)[quote]
    assert passage is not None
    assert passage.line == 75_001
    assert "Ankle reflexes are symmetrical" in passage.text
    assert len(passage.text) <= PASSAGE
    assert not occurs(quote, " ".join(text.split()))


def test_a_passage_is_short_even_in_a_text_without_spaces() -> None:
    text = "x" * 3000 + "-needle-" + "y" * 3000
    passage = nearest(["a needle here"], text)["a needle here"]
    assert passage is not None
    assert len(passage.text) <= PASSAGE


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("/etc/hostname", "document `exam`: the file lies outside its folder | name a file in the case's folder"),
        ("../secret.txt", "document `exam`: the file lies outside its folder | name a file in the case's folder"),
        ("sub/../note.txt", "document `exam`: the file lies outside its folder"),
        ("C:\\\\note.txt", "document `exam`: the file lies outside its folder"),
        ("none.txt", "document `exam`: there is no such file | check its name and its folder"),
        ("a\\0b", "document `exam`: the file cannot be read"),
        (".", "document `exam`: a folder or a device, not a plain file | name a file"),
    ],
)
def test_only_files_of_the_folder_are_read(desk: Desk, file: str, told: str) -> None:
    (desk.folder.parent / "secret.txt").write_text("walks on heels")
    text = HEAD + quoting("walks on heels", file=file)
    found = desk.mistakes(text, folder(policy("area/one", FACT)), {"note.txt": NOTE})
    assert len(found) == 1
    assert found[0].startswith("5:69: " + told)


def test_a_link_may_not_leave_the_folder(desk: Desk) -> None:
    (desk.folder.parent / "secret.txt").write_text("walks on heels")
    (desk.folder / "note.txt").symlink_to(desk.folder.parent / "secret.txt")
    found = desk.wrong(quoting("walks on heels"), FACT)
    assert found == [
        "document `exam`: the file lies outside its folder | use a plain file inside the folder, not a link"
    ]


def test_a_linked_folder_may_not_leave_either(desk: Desk) -> None:
    (desk.folder.parent / "elsewhere").mkdir()
    (desk.folder.parent / "elsewhere" / "note.txt").write_text("walks on heels")
    (desk.folder / "sub").symlink_to(desk.folder.parent / "elsewhere")
    assert "lies outside its folder" in desk.wrong(quoting("walks on heels", file="sub/note.txt"), FACT)[0]


def test_a_text_is_utf8_and_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(desk.folder / "note.txt").write_bytes(b"walks on heels \xff")
    assert "is not UTF-8 text" in desk.wrong(quoting("walks"), FACT)[0]
    monkeypatch.setattr("harness.cases.evidence.MAX_TEXT", 10)
    assert "larger than 10 bytes" in desk.wrong(quoting("walks"), FACT, documents={"note.txt": NOTE})[0]


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("{document: exma}", "no document of the case is called `exma` | did you mean `exam`?"),
        ("{document: other-log}", "no document of the case is called `other-log` | declare it under `documents`"),
        ('{document: exam, date: "2025-11-25"}', "the evidence is future-dated: after the request date | a case holds"),
        ('{document: exam, date: "2025-02-30"}', "`date` is not a day of the calendar | check the month and the day"),
    ],
)
def test_evidence_that_cannot_be(desk: Desk, evidence: str, told: str) -> None:
    text = f"""
        facts: {{neuro.deficit: {{value: true, evidence: [{evidence}]}}}}
        documents: [{{id: exam, type: note}}]
        """
    found = desk.wrong(text, FACT)
    assert len(found) == 1
    assert found[0].startswith(told)


@pytest.mark.parametrize(
    ("documents", "told"),
    [
        ('{id: exam, type: note, date: "2025-11-25"}', "document `exam` is future-dated: after the request date"),
        ('{id: exam, type: note, date: "2025-13-01"}', "`date` is not a day of the calendar"),
        (
            "{id: exam, type: note}, {id: exam, type: log}",
            "document `exam` stands twice | the first is in line 4; give",
        ),
    ],
)
def test_documents_that_cannot_be(desk: Desk, documents: str, told: str) -> None:
    found = desk.wrong(f"\ndocuments: [{documents}]", FACT)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_evidence_of_the_request_date_is_not_of_the_future(desk: Desk) -> None:
    text = """
        facts: {neuro.deficit: {value: true, evidence: [{document: exam, date: "2025-11-24"}]}}
        documents: [{id: exam, type: note, date: "2025-11-24"}]
        """
    assert desk.wrong(text, FACT) == []


EVERYTHING_WRONG = """\
case: c
request:
  date: "2025-11-24"
  services: [{policy: area/one, level: Sentinel0}, {policy: area/onne}]
patient: {birth_date: "2191-09-09", sex: Sentinel1}
facts:
  a.number: "Sentinel2"
  a.choice: Sentinel3
  a.set: [Sentinel4]
  a.codes: [Sentinel5]
  a.date: "Sentinel6"
  a.later: {at_least: "2191-09-09"}
  a.boolean: Sentinel7
  a.text: 919191
  a.low: -919191
  a.twice: [{value: Sentinel8}, {value: Sentinel9}]
  a.latest: [{value: 919192}, {value: 919193}]
  patient.age: 919194
  a.quoted: {value: true, evidence: [{document: exam, quote: "SentinelA", page: 919195}]}
  a.unit: {value: 919196, unit: mo}
episodes:
  - {kind: therapy, start: "2191-09-10", end: "2191-09-09", sessions: -919197, attributes: {supervised: SentinelB}}
  - {kind: therapy, attributes: {supervisd: SentinelC}, outcome: 919198}
documents:
  - {id: exam, type: note, file: note.txt, date: "2191-09-09"}
"""


def test_no_health_data_stands_in_a_message_and_all_mistakes_are_told_at_once(desk: Desk) -> None:
    facts = (
        fact("a.number", "number"),
        fact("a.choice", "choice", choices=("x",)),
        fact("a.set", "set", choices=("x",)),
        fact("a.codes", "set", system="ICD-10-CM"),
        fact("a.date", "date"),
        fact("a.later", "date"),
        fact("a.boolean", "boolean"),
        fact("a.text", "text"),
        fact("a.low", "number", minimum=0),
        fact("a.twice", "text"),
        fact("a.latest", "number", when_several="latest"),
        fact("a.quoted", "boolean"),
        fact("a.unit", "number", unit="wk"),
        measured("a.measured", "count", "therapy", unit=None, where={"supervised": [True]}),
    )
    found = desk.mistakes(EVERYTHING_WRONG, folder(policy("area/one", *facts)), {"note.txt": "Quiet."})
    lines = {int(one.split(":")[0]) for one in found}
    assert lines == {4, 5, *range(7, 21), 22, 23, 25}
    told = "\n".join(found)
    assert "entinel" not in told
    assert "9191" not in told
    assert "2191" not in told


def test_bad_yaml_is_told_alone(desk: Desk) -> None:
    found = desk.wrong("facts: [")
    assert len(found) == 1
    assert found[0].startswith("the file ends where a value should stand")
