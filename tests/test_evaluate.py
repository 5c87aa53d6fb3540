"""The semantics, line by line."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from harness.evaluate import count_status, status_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Documented,
    Not,
    Operator,
    OtherFact,
    RuleStatus,
)
from harness.model.values import Interval, Status, Value, quantity, to_canonical

MET, NOT, OPEN = Status.MET, Status.NOT_MET, Status.UNDOCUMENTED
ALL = (NOT, OPEN, MET)


def documented(value: Value | None) -> Reading:
    return UNDOCUMENTED if value is None else Reading(State.DOCUMENTED, value)


def compare(left: Value | None, operator: str, right: Value | tuple[str, ...]) -> Status:
    condition = Compare("a.b", Operator(operator), Constant(right))
    return status_of(condition, {"a.b": documented(left)}, {})


def between(low: int | None, high: int | None) -> Interval:
    return Interval(*(None if n is None else Decimal(n) for n in (low, high)))


@pytest.mark.parametrize(
    ("low", "high", "operator", "threshold", "status"),
    [
        (42, 42, "at_least", 42, MET),
        (41, 41, "at_least", 42, NOT),
        (40, 44, "at_least", 42, OPEN),
        (42, 44, "at_least", 42, MET),
        (None, 14, "at_least", 42, NOT),
        (None, 42, "at_least", 42, OPEN),
        (3, None, "at_least", 42, OPEN),
        (42, 42, "more_than", 42, NOT),
        (43, None, "more_than", 42, MET),
        (42, 43, "more_than", 42, OPEN),
        (42, 42, "at_most", 42, MET),
        (42, 43, "at_most", 42, OPEN),
        (43, 43, "at_most", 42, NOT),
        (None, 41, "less_than", 42, MET),
        (42, None, "less_than", 42, NOT),
        (41, 42, "less_than", 42, OPEN),
        (42, 42, "is", 42, MET),
        (41, 42, "is", 42, OPEN),
        (43, None, "is", 42, NOT),
        (43, None, "is_not", 42, MET),
        (41, 42, "is_not", 42, OPEN),
    ],
)
def test_a_range_settles_what_holds_for_all_of_it(
    low: int | None, high: int | None, operator: str, threshold: int, status: Status
) -> None:
    assert compare(between(low, high), operator, Interval.point(threshold)) is status


@pytest.mark.parametrize(
    ("left", "operator", "right", "status"),
    [
        ("left", "is", "left", MET),
        ("left", "is_not", "left", NOT),
        ("mild", "in", ("moderate", "severe"), NOT),
        ("mild", "not_in", ("moderate", "severe"), MET),
        (frozenset({"M51.14", "M54.5"}), "includes", ("M51.14", "M54.5"), MET),
        (frozenset({"M51.14"}), "includes", ("M51.14", "M54.5"), NOT),
        (frozenset({"M51.14"}), "includes_any", ("M51.1-",), MET),
        (frozenset({"M51.2"}), "includes_any", ("M51.1-", "M54.5"), NOT),
        (frozenset({"M51.14"}), "excludes", ("M51.-",), NOT),
        (frozenset(), "excludes", ("M51.-",), MET),
        (True, "is", True, MET),
        (False, "is", True, NOT),
        (None, "is", True, OPEN),
        (None, "is_not", True, OPEN),
        (None, "excludes", ("M51.-",), OPEN),
    ],
)
def test_comparison(left: Value | None, operator: str, right: Value | tuple[str, ...], status: Status) -> None:
    assert compare(left, operator, right) is status


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [("left", "left", MET), ("left", "right", NOT), ("left", None, OPEN), (None, None, OPEN)],
)
def test_two_facts(left: str | None, right: str | None, status: Status) -> None:
    condition = Compare("a.left", Operator.IS, OtherFact("a.right"))
    assert status_of(condition, {"a.left": documented(left), "a.right": documented(right)}, {}) is status


def test_a_choice_is_not_among_the_members_of_an_empty_set() -> None:
    facts = {"a.one": documented("left"), "a.none": documented(frozenset())}
    assert status_of(Compare("a.one", Operator.IN, OtherFact("a.none")), facts, {}) is NOT
    assert status_of(Compare("a.one", Operator.NOT_IN, OtherFact("a.none")), facts, {}) is MET


def test_connectives_are_strong_kleene() -> None:
    def rules(*statuses: Status) -> tuple[tuple[Condition, ...], dict[str, Status]]:
        names = [f"r{n}" for n in range(len(statuses))]
        return tuple(map(RuleStatus, names)), dict(zip(names, statuses, strict=True))

    for combination in product(ALL, repeat=3):
        items, held = rules(*combination)
        assert status_of(All(items), {}, held) is min(combination)
        assert status_of(AnyOf(items), {}, held) is max(combination)
        assert status_of(Not(items[0]), {}, held) is {NOT: MET, MET: NOT, OPEN: OPEN}[combination[0]]
        for at_least in (1, 2, 3):
            ways = {
                sum(chosen) >= at_least
                for chosen in product(*({NOT: [0], MET: [1], OPEN: [0, 1]}[s] for s in combination))
            }
            expected = OPEN if len(ways) == 2 else MET if ways == {True} else NOT
            assert status_of(Count(at_least, items), {}, held) is expected
            assert count_status(at_least, list(combination)) is expected


def test_documented_and_status_are_never_undocumented() -> None:
    presumed = Reading(State.PRESUMED, False)
    for reading, status in ((presumed, NOT), (UNDOCUMENTED, NOT), (documented(False), MET)):
        assert status_of(Documented("a.b", expected=True), {"a.b": reading}, {}) is status
        assert status_of(Documented("a.b", expected=False), {"a.b": reading}, {}) is status.negated
    for held, asked in product(ALL, repeat=2):
        assert status_of(RuleStatus("r", asked), {}, {"r": held}) is (MET if held is asked else NOT)


@pytest.mark.parametrize(
    ("days", "unit", "words"),
    [
        (42, "wk", "6 weeks"),
        (41, "wk", "5 weeks 6 days"),
        (7, "wk", "1 week"),
        (3, "wk", "3 days"),
        (0, "wk", "0 weeks"),
        (1, "d", "1 day"),
        (42, "d", "42 days"),
    ],
)
def test_lengths_in_words(days: int, unit: str, words: str) -> None:
    assert quantity(Decimal(days), unit) == words


def test_weeks_convert_to_days_and_months_never() -> None:
    assert to_canonical(Decimal("6.5"), "wk") == Decimal("45.5")
    assert to_canonical(Decimal(3), "mo") == 3
    assert quantity(Decimal(3), "mo") == "3 months"
    assert quantity(Decimal(18), "{visits}") == "18 visits"
    assert quantity(Decimal("52.50"), "%") == "52.5%"
