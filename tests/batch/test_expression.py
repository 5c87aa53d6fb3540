"""The columnar expression has of every row what the single case has: statuses, outcome, deficiencies, first remedy."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import ibis
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.assessment.findings import deficiencies
from harness.assessment.remedies import remedy_sets
from harness.batch import rowwise
from harness.batch.columns import ROW
from harness.batch.engines import CASES, ENGINES
from harness.batch.expression import compiled
from harness.batch.remedy import REMEDY, criteria_of
from harness.batch.statuses import OUTCOME
from harness.evaluate import evaluate, outcome_of
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Documented,
    Not,
    RuleStatus,
    walk,
)
from harness.model.policy import Kind, Policy
from harness.model.values import Outcome, Status
from tests.batch.rows import Readings, canonical
from tests.generate import policies, readings

TRUTH = {Status.MET: True, Status.NOT_MET: False, Status.UNDOCUMENTED: None}
KINDS = (*[Kind.CRITERION] * 5, *[Kind.DEFINITION] * 3, *[Kind.EXCEPTION] * 2, Kind.CONSIDERATION)
NAMED = (*[None] * 6, Status.MET, Status.NOT_MET, Status.UNDOCUMENTED)


def assert_as_single(policy: Policy, rows: Sequence[Readings], engine: str) -> None:
    """Every row as the direct evaluator has it; a row that differs is shown alone, with what differs."""
    table = canonical(policy, rows).with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))
    expression = compiled(policy, table.columns)
    unbound = ibis.table(ibis.Schema.from_polars(table.schema), name=CASES)
    found = ENGINES[engine](expression.on(unbound), table.lazy())(0, len(rows), [pl.all()])
    by_row = rowwise.remedies(expression, found)
    for facts, row, slow in zip(rows, found.iter_rows(named=True), by_row, strict=True):
        statuses = evaluate(policy, facts)
        for id_, status in statuses.items():
            assert row[expression.rules[id_]] is TRUTH[status], (id_, policy.rules[id_].when, facts)
        assert row[OUTCOME] == outcome_of(policy, facts, statuses), facts
        named = {id_ for id_, column in expression.deficiencies.items() if row[column]}
        assert named == deficiencies(policy, facts, statuses), facts
        first = next(iter(remedy_sets(policy, facts, statuses)), ())
        assert (slow or "") == ";".join(first), facts
        if expression.remedy is not None:
            assert criteria_of(row[REMEDY], expression.remedy) == first, facts


def varied(policy: Policy, chance: random.Random) -> Policy:
    """The same with rules of every kind, some of them asked for, and a decision of any form."""
    rules = {}
    for id_, rule in policy.rules.items():
        kind = chance.choice(KINDS)
        asked = kind is Kind.CRITERION and chance.random() < 0.2
        rules[id_] = replace(rule, kind=kind, when_undocumented=Outcome.MORE_INFORMATION if asked else None)
    leaves = [one for rule in rules.values() for one in walk(rule.when) if isinstance(one, Compare | Documented)]

    def condition(depth: int) -> Condition:
        if depth == 0 or chance.random() < 0.3:
            if leaves and chance.random() < 0.1:
                return chance.choice(leaves)
            return RuleStatus(chance.choice(list(rules)), chance.choice(NAMED))
        items = tuple(condition(depth - 1) for _ in range(chance.randint(1, 4)))
        some = (Count(chance.randint(1, len(items)), items), Not(items[0]))
        return chance.choice((All(items), All(items), AnyOf(items), *(some if chance.random() < 0.4 else ())))

    either = chance.choice((Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY))
    decision = replace(policy.decision, necessary_when=condition(3), when_undocumented=either)
    return replace(policy, rules=rules, decision=decision)


@pytest.mark.parametrize(("engine", "examples"), [("polars", 60), ("duckdb", 15)])
def test_a_random_policy_has_the_results_of_the_single_case(engine: str, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data(), st.integers(0, 2**32))
    def holds(data: st.DataObject, seed: int) -> None:
        policy = varied(data.draw(policies(largest=12)), random.Random(seed))
        assert_as_single(policy, [data.draw(readings(policy)) for _ in range(6)], engine)

    holds()
