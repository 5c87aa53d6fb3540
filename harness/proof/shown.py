"""The cases of a result as a reader sees them: the facts in words, and files that `necessity assess` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.cases.write import case_file
from harness.model.builtin import facts_of
from harness.model.case import Reading, State
from harness.model.values import Outcome
from harness.model.wording import fact_name, value_text
from harness.plain_yaml import written
from harness.proof.answers import CaseUnder
from harness.proof.results import AbsenceNeverDenies, PresumptionDenies, PropertyHolds, Result
from harness.strict_yaml import Json

OUTCOME_WORDS = {
    Outcome.MEDICALLY_NECESSARY: "medically necessary",
    Outcome.NOT_MEDICALLY_NECESSARY: "not medically necessary",
    Outcome.MORE_INFORMATION: "more information",
}
_LONGEST_ID, _LONGEST_TITLE = 80, 200


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case of a result, to be written. `name` is that of the file, without its folder."""

    name: str
    content: dict[str, Json]
    text: str


def cases_of(result: Result) -> tuple[CaseUnder, ...]:
    """The cases that a result shows: none, one, or two to compare."""
    if result.witness is None:
        return ()
    old, new = result.witness.old, result.witness.new
    return (old,) if new is old else (old, new)


def facts_shown(result: Result) -> Iterator[tuple[str, str]]:
    """Each fact that is documented in a case of a result, in words; of two cases what it is first, and then."""
    cases = cases_of(result)
    for fact in facts_of(cases[0].policy).values() if cases else ():
        readings = [case.facts[fact.id] for case in cases]
        if any(reading.state is State.DOCUMENTED for reading in readings):
            words = dict.fromkeys(_words(reading, value_text(reading.value, fact)) for reading in readings)
            yield fact_name(fact.id), ", then ".join(words)


def _words(reading: Reading, text: str) -> str:
    return f"{text} (presumed)" if reading.state is State.PRESUMED else text


def outcome_shown(result: Result) -> str:
    """The outcome of the case, or of both."""
    words = [OUTCOME_WORDS[case.outcome] for case in cases_of(result)]
    return ", then ".join(dict.fromkeys(words))


def case_files(result: Result) -> Iterator[CaseFile]:
    """The cases of a result as files. What they end in is told in their first lines, for it may be what is wrong."""
    cases = cases_of(result)
    says = " ".join(result.says.split())
    endings = ("",) if len(cases) < 2 else (".before", ".after")  # noqa: PLR2004 - one case or two
    for case, ending in zip(cases, endings, strict=bool(cases)):
        id_ = f"{_name(result)[: _LONGEST_ID - len(ending)]}{ending}"
        content = case_file(case.policy, case.facts, id_, says[:_LONGEST_TITLE])
        head = (
            f"# {_heading(result)}: {says}",
            f"# Policy {case.policy.id}, version of {case.policy.effective}",
            f"# It ends in: {OUTCOME_WORDS[case.outcome]}",
        )
        yield CaseFile(f"{id_}.yaml", content, "\n".join((*head, written(content))))


def _heading(result: Result) -> str:
    match result.claim:
        case PropertyHolds():
            return f"This case speaks against property {_name(result)}"
        case _:
            return "This case shows"


def _name(result: Result) -> str:
    """An id for its cases. Ids of properties hold no dot, and so none is that of anything else."""
    match result.claim:
        case PropertyHolds(declared):
            return declared.id
        case AbsenceNeverDenies():
            return "absence.denies"
        case PresumptionDenies(fact):
            return f"presumed-{fact}"
        case _:
            return "case"
