"""What a reader of one assessment is told, in the order of the report: the same for text, Markdown and HTML.

Everything here is already in words and cleaned, nothing is escaped. A section without content is empty and left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.assessment import Role
from harness.model.values import Outcome, Status


@dataclass(frozen=True, slots=True)
class Quote:
    where: str  # `Physical therapy log, 13 October 2025, page 2`
    quote: str


@dataclass(frozen=True, slots=True)
class FactLine:
    question: str
    text: str
    asked: str  # `at least 6 weeks`, or nothing
    look_for: str  # only where nothing is documented
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    number: int
    at: str
    says: str
    strength: str

    @property
    def words(self) -> str:
        """What the source says, on one line: `rec. 7: suggests six weeks (Grade B)`."""
        at = f"{self.at}: " if self.at and self.says else self.at
        strength = f" ({self.strength})" if self.strength else ""
        return f"{at}{self.says}{strength}" or "cited"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding. `word` is its status for the reader; `basis` says what a settled exception rests on."""

    rule: str
    role: Role
    status: Status
    word: str
    title: str
    says: str
    submit: str
    urgency: str
    basis: str
    facts: tuple[FactLine, ...]
    sources: tuple[SourceLine, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(source.number for source in self.sources))


@dataclass(frozen=True, slots=True)
class TopicSection:
    """The considerations of one topic, with how its criteria stand."""

    id: str
    title: str
    considerations: tuple[Item, ...]
    criteria: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class OtherService:
    service: str
    outcome: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    submit: str


@dataclass(frozen=True, slots=True)
class RemedySet:
    settle: tuple[Step, ...]  # a document can settle it
    differ: tuple[Step, ...]  # the clinical picture would have to differ


@dataclass(frozen=True, slots=True)
class DocumentLine:
    submit: str
    urgency: str


@dataclass(frozen=True, slots=True)
class PresumptionLine:
    question: str
    text: str
    look_for: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    number: int
    id: str
    citation: str  # with the marks of `citations`
    link: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    case: str
    case_title: str
    request_date: str
    service: str
    details: str  # level, side, setting
    policy: str
    policy_title: str
    effective: str
    approval: str
    outcome: Outcome
    headline: str
    says: str
    reasons: tuple[str, ...]  # the deficiencies in a breath
    review: str
    urgent: tuple[Item, ...]
    deficiencies: tuple[Item, ...]
    exceptions_heading: str
    exceptions_needed: bool  # False: a favourable outcome that rests on none, so they stand behind what it rests on
    exceptions: tuple[Item, ...]
    checklist: tuple[Item, ...]
    enough: tuple[str, ...]  # of which so many suffice: `At least 2 of these 3: A; B; C`
    topics: tuple[TopicSection, ...]
    pitfalls: tuple[Item, ...]
    others: tuple[OtherService, ...]
    documents: tuple[DocumentLine, ...]
    remedies: tuple[RemedySet, ...]
    presumptions: tuple[PresumptionLine, ...]
    references: tuple[ReferenceLine, ...]
    policy_hash: str
    overlay: str  # in words; empty when there is none
