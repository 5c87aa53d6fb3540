"""Measured facts of many cases, and what holds when a row states such a fact itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table, Value

from harness.batch import kleene
from harness.batch.columns import column, high, low, possible, presumed_high, presumed_low
from harness.batch.episodes import Selection, Wrong, derived_facts, read_episodes, wrong_in_its_case
from harness.batch.measures import COVERED, aggregates, days, in_windows, interval, reached
from harness.model.policy import Fact, Measure, MeasureOf, Policy
from harness.model.values import DAYS, Interval

REASON = "reason"  # why a row is rejected; NULL when it is not
_NO_BOUND = ibis.null("int64")
_Bounds = tuple[Value, Value]


def measured_low(fact: str) -> str:
    """The column of the lower bound of what is measured: whole days, months, sessions or episodes."""
    return f"{column(fact)}___measured_low"


def measured_high(fact: str) -> str:
    """The column of the upper bound of what is measured."""
    return f"{column(fact)}___measured_high"


def measured(policy: Policy, cases: Table, episodes: Table | None = None, *, known: Collection[str] = ()) -> Table:
    """For every row of the cases what is measured of it: `row`, and for each measured fact its columns named above.

    Bounds are 64-bit whole numbers: lengths in days whatever the fact's unit, months, sessions or episodes. `reason`
    tells why a row is rejected for its episodes. Episodes of the kinds in `known`, which another policy or version
    reads, are no mistake.
    """
    table = _measured(policy, cases, episodes, known)
    return table.select("row", *(one for one in table.columns if one not in cases.columns))


def settled(policy: Policy, cases: Table, episodes: Table | None = None, *, known: Collection[str] = ()) -> Table:
    """The canonical cases with the columns of every measured fact as it reads: stated, measured, or settled of both.

    A known number stands in the fact's own column, a range in its bounds, all in the fact's own unit. Beside them come
    `possible`, the presumed bounds (own unit too, of `days_since` a presumed date) and `reason`.

    A length in weeks is the float nearest to a number of days by seven. That is exact: stated numbers and thresholds
    have six decimals, so two different ones, in weeks, are at least a millionth by seven apart (1.4e-7), and floats up
    to 1e9 lie closer than that (1.2e-7). Rounding to the nearest keeps equal ones equal and different ones in order.
    """
    facts = derived_facts(policy)
    table = _measured(policy, cases, episodes, known)
    reasons: list[tuple[BooleanValue, str]] = []
    ends: dict[str, Value] = {}
    presumed: dict[str, Value] = {}
    for name, fact in facts.items():
        stated, own = _stated(fact.id, table), _in_own_unit(fact, table)
        both, differ = _both(stated, own)
        reads = _settle(fact, stated, own)
        if fact.when_several not in {"highest", "lowest"}:
            reasons.append((both & differ, _contradiction(fact)))
        ends[low(name)], ends[high(name)] = reads
        if presumed_low(name) in table.columns:
            nothing = stated[0].isnull() & stated[1].isnull()
            for one in (presumed_low(name), presumed_high(name)):
                presumed[one] = nothing.ifelse(_scaled(table[one], fact), ibis.null("float64"))
    kept = [one for one in table.columns if one in cases.columns or one in {possible(name) for name in facts}]
    table = table.select(
        *(one for one in kept if one not in {column(name) for name in facts} | set(ends)),
        **ends,
        **presumed,
        **{REASON: _told([(table[REASON].notnull(), table[REASON]), *reasons])},
    )
    points = {name: (table[low(name)] == table[high(name)]).fill_null(False) for name in facts}
    nothing = ibis.null("float64")
    return table.mutate(
        **{column(name): point.ifelse(table[low(name)], nothing) for name, point in points.items()},
        **{end(name): point.ifelse(nothing, table[end(name)]) for name, point in points.items() for end in (low, high)},
    )


def _measured(policy: Policy, cases: Table, episodes: Table | None, known: Collection[str]) -> Table:
    """The cases with what is measured of each."""
    facts = derived_facts(policy)
    over = {name: fact for name, fact in facts.items() if _measure(fact).of is not MeasureOf.DAYS_SINCE}
    plan = _Plan.of(over.values())
    table, wrong = (cases, ()) if episodes is None else _beside(policy, cases, episodes, plan, known)
    found: dict[str, Value] = {}
    for name, fact in facts.items():
        m = _measure(fact)
        bounds: _Bounds = (_NO_BOUND, _NO_BOUND)
        found[possible(name)] = ibis.literal(False)
        if m.of is MeasureOf.DAYS_SINCE:
            bounds = _days_since(policy, name, m, table, found)
        elif episodes is not None:
            n = plan.selections.index(Selection.of(m))
            bounds = interval(table, n, plan.selections[n], m.of)
            found[possible(name)] = table[f"n_{n}"].fill_null(0) > 0
        found[measured_low(name)], found[measured_high(name)] = bounds
    reason = _told([(table[one.column].fill_null(False), one.reason) for one in wrong])
    return table.select(*cases.columns, **found, **{REASON: reason})


@dataclass(frozen=True, slots=True)
class _Plan:
    """The selections of all measures, and what is measured of each."""

    selections: tuple[Selection, ...]
    measured: Mapping[Selection, frozenset[MeasureOf]]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> _Plan:
        measured: dict[Selection, set[MeasureOf]] = defaultdict(set)
        for fact in facts:
            measured[Selection.of(_measure(fact))].add(_measure(fact).of)
        return cls(tuple(measured), {one: frozenset(several) for one, several in measured.items()})


def _beside(
    policy: Policy, cases: Table, episodes: Table, plan: _Plan, known: Collection[str]
) -> tuple[Table, tuple[Wrong, ...]]:
    """The cases with the aggregates of their episodes, and the mistakes that are columns of it."""
    table, wrong = read_episodes(policy, episodes, plan.selections, known)
    table = table.join(cases.select("row", "case_id", "request_date"), "case_id")
    table = table.mutate(**{one.column: one.flag.fill_null(False) for one in wrong_in_its_case(table)})
    wrong += wrong_in_its_case(table)
    table = in_windows(table, plan.selections)
    table = reached(table, [(n, one) for n, one in enumerate(plan.selections) if COVERED & plan.measured[one]])
    kept: dict[str, Value] = {one.column: table[one.column].any() for one in wrong}
    for n, one in enumerate(plan.selections):
        kept |= aggregates(table, n, sorted(plan.measured[one]))
    rows = table.group_by(of_row="row").aggregate(**kept)
    return cases.left_join(rows, cases.row == rows.of_row), wrong


def _measure(fact: Fact) -> Measure:
    assert fact.measure is not None
    return fact.measure


def _days_since(policy: Policy, name: str, m: Measure, table: Table, found: dict[str, Value]) -> _Bounds:
    """Days since a documented date; those since a presumed one are columns of their own."""
    assert m.date_fact is not None
    earliest, latest = _stated(m.date_fact, table, "date")
    documented = earliest.notnull() | latest.notnull()
    source = policy.facts.get(m.date_fact)
    if source is not None and isinstance(source.presumed, Interval):
        ends = (_day(source.presumed.low), _day(source.presumed.high))
        for end, bound in zip((presumed_low, presumed_high), _since(*ends, table.request_date), strict=True):
            found[end(name)] = documented.ifelse(_NO_BOUND, bound)
    return tuple(documented.ifelse(bound, _NO_BOUND) for bound in _since(earliest, latest, table.request_date))


def _since(earliest: Value, latest: Value, request: Value) -> _Bounds:
    nearest = latest.isnull().ifelse(0, ibis.greatest(days(latest, request), ibis.literal(0)))
    return nearest.cast("int64"), days(earliest, request)


def _day(ordinal: Decimal | None) -> Value:
    return ibis.null("date") if ordinal is None else ibis.literal(date.fromordinal(int(ordinal)))


def _stated(fact: str, table: Table, kind: str = "float64") -> _Bounds:
    """The bounds that a row states of a fact, a known value being both."""
    value, least, most = (
        table[one] if one in table.columns else ibis.null(kind) for one in (column(fact), low(fact), high(fact))
    )
    return ibis.coalesce(value, least), ibis.coalesce(value, most)


def _in_own_unit(fact: Fact, table: Table) -> _Bounds:
    return _scaled(table[measured_low(fact.id)], fact), _scaled(table[measured_high(fact.id)], fact)


def _scaled(number: Value, fact: Fact) -> Value:
    """A canonical number in the fact's own unit: one division of whole numbers, rounded to the nearest float."""
    by = DAYS.get(fact.unit or "", 1)
    return number.cast("float64") if by == 1 else number.cast("float64") / float(by)


def _both(stated: _Bounds, own: _Bounds) -> tuple[BooleanValue, BooleanValue]:
    """Whether a fact is both stated and measured, and whether the two differ."""
    is_stated, is_measured = (pair[0].notnull() | pair[1].notnull() for pair in (stated, own))
    differ = kleene.any_of([~one.identical_to(other) for one, other in zip(stated, own, strict=True)])
    return is_stated & is_measured, differ


def _settle(fact: Fact, stated: _Bounds, own: _Bounds) -> _Bounds:
    """What a fact reads by what a row states and what is measured of it (`harness.cases.several`)."""
    both, differ = _both(stated, own)
    is_stated = stated[0].notnull() | stated[1].notnull()
    either = tuple(is_stated.ifelse(one, other) for one, other in zip(stated, own, strict=True))
    (low_1, high_1), (low_2, high_2) = stated, own
    none = ibis.null("float64")
    match fact.when_several:
        case "highest":
            joined = _outer(ibis.greatest, low_1, low_2), _inner(ibis.greatest, high_1, high_2)
        case "lowest":
            joined = _inner(ibis.least, low_1, low_2), _outer(ibis.least, high_1, high_2)
        case _:
            joined = none, none  # the row is rejected
    return tuple((both & differ).ifelse(one, other) for one, other in zip(joined, either, strict=True))


def _outer(pick: Any, one: Value, other: Value) -> Value:
    """The bound that either gives."""
    return pick(ibis.coalesce(one, other), ibis.coalesce(other, one))


def _inner(pick: Any, one: Value, other: Value) -> Value:
    """The bound that only both give."""
    return (one.notnull() & other.notnull()).ifelse(pick(one, other), ibis.null("float64"))


def _contradiction(fact: Fact) -> str:
    if fact.when_several == "latest":
        return f"`{fact.id}` is stated otherwise than it is measured, and a row has no dates to tell the latest by"
    source = _measure(fact).date_fact
    return f"`{fact.id}` is stated otherwise than it is measured from {f'`{source}`' if source else 'the episodes'}"


def _told(reasons: Sequence[tuple[BooleanValue, str | Value]]) -> StringValue:
    """All reasons that hold, in one text; NULL without any."""
    none = ibis.null("string")
    if not reasons:
        return none
    text = ibis.literal("; ").join([flag.ifelse(reason, none) for flag, reason in reasons])
    return kleene.any_of([flag for flag, _ in reasons]).ifelse(text, none)
