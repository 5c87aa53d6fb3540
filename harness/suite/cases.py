"""A case with an `expect` -> its tests, one for each service that it requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from harness.cases import case_of
from harness.cases.nodes import Node
from harness.errors import Mistakes
from harness.model.case import Case
from harness.model.policy import Policies
from harness.strict_yaml import Located
from harness.suite.expected import ExpectedReader
from harness.suite.model import PolicyTest


def read_case_tests(located: Located, policies: Policies, mistakes: Mistakes) -> tuple[PolicyTest, ...]:
    """The tests of a case file; none, with the mistakes noted, when the case or its `expect` is wrong."""
    before = len(mistakes)
    case = case_of(located, Path(located.file).parent, policies, mistakes)
    expect = Node.root(located).get("expect")
    if expect is None:
        mistakes.add(located.place(()), "the case does not say what it must end in", "write `expect:`")
    if case is None or expect is None or len(mistakes) > before:
        return ()
    made_up = isinstance(located.data, dict) and located.data.get("synthetic") is True
    return tuple(_tests(case, expect, policies, mistakes, private=not made_up))


def _tests(case: Case, expect: Node, policies: Policies, mistakes: Mistakes, *, private: bool) -> Iterator[PolicyTest]:
    several = list(expect.inner()) if isinstance(expect.data, list) else [expect]
    count = len(case.services)
    if len(several) != count:
        message = f"the case requests {_services(count)}, and `expect` is for {_services(len(several))}"
        cure = "write a list with one entry a service" if count > 1 else "write one, without a list"
        mistakes.add(expect.key_place, message, cure)
        return
    for number, (service, node) in enumerate(zip(case.services, several, strict=True), 1):
        policy = policies.in_force(service.policy, case.request_date)
        assert policy is not None  # reading the case has seen to it
        name = case.id if private else case.title or case.id
        yield PolicyTest(
            name=name if count == 1 else f"{name}, service {number}: {policy.id}",
            case=replace(case, services=(service,)),
            policy=policy,
            expected=ExpectedReader(policy, mistakes).read(node),
            place=expect.key_place if count == 1 else node.place,
            private=private,
        )


def _services(number: int) -> str:
    return "one service" if number == 1 else f"{number} services"
