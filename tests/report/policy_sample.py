"""A small policy made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from harness.model.builtin import BUILT_IN
from harness.model.condition import All, Compare, Condition, Constant, Operator, OtherFact, RuleStatus
from harness.model.policy import Decision, Fact, Kind, Measure, MeasureOf, Parameter, Policy, Rule, Topic, Window
from harness.model.values import FactType, Interval, Outcome, Status
from tests.report.samples import ACP, PLACE, cites


def fact(name: str, kind: FactType, unit: str | None = None, **more: Any) -> Fact:
    return Fact(name, f"What is {name}?", "Visit notes", kind, PLACE, unit=unit, **more)


def rule(name: str, title: str, when: Condition, **more: Any) -> Rule:
    return Rule(name, Kind.CRITERION, "care", title, {}, "", (), when, PLACE, **more)


THERAPY = Rule(
    "therapy",
    Kind.CRITERION,
    "care",
    "At least {therapy_weeks} of therapy",
    {
        Status.MET: "{physical_therapy.days} are documented.",
        Status.NOT_MET: "Only {physical_therapy.days} are documented; {therapy_weeks} are required.",
    },
    "Therapy records of {therapy_weeks}",
    cites("acp-2017"),
    All(
        (
            Compare("physical_therapy.days", Operator.AT_LEAST, Constant(Interval.point(42), "therapy_weeks")),
            Compare("imaging.side", Operator.IS, OtherFact("request.side")),
        )
    ),
    PLACE,
)

POLICY = Policy(
    id="spine/sample",
    title="Sample",
    summary="",
    status="active",
    effective=date(2025, 1, 1),
    until=None,
    approval=None,
    applies_to=(),
    topics=(Topic("care", "Conservative treatment", PLACE),),
    parameters={
        "therapy_weeks": Parameter("therapy_weeks", "Length", Interval.point(42), "wk", cites("acp-2017"), PLACE)
    },
    facts={
        **BUILT_IN,
        "physical_therapy.days": fact(
            "physical_therapy.days",
            FactType.NUMBER,
            "d",
            measure=Measure(MeasureOf.DAYS_SPANNED, ("physical_therapy",), {"supervised": (True,)}, Window(months=6)),
        ),
        "imaging.side": fact("imaging.side", FactType.CHOICE, choices=("left", "right"), presumed="left"),
        "imaging.date": fact("imaging.date", FactType.DATE),
    },
    rules={"therapy": THERAPY, "other": rule("other", "Another", RuleStatus("therapy"))},
    order=("therapy", "other"),
    decision=Decision({}, Outcome.MORE_INFORMATION, RuleStatus("other"), PLACE),
    references={"acp-2017": ACP},
    hash="cd" * 32,
    place=PLACE,
)
