"""What comes of a question about every possible case. Unknown is an answer of its own and is never rounded up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.model.case import Reading
from harness.model.policy import Policy
from harness.model.values import Outcome, Status


@dataclass(frozen=True, slots=True)
class CaseUnder:
    """One case as a policy reads it, with what follows; `harness.evaluate` has confirmed it."""

    policy: Policy
    facts: Mapping[str, Reading]
    statuses: Mapping[str, Status]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Witness:
    """The cases that answer a question: one, or two that differ in what the question is about."""

    old: CaseUnder
    new: CaseUnder


@dataclass(frozen=True, slots=True)
class Proved:
    """There is no such case."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """There is such a case, and this is a smallest one."""

    witness: Witness


@dataclass(frozen=True, slots=True)
class Unknown:
    """The solver did not settle it."""

    reason: str


Answer = Proved | Refuted | Unknown
