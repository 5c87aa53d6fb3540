"""From the table of a file to the canonical table of one version: its facts read, measured, and each row checked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

from harness.batch.canonical import BAD, Fault, canonical, is_bad
from harness.batch.columns import column, high, low
from harness.batch.episodes import derived_facts
from harness.batch.measured import REASON, settled
from harness.model.policy import MeasureOf, Policy


@dataclass(frozen=True, slots=True)
class Prepared:
    """A canonical table with the column BAD, and the faults that its rows can have."""

    table: Table
    faults: tuple[Fault, ...]


def prepared(
    policy: Policy,
    table: Table,
    episodes: Table | None = None,
    *,
    known: Collection[str] = (),
    spelt: Callable[[str], str] = str,
) -> Prepared:
    """The canonical table of a version. `known` are the kinds of episode that other versions read.

    `spelt` is how the table names a column of a file.
    """
    cases, faults = canonical(policy, table, spelt)
    if episodes is not None or _derives_days(policy, cases):
        cases = settled(policy, cases, episodes, known=known)
        faults = (*faults, (ibis._[REASON].notnull(), ibis._[REASON]))
    return Prepared(cases.mutate(**{BAD: is_bad(faults)}), faults)


def _derives_days(policy: Policy, cases: Table) -> bool:
    """Whether days since a date are to be counted: the date is in the file, or presumed."""
    for fact in derived_facts(policy).values():
        measure = fact.measure
        if measure is not None and measure.of is MeasureOf.DAYS_SINCE and measure.date_fact is not None:
            source = measure.date_fact
            stated = {column(source), low(source), high(source)} & set(cases.columns)
            if stated or policy.facts[source].presumed is not None:
                return True
    return False
