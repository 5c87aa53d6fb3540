"""The tests of a policy as worked examples of its rules: what is documented, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.evaluate import Statuses, evaluate, outcome_of
from harness.model.case import State
from harness.model.policy import Policy, Rule
from harness.model.values import Status
from harness.model.wording import fact_name, reading_text
from harness.report.wording import OUTCOMES, STATUSES, SYMBOLS, capitalised, clean
from harness.site.criteria import facts_of
from harness.suite import PolicyTest

MOST = 4  # of one rule and status; the rest is in the file of tests


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    facts: tuple[str, ...]
    status: str
    symbol: str
    tone: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Those of one rule that are shown, and how many there are."""

    shown: tuple[Example, ...]
    of: int


class Worked:
    """The tests of one policy version, each run once by the direct evaluator."""

    def __init__(self, policy: Policy, tests: Sequence[PolicyTest]) -> None:
        self._policy = policy
        self._run = [(test, evaluate(policy, test.request.facts)) for test in tests]

    def of(self, rule: Rule) -> Examples:
        """The tests that say what they expect of a rule, some of each status it ends in."""
        about = [(test, held) for test, held in self._run if _is_about(test, rule)]
        shown = [
            self._example(test, rule, held)
            for status in (Status.MET, Status.NOT_MET, Status.UNDOCUMENTED)
            for test, held in [one for one in about if one[1][rule.id] is status][:MOST]
        ]
        return Examples(tuple(shown), len(about))

    def _example(self, test: PolicyTest, rule: Rule, held: Statuses) -> Example:
        status = held[rule.id]
        outcome = outcome_of(self._policy, test.request.facts, held)
        return Example(
            capitalised(_name(clean(test.name))),
            tuple(self._facts(test, facts_of(self._policy, rule))),
            STATUSES[status],
            SYMBOLS[status],
            status.word,
            OUTCOMES[outcome].capitalize(),
        )

    def _facts(self, test: PolicyTest, read: Iterable[str]) -> Iterable[str]:
        for fact in read:
            reading = test.request.facts.get(fact)
            if reading is not None and reading.state is State.DOCUMENTED:
                yield clean(f"{fact_name(fact)}: {reading_text(reading, self._policy.facts[fact])}")


def _name(name: str) -> str:
    """The name of a test; of a row of a table, with its values in brackets."""
    words, bracket, values = name.rpartition("[")
    return f"{words} ({values.removesuffix(']')})" if bracket and name.endswith("]") else name


def _is_about(test: PolicyTest, rule: Rule) -> bool:
    expected = test.expected
    return rule.id in (expected.rules or {}) or rule.id in (expected.deficiencies or ())
