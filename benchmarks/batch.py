"""A policy over a file of cases: the limit, the project's own, and what a user would otherwise pick.

make bench                                     500,000 rows, about two minutes
python benchmarks/batch.py --full              1 and 10 million rows, 10 to 200 rules
python benchmarks/batch.py --generate | --check   the code in benchmarks/batch/generated

All are checked equal to the direct evaluator before any is timed. Prints Markdown for docs/speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from batch import data, equality, limit, measure, one_case, sizes, written
from batch.targets import OURS, TARGETS

from harness import read_policies
from harness.model.policy import Policy

ROOT = Path(__file__).parent.parent
POLICY = "spine/thoracolumbar-decompression"
RULES = (10, 50, 200)
CASES = 1000  # for what runs one at a time


def main() -> None:
    asked = _arguments()
    policy = read_policies(ROOT / "policies").versions[POLICY][-1]
    if asked.generate:
        written.write(policy)
    elif asked.check:
        raise SystemExit(_stale(policy) or 0)
    elif asked.once:
        target, source, output = asked.once
        of = sizes.of(policy, asked.rules) if asked.rules else policy
        measure.once(target, of, Path(source), Path(output), asked.reject)
    else:
        if problem := _stale(policy):
            raise SystemExit(problem)
        with tempfile.TemporaryDirectory(dir=asked.folder) as name:
            _measure(
                policy, Path(name), asked.rows or ([1_000_000, 10_000_000] if asked.full else [500_000]), asked.full
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="1 and 10 million rows, and policies of 10 to 200 rules")
    parser.add_argument("--rows", type=int, nargs="+", help="so many rows instead")
    parser.add_argument("--folder", help="where the files go for as long as it runs (10 million rows: 1 GB)")
    parser.add_argument("--generate", action="store_true", help="write the generated code anew")
    parser.add_argument("--check", action="store_true", help="fail when the generated code is stale")
    parser.add_argument("--once", nargs=3, metavar=("TARGET", "IN", "OUT"), help=argparse.SUPPRESS)
    parser.add_argument("--rules", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--reject", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _stale(policy: Policy) -> str:
    names = ", ".join(written.stale(policy))
    return names and f"error: stale: {names}\n  help: python benchmarks/batch.py --generate"


def _measure(policy: Policy, folder: Path, counts: list[int], full: bool) -> None:
    engines = [name for name in one_case.ENGINES if one_case.installed(name)]
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {platform.system()}\n")
    agreed = equality.check(policy, 5000 if full else 1000, engines, list(TARGETS))
    print(f"{agreed:,} rows: {', '.join([*engines, *TARGETS])} agree on every status and outcome.")
    missing = [name for name in one_case.ENGINES if name not in engines]
    print(f"Not installed, so not run: {', '.join(missing)}.\n" if missing else "", flush=True)
    source = folder / "cases.parquet"
    print(
        f"| {policy.id}, {len(policy.rules)} rules | rows | rows/s | CPU s a million rows | of the fastest | peak MB |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for rows in counts:
        data.write(policy, rows, source)
        for reject in (False, True):
            _whole_files([name for name in TARGETS if reject or name != OURS], source, reject)
    for engine in engines:
        taken = measure.one_at_a_time(engine, policy, source, CASES)
        _row(f"{engine}, one case at a time", taken, "")
    if full:
        _by_rules(policy, source)


def _whole_files(targets: list[str], source: Path, reject: bool) -> None:
    found = {name: measure.best(name, source, reject) for name in targets}
    fastest = min(found[name].seconds for name in limit.WAYS)
    for name, taken in found.items():
        _row(name + (", refusing invalid rows" if reject else ""), taken, f"{fastest / taken.seconds:.0%}")


def _by_rules(policy: Policy, source: Path) -> None:
    data.write(policy, 1_000_000, source)
    print("\n| rules, 1,000,000 rows | " + " | ".join(limit.WAYS) + " |\n|--:|" + "--:|" * len(limit.WAYS))
    for rules in RULES:
        found = [measure.best(name, source, False, rules) for name in limit.WAYS]
        print(
            f"| {rules} | " + " | ".join(f"{one.seconds:.2f} s, CPU {one.processor:.2f} s" for one in found) + " |",
            flush=True,
        )


def _row(name: str, taken: measure.Taken, share: str) -> None:
    speed, processor = taken.rows / taken.seconds, taken.processor / taken.rows * 1e6
    memory = f"{taken.memory:,.0f}" if taken.memory else ""
    print(f"| {name} | {taken.rows:,} | {speed:,.0f} | {processor:,.2f} | {share} | {memory} |", flush=True)


if __name__ == "__main__":
    main()
