"""References in AMA style, numbered as a page first cites them, and the places that cite each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.model.policy import Citation, Policy, Reference
from harness.model.wording import rule_title
from harness.report.citations import ama, link
from harness.report.items import Numbers
from harness.report.wording import clean, remarks
from harness.site.addresses import parameter_anchor, reference_anchor, rule_anchor


@dataclass(frozen=True, slots=True)
class Source:
    """What one reference says about one rule or threshold."""

    number: int
    anchor: str  # of the reference on the page
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference. `citation` still carries the marks of `harness.report.citations` around what is italic."""

    number: int
    id: str
    anchor: str
    citation: str
    link: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedBy:
    """One rule or threshold that cites a reference."""

    policy: Policy
    anchor: str
    title: str
    words: str


class Bibliography:
    """The references of one page."""

    def __init__(self, known: Mapping[str, Reference]) -> None:
        self._known = known
        self._numbers = Numbers(known)

    def of(self, citations: Iterable[Citation]) -> tuple[Source, ...]:
        lines = self._numbers.of(citations)
        ids = {number: id_ for id_, number in self._numbers.given.items()}
        return tuple(Source(one.number, reference_anchor(ids[one.number]), one.words) for one in lines)

    def entries(self) -> tuple[Entry, ...]:
        """Those that have been cited so far, in order of number."""
        return entries([self._known[id_] for id_ in self._numbers.given])


def entries(references: Sequence[Reference]) -> tuple[Entry, ...]:
    return tuple(
        Entry(number, one.id, reference_anchor(one.id), citation, link(one), remarks(one))
        for number, (one, citation) in enumerate(zip(references, ama(references), strict=True), 1)
    )


def cited_by(policies: Iterable[Policy]) -> dict[str, list[CitedBy]]:
    """Who cites each reference, by its id, in the order of the policies."""
    found: dict[str, list[CitedBy]] = {}

    def note(policy: Policy, citations: Iterable[Citation], anchor: str, title: str) -> None:
        for one in citations:
            words = clean(": ".join(part for part in (one.at, one.says) if part))
            found.setdefault(one.cite, []).append(CitedBy(policy, anchor, clean(title), words))

    for policy in policies:
        for rule in policy.rules.values():
            note(policy, rule.references, rule_anchor(rule.id), rule_title(rule.id, policy))
        for parameter in policy.parameters.values():
            note(policy, parameter.references, parameter_anchor(parameter.id), parameter.title)
    return found
