"""What is claimed of every possible case of a policy, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.errors import Place
from harness.model.policy import Property
from harness.model.values import Outcome, Status
from harness.proof.answers import Witness


class Verdict(StrEnum):
    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    NOTE = "note"  # nothing is wrong, and a reader should know it


@dataclass(frozen=True, slots=True)
class StatusReached:
    """Some case ends with this status of the rule."""

    rule: str
    status: Status


@dataclass(frozen=True, slots=True)
class OutcomeReached:
    """Some case ends with this outcome."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RuleDecides:
    """A criterion or exception makes a difference to some outcome, and stands in the way of none that it belongs to."""

    rule: str


@dataclass(frozen=True, slots=True)
class PropertyHolds:
    """What the author has declared."""

    declared: Property


@dataclass(frozen=True, slots=True)
class AbsenceNeverDenies:
    """No case whose decision is not met becomes favourable by documents alone."""


@dataclass(frozen=True, slots=True)
class PresumptionDenies:
    """Whether what is presumed of this fact can be all that makes an outcome unfavourable."""

    fact: str


Claim = StatusReached | OutcomeReached | RuleDecides | PropertyHolds | AbsenceNeverDenies | PresumptionDenies


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one claim. Of what is refuted by a case, `witness` is that case, or two to compare."""

    claim: Claim
    verdict: Verdict
    says: str
    place: Place
    why: tuple[str, ...] = ()
    help: str = ""
    witness: Witness | None = None
