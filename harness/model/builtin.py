"""What every request and patient has, readable as a fact without being declared (design §3)."""

from __future__ import annotations

from harness.errors import Place
from harness.model.policy import Fact, Policy
from harness.model.values import FactType

LEVELS = (
    "C0/C1", "C1/C2", "C2/C3", "C3/C4", "C4/C5", "C5/C6", "C6/C7", "C7/T1",
    "T1/T2", "T2/T3", "T3/T4", "T4/T5", "T5/T6", "T6/T7", "T7/T8", "T8/T9", "T9/T10", "T10/T11", "T11/T12", "T12/L1",
    "L1/L2", "L2/L3", "L3/L4", "L4/L5", "L5/S1",
)  # fmt: skip
SIDES = ("left", "right", "bilateral", "midline")
SETTINGS = ("inpatient", "outpatient", "ambulatory surgery center", "office", "home")
SEXES = ("female", "male", "other")

_HERE = Place("(every request)")


def _choice(name: str, question: str, choices: tuple[str, ...]) -> Fact:
    return Fact(name, question, "The request", FactType.CHOICE, _HERE, choices=choices)


BUILT_IN = {
    fact.id: fact
    for fact in (
        Fact("request.date", "When was the service requested?", "The request", FactType.DATE, _HERE),
        _choice("request.level", "Which spinal level is requested?", LEVELS),
        _choice("request.side", "Which side is requested?", SIDES),
        _choice("request.setting", "In which setting is the service requested?", SETTINGS),
        Fact("patient.age", "How old is the patient?", "The request", FactType.NUMBER, _HERE, unit="a"),
        _choice("patient.sex", "What is the patient's sex?", SEXES),
    )
}


def facts_of(policy: Policy) -> dict[str, Fact]:
    """Every fact that a policy can read, the built-in ones first."""
    return {**BUILT_IN, **policy.facts}
