"""The pages over all policies: by area, code and status; their thresholds, facts and references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.model.builtin import BUILT_IN
from harness.model.disclosure import completeness
from harness.model.policy import Policy
from harness.model.wording import date_words, value_text
from harness.report.wording import clean
from harness.site.policy_view import Asked, approval_says, asked
from harness.site.published import Published
from harness.site.sources import CitedBy, Entry, cited_by, entries

STATUSES = ("active", "draft", "retired")


@dataclass(frozen=True, slots=True)
class Card:
    """One policy in a list."""

    policy: Policy
    title: str
    summary: str
    effective: str
    approval: str
    disclosed: int  # percent


@dataclass(frozen=True, slots=True)
class CodeRow:
    system: str
    code: str
    cards: tuple[Card, ...]


@dataclass(slots=True)
class SharedFact:
    """One fact with all that ask for it; policies may ask in different words, each of which is told."""

    id: str
    asked: dict[str, Asked] = field(default_factory=dict)  # by question
    policies: dict[str, list[Policy]] = field(default_factory=dict)  # by question


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    policy: Policy
    value: str
    is_sourced: bool


@dataclass(slots=True)
class SharedThreshold:
    id: str
    title: str
    rows: list[ThresholdRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CitedReference:
    entry: Entry
    cited_by: tuple[CitedBy, ...]


def cards(policies: Iterable[Policy]) -> tuple[Card, ...]:
    return tuple(
        Card(
            policy,
            clean(policy.title),
            clean(policy.summary),
            date_words(policy.effective),
            approval_says(policy.approval),
            completeness(policy).percent,
        )
        for policy in policies
    )


def by_area(found: Iterable[Card]) -> dict[str, list[Card]]:
    areas: dict[str, list[Card]] = {}
    for card in found:
        areas.setdefault(card.policy.id.partition("/")[0], []).append(card)
    return areas


def by_code(found: Iterable[Card]) -> dict[str, list[CodeRow]]:
    """The codes of each system in order, with the policies that apply to each."""
    systems: dict[str, dict[str, list[Card]]] = {}
    for card in found:
        for codes in card.policy.applies_to:
            for code in codes.codes:
                systems.setdefault(codes.system, {}).setdefault(code, []).append(card)
    return {
        system: [CodeRow(system, code, tuple(several)) for code, several in sorted(codes.items())]
        for system, codes in sorted(systems.items())
    }


def by_status(found: Iterable[Card]) -> dict[str, list[Card]]:
    listed = list(found)
    groups = {status: [card for card in listed if card.policy.status == status] for status in STATUSES}
    return {status: group for status, group in groups.items() if group}


def shared_facts(policies: Iterable[Policy]) -> list[SharedFact]:
    """The facts by id, but those of every request."""
    found: dict[str, SharedFact] = {}
    for policy in policies:
        for id_, fact in policy.facts.items():
            if id_ not in BUILT_IN:
                shared = found.setdefault(id_, SharedFact(id_))
                shared.asked.setdefault(fact.question, asked(fact))
                shared.policies.setdefault(fact.question, []).append(policy)
    return [found[id_] for id_ in sorted(found)]


def shared_thresholds(policies: Iterable[Policy]) -> list[SharedThreshold]:
    """The parameters by id, with the value that each policy gives them."""
    found: dict[str, SharedThreshold] = {}
    for policy in policies:
        for id_, one in policy.parameters.items():
            value = clean(value_text(one.value, None, one.unit))
            shared = found.setdefault(id_, SharedThreshold(id_, clean(one.title)))
            shared.rows.append(ThresholdRow(policy, value, bool(one.references)))
    return [found[id_] for id_ in sorted(found)]


def cited_references(published: Published) -> list[CitedReference]:
    """Every reference in the order of its citation, with who cites it."""
    citing = cited_by(published.current())
    found = [
        CitedReference(entry, tuple(citing.get(entry.id, ()))) for entry in entries([*published.references.values()])
    ]
    return sorted(found, key=lambda one: (one.entry.citation.casefold(), one.entry.id))
