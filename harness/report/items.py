"""Findings as the reader sees them, their sources numbered by first appearance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.model.assessment import Assessment, FactRead, Finding, Role
from harness.model.case import Document, State
from harness.model.policy import Citation
from harness.model.values import Status
from harness.report.view import FactLine, Item, Quote, SourceLine
from harness.report.wording import EXCEPTIONS, STATUSES, URGENCIES, basis_says, capitalised, clean, sentence, where

_REQUIRED = {Role.DEFICIENCY, Role.MET}
_REQUESTED = "request."
_OF_THE_REQUEST = (_REQUESTED, "patient.")


class Numbers:
    """The number of each source, given out in the order in which the report first cites it."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._given: dict[str, int] = {}

    def of(self, citations: Iterable[Citation]) -> tuple[SourceLine, ...]:
        """What each source says; all that one source says stands together."""
        known = [c for c in citations if c.cite in self._known]
        together = list(dict.fromkeys(c.cite for c in known))
        return tuple(
            SourceLine(self._number(c.cite), clean(c.at), clean(c.says), clean(c.strength))
            for c in sorted(known, key=lambda c: together.index(c.cite))
        )

    def _number(self, cite: str) -> int:
        return self._given.setdefault(cite, len(self._given) + 1)

    @property
    def given(self) -> Mapping[str, int]:
        return self._given


def of_role(assessment: Assessment, role: Role, numbers: Numbers) -> tuple[Item, ...]:
    """The findings of one role, in their order."""
    return tuple(item(f, assessment, numbers) for f in assessment.findings if f.role is role)


def item(finding: Finding, assessment: Assessment, numbers: Numbers) -> Item:
    exception = finding.role is Role.EXCEPTION
    return Item(
        rule=finding.rule,
        role=finding.role,
        status=finding.status,
        word=(EXCEPTIONS if exception else STATUSES)[finding.status],
        title=clean(finding.title),
        says=sentence(clean(finding.says)),
        submit=clean(finding.submit),
        urgency=URGENCIES[finding.urgency] if finding.urgency else "",
        basis=basis_says(finding.status, _states(finding)) if exception else "",
        facts=tuple(_fact(fact, finding, assessment.documents) for fact in finding.facts if _is_shown(fact, finding)),
        sources=numbers.of(finding.references),
    )


def is_urgent(finding: Finding) -> bool:
    """An exception, consideration or pitfall that holds and cannot wait."""
    return finding.urgency is not None and finding.status is Status.MET


def _is_shown(fact: FactRead, finding: Finding) -> bool:
    """What is requested stands at the head of the report; what is undocumented carries nothing that is met."""
    carries = fact.reading.state is not State.UNDOCUMENTED or finding.status is not Status.MET
    return carries and not fact.fact.startswith(_REQUESTED)


def _states(finding: Finding) -> frozenset[State]:
    """How the facts are known that a finding rests on; what is undocumented carries nothing."""
    return frozenset(
        fact.reading.state
        for fact in finding.facts
        if not fact.fact.startswith(_OF_THE_REQUEST) and fact.reading.state is not State.UNDOCUMENTED
    )


def _fact(fact: FactRead, finding: Finding, documents: Mapping[str, Document]) -> FactLine:
    documented = fact.reading.state is State.DOCUMENTED
    wanted = "; ".join(dict.fromkeys(clean(words) for words in fact.thresholds))
    # A criterion asks for something; the other kinds only hold if something is so.
    asked = wanted and f"{'asked for' if finding.role in _REQUIRED else 'holds if'}: {wanted}"
    evidence = [Quote(where(e, documents.get(e.document)), clean(e.quote)) for e in fact.reading.evidence]
    if documented and not evidence and not fact.fact.startswith(_OF_THE_REQUEST):
        evidence = [Quote("Stated without a document", "")]
    return FactLine(
        question=clean(fact.question),
        text=capitalised(clean(fact.text)),
        asked=asked,
        look_for="" if documented else clean(fact.look_for),
        evidence=tuple(dict.fromkeys(evidence)),
    )
