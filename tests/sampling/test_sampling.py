"""Sampled cases: valid under their policy, plausible, at every edge of it, and the same every time."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from harness.evaluate import evaluate, outcome_of
from harness.model.case import Reading
from harness.model.policy import Policies, Policy
from harness.model.values import Status
from harness.policies import read_policies
from harness.proof.answers import Refuted
from harness.proof.every_case import EveryCase
from harness.sampling import Boundary, Sample, Span, edges_of, found_at, plan_of, sample_of, span_of, write_rows
from harness.sampling.boundary import EndsIn, SidesOf, StatusOf
from tests import generate
from tests.cli.kit import SHIPPED
from tests.sampling.kit import readings, rows_of

FOUNDING = "spine/thoracolumbar-decompression"
POLICIES = read_policies(SHIPPED)
VERSIONS = {version.version: version for version in POLICIES.all()}


def sampled(policy: Policy, rows: int, *, policies: Policies = POLICIES, share: float = 0.02, seed: int = 7) -> Sample:
    plan, days = plan_of(policy), span_of(policies, policy, None)
    edges = edges_of(plan, days)
    boundaries = [one for edge in edges.edges for one in found_at(edges, edge)] if share else []
    return sample_of(plan, boundaries, days, rows, seed, share)


def content(sample: Sample, form: str = ".parquet") -> bytes:
    stream = BytesIO()
    stream.close, closed = (lambda: None), stream.close  # type: ignore[method-assign] # a writer closes it
    write_rows(sample, sample.tables(), stream, form)
    found = stream.getvalue()
    closed()
    return found


def frame(sample: Sample) -> pl.DataFrame:
    found = pl.from_arrow(next(sample.tables()))
    assert isinstance(found, pl.DataFrame)
    return found


def file_of(sample: Sample, folder: Path, form: str = ".parquet") -> Path:
    file = folder / f"cases{form}"
    file.write_bytes(content(sample, form))
    return file


@pytest.mark.parametrize("version", VERSIONS)
def test_every_row_is_a_case_that_the_reader_of_single_cases_accepts(version: str, tmp_path: Path) -> None:
    policy = VERSIONS[version]
    days = span_of(POLICIES, policy, None)
    for row in rows_of(file_of(sampled(policy, 60), tmp_path), policy):
        assert days.first.isoformat() <= row["request_date"] <= days.last.isoformat()
        assert row["synthetic"] is True
        readings(row, policy, POLICIES, tmp_path)  # raises when anything is wrong


def test_all_forms_hold_the_same_cases(tmp_path: Path) -> None:
    policy = VERSIONS[f"{FOUNDING}@2025-01-01"]
    sample = sampled(policy, 60)
    found = [
        [readings(row, policy, POLICIES, tmp_path) for row in rows_of(file_of(sample, tmp_path, form), policy)]
        for form in (".parquet", ".csv", ".ndjson")
    ]
    assert found[0] == found[1] == found[2]


def test_each_status_of_each_rule_that_is_possible_is_reached(tmp_path: Path) -> None:
    policy = VERSIONS[f"{FOUNDING}@2025-01-01"]
    reached: Counter[object] = Counter()
    for row in rows_of(file_of(sampled(policy, 600), tmp_path), policy):
        facts = readings(row, policy, POLICIES, tmp_path)
        statuses = evaluate(policy, facts)
        reached.update([outcome_of(policy, facts, statuses), *statuses.items()])
    every_case = EveryCase(policy, 10)
    encoded = every_case.encoded
    wanted = {(rule, status): encoded.statuses[rule].is_(status) for rule in policy.rules for status in Status}
    for one, formula in {**encoded.outcomes, **wanted}.items():
        if isinstance(every_case.some(formula, smallest=False), Refuted):
            assert reached[one], one
        else:
            assert not reached[one], one


def test_outcomes_are_not_all_one(tmp_path: Path) -> None:
    """Also without boundary cases, which come to every outcome anyway."""
    for policy in VERSIONS.values():
        found: Counter[str] = Counter()
        for row in rows_of(file_of(sampled(policy, 60, share=0), tmp_path), policy):
            facts = readings(row, policy, POLICIES, tmp_path)
            found[outcome_of(policy, facts, evaluate(policy, facts))] += 1
        assert len(found) == 3, policy.version


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    policy = VERSIONS["pain/epidural-steroid-injection@2025-01-01"]
    for form in (".parquet", ".csv", ".ndjson"):
        assert content(sampled(policy, 500), form) == content(sampled(policy, 500), form)
    assert content(sampled(policy, 500)) != content(sampled(policy, 500, seed=8))


def test_many_rows_are_made_in_parts_that_are_not_alike() -> None:
    sample = sampled(VERSIONS["admission/inpatient@2025-01-01"], 150_000)
    one, two, three = (pl.from_arrow(table) for table in sample.tables())
    assert [len(part) for part in (one, two, three)] == [65_536, 65_536, 18_928]
    whole = pl.concat([one, two, three])
    assert whole["case_id"].n_unique() == 150_000
    assert whole["boundary"].sum() == 3000
    assert (one["patient.age"] != two["patient.age"]).sum() > 50_000


def test_what_is_documented_and_what_is_grave_go_together() -> None:
    found = frame(sampled(VERSIONS[f"{FOUNDING}@2025-01-01"], 20_000, share=0))
    names = [name for name in VERSIONS[f"{FOUNDING}@2025-01-01"].facts if "." in name and name in found.columns]
    missing = np.array([found[name].is_null().to_numpy() for name in names], float)
    apart = missing[missing.std(axis=1) > 0]
    assert np.mean(np.corrcoef(apart)) > 0.2
    share = missing.mean(axis=0)
    assert np.quantile(share, 0.05) < 0.1
    assert np.quantile(share, 0.95) > 0.5
    graves = found.select("neuro.progressive_deficit", "neuro.rapid_weakness").drop_nulls().cast(float)
    assert np.corrcoef(graves.to_numpy().T)[0, 1] > 0.15


def test_numbers_lie_at_their_thresholds_and_a_step_beside_them() -> None:
    policy = VERSIONS[f"{FOUNDING}@2025-01-01"]
    lengths = frame(sampled(policy, 20_000, share=0))["physical_therapy.length"].drop_nulls()
    for weeks in (5, 6, 7):
        assert (lengths == weeks).mean() > 0.05
    assert (lengths < 6).mean() > 0.1
    assert (lengths > 7).mean() > 0.2


def test_some_numbers_are_known_as_a_range_only() -> None:
    found = frame(sampled(VERSIONS[f"{FOUNDING}@2025-01-01"], 20_000, share=0))
    low, high = found["care.months.at_least"], found["care.months.at_most"]
    for lacking in itertools.product((True, False), repeat=2):
        assert ((low.is_null() == lacking[0]) & (high.is_null() == lacking[1])).sum() > 50
    assert "patient.age.at_least" not in found.columns


def _of_policy(policy: Policy) -> Policies:
    return Policies({policy.id: (policy,)}, "policies")


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(generate.policies(largest=8), st.integers(0, 2**63 - 1))
def test_rows_of_random_policies_are_cases_and_stand_where_the_solver_put_them(
    tmp_path_factory: pytest.TempPathFactory, policy: Policy, seed: int
) -> None:
    policies, folder = _of_policy(policy), tmp_path_factory.mktemp("random")
    plan, days = plan_of(policy), span_of(policies, policy, None)
    edges = edges_of(plan, days)
    asked = [(edge, one) for edge in edges.edges for one in found_at(edges, edge)]
    boundaries = [one for _, one in asked]
    sample = sample_of(plan, boundaries, days, 2 * len(boundaries), seed, 0.5)
    rows = rows_of(file_of(sample, folder), policy)
    read = [readings(row, policy, policies, folder) for row in rows]
    at_edges = [facts for row, facts in zip(rows, read, strict=True) if row["boundary"]]
    assert len(at_edges) == len(asked)
    _stand_there(policy, asked, at_edges)


def _stand_there(policy: Policy, asked: list[tuple[object, Boundary]], at_edges: list[dict[str, Reading]]) -> None:
    sides: dict[SidesOf, set[Status]] = {}
    for (edge, _), facts in zip(asked, at_edges, strict=True):
        statuses = evaluate(policy, facts)
        match edge:
            case StatusOf(rule, status):
                assert statuses[rule] is status
            case EndsIn(outcome):
                assert outcome_of(policy, facts, statuses) is outcome
            case SidesOf(rule) if rule is not None:
                sides.setdefault(edge, set()).add(statuses[rule])
    assert all(len(ends) == 2 for ends in sides.values())


def test_boundary_cases_of_the_shipped_policies_stand_where_the_solver_put_them(tmp_path: Path) -> None:
    for policy in _with_days_since():
        plan, days = plan_of(policy), Span(date(2025, 3, 1), date(2025, 3, 31))
        edges = edges_of(plan, days)
        asked = [(edge, one) for edge in edges.edges for one in found_at(edges, edge)]
        sample = sample_of(plan, [one for _, one in asked], days, 2 * len(asked), 1, 0.5)
        rows = [row for row in rows_of(file_of(sample, tmp_path), policy) if row["boundary"]]
        assert {row["request_date"][:7] for row in rows} == {"2025-03"}
        _stand_there(policy, asked, [dict(readings(row, policy, POLICIES, tmp_path)) for row in rows])


def _with_days_since() -> Iterator[Policy]:
    names = ("therapy/outpatient-physical-therapy", "spine/cervical-decompression-fusion", "imaging/lumbar-mri")
    yield from (VERSIONS[f"{name}@2025-01-01"] for name in names)
