"""`necessity sample` as its user runs it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.kit import BAD_INPUT, DONE, ROOT, SHIPPED, Run, is_told, surroundings

STAY = "admission/inpatient"
WORDS = ("sample", STAY, "-n", "200", "--seed", "3", "--policies", SHIPPED)


def test_a_parquet_file_says_that_its_cases_are_synthetic(here: Run, tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"
    done = here(*WORDS, "--output", str(file))
    assert done.returncode == DONE, done.stderr
    assert done.stdout.splitlines() == [
        f"wrote {file}: 200 synthetic cases of {STAY}, version of 1 January 2025",
        "  20 of them at an edge of the policy",
    ]
    table = pq.read_table(file)
    assert table.schema.metadata[b"necessity.synthetic"] == b"true"
    assert table.schema.metadata[b"necessity.policy"] == b"admission/inpatient@2025-01-01"
    assert table.column("synthetic").to_pylist() == [True] * 200
    assert table.column("boundary").to_pylist().count(True) == 20
    assert table.column("case_id").to_pylist()[0] == "synthetic-000000001"


def test_a_file_of_text_says_so_in_each_row(here: Run, tmp_path: Path) -> None:
    for form in (".csv", ".ndjson"):
        here(*WORDS, "--output", str(tmp_path / f"cases{form}"))
    first, *rows = (tmp_path / "cases.csv").read_text("utf-8").splitlines()
    assert first.endswith(",synthetic,boundary")
    assert len(rows) == 200
    assert all(",true," in row for row in rows)
    lines = (tmp_path / "cases.ndjson").read_text("utf-8").splitlines()
    assert len(lines) == 200
    assert all(json.loads(line)["synthetic"] is True for line in lines)


def test_the_same_words_give_the_same_bytes_in_any_process(necessity: Run, tmp_path: Path) -> None:
    for run, hashes in enumerate(("1", "2")):
        env = surroundings(PYTHONHASHSEED=hashes)
        done = necessity(*WORDS, "--output", f"{run}.parquet", env=env)
        assert done.returncode == DONE, done.stderr
    assert (tmp_path / "0.parquet").read_bytes() == (tmp_path / "1.parquet").read_bytes()


def test_requests_lie_in_the_time_in_force_or_on_the_day_named(here: Run, tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"

    def days(*words: str) -> list[str]:
        done = here("sample", *words, "-n", "500", "--policies", SHIPPED, "--output", str(file))
        assert done.returncode == DONE, done.stderr
        return sorted(day.isoformat() for day in pq.read_table(file).column("request_date").to_pylist())

    former = days("imaging/lumbar-mri@2025-01-01")
    assert "2025-01-01" <= former[0] < "2025-01-15"
    assert "2025-12-15" < former[-1] <= "2025-12-31"
    assert "2026-01-01" <= days("imaging/lumbar-mri")[0] < "2026-01-15"
    assert set(days("imaging/lumbar-mri", "--on", "2025-05-05")) == {"2025-05-05"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("spine/lumbr-fusion",), "there is no policy `spine/lumbr-fusion`"),
        ((f"{STAY}@2020-01-01",), "there is no version of `admission/inpatient` from `2020-01-01`"),
        ((STAY, "--on", "2024-12-31"), "admission/inpatient@2025-01-01 is not in force on 2024-12-31"),
        ((STAY, "--overlay", "nothing"), "nothing"),
    ],
)
def test_what_cannot_be_sampled_is_told(here: Run, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    done = here("sample", *words, "-n", "10", "--policies", SHIPPED, "--output", str(tmp_path / "cases.csv"))
    assert done.returncode == BAD_INPUT
    assert says in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-n", "0", "--output", "cases.csv"), "0 is not in the range"),
        (("-n", "-3", "--output", "cases.csv"), "-3 is not in the range"),
        (("-n", "10", "--output", "cases.xlsx"), "does not end in `.parquet`, `.csv` or `.ndjson`"),
        (("-n", "10"), "Missing option '--output'"),
    ],
)
def test_wrong_options_are_told(here: Run, words: tuple[str, ...], says: str) -> None:
    done = here("sample", STAY, "--policies", SHIPPED, *words)
    assert done.returncode == BAD_INPUT
    assert says in done.stderr


def test_a_folder_that_is_not_there_is_told(here: Run, tmp_path: Path) -> None:
    is_told(here(*WORDS, "--output", str(tmp_path / "nowhere" / "cases.csv")))


@pytest.mark.parametrize("form", [".parquet", ".csv", ".ndjson"])
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"cases{form}"
    file.write_bytes(b"the old cases")
    done = subprocess.run(
        [sys.executable, "-m", "harness.cli", *WORDS, "--output", str(file)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
        env=surroundings(),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    is_told(done)
    assert "the output cannot be written: file too large" in done.stderr
    assert file.read_bytes() == b"the old cases"
    assert [left.name for left in tmp_path.iterdir()] == [file.name]


def test_without_its_libraries_the_command_tells_which_extras_to_install(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(name='numpy')\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "harness.cli", *WORDS, "--output", "cases.csv"],
        env=surroundings(PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == BAD_INPUT
    assert done.stderr == (
        "error: `necessity sample` needs NumPy, which is not installed\n"
        "  help: pip install 'necessity-harness[authoring,batch]'\n"
    )
