"""What was proved, for a reader: what is refuted first, each with its case, then what is unknown, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import fill

from harness.model.policy import Policy
from harness.model.wording import date_words, fact_name, value_text
from harness.proof.answers import CaseUnder
from harness.proof.results import (
    AbsenceNeverDenies,
    OutcomeReached,
    PresumptionDenies,
    PropertyHolds,
    Result,
    RuleDecides,
    StatusReached,
    Verdict,
)
from harness.proof.shown import OUTCOME_WORDS, cases_of, facts_shown, outcome_shown

Files = Mapping[int, Sequence[str]]  # the files written for a result, by its place in the list

_WIDTH = 100
_HEADINGS = {Verdict.REFUTED: "Refuted", Verdict.UNKNOWN: "Unknown", Verdict.NOTE: "Worth knowing"}


def text(policy: Policy, results: Sequence[Result], of: int, files: Files, last: date | None = None) -> str:
    """The whole report. `of` is how many claims there are; fewer results mean that it was interrupted."""
    lines = [*_opening(policy, results, of, last)]
    for verdict, heading in _HEADINGS.items():
        chosen = [(number, result) for number, result in enumerate(results) if result.verdict is verdict]
        if chosen:
            lines += ["", f"{heading} ({len(chosen)})"]
            presumed = [number for number, result in chosen if _is_note_of_presumption(result)]
            for number, result in chosen:
                if number not in presumed:
                    lines += ["", *_told(result, files.get(number, ()))]
            if presumed:
                lines += ["", *_presumptions([results[number] for number in presumed], written=bool(files))]
    proved = [result for result in results if result.verdict is Verdict.PROVED]
    if proved:
        lines += ["", f"Proved ({len(proved)})", "", *_proved(proved)]
    return "\n".join(lines) + "\n"


def _is_note_of_presumption(result: Result) -> bool:
    return isinstance(result.claim, PresumptionDenies) and result.verdict is Verdict.NOTE


def _presumptions(results: Sequence[Result], *, written: bool) -> Iterator[str]:
    """All presumptions that can deny in one list: one by one they would hide the rest."""
    yield from _lines("each of these presumptions can be all that makes an outcome unfavourable:", 2)
    for result in results:
        assert isinstance(result.claim, PresumptionDenies)
        assert result.witness is not None
        old, new = (_value(case, result.claim.fact) for case in (result.witness.old, result.witness.new))
        outcome = OUTCOME_WORDS[result.witness.new.outcome]
        name = fact_name(result.claim.fact)
        yield from _lines(f"{name}: presumed {old}; documented as {new}, the case can be {outcome}", 4)
    if not written:
        yield "    help: `--witnesses DIR` writes two cases for each that show it"


def _value(case: CaseUnder, fact: str) -> str:
    return value_text(case.facts[fact].value, case.policy.facts[fact])


def _opening(policy: Policy, results: Sequence[Result], of: int, last: date | None) -> Iterator[str]:
    counts = {verdict: sum(result.verdict is verdict for result in results) for verdict in Verdict}
    told = ", ".join(f"{counts[v]} {v}" for v in (Verdict.REFUTED, Verdict.UNKNOWN, Verdict.PROVED) if counts[v])
    yield f"{policy.id}, version of {date_words(policy.effective)}: {told or 'nothing settled'}"
    ends = min((day for day in (policy.until, last) if day is not None), default=None)
    days = f"from {date_words(policy.effective)} {f'to {date_words(ends)}' if ends else 'on'}"
    if results:
        yield f"Every possible case was asked about, requested on any day {days}."
    if len(results) < of:
        yield f"It was interrupted: {of - len(results)} of {of} questions are not answered."
    if policy.status == "draft":
        yield "This version is a draft: `necessity assess` takes up its cases once it is active."


def _told(result: Result, files: Sequence[str]) -> Iterator[str]:
    match result.claim:
        case PropertyHolds(declared):
            yield f"  {declared.id}"
            yield from _lines(result.says, 4)
        case _:
            yield from _lines(result.says, 2)
    yield f"    at {result.place}"
    for reason in result.why:
        yield from _lines(reason, 4)
    yield from _case(result)
    for file in files:
        yield f"    written to {file}"
    cure = result.help or ("give it more time with `--time-limit`" if result.verdict is Verdict.UNKNOWN else "")
    if cure:
        yield from _lines(f"help: {cure}", 4)


def _case(result: Result) -> Iterator[str]:
    shown = list(facts_shown(result))
    if not shown:
        return
    cases = "A case" if len(cases_of(result)) == 1 else "Two cases"
    yield f"    {cases}, in which nothing else is documented:"
    width = max(len(name) for name, _ in shown) + 2
    for name, words in shown:
        yield f"      {name:<{width}}{words}"
    yield f"      {'ends in':<{width}}{outcome_shown(result)}"


def _lines(words: str, indent: int) -> Iterator[str]:
    space = " " * indent
    yield from fill(words, _WIDTH, initial_indent=space, subsequent_indent=space).splitlines()


def _proved(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        if isinstance(result.claim, PropertyHolds):
            yield from _lines(f"{result.claim.declared.id}: {result.says}", 2)
    for result in results:
        if isinstance(result.claim, AbsenceNeverDenies):
            yield from _lines(result.says, 2)
            for reason in result.why:
                yield from _lines(reason, 4)
    counted = (
        (OutcomeReached, "outcome can be reached", "outcomes can each be reached"),
        (RuleDecides, "criterion or exception decides some case", "criteria and exceptions each decide some case"),
        (StatusReached, "status that a rule speaks for can be reached", "statuses that rules speak for can be reached"),
        (PresumptionDenies, "presumption never denies by itself", "presumptions never deny by themselves"),
    )
    for kind, one, several in counted:
        number = sum(isinstance(result.claim, kind) for result in results)
        if number:
            yield f"  {number} {one if number == 1 else several}"
