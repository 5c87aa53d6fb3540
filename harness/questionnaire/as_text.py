"""Questionnaires to read from, at a desk or a telephone: plain text, and the same as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from harness.errors import in_one_line
from harness.model.policy import Kind
from harness.model.values import Status
from harness.model.wording import STATUS_WORDS, date_words
from harness.questionnaire.model import Question, Questionnaire
from harness.report.markdown import escape

_WIDEST = 100
_AGAIN = (
    "Leave out what an answer makes needless: run this again with the answers in the case, and the list gets shorter."
)


def as_text(questionnaires: Sequence[Questionnaire]) -> str:
    return "\n\n".join("\n".join(_text(one)) for one in questionnaires) + "\n"


def as_markdown(questionnaires: Sequence[Questionnaire]) -> str:
    return "\n\n---\n\n".join("\n".join(_markdown(one)) for one in questionnaires) + "\n"


def _text(one: Questionnaire) -> Iterator[str]:
    yield _plain(f"Questions: {one.policy.title}")
    yield _plain(_version(one))
    for line in _standing(one):
        yield from ("", _wrapped(line, ""))
    number = 0
    for heading, questions in _parts(one):
        if heading:
            yield from ("", _wrapped(heading, ""))
        for question in questions:
            number += 1
            yield from ("", _wrapped(question.question, f"{number:>3}. ", "     "))
            for word, said in _lines(question):
                yield _wrapped(f"{word}: {said}", "     ", "       ")
    known = _known(one)
    if known:
        yield from ("", "Settled already, whatever else is documented:")
        yield from (_wrapped(line, "  - ", "    ") for line in known)


def _markdown(one: Questionnaire) -> Iterator[str]:
    yield f"# {escape(f'Questions: {one.policy.title}')}"
    yield from ("", escape(_version(one)))
    for line in _standing(one):
        yield from ("", escape(line))
    number = 0
    for heading, questions in _parts(one):
        yield from ("", f"## {escape(heading.rstrip(':'))}" if heading else "## Questions")
        for question in questions:
            number += 1
            yield from ("", f"{number}. **{escape(question.question)}**")
            yield from (f"    - {word}: {escape(said)}" for word, said in _lines(question))
    known = _known(one)
    if known:
        yield from ("", "## Settled already, whatever else is documented", "")
        yield from (f"- {escape(line)}" for line in known)


def _version(one: Questionnaire) -> str:
    overlay = f", overlay {one.policy.overlay.id}" if one.policy.overlay else ""
    return f"Policy {one.policy.id}, effective {date_words(one.policy.effective)}{overlay}"


def _standing(one: Questionnaire) -> Iterator[str]:
    outcome = one.outcome.value.replace("_", " ")
    if one.case is not None:
        yield f"Case {one.case}: {one.service}"
    if one.settled:
        yield f"The outcome is settled: {outcome}. Nothing needs to be asked: no fact that is open can change it."
        return
    if one.case is not None:
        yield f"On what is documented so far: {outcome}."
    yield f"{_counted(one)} {_AGAIN}"


def _counted(one: Questionnaire) -> str:
    count = len(one.in_order)
    asked = "1 question settles" if count == 1 else f"{count} questions settle"
    if one.may_follow:
        worst = f"{asked} the outcome if each answer is the one that leaves the most open"
        return f"{worst}; all {one.most} settle it in any case."
    return f"{asked} the outcome at the latest."


def _parts(one: Questionnaire) -> Iterator[tuple[str, tuple[Question, ...]]]:
    if one.in_order:
        yield "", one.in_order
    if one.may_follow:
        yield "Only if the answers above call for it:", one.may_follow


def _lines(question: Question) -> Iterator[tuple[str, str]]:
    yield "ask for" if question.records else "answer", question.answer
    if question.so_far is not None:
        yield "documented so far", question.so_far
    if question.presumed is not None:
        yield "presumed", f"{question.presumed}, unless it is documented otherwise"
    yield "look for", question.look_for
    settled = [_titled(rule.title, rule.kind) for rule in question.rules if rule.can_settle]
    other = [_titled(rule.title, rule.kind) for rule in question.rules if not rule.can_settle]
    if settled:
        yield "can settle", "; ".join(settled)
    if other:
        yield "is part of", "; ".join(other)
    for one in question.settles:
        yield "settles the outcome at once", f"{one.answer}: {one.outcome.value.replace('_', ' ')}"


def _titled(title: str, kind: Kind) -> str:
    return f"{title} (exception)" if kind is Kind.EXCEPTION else title


def _known(one: Questionnaire) -> list[str]:
    if one.case is None:
        return []
    words = {Status.MET: "applies", Status.NOT_MET: "does not apply"}
    return [
        f"{rule.title}: {words.get(rule.status, STATUS_WORDS[rule.status])}"
        if rule.kind is Kind.EXCEPTION
        else f"{rule.title}: {STATUS_WORDS[rule.status]}"
        for rule in one.known
    ]


def _plain(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return in_one_line(" ".join(text.split()))


def _wrapped(text: str, first: str, then: str = "") -> str:
    return fill(_plain(text), _WIDEST, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)
