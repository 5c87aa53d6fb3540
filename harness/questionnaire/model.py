"""A questionnaire: what is still needed of a case under one policy, in words, in the order to ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.policy import Kind, Policy
from harness.model.values import FactType, Outcome, Status


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """A rule that reads the fact and is open. `can_settle`: some answer to this one question settles it."""

    rule: str
    kind: Kind
    title: str
    can_settle: bool


@dataclass(frozen=True, slots=True)
class RuleKnown:
    """A rule that no open fact can change."""

    rule: str
    kind: Kind
    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Records:
    """The treatment records that a fact is measured from."""

    kinds: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    window: str  # in words: `12 months`; empty without one
    show: str  # what each record must say


@dataclass(frozen=True, slots=True)
class Settling:
    """An answer that settles the outcome, whatever the other open facts are."""

    answer: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Question:
    fact: str
    question: str
    look_for: str
    type: FactType
    unit: str | None
    choices: tuple[str, ...]
    answer: str  # how to answer, in words
    presumed: str | None  # what the policy reads where nothing is documented, in words
    so_far: str | None  # what is documented without saying enough, in words
    records: Records | None
    rules: tuple[RuleAsked, ...]
    settles: tuple[Settling, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """`in_order` is asked if each answer leaves the most open; `may_follow` if an answer calls for it."""

    policy: Policy
    case: str | None
    service: str | None
    outcome: Outcome  # on what is documented so far
    settled: bool
    in_order: tuple[Question, ...]
    may_follow: tuple[Question, ...]
    known: tuple[RuleKnown, ...]

    @property
    def most(self) -> int:
        """No order of answers needs more questions than this."""
        return len(self.in_order) + len(self.may_follow)
