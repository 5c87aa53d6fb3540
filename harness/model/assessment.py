"""An assessment: a recommendation with its reasons. Never a determination, which is a person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harness.errors import Place
from harness.model.case import Document, Episode, Reading
from harness.model.policy import Approval, Citation, Kind, Overlay, Reference, Topic, Urgency
from harness.model.values import FactType, Outcome, Status


class Role(StrEnum):
    """Why a finding is listed."""

    DEFICIENCY = "deficiency"  # an unmet or undocumented criterion that matters
    MET = "met"  # a met criterion that matters
    EXCEPTION = "exception"  # an exception, whether it applies or not
    CONSIDERATION = "consideration"  # a met consideration advises
    PITFALL = "pitfall"  # a met pitfall warns


class NodeKind(StrEnum):
    ALL = "all"
    ANY = "any"
    COUNT = "count"
    NOT = "not"
    RULE = "rule"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Explained:
    """A condition with its status, node by node, in words. `rule` or `fact` names what a leaf reads."""

    kind: NodeKind
    status: Status
    text: str
    matters: bool = True  # False below a branch that is already met
    rule: str | None = None
    fact: str | None = None
    children: tuple[Explained, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact that a finding rests on, as read and in words."""

    fact: str
    question: str
    look_for: str
    text: str  # the value in words: `41 days`, `no (presumed)`, `not documented`
    reading: Reading
    thresholds: tuple[str, ...]  # what it was compared with, in words: `at least 6 weeks`
    type: FactType
    unit: str | None  # the policy's; the reading itself is canonical


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    kind: Kind
    role: Role
    status: Status
    topic: str | None
    title: str
    says: str
    submit: str
    urgency: Urgency | None
    facts: tuple[FactRead, ...]
    explanation: Explained
    references: tuple[Citation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Every rule's status. `matters` is False for what an already met branch (an exception, say) waives."""

    rule: str
    kind: Kind
    status: Status
    title: str
    matters: bool
    explanation: Explained
    place: Place


@dataclass(frozen=True, slots=True)
class Presumption:
    """An undocumented fact that the policy reads as given, and the rules that matter and read it."""

    fact: str
    question: str
    look_for: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemedyStep:
    """One criterion of a remedy: undocumented, so that a document can settle it, or documented otherwise."""

    rule: str
    title: str
    status: Status
    submit: str

    @property
    def document_can_settle(self) -> bool:
        return self.status is Status.UNDOCUMENTED


@dataclass(frozen=True, slots=True)
class Remedy:
    """A smallest set of criteria whose being met would make the outcome favourable."""

    steps: tuple[RemedyStep, ...]


@dataclass(frozen=True, slots=True)
class DocumentRequired:
    submit: str
    rules: tuple[str, ...]
    urgency: Urgency | None


@dataclass(frozen=True, slots=True)
class CareLength:
    """A length of care that the policy asks for, with the episodes counted towards it: one row of the timeline."""

    fact: str
    question: str
    rule: str
    title: str
    required: str  # in words: `at least 6 weeks`
    required_days: int  # for drawing; months are drawn back from the request date on the calendar
    documented: str  # in words
    status: Status
    episodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the program recommends on one requested service of one case, and why."""

    case: str
    case_title: str
    request_date: date
    service: str  # as the request words it, else the policy's title
    level: str | None
    side: str | None
    setting: str | None
    policy: str
    policy_title: str
    effective: date
    policy_hash: str
    overlay: Overlay | None  # what changed the policy, where something did
    policy_place: Place
    approval: Approval | None
    outcome: Outcome
    outcome_says: str
    review_required: bool
    urgency: Urgency | None
    decision: Explained
    rules: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]
    presumptions: tuple[Presumption, ...]
    remedies: tuple[Remedy, ...]
    documents_required: tuple[DocumentRequired, ...]
    timeline: tuple[CareLength, ...]
    topics: tuple[Topic, ...]
    references: tuple[Reference, ...]
    episodes: tuple[Episode, ...]
    documents: Mapping[str, Document]
