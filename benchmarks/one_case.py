"""One case at a time: how long, how cold, how much memory. Prints a Markdown table; nothing here fails on a time.

make bench
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from harness import assess, read_case, read_policies, render
from harness.engine import statuses
from harness.evaluate import evaluate
from harness.model.case import Case
from harness.model.policy import Policies

ROOT = Path(__file__).parent.parent
FACTS, RULES, CASES = 24, 60, 20_000


def policy_text() -> str:
    """A policy of 60 rules over 24 facts: comparisons, presumed booleans, all, any, count, and rules of rules."""
    lines = [
        "policy: bench/sixty\ntitle: Sixty rules\nsummary: For the benchmark.\nstatus: active",
        'effective: {from: "2026-01-01"}\ntopics: [{id: all, title: All}]\nfacts:',
    ]
    for n in range(FACTS):
        kind = "type: boolean\n    presumed: false" if n % 2 else "type: number\n    unit: wk"
        lines.append(f"  bench.fact{n}:\n    question: What is fact {n}?\n    {kind}")
    lines.append("rules:")
    for n in range(RULES):
        fact, other = n % FACTS, (n * 7 + 1) % FACTS
        leaves = [
            f"{{fact: bench.fact{f}, is: true}}" if f % 2 else f"{{fact: bench.fact{f}, at_least: {n % 12}}}"
            for f in (fact, other)
        ]
        when = {
            0: leaves[0],
            1: f"{{all: [{leaves[0]}, {leaves[1]}]}}",
            2: f"{{any: [{leaves[0]}, {{rule: rule-{n - 1}}}]}}",
            3: f"{{count: {{at_least: 2, of: [{leaves[0]}, {leaves[1]}, {{rule: rule-{n - 2}}}]}}}}",
        }[n % 4 if n > 3 else 0]
        lines.append(f"  - {{id: rule-{n}, kind: criterion, topic: all, title: Rule {n}, when: {when}}}")
    every = ", ".join(f"{{rule: rule-{n}}}" for n in range(RULES - 40, RULES))
    lines.append(f"decision:\n  necessary_when: {{all: [{every}]}}")
    return "\n".join(lines) + "\n"


def case_text() -> str:
    facts = "\n".join(
        f"  bench.fact{n}: {'true' if n % 4 == 1 else {0: '6', 2: '{at_most: 9}'}[n % 4 // 2 * 2]}"
        for n in range(FACTS)
        if n % 4 != 3
    )
    return f'case: bench\nrequest: {{date: "2026-02-01", services: [{{policy: bench/sixty}}]}}\nfacts:\n{facts}\n'


def read(folder: Path) -> tuple[Policies, Case]:
    (folder / "policies/bench/sixty").mkdir(parents=True)
    (folder / "policies/bench/sixty/2026-01-01.yaml").write_text(policy_text(), "utf-8")
    (folder / "case.yaml").write_text(case_text(), "utf-8")
    policies = read_policies(folder / "policies")
    return policies, read_case(folder / "case.yaml", policies)


def median(work: Callable[[], object], times: int) -> float:
    """The median time of some work in milliseconds, once warmed up."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return 1000 * statistics.median(taken)


def cold(words: list[str], times: int = 7) -> float:
    command = [sys.executable, "-m", "harness.cli", *words]
    return median(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True), times)


def resident() -> float:
    """Resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        policies, case = read(Path(name))
    policy = policies.versions["bench/sixty"][0]
    facts = case.services[0].facts
    founding = read_policies(ROOT / "policies")
    asked = read_case(ROOT / "examples/founding/case.yaml", founding)
    made = assess(founding, asked)
    rows = [
        ("engine and direct evaluator, 60 rules", median(lambda: statuses(policy, facts), 500), "ms"),
        ("direct evaluator alone, 60 rules", median(lambda: evaluate(policy, facts), 500), "ms"),
        ("a whole assessment, 60 rules", median(lambda: assess(policies, case), 300), "ms"),
        ("a whole assessment, founding case (two services)", median(lambda: assess(founding, asked), 100), "ms"),
        ("its report as text", median(lambda: render(made, "text"), 10), "ms"),
        ("its report as HTML", median(lambda: render(made, "html"), 10), "ms"),
        (
            "`necessity assess` of the founding case, cold, as text",
            cold(["assess", "examples/founding/case.yaml"]),
            "ms",
        ),
        ("`necessity check` of the shipped policies, cold", cold(["check"]), "ms"),
    ]
    before = resident()
    for number in range(CASES):
        statuses(policy, facts)
        if number == CASES // 10:
            before = resident()  # what is allocated once has been
    rows += [
        (f"memory after {CASES // 10:,} cases", before, "MB"),
        (f"memory after {CASES:,} cases", resident(), "MB"),
        ("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB"),
    ]
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {platform.system()}\n")
    print("| what | median |\n|---|--:|")
    for what, value, unit in rows:
        print(f"| {what} | {value:,.2f} {unit} |" if value < 10 else f"| {what} | {value:,.0f} {unit} |")


if __name__ == "__main__":
    main()
