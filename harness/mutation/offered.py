"""A witness as a test to be pasted: it passes under the policy and fails under the mutant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from harness.cases.write import policy_test
from harness.evaluate import evaluate, outcome_of
from harness.formatting import formatted
from harness.model.case import Reading, State
from harness.model.policy import Policy
from harness.model.values import FactType, Interval, Status
from harness.model.wording import STATUS_WORDS
from harness.mutation.mutant import Mutant
from harness.plain_yaml import written
from harness.proof import CaseUnder, Witness
from harness.strict_yaml import Json
from harness.suite import PolicyTest

_MOST_RULES = 5  # statuses shown of one witness; more would bury the one that is meant
_LONGEST = 200  # characters of a name, as the schema of tests has it
_DATE = "request.date"


def usual_date(tests: Sequence[PolicyTest]) -> date | None:
    """The request date of most tests, which is mostly that of their file."""
    dates = Counter(test.case.request_date for test in tests)
    return min(dates, key=lambda day: (-dates[day], day), default=None)


def offered(mutant: Mutant, witness: Witness, usual: date | None) -> dict[str, Json]:
    """An entry of `tests.yaml`; without a request date where it can have the usual one."""
    true, false = witness.old, witness.new
    moved = _on(usual, true, false)
    if moved is not None:
        true, false = moved
    differing = {rule: status for rule, status in true.statuses.items() if false.statuses.get(rule) is not status}
    outcome = true.outcome if true.outcome is not false.outcome else None
    rules: dict[str, Status] = dict(list(differing.items())[:_MOST_RULES])
    ends = [f"the outcome is {outcome}"] if outcome else []
    ends += [f"`{rule}` is {STATUS_WORDS[status]}" for rule, status in list(rules.items())[: 0 if outcome else 1]]
    name = f"with these facts {ends[0]} (against a slip in line {mutant.place.line}: {mutant.what})"
    test = policy_test(true.policy, true.facts, name[:_LONGEST], outcome, rules)
    if moved is not None:
        del test["request_date"]
    return test if true.policy.overlay is None else {**test, "overlay": true.policy.overlay.id}


def _on(usual: date | None, *cases: CaseUnder) -> tuple[CaseUnder, CaseUnder] | None:
    """The same cases requested on another day; None where a date counts, or where they then end alike."""
    if usual is None or any(_has_dates(case) for case in cases):
        return None
    one, other = (_evaluated(case, {**case.facts, _DATE: _day(usual)}) for case in cases)
    if usual < one.policy.effective or (one.outcome is other.outcome and one.statuses == other.statuses):
        return None
    return one, other


def _has_dates(case: CaseUnder) -> bool:
    facts = case.policy.facts.values()
    dates = (fact.id for fact in facts if fact.type is FactType.DATE and fact.id != _DATE)
    return any(case.facts[id_].state is State.DOCUMENTED for id_ in dates)


def _day(day: date) -> Reading:
    return Reading(State.DOCUMENTED, Interval.point(day.toordinal()))


def _evaluated(case: CaseUnder, facts: Mapping[str, Reading]) -> CaseUnder:
    statuses = evaluate(case.policy, facts)
    return replace(case, facts=facts, statuses=statuses, outcome=outcome_of(case.policy, facts, statuses))


def pasteable(policy: Policy, test: dict[str, Json]) -> list[str]:
    """The lines of a test as `necessity format` would leave them in a file of tests."""
    whole = written({"policy": policy.id, "request_date": "2026-01-01", "tests": [test]})
    text = formatted(whole, "tests.yaml") or whole
    _, _, below = text.partition("\ntests:\n")
    return [line.removeprefix("  ") for line in below.splitlines()]
