"""The smallest remedies of rows whose policy is not read once: by the search of the single case, once a kind of row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from harness.assessment.remedies import remedy_sets
from harness.batch.columns import SET_SEPARATOR, column, high, low, possible, presumed_high, presumed_low
from harness.batch.expression import Compiled
from harness.batch.statuses import OUTCOME
from harness.evaluate import evaluate
from harness.model.builtin import facts_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.policy import Fact, Policy
from harness.model.values import DAYS, FactType, Interval, Outcome, Value


def remedies(compiled: Compiled, rows: pl.DataFrame) -> pl.Series:
    """The first remedy of each row, its criteria with `;` between; `rows` has the canonical columns and the leaves."""
    leaves = list(compiled.statuses.leaves.values())
    policy = compiled.policy
    wanting = rows.filter(pl.col(OUTCOME) != Outcome.MEDICALLY_NECESSARY.value)
    kinds = wanting.unique(leaves, maintain_order=True)
    found = []
    for row in kinds.iter_rows(named=True):
        facts = readings(policy, row)
        sets = remedy_sets(policy, facts, evaluate(policy, facts))
        found.append(";".join(sets[0]) if sets else None)
    known = kinds.select(leaves).with_columns(pl.Series("remedy", found, pl.String))
    joined = rows.select(pl.col(leaves), pl.col(OUTCOME)).join(
        known, on=leaves, how="left", nulls_equal=True, maintain_order="left"
    )
    favourable = pl.col(OUTCOME) == Outcome.MEDICALLY_NECESSARY.value
    return joined.select(pl.when(~favourable).then(pl.col("remedy")).otherwise(None)).to_series()


def readings(policy: Policy, row: Mapping[str, object]) -> dict[str, Reading]:
    """The facts of one canonical row as a case would have them, without their evidence."""
    return {name: _reading(fact, row) for name, fact in facts_of(policy).items()}


def _reading(fact: Fact, row: Mapping[str, object]) -> Reading:
    value = _value(fact, row.get(column(fact.id)), row.get(low(fact.id)), row.get(high(fact.id)))
    if value is not None:
        return Reading(State.DOCUMENTED, value)
    derived = _value(fact, None, row.get(presumed_low(fact.id)), row.get(presumed_high(fact.id)))
    if derived is not None:
        return Reading(State.PRESUMED, derived)
    if fact.presumed is not None and not row.get(possible(fact.id)):
        return Reading(State.PRESUMED, fact.presumed)
    return UNDOCUMENTED


def _value(fact: Fact, value: object, least: object, most: object) -> Value | None:
    match fact.type, value:
        case ((FactType.NUMBER | FactType.DATE), _):
            ends = (value, value) if value is not None else (least, most)
            low_, high_ = (_number(fact, end) for end in ends)
            return None if low_ is None and high_ is None else Interval(low_, high_)
        case FactType.SET, str(text):
            return frozenset(one for one in text.split(SET_SEPARATOR) if one)
        case _, (bool() | str()):
            return value
        case _:
            return None


def _number(fact: Fact, end: object) -> Decimal | None:
    if end is None:
        return None
    if fact.type is FactType.DATE:
        return Decimal(end.toordinal())  # type: ignore[attr-defined] # Polars gives a date
    # The shortest text of a float is the decimal that it was read from.
    exact = Decimal(repr(end))
    days = DAYS.get(fact.unit or "", 1)
    whole = exact * days
    # A length that was measured in days may have no short text in weeks.
    return whole.quantize(Decimal("0.000001")).normalize() if days != 1 else exact
