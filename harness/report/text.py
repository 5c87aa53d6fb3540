"""Assessments as plain text, for a terminal and for a screen reader.

What each source says stands below what decides: deficiencies and exceptions that apply. Everything else names its
sources by number, so that a report can be read to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.model.assessment import Assessment
from harness.model.values import Outcome, Status
from harness.report.citations import plain
from harness.report.page import Colour, Page
from harness.report.view import FactLine, Item, RemedySet, SourceLine, Step, TopicSection, View
from harness.report.viewing import views
from harness.report.wording import DIFFER, SAME_BYTES, SETTLE, remedies_say

TONES = {Status.MET: Colour.GREEN, Status.NOT_MET: Colour.RED, Status.UNDOCUMENTED: Colour.YELLOW}
_OUTCOME_TONES = {
    Outcome.MEDICALLY_NECESSARY: Colour.GREEN,
    Outcome.NOT_MEDICALLY_NECESSARY: Colour.RED,
    Outcome.MORE_INFORMATION: Colour.YELLOW,
}


def render_text(assessments: Sequence[Assessment], *, colour: bool = False, width: int = 100) -> str:
    """The reports one after the other, each complete."""
    return "\n\n".join(_report(view, Page(width, colour)) for view in views(assessments))


def _report(view: View, page: Page) -> str:
    for write in _SECTIONS:
        write(view, page)
    return str(page)


def _answer(view: View, page: Page) -> None:
    details = f" ({view.details})" if view.details else ""
    page.title(f"Medical necessity assessment: {view.service}{details}")
    page.heading("Direct answer")
    for one in view.urgent:
        page.para(f"{one.title}. {one.says}", lead=f"{one.urgency.upper()}: ", tone=Colour.RED)
    page.para("", lead=view.headline, tone=_OUTCOME_TONES[view.outcome])
    if view.says:
        page.para(view.says)
    for reason in view.reasons:
        page.para(reason)
    page.para(view.review)
    page.gap()
    page.para(f"Case: {view.case}{_bracketed(view.case_title)}, requested on {view.request_date}")
    page.para(f"Policy: {view.policy_title} ({view.policy}), effective {view.effective}")
    if view.overlay:
        page.para(f"Overlay: {view.overlay}")
    page.para(view.approval)


def _deficiencies(view: View, page: Page) -> None:
    if view.deficiencies:
        page.heading("Deficiencies")
        for one in view.deficiencies:
            page.gap()
            _item(one, page)


def _exceptions_first(view: View, page: Page) -> None:
    if view.exceptions_needed:
        _exceptions(view, page)


def _exceptions_last(view: View, page: Page) -> None:
    if not view.exceptions_needed:
        _exceptions(view, page)


def _exceptions(view: View, page: Page) -> None:
    if not view.exceptions:
        return
    page.heading(view.exceptions_heading)
    for one in view.exceptions:
        basis = f" ({one.basis})" if one.basis else ""
        page.gap()
        page.bullet(f"{basis}: {one.title}.", lead=one.word, tone=_exception_tone(one))
        _says(one, page)
        for fact in one.facts:
            if fact.evidence:
                _fact(fact, page)
        if one.status is Status.MET:
            _sources(one.sources, page)


def _exception_tone(one: Item) -> Colour | None:
    return None if one.status is Status.NOT_MET else TONES[one.status]


def _checklist(view: View, page: Page) -> None:
    if not view.checklist:
        return
    page.heading("Required treatment and documentation")
    for one in view.checklist:
        page.bullet(one.title, lead=f"{one.word}: ", tone=TONES[one.status])
        if one.status is Status.MET:
            _says(one, page)
            for fact in one.facts:
                _fact(fact, page)
        elif one.submit:
            page.para(f"Submit: {one.submit}", 2)
    for words in view.enough:
        page.para(words)


def _topics(view: View, page: Page) -> None:
    for topic in view.topics:
        _topic(topic, page)


def _topic(topic: TopicSection, page: Page) -> None:
    page.heading(topic.title)
    for one in topic.considerations:
        _advice(one, page)
    for one in topic.criteria:
        page.bullet(one.title, lead=f"{one.word}: ", tone=TONES[one.status])


def _pitfalls(view: View, page: Page) -> None:
    if view.pitfalls:
        page.heading("Pitfalls to avoid")
        for one in view.pitfalls:
            _advice(one, page)


def _others(view: View, page: Page) -> None:
    if view.others:
        page.heading("Other services in the request")
        for other in view.others:
            page.bullet(f"{other.service}: {other.outcome}")
            if other.says:
                page.para(other.says, 2)


def _documents(view: View, page: Page) -> None:
    if view.documents:
        page.heading("Documents before reconsideration")
        for number, document in enumerate(view.documents, 1):
            urgency = f"{document.urgency.upper()}: " if document.urgency else ""
            page.bullet(document.submit, lead=urgency, tone=Colour.RED, mark=f"{number}.")


def _remedies(view: View, page: Page) -> None:
    if not view.remedies:
        return
    page.heading("What stands between this request and a favourable outcome")
    page.para(remedies_say(len(view.remedies)))
    for number, remedy in enumerate(view.remedies, 1):
        if len(view.remedies) > 1:
            page.para(f"Set {number}")
        _remedy(remedy, page)


def _remedy(remedy: RemedySet, page: Page) -> None:
    if remedy.settle:
        page.para(SETTLE, 2)
        _steps(remedy.settle, page)
    if remedy.differ:
        page.para(DIFFER, 2)
        _steps(remedy.differ, page)


def _steps(steps: Sequence[Step], page: Page) -> None:
    for step in steps:
        page.bullet(step.title, 2)


def _presumptions(view: View, page: Page) -> None:
    if not view.presumptions:
        return
    page.heading("Presumptions")
    page.para("Nothing is documented on these questions. The policy says how each is then read.")
    for one in view.presumptions:
        page.bullet(f"{one.question} Read as {one.text}, because undocumented.")
        if one.look_for:
            page.para(f"Look for: {one.look_for}", 2)
        if one.rules:
            page.para(f"It bears on: {'; '.join(one.rules)}", 2)


def _references(view: View, page: Page) -> None:
    if not view.references:
        return
    page.heading("References")
    page.para(f"What they say of a rule: necessity explain {view.policy} RULE. Markdown and HTML reports hold it too.")
    for one in view.references:
        page.bullet(plain(one.citation), mark=f"{one.number}.")
        for remark in one.remarks:
            page.para(remark, 2)


def _footer(view: View, page: Page) -> None:
    page.heading("About this assessment")
    page.para(f"Policy {view.policy}, effective {view.effective}, fingerprint {view.policy_hash[:12]}")
    page.para(f"SHA-256 {view.policy_hash}")
    page.para(SAME_BYTES)


_SECTIONS: tuple[Callable[[View, Page], None], ...] = (
    _answer,
    _deficiencies,
    _exceptions_first,
    _checklist,
    _topics,
    _pitfalls,
    _exceptions_last,
    _others,
    _documents,
    _remedies,
    _presumptions,
    _references,
    _footer,
)


def _item(one: Item, page: Page) -> None:
    page.bullet(one.title, lead=f"{one.word}: ", tone=TONES[one.status])
    _says(one, page)
    for fact in one.facts:
        _fact(fact, page)
    _sources(one.sources, page)


def _advice(one: Item, page: Page) -> None:
    urgency = f"{one.urgency.upper()}: " if one.urgency else ""
    page.bullet(f"{one.title}.", lead=urgency, tone=Colour.RED)
    _says(one, page)
    for fact in one.facts:
        if fact.evidence:
            _fact(fact, page)


def _says(one: Item, page: Page) -> None:
    if one.says or one.numbers:
        page.para(f"{one.says} {''.join(f'[{n}]' for n in one.numbers)}".strip(), 2)


def _fact(fact: FactLine, page: Page) -> None:
    asked = f" ({fact.asked})" if fact.asked else ""
    page.bullet(f"{fact.question} {fact.text}{asked}", 2)
    for one in fact.evidence:
        page.para(f'{one.where}: "{one.quote}"' if one.quote else one.where, 4)
    if fact.look_for:
        page.para(f"Look for: {fact.look_for}", 3)


def _sources(sources: Sequence[SourceLine], page: Page) -> None:
    if sources:
        page.para("Sources", 2)
        for source in sources:
            page.bullet(source.words, 2, mark=f"[{source.number}]")


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""
