"""Before anything is timed: every way of running the policy says the same of every rule and of the outcome."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from batch import cases, data, limit, one_case
from batch.targets import TARGETS
from harness.model.policy import Policy
from harness.model.values import Outcome, Status

Answers = dict[str, one_case.Answer]


def check(policy: Policy, rows: int, engines: list[str], targets: list[str]) -> int:
    """The number of rows on which all agree; else SystemExit with the first disagreement."""
    with tempfile.TemporaryDirectory() as name:
        source, output = Path(name) / "cases.parquet", Path(name) / "out.parquet"
        data.write(policy, rows, source, seed=5)
        given = cases.first_rows(source, rows)
        expected = _one_at_a_time(policy, "direct evaluator", given)
        for engine in engines:
            _same(engine, expected, _one_at_a_time(policy, engine, given))
        refused: set[str] = set()
        for target in targets:
            for reject in (False, True) if target in limit.WAYS else (True,):
                TARGETS[target](policy, source, output, reject)
                found = _read(policy, output)
                _same(target, {case: one for case, one in expected.items() if case in found or not reject}, found)
                if reject:
                    refused = refused or _ids(limit.rejected(output))
                    if not refused or expected.keys() - found.keys() != refused:
                        raise SystemExit(f"{target}: does not refuse the same cases as the first target, or none")
    return rows


def _one_at_a_time(policy: Policy, engine: str, given: list[cases.Row]) -> Answers:
    prepare, run, read = one_case.ENGINES[engine](policy)
    return {row["case_id"]: read(run(prepare(policy, row))) for row in given}


def _read(policy: Policy, output: Path) -> Answers:
    return {
        row["case_id"]: ({rule: Status.of(row[f"rule.{rule}"]) for rule in policy.order}, Outcome(row["outcome"]))
        for row in pq.read_table(output).to_pylist()
    }


def _ids(path: Path) -> set[str]:
    return set(pq.read_table(path, columns=["case_id"]).column(0).to_pylist())


def _same(name: str, expected: Answers, found: Answers) -> None:
    if expected.keys() != found.keys():
        raise SystemExit(f"{name}: {len(expected.keys() ^ found.keys())} cases are in one of the two only")
    for case, answer in expected.items():
        if found[case] != answer:
            rules = [rule for rule, status in answer[0].items() if found[case][0][rule] is not status]
            raise SystemExit(
                f"{name}: case {case}: {', '.join(rules) or 'the outcome'} differs from the direct evaluator"
            )
