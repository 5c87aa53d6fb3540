"""All that is claimed of every possible case of a policy, settled claim by claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from harness.model.policy import Policy
from harness.proof.absence import absence_claims, settle_absence, settle_presumption
from harness.proof.decides import decides_claims, settle_decides
from harness.proof.declared import settle_property
from harness.proof.every_case import EveryCase
from harness.proof.reached import outcome_claims, settle_outcome, settle_status, status_claims
from harness.proof.results import (
    AbsenceNeverDenies,
    Claim,
    OutcomeReached,
    PresumptionDenies,
    PropertyHolds,
    Result,
    RuleDecides,
    StatusReached,
)
from harness.proof.solver import SECONDS


def claims(policy: Policy) -> tuple[Claim, ...]:
    """What is claimed of a policy, what its author has declared first."""
    return (
        *map(PropertyHolds, policy.properties),
        *absence_claims(policy),
        *outcome_claims(),
        *status_claims(policy),
        *decides_claims(policy),
    )


def prove(
    policy: Policy, seconds: float = SECONDS, *, last: date | None = None, only: tuple[Claim, ...] | None = None
) -> Iterator[Result]:
    """Settle each claim, or `only` some; one result after the other, so that what is done is never lost.

    `seconds` is the time limit of one question to the solver, `last` the last day on which the policy is in force
    where a later version ends it. Raises InternalError when a witness does not evaluate as the formulas have it.
    """
    every_case = EveryCase(policy, seconds, last)
    for claim in claims(policy) if only is None else only:
        yield _settle(every_case, claim)


def _settle(every_case: EveryCase, claim: Claim) -> Result:
    match claim:
        case PropertyHolds():
            return settle_property(every_case, claim)
        case AbsenceNeverDenies():
            return settle_absence(every_case, claim)
        case PresumptionDenies():
            return settle_presumption(every_case, claim)
        case OutcomeReached():
            return settle_outcome(every_case, claim)
        case RuleDecides():
            return settle_decides(every_case, claim)
        case StatusReached():
            return settle_status(every_case, claim)
