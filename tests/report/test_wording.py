"""The plain English of conditions, thresholds and values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import (
    All,
    Compare,
    Constant,
    Count,
    Documented,
    Operator,
    OtherFact,
    RuleStatus,
)
from harness.model.values import FactType, Interval, Status
from harness.model.wording import fact_name, fill, label, reading_text, threshold, value_text
from tests.report.policy_sample import POLICY, fact


def interval(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


DAYS = fact("care.days", FactType.NUMBER, "d")
WEEKS = fact("care.weeks", FactType.NUMBER, "wk")
DATE = fact("imaging.date", FactType.DATE)
THERAPY = Compare("physical_therapy.days", Operator.AT_LEAST, Constant(Interval.point(42), "therapy_weeks"))
SIDE = Compare("imaging.side", Operator.IS, OtherFact("request.side"))


@pytest.mark.parametrize(
    ("value", "of", "words"),
    [
        (None, DAYS, "not documented"),
        (True, None, "yes"),
        (False, None, "no"),
        (interval(41, 41), DAYS, "41 days"),
        (interval(None, 14), DAYS, "at most 14 days"),
        (interval(2, None), DAYS, "at least 2 days"),
        (interval(2, 14), DAYS, "between 2 and 14 days"),
        (interval(41, 56), WEEKS, "between 5 weeks 6 days and 8 weeks"),
        (interval(*[date(2025, 11, 24).toordinal()] * 2), DATE, "24 November 2025"),
        (interval(None, date(2025, 11, 1).toordinal()), DATE, "on or before 1 November 2025"),
        ("T12/L1", None, "T12/L1"),
        (frozenset({"b", "a"}), None, "a, b"),
        (frozenset(), None, "none"),
    ],
)
def test_values(value: Any, of: Any, words: str) -> None:
    assert value_text(value, of) == words


@pytest.mark.parametrize(
    ("operator", "operand", "words"),
    [
        (Operator.IS, Constant("left"), "left"),
        (Operator.IS_NOT, Constant("left"), "other than left"),
        (Operator.IN, Constant(("moderate", "severe")), "one of moderate, severe"),
        (Operator.NOT_IN, Constant(("none", "mild")), "none of none, mild"),
        (Operator.INCLUDES_ANY, Constant(("M51.1-", "G95.2")), "including any of M51.1- (any), G95.2"),
        (Operator.EXCLUDES, Constant(("G95.2",)), "without G95.2"),
        (Operator.IS, Constant(value=True), "yes"),
        (Operator.IS_NOT, Constant(value=True), "no"),
        (Operator.IS, Constant(value=False), "no"),
        (Operator.IS, OtherFact("request.side"), "the same as the requested side"),
    ],
)
def test_thresholds(operator: Operator, operand: Any, words: str) -> None:
    assert threshold(Compare("imaging.side", operator, operand), POLICY) == words


def test_threshold_speaks_in_the_unit_of_its_parameter() -> None:
    assert threshold(THERAPY, POLICY) == "at least 6 weeks"


def test_threshold_of_a_date_is_before_or_after() -> None:
    day = Constant(Interval.point(date(2025, 11, 24).toordinal()))
    assert threshold(Compare("imaging.date", Operator.AT_MOST, day), POLICY) == "on or before 24 November 2025"
    assert threshold(Compare("imaging.date", Operator.MORE_THAN, OtherFact("request.date")), POLICY) == (
        "after the request date"
    )


def test_nodes_are_said_without_their_children() -> None:
    assert label(Count(2, (THERAPY, SIDE, SIDE)), POLICY) == "at least 2 of these 3"
    assert label(All((SIDE,)), POLICY) == "all of these"
    assert label(RuleStatus("therapy", Status.UNDOCUMENTED), POLICY) == "At least 6 weeks of therapy: not documented"
    assert label(Documented("imaging.date", expected=False), POLICY) == "imaging date: not documented"


def test_placeholders_carry_units_and_say_what_is_not_documented() -> None:
    facts = {"physical_therapy.days": Reading(State.DOCUMENTED, Interval.point(41)), "imaging.side": UNDOCUMENTED}
    template = "Only {physical_therapy.days} of {therapy_weeks}; side {imaging.side}; {unknown.thing} {0} {"
    assert fill(template, POLICY, facts) == "Only 41 days of 6 weeks; side not documented; {unknown.thing} {0} {"
    assert fill("{physical_therapy.days}", POLICY) == "[physical therapy days]"


def test_a_value_is_never_a_template() -> None:
    facts = {"imaging.side": Reading(State.DOCUMENTED, "{therapy_weeks}")}
    assert fill("{imaging.side}", POLICY, facts) == "{therapy_weeks}"


def test_names_and_presumptions() -> None:
    assert fact_name("request.level") == "requested level"
    assert fact_name("red_flags.cauda_equina") == "red flags cauda equina"
    presumed = Reading(State.PRESUMED, value=False)
    assert reading_text(presumed, fact("a.b", FactType.BOOLEAN)) == "no (presumed)"
