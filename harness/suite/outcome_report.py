"""What came of a run of policy tests, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.errors import in_one_line
from harness.strict_yaml import Json
from harness.suite.judge import Difference, Judged, Reason
from harness.suite.telling import told


def run_text(judged: Sequence[Judged], chosen: int, *, verbose: bool = False) -> str:
    """A line a file (with `verbose` a line a test), then each failure, then the count; `chosen` were to be run."""
    lines = list(map(in_one_line, _by_test(judged) if verbose else _by_file(judged)))
    for one in judged:
        if not one.passed:
            lines += ["", told(one)]
    return "\n".join([*lines, "", summary(judged, chosen)]) + "\n"


def summary(judged: Sequence[Judged], chosen: int) -> str:
    """How many tests ran and failed: `58 tests, 2 failed`."""
    failed = sum(not one.passed for one in judged)
    count = f"{len(judged)} {'test' if len(judged) == 1 else 'tests'}"
    left = f"; stopped at the first failure, {chosen - len(judged)} not run" if len(judged) < chosen else ""
    return f"{count}, {failed} failed{left}" if failed else f"{count} passed"


def _by_file(judged: Sequence[Judged]) -> Iterator[str]:
    files: dict[str, list[Judged]] = {}
    for one in judged:
        files.setdefault(one.test.place.file, []).append(one)
    for file, those in files.items():
        failed = sum(not one.passed for one in those)
        passed = f"{len(those) - failed} passed"
        yield f"{file}: {passed}, {failed} failed" if failed else f"{file}: {passed}"


def _by_test(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        yield f"{'passed' if one.passed else 'FAILED'}  {one.test.id}"


def run_data(judged: Sequence[Judged], chosen: int) -> dict[str, Json]:
    """The run as data, every test with what differed."""
    return {
        "tests": chosen,
        "run": len(judged),
        "failed": sum(not one.passed for one in judged),
        "results": [_result(one) for one in judged],
    }


def _result(one: Judged) -> Json:
    test = one.test
    return {
        "name": test.name,
        "file": test.place.file,
        "line": test.place.line,
        "policy": test.policy.id,
        "effective": test.policy.effective.isoformat(),
        "passed": one.passed,
        "differences": [_difference(difference) for difference in one.differences],
        "reasons": [_reason(reason) for reason in one.reasons],
    }


def _difference(one: Difference) -> Json:
    return {"about": one.about, "rule": one.rule, "expected": one.expected, "actual": one.actual}


def _reason(reason: Reason) -> Json:
    facts: list[Json] = [
        {"fact": fact.fact, "text": fact.text, "asked": list(fact.thresholds)} for fact in reason.facts
    ]
    return {
        "rule": reason.rule,
        "status": reason.status.word,
        "file": reason.place.file,
        "line": reason.place.line,
        "rules": {rule: status.word for rule, status in reason.rules},
        "facts": facts,
    }
