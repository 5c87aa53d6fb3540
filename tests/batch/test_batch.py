"""`necessity batch` as its user runs it: forms of files, versions, rejected rows, runs that are cut off."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from harness import read_policies
from harness.assessment.findings import deficiencies
from harness.assessment.remedies import remedy_sets
from harness.batch.columns import column
from harness.batch.edge import Edge
from harness.batch.expression import compiled
from harness.batch.parts import Parts
from harness.batch.remedy import REMEDY
from harness.batch.rowwise import readings
from harness.cases.measures import days_since
from harness.evaluate import evaluate, outcome_of
from harness.model.case import Reading, State
from harness.model.policy import MeasureOf, Policy
from harness.model.values import Interval
from tests.batch.rows import canonical_of_file

ROOT = Path(__file__).parents[2]
FOUNDING = "spine/thoracolumbar-decompression"
MRI = "imaging/lumbar-mri"
ROWS = int(os.environ.get("NECESSITY_ROWS", "300"))  # a policy; `NECESSITY_ROWS=100000` for the long run
VERSIONS = {policy.version: policy for policy in read_policies(str(ROOT / "policies")).all()}


def necessity(*words: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.cli", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "cases.parquet"
    necessity("sample", FOUNDING, "-n", 400, "--seed", 5, "--output", file)
    return file


def as_single(policy: Policy, row: dict[str, object]) -> dict[str, object]:
    facts = readings(policy, row)
    on = row["request_date"]
    assert isinstance(on, date)
    for id_, fact in policy.facts.items():  # what a case reader derives from a date
        measure = fact.measure
        if measure is not None and measure.of is MeasureOf.DAYS_SINCE and facts[id_].state is not State.DOCUMENTED:
            source = facts[str(measure.date_fact)]
            if isinstance(source.value, Interval):
                facts[id_] = Reading(source.state, days_since(source.value, on))
    statuses = evaluate(policy, facts)
    named = deficiencies(policy, facts, statuses)
    order = ["decision", *policy.rules]
    first = next(iter(remedy_sets(policy, facts, statuses)), ())
    return {
        "outcome": outcome_of(policy, facts, statuses).value,
        **{f"rule.{id_}": status.word for id_, status in statuses.items()},
        "deficiencies": ";".join(id_ for id_ in order if id_ in named) or None,
        "remedy": ";".join(first) or None,
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_sampled_cases_have_the_results_of_the_single_case(version: str, tmp_path: Path) -> None:
    policy = VERSIONS[version]
    cases, result = tmp_path / "cases.parquet", tmp_path / "result.parquet"
    necessity("sample", version, "-n", ROWS, "--seed", 11, "--output", cases)
    necessity("batch", version, cases, "--output", result)
    found = pl.read_parquet(result)
    assert found.height == ROWS
    for read, row in zip(canonical_of_file(policy, cases), found.iter_rows(named=True), strict=True):
        assert row["case_id"] == read["case_id"]
        assert (row["policy"], row["hash"]) == (policy.id, policy.hash)
        wanted = as_single(policy, read)
        assert {name: row[name] for name in wanted} == wanted, row["case_id"]


@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".duckdb"])
def test_every_form_of_cases_and_of_the_result_says_the_same(suffix: str, sample: Path, tmp_path: Path) -> None:
    cases = pl.read_parquet(sample)
    file, result, plain = tmp_path / f"cases{suffix}", tmp_path / f"out{suffix}", tmp_path / "out.parquet"
    if suffix == ".csv":
        lists = [name for name, of in cases.schema.items() if isinstance(of, pl.List)]
        joined = [
            pl.when(pl.col(one).list.len() == 0).then(pl.lit("[]")).otherwise(pl.col(one).list.join("; ")).alias(one)
            for one in lists
        ]
        cases.with_columns(joined).write_csv(file)
    elif suffix == ".ndjson":
        cases.write_ndjson(file)
    else:
        with duckdb.connect(str(file)) as db:
            db.read_parquet(str(sample)).create("requests")
    necessity("batch", FOUNDING, sample, "--output", plain)
    necessity("batch", FOUNDING, file, "--output", result)
    wanted = pl.read_parquet(plain).with_columns(pl.all().cast(pl.String))
    if suffix == ".csv":
        found = pl.read_csv(result, infer_schema=False)
    elif suffix == ".ndjson":
        found = pl.read_ndjson(result)
    else:
        with duckdb.connect(str(result), read_only=True) as db:
            found = pl.from_arrow(db.sql("FROM assessments").to_arrow_table())
    assert found.select(pl.col(wanted.columns).cast(pl.String)).equals(wanted)


def test_the_date_of_a_request_chooses_the_version(tmp_path: Path) -> None:
    days = [date(2024, 12, 31), date(2025, 6, 1), date(2026, 6, 1), None]
    cases = tmp_path / "cases.parquet"
    pl.DataFrame({"case_id": list("abcd"), "request_date": days}).write_parquet(cases)
    out = tmp_path / "out.parquet"
    told = json.loads(necessity("batch", MRI, cases, "--output", out, "--format", "json").stdout)
    assert pl.read_parquet(out)["effective"].to_list() == [date(2025, 1, 1), date(2026, 1, 1)]
    rejected = pl.read_parquet(f"{out}.rejected.parquet")
    assert rejected["case_id"].to_list() == ["a", "d"]
    assert told["rows"] == 4
    assert sum(told["rejected"].values()) == 2


def test_a_version_without_rows_is_no_matter(tmp_path: Path) -> None:
    cases, out = tmp_path / "cases.parquet", tmp_path / "out.parquet"
    ages = pl.Series([float("nan"), 50.0])
    days = [date(2026, 6, 1)] * 2
    pl.DataFrame({"case_id": ["a", "b"], "request_date": days, "patient.age": ages}).write_parquet(cases)
    necessity("batch", MRI, cases, "--output", out)
    assert pl.read_parquet(out)["case_id"].to_list() == ["b"]
    assert pl.read_parquet(f"{out}.rejected.parquet")["case_id"].to_list() == ["a"]


def test_a_bad_row_is_told_and_never_dropped(tmp_path: Path) -> None:
    policy = VERSIONS[f"{FOUNDING}@2025-01-01"]
    number = next(f for f in policy.facts.values() if f.type == "number" and f.id != "patient.age")
    choice = next(f for f in policy.facts.values() if f.type == "choice" and "." in f.id and "request" not in f.id)
    truth = next(f for f in policy.facts.values() if f.type == "boolean")
    lines = [
        ["case_id", "request_date", number.id, f"{number.id}.at_most", choice.id, truth.id],
        ["good", "2026-03-01", "3", "", choice.choices[0], "true"],
        ["text", "2026-03-01", "three", "", "", ""],
        ["below", "2026-03-01", "-1", "", "", ""],
        ["both", "2026-03-01", "3", "4", "", ""],
        ["choice", "2026-03-01", "", "", "no such choice", ""],
        ["truth", "2026-03-01", "", "", "", "yes"],
        ["day", "2026-02-30", "", "", "", ""],
    ]
    cases, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    cases.write_text("\n".join(",".join(line) for line in lines))
    necessity("batch", FOUNDING, cases, "--output", out)
    rejected = pl.read_parquet(f"{out}.rejected.parquet")
    assert pl.read_csv(out)["case_id"].to_list() == ["good"]
    assert rejected["case_id"].to_list() == [line[0] for line in lines[2:]]
    assert not rejected["reason"].has_nulls()
    assert "no such choice" not in " ".join(rejected["reason"])


def test_columns_of_other_names_are_told_and_change_nothing(sample: Path, tmp_path: Path) -> None:
    cases, out, plain = (tmp_path / f"{name}.parquet" for name in ("cases", "out", "plain"))
    others = ("row", "reason", "unread", "outcome", "policy", "s_1", "c_1", "bad_", "why_")
    pl.read_parquet(sample).with_columns(pl.lit("x").alias(one) for one in others).write_parquet(cases)
    necessity("batch", FOUNDING, sample, "--output", plain)
    told = necessity("batch", FOUNDING, cases, "--output", out).stdout
    assert pl.read_parquet(out).equals(pl.read_parquet(plain))
    assert all(one in told for one in others)


def test_what_is_no_number_is_rejected(tmp_path: Path) -> None:
    cases, out = tmp_path / "cases.parquet", tmp_path / "out.parquet"
    numbers = [float("nan"), float("inf"), 2e9, 3.0]
    days = [date(2026, 3, 1)] * 4
    pl.DataFrame({"case_id": list("abcd"), "request_date": days, "care.months": numbers}).write_parquet(cases)
    necessity("batch", FOUNDING, cases, "--output", out)
    assert pl.read_parquet(out)["case_id"].to_list() == ["d"]


def test_a_column_of_another_type_or_name_is_told_before_anything_runs(tmp_path: Path) -> None:
    cases, out = tmp_path / "cases.parquet", tmp_path / "out.parquet"
    frame = pl.DataFrame({"case_id": ["a"], "request_date": ["2026-01-01"], "neuro.cauda_equin": [True]})
    frame.write_parquet(cases)
    done = necessity("batch", FOUNDING, cases, "--output", out, check=False)
    assert done.returncode == 2
    assert "column `request_date` does not hold dates" in done.stderr
    assert not out.exists()


def test_a_killed_run_leaves_the_old_output_and_goes_on_where_it_was(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    script = (
        "import os, signal, sys\n"
        "from harness import read_policies\n"
        "from harness.batch.run import Job, run\n"
        "from harness.batch.versions import in_turn\n"
        "def watch(numbers, _):\n"
        "    for n in numbers:\n"
        "        if n == 2 and 'kill' in sys.argv: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        print('part', n, flush=True)\n"
        "        yield n\n"
        f"job = Job(in_turn(read_policies('policies'), {FOUNDING!r}), {str(sample)!r}, {str(out)!r}, rows=100)\n"
        "run(job, resume=True, watch=watch)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, "kill"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout.split() == ["part", "0", "part", "1"]
    assert out.read_bytes() == b"old"
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert again.stdout.split() == ["part", "2", "part", "3"], again.stderr
    plain = tmp_path / "plain.parquet"
    necessity("batch", FOUNDING, sample, "--output", plain)
    assert pl.read_parquet(out).equals(pl.read_parquet(plain))
    assert not Parts.of(str(out)).folder.exists()


def test_a_rule_may_be_called_as_a_column_of_the_result() -> None:
    policy = VERSIONS["admission/inpatient@2025-01-01"]
    told = Edge(replace(compiled(policy, ()), deficiencies={"remedy": "d_0"}, remedy=("second",)), ())
    rows = pl.DataFrame({"case_id": ["a"], "outcome": ["more_information"], "m_0": [1], REMEDY: [(1 << 48) + 1]})
    found = told.finished(rows, None)
    assert found["deficiencies"].to_list() == ["remedy"]
    assert found["remedy"].to_list() == ["second"]


def test_a_policy_without_deficiencies_has_none_in_any_row() -> None:
    policy = VERSIONS["admission/inpatient@2025-01-01"]
    told = Edge(replace(compiled(policy, ()), deficiencies={}, remedy=()), ())
    rows = pl.DataFrame({"case_id": ["a", "b"], "outcome": ["more_information"] * 2, REMEDY: [0, 0]})
    assert told.finished(rows, None)["deficiencies"].to_list() == [None, None]


@pytest.mark.parametrize("name", ["cases*.parquet", "cases[1].parquet", "cases?.csv"])
def test_a_name_that_would_stand_for_several_files_is_refused(name: str, sample: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(sample.read_bytes())
    done = necessity("batch", FOUNDING, tmp_path / name, "--output", tmp_path / "out.parquet", check=False)
    assert done.returncode == 2
    assert "could stand for several files" in done.stderr


def test_a_full_disk_leaves_the_old_output(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    command = [sys.executable, "-m", "harness.cli", "batch", FOUNDING, str(sample), "--output", str(out)]

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, preexec_fn=full)
    assert done.returncode == 2, done.stderr
    assert "the output cannot be written" in done.stderr
    assert out.read_bytes() == b"old"
    necessity("batch", FOUNDING, sample, "--output", out, "--resume")
    assert pl.read_parquet(out).height == 400


def test_a_resumed_run_is_of_the_same_cases(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    Parts.of(str(out)).begin({"read": ["others"]}, resume=False)
    done = necessity("batch", FOUNDING, sample, "--output", out, "--resume", check=False)
    assert done.returncode == 2
    assert "without `--resume`" in done.stderr


def test_a_measured_fact_is_read_from_the_episodes(tmp_path: Path) -> None:
    policy = VERSIONS[f"{FOUNDING}@2025-01-01"]
    days = [date(2026, 3, 1)] * 2
    cases, episodes, out = (tmp_path / name for name in ("cases.parquet", "episodes.csv", "out.parquet"))
    pl.DataFrame({"case_id": ["long", "short"], "request_date": days}).write_parquet(cases)
    measured = next(
        f for f in policy.facts.values() if f.measure is not None and "physical_therapy" in f.measure.episodes
    )
    assert measured.measure is not None
    kind = measured.measure.episodes[0]
    where = {f"attribute.{name}": values[0] for name, values in measured.measure.where.items() if name != "outcome"}
    head = ["case_id", "kind", "start", "end", *where]
    rest = [str(value).lower() if isinstance(value, bool) else str(value) for value in where.values()]
    rows = [["long", kind, "2025-06-01", "2025-12-01", *rest], ["short", kind, "2026-02-01", "2026-02-08", *rest]]
    episodes.write_text("\n".join(",".join(row) for row in [head, *rows]))
    necessity("batch", FOUNDING, cases, "--episodes", episodes, "--output", out)
    found = pl.read_parquet(out)
    readers = [r.id for r in policy.rules.values() if column(measured.id) and measured.id in repr(r.when)]
    differing = [rule for rule in readers if found[f"rule.{rule}"].n_unique() == 2]
    assert differing, readers
