"""A policy as one columnar expression: statuses, outcome, deficiencies and the smallest remedy of every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ibis.expr.types import Table

from harness.batch.matter import add_deficiencies
from harness.batch.remedy import add_remedy, candidates, is_read_once
from harness.batch.statuses import Statuses
from harness.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an expression of a policy computes, by the names of its columns.

    `rules` are nullable booleans by rule id, `deficiencies` booleans by rule id; `remedy` says what the bits of the
    column REMEDY stand for, and is None where the policy is not read once.
    """

    policy: Policy
    statuses: Statuses
    rules: Mapping[str, str]
    deficiencies: Mapping[str, str]
    remedy: tuple[str, ...] | None

    def on(self, table: Table) -> Table:
        """A canonical table with all that is computed beside its own columns."""
        return self.statuses.stages.on(table)


def compiled(policy: Policy, columns: Collection[str]) -> Compiled:
    """The expression of a policy over a canonical table with these columns."""
    statuses = Statuses.of(policy, columns)
    statuses.add_outcome()
    after = statuses.last
    deficiencies = add_deficiencies(statuses, after)
    remedy = None
    if is_read_once(policy):
        add_remedy(statuses, after)
        remedy = candidates(policy)
    return Compiled(policy, statuses, statuses.rules, deficiencies, remedy)
