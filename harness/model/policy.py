"""A policy as read: frozen, its modules merged in, its parameters resolved, every part with its place in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from harness.errors import Place
from harness.model.condition import Condition, Step, rules_met_by
from harness.model.values import FactType, Outcome, Status, Value


class Kind(StrEnum):
    CRITERION = "criterion"
    EXCEPTION = "exception"
    DEFINITION = "definition"
    CONSIDERATION = "consideration"
    PITFALL = "pitfall"


class Urgency(StrEnum):
    URGENT = "urgent"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of `references.yaml`. `csl` is the entry in CSL-JSON, as a citation processor reads it."""

    id: str
    csl: Mapping[str, object]
    status: str  # current | lapsed | superseded
    verified: str  # seen | secondary | unverified
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Citation:
    """What one reference really says about one rule or parameter."""

    cite: str
    at: str
    says: str
    strength: str
    place: Place


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold with its sources. `value` is canonical; a list of choices or codes is a tuple."""

    id: str
    title: str
    value: Value | tuple[str, ...]
    unit: str | None
    references: tuple[Citation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Window:
    """A look-back from the request date; one of the three is given, in whole months, weeks or days."""

    months: int = 0
    weeks: int = 0
    days: int = 0


class MeasureOf(StrEnum):
    DAYS_SPANNED = "days_spanned"
    WEEKS_SPANNED = "weeks_spanned"
    MONTHS_SPANNED = "months_spanned"
    DAYS_COVERED = "days_covered"
    WEEKS_COVERED = "weeks_covered"
    SESSIONS = "sessions"
    COUNT = "count"
    DAYS_SINCE_LAST = "days_since_last"
    DAYS_SINCE = "days_since"  # of a date fact, not of episodes


@dataclass(frozen=True, slots=True)
class Measure:
    """How a number is derived: from the episodes of the kinds named, or (`days_since`) from a date fact.

    `where` maps an episode attribute to the values it may have; boolean and text as written in the policy.
    """

    of: MeasureOf
    episodes: tuple[str, ...] = ()
    where: Mapping[str, tuple[bool | Decimal | str, ...]] = field(default_factory=dict)
    within: Window | None = None
    date_fact: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    question: str
    look_for: str
    type: FactType
    place: Place
    unit: str | None = None
    minimum: Decimal | None = None  # canonical, inclusive
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    system: str | None = None  # of codes: ICD-10-CM, CPT, HCPCS
    presumed: Value | None = None
    when_several: str | None = None  # latest | highest | lowest | any
    measure: Measure | None = None

    @property
    def least(self) -> Decimal | None:
        """The least that a case can state of it: its minimum; what is measured is else never negative."""
        return Decimal(0) if self.minimum is None and self.measure is not None else self.minimum


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    kind: Kind
    topic: str | None
    title: str
    says: Mapping[Status, str]
    submit: str
    references: tuple[Citation, ...]
    when: Condition
    place: Place
    places: Mapping[Step, Place] = field(default_factory=dict)  # of the conditions within `when`
    module: str | None = None  # the module it came from
    urgency: Urgency | None = None
    # A criterion that is asked for, not counted against: see `harness.evaluate.outcome_of`.
    when_undocumented: Outcome | None = None
    basis: str | None = None  # what it rests on: a regulation, a guideline, payer practice, ...
    relation: str | None = None  # to the text of Medicare: baseline, reuses, narrows, operationalizes, adds


@dataclass(frozen=True, slots=True)
class Codes:
    system: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    body: str
    date: dt.date
    next_review: dt.date | None


@dataclass(frozen=True, slots=True)
class Decision:
    says: Mapping[Outcome, str]
    when_undocumented: Outcome
    necessary_when: Condition
    place: Place
    places: Mapping[Step, Place] = field(default_factory=dict)  # of the conditions within `necessary_when`


class Toward(StrEnum):
    MORE = "more"
    LESS = "less"
    TRUE = "true"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Monotone:
    """Moving one fact `toward` a side, all else the same, never makes the outcome less favourable."""

    fact: str
    toward: Toward


@dataclass(frozen=True, slots=True)
class Always:
    """In each case in which `when` is met, the outcome is `then`; or `then`, a condition, is met."""

    when: Condition
    then: Outcome | Condition


@dataclass(frozen=True, slots=True)
class Never:
    """In no case in which `when` is met, the outcome is `then`; or `then`, a condition, is met."""

    when: Condition
    then: Outcome | Condition


@dataclass(frozen=True, slots=True)
class Property:
    """What an author says is true of every possible case. `necessity prove` proves or refutes it."""

    id: str
    title: str
    claim: Monotone | Always | Never
    place: Place


@dataclass(frozen=True, slots=True)
class Overlay:
    """What changed a policy version without a copy of it."""

    id: str
    title: str
    summary: str
    line_of_business: str | None  # medicare-advantage | commercial | medicaid
    place: Place

    @property
    def is_medicare_advantage(self) -> bool:
        return self.line_of_business == "medicare-advantage"


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one policy. `order` lists the rule ids so that each stands behind the rules it reads."""

    id: str
    title: str
    summary: str
    status: str  # draft | active | retired
    effective: dt.date
    until: dt.date | None  # the last day in force, where the file says one
    approval: Approval | None
    applies_to: tuple[Codes, ...]
    topics: tuple[Topic, ...]
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    rules: Mapping[str, Rule]
    order: tuple[str, ...]
    decision: Decision
    references: Mapping[str, Reference]  # those cited, by id, in the order of first citation
    hash: str  # SHA-256 of the canonical content, hexadecimal
    place: Place
    properties: tuple[Property, ...] = ()
    summary_of_evidence: str = ""
    rationale: str = ""
    overlay: Overlay | None = None
    medicare_established: bool = False  # whether Medicare's own criteria for the service are fully established

    @property
    def version(self) -> str:
        version = f"{self.id}@{self.effective.isoformat()}"
        return version if self.overlay is None else f"{version}+{self.overlay.id}"

    @property
    def is_held_to_medicare(self) -> bool:
        """Whether an overlay for Medicare Advantage changes it, and Medicare's own criteria are fully established."""
        return self.medicare_established and self.overlay is not None and self.overlay.is_medicare_advantage

    def made_of(self, rule: Rule) -> tuple[Rule, ...]:
        """A rule and the definitions by which it is met, each once; one that must not be met is no part of it."""
        found = {rule.id: rule}
        waiting = [rule]
        while waiting:
            for name in rules_met_by(waiting.pop(0).when):
                if name not in found and self.rules[name].kind is Kind.DEFINITION:
                    found[name] = self.rules[name]
                    waiting.append(found[name])
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Policies:
    """Every version of every policy of a folder, by policy id, the earliest version first."""

    versions: Mapping[str, tuple[Policy, ...]]
    folder: str

    def all(self) -> Iterator[Policy]:
        """Every version of every policy, by id and then by date."""
        for versions in self.versions.values():
            yield from versions

    def in_force(self, policy: str, on: dt.date) -> Policy | None:
        """The version that runs for a request of that date; None before the first, after the last, or for a draft."""
        found = None
        for version in self.versions.get(policy, ()):
            if version.status != "draft" and version.effective <= on:
                found = version
        return None if found is None or (found.until is not None and found.until < on) else found

    def for_code(self, system: str, code: str, on: dt.date) -> tuple[Policy, ...]:
        """The versions in force on a date that apply to a code."""
        found = (self.in_force(policy, on) for policy in self.versions)
        return tuple(
            p for p in found if p is not None and any(c.system == system and code in c.codes for c in p.applies_to)
        )
