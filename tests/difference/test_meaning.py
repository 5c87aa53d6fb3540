"""What a difference does to cases: proved, found, or not known; and each case found is one that `assess` reproduces."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import assess, read_case, read_policies
from harness.difference.comparison import Comparing, Comparison, Difference
from harness.difference.meaning import INTERRUPTED, Verdict
from harness.difference.summary import summary
from harness.difference.witness_files import witness_files
from harness.model.values import Interval, Outcome
from harness.proof import Proved, Refuted, Unknown
from tests.difference.kit import (
    CARE,
    CONSERVATIVE_CARE,
    DECOMPRESSION,
    EXAMPLE,
    ROOT,
    SMALL,
    Edits,
    compared,
    copied,
    edit,
    side,
)

NECESSARY, NOT_NECESSARY, MORE = Outcome  # in the order in which they are declared
LONGER_THERAPY: dict[str, Edits] = {
    "the policy gives the module another value": {
        DECOMPRESSION: (
            "  - module: conservative-care\n",
            "  - {module: conservative-care, with: {physical_therapy_weeks: 8}}\n",
        )
    },
    "the module has another value": {
        CONSERVATIVE_CARE: (
            "first to last visit in elapsed days\n    value: 6\n",
            "first to last visit in elapsed days\n    value: 8\n",
        )
    },
}


def found(comparison: Comparison) -> dict[tuple[Outcome, Outcome], Refuted]:
    return {(way.old, way.new): way.answer for way in comparison.meaning.ways if isinstance(way.answer, Refuted)}


def replayed(comparison: Comparison, folder: Path) -> int:
    """How many witness files the command's own reading and assessing reproduces, each on its side."""
    count = 0
    for name, text in witness_files(Difference("old", "new", (comparison,))):
        file = folder / name
        file.write_text(text, "utf-8")
        policies = read_policies(folder / name.removesuffix(".yaml").rpartition("-")[2])
        (assessment,) = assess(policies, read_case(str(file), policies))
        assert f"expect: {{outcome: {assessment.outcome}}}" in text, name
        count += 1
    return count


@pytest.mark.parametrize("edits", LONGER_THERAPY.values(), ids=LONGER_THERAPY)
def test_longer_physical_therapy_makes_no_case_favourable(tmp_path: Path, edits: Edits) -> None:
    comparison = compared(tmp_path, edits, "spine/thoracolumbar-decompression", ROOT / "policies")
    (change,) = comparison.changes
    assert change.id == "physical_therapy_weeks"
    said = summary(comparison)
    assert said[0] == "Parameter physical_therapy_weeks: 6 weeks -> 8 weeks."
    assert "No case becomes favourable." in said
    changed = found(comparison)
    assert {old for old, _ in changed} == {NECESSARY, MORE}
    for answer in changed.values():
        length = answer.witness.old.facts["physical_therapy.length"].value
        assert isinstance(length, Interval)
        assert length.low is not None
        assert 42 <= length.low < 56
    assert comparison.meaning.verdict is Verdict.OUTCOMES_CAN_CHANGE
    assert replayed(comparison, tmp_path) == 2 * len(changed)


def test_identical_content_is_said_to_be_so(tmp_path: Path) -> None:
    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "moved" / "elsewhere")
    edit(new / EXAMPLE, "policy: spine/example\n", "# a comment\npolicy: spine/example\n")
    comparison = Comparing(60, lambda _: None).versions(side(old, "old"), side(new, "new"))
    assert comparison.is_identical
    assert summary(comparison) == ("The content is identical, so no case changes.",)
    assert comparison.meaning.verdict is Verdict.NO_CASE_CHANGES


def test_other_words_change_no_case_and_that_is_proved(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("title: Severe pain", "title: Bad pain")})
    assert all(way.answer == Proved() for way in comparison.meaning.ways)
    assert len(comparison.meaning.ways) == 6
    assert comparison.meaning.verdict is Verdict.NO_CASE_CHANGES
    assert summary(comparison) == (
        "Nothing that differs can change the outcome of the same facts.",
        "Differences: 1 in what is said only.",
        "No case changes: this is proved for each of the 6 ways an outcome can change.",
    )


def test_conditions_written_otherwise_that_mean_the_same_are_proved_to(tmp_path: Path) -> None:
    double = "{not: {not: {fact: pain.severe, is: true}}}"
    comparison = compared(tmp_path, {EXAMPLE: ("{fact: pain.severe, is: true}", double)})
    assert comparison.changes[0].bearing.word == "decides"
    assert comparison.meaning.verdict is Verdict.NO_CASE_CHANGES


def test_another_measure_of_the_same_records_is_not_rounded_up_to_no_change(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {CARE: ("{months: 12}", "{months: 6}")})
    assert all(way.answer == Proved() for way in comparison.meaning.ways)
    assert comparison.meaning.verdict is Verdict.UNKNOWN
    proved, caution = summary(comparison)[-2:]
    assert proved.startswith("No case with the same facts changes: this is proved")
    assert caution.startswith("The same records can give another value of fact care.weeks, which no comparison")


def test_a_presumption_changes_the_cases_that_say_nothing(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("severe?\n", "severe?\n    presumed: true\n")})
    assert set(found(comparison)) == {(MORE, NECESSARY)}
    assert "No case becomes unfavourable." in summary(comparison)
    assert replayed(comparison, tmp_path) == 2 * len(found(comparison))


def test_a_fact_that_only_one_side_declares(tmp_path: Path) -> None:
    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
    edit(new / EXAMPLE, "facts:\n", "facts:\n  pain.night:\n    question: Is there pain at night?\n    type: boolean\n")
    edit(new / EXAMPLE, "{fact: pain.severe, is: true}", "{fact: pain.night, is: true}")
    comparison = Comparing(60, lambda _: None).versions(side(old, "old"), side(new, "new"))
    assert {"pain.night", "severe"} <= {change.id for change in comparison.changes}
    assert (NECESSARY, NOT_NECESSARY) in found(comparison)
    assert replayed(comparison, tmp_path) == 2 * len(found(comparison)), "each side reads the case as stated for it"


def test_a_fact_of_another_type_is_stated_for_each_side_apart(tmp_path: Path) -> None:
    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
    edit(new / EXAMPLE, "severe?\n    type: boolean\n", "severe?\n    type: choice\n    choices: [mild, severe]\n")
    edit(new / EXAMPLE, "{fact: pain.severe, is: true}", "{fact: pain.severe, is: severe}")
    comparison = Comparing(60, lambda _: None).versions(side(old, "old"), side(new, "new"))
    assert comparison.meaning.verdict is Verdict.OUTCOMES_CAN_CHANGE
    said = "Fact pain.severe is a boolean in the old policy and a choice in the new one. "
    assert f"{said}No case states it for both, so either may hold anything." in summary(comparison)
    assert replayed(comparison, tmp_path) == 2 * len(found(comparison))


def test_a_choice_that_only_one_side_has_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    comparison = compared(tmp_path, {EXAMPLE: ("choices: [T12/L1, L4/L5]", "choices: [T12/L1]")})
    said = "Values of fact imaging.level that only one side can read are left out: "
    assert summary(comparison)[-1] == f"{said}a case that states one is refused on the other side."


def test_an_interruption_keeps_what_is_done_and_leaves_the_rest_unknown(tmp_path: Path) -> None:
    def impatient(told: str) -> None:
        if told.endswith("4 of 6"):
            raise KeyboardInterrupt

    old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new", {CARE: ("value: 6", "value: 4")})
    comparison = Comparing(60, impatient).versions(side(old, "old"), side(new, "new"))
    assert [way.answer == Unknown(INTERRUPTED) for way in comparison.meaning.ways] == [False] * 3 + [True] * 3
    assert Difference("old", "new", (comparison,)).was_interrupted
