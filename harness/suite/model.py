"""Policy tests as read: a case with one service, the policy version it runs under, and what it must end in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.errors import Place
from harness.model.case import Case, Request
from harness.model.policy import Policies, Policy
from harness.model.values import Outcome, Status


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case must end in. What is None, or no key of `rules`, is not looked at."""

    outcome: Outcome | None = None
    rules: Mapping[str, Status] | None = None
    deficiencies: frozenset[str] | None = None
    remedies: frozenset[frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """One test. `policy` is the version that runs on the request date; the case has exactly one service."""

    name: str  # a sentence; of a row, with its values in brackets
    case: Case
    policy: Policy
    expected: Expected
    place: Place
    private: bool = False  # not said to be made up: of such a case only ids, rules and statuses are told

    @property
    def id(self) -> str:
        return f"{self.place.file}::{self.name}"

    @property
    def request(self) -> Request:
        return self.case.services[0]


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of one file, in its order, and the policies that they are about."""

    file: str
    policies: Policies
    tests: tuple[PolicyTest, ...]
