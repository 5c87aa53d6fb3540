"""Every possible case: a policy as formulas, put to the solver z3. The only room that imports it."""

from harness.proof.answers import Answer, CaseUnder, Proved, Refuted, Unknown, Witness
from harness.proof.compare import (
    AnythingDiffers,
    Comparison,
    OutcomeDiffers,
    OutcomeGoes,
    StatusDiffers,
    differing,
)
from harness.proof.prove import prove

__all__ = [
    "Answer",
    "AnythingDiffers",
    "CaseUnder",
    "Comparison",
    "OutcomeDiffers",
    "OutcomeGoes",
    "Proved",
    "Refuted",
    "StatusDiffers",
    "Unknown",
    "Witness",
    "differing",
    "prove",
]
