"""One run of one target in a process of its own, for its peak memory; and the best of several such runs."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from batch import cases, one_case
from batch.targets import TARGETS
from harness.model.policy import Policy

BATCH = Path(__file__).parents[1] / "batch.py"


@dataclass(frozen=True)
class Taken:
    rows: int
    seconds: float
    processor: float  # seconds of all threads, which a busy machine changes less
    memory: float  # MB at the peak


def once(target: str, policy: Policy, source: Path, output: Path, reject: bool) -> None:
    """In the child: runs, and prints what it took."""
    begin, used = time.perf_counter(), _used()
    TARGETS[target](policy, source, output, reject)
    seconds, processor = time.perf_counter() - begin, _used() - used
    peak = max(_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"seconds": seconds, "processor": processor, "memory": peak / 1000}))


def _peak() -> int:
    """In kB. Not `ru_maxrss`, in which a process starts with the peak of the one that started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0])


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def best(target: str, source: Path, reject: bool, rules: int = 0, times: int = 3) -> Taken:
    rows = pq.read_metadata(source).num_rows
    output = source.with_name("out.parquet")
    words = ["--once", target, str(source), str(output), "--rules", str(rules), *(["--reject"] if reject else [])]
    made = []
    for _ in range(times):
        done = subprocess.run([sys.executable, str(BATCH), *words], check=True, stdout=subprocess.PIPE, text=True)
        made.append(json.loads(done.stdout.splitlines()[-1]))
    for path in source.parent.glob("out.*"):
        path.unlink()
    return Taken(rows, *(min(one[key] for one in made) for key in ("seconds", "processor", "memory")))


def one_at_a_time(engine: str, policy: Policy, source: Path, count: int, times: int = 3) -> Taken:
    """Cases ready in memory as the engine wants them: reading and writing files is not counted against it."""
    prepare, run, _ = one_case.ENGINES[engine](policy)
    given = [prepare(policy, row) for row in cases.first_rows(source, count)]
    made = []
    for _ in range(times):
        begin, used = time.perf_counter(), time.process_time()
        for one in given:
            run(one)
        made.append((time.perf_counter() - begin, time.process_time() - used))
    return Taken(count, min(one[0] for one in made), min(one[1] for one in made), 0)
