"""A policy test against what its case ends in: by the real assessment, or fast, under any other policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from harness.assessment import assess
from harness.assessment.findings import deficiencies, facts_behind
from harness.assessment.remedies import remedy_sets
from harness.errors import Place
from harness.evaluate import Statuses, evaluate, outcome_of
from harness.model.assessment import Assessment, FactRead, Role
from harness.model.condition import rules_read
from harness.model.policy import Kind, Policies, Policy, Rule
from harness.model.values import Outcome, Status
from harness.suite.model import Expected, PolicyTest
from harness.suite.presume import presumed_by


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected, in the words of the file. `about` is a key of `expect`, or a rule."""

    about: str  # outcome | rule | deficiencies | remedies
    expected: str
    actual: str
    rule: str = ""  # where it is about one
    because: tuple[str, ...] = ()  # the rules that led there


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that led to a difference: its status, its line, and the rules and facts that it read."""

    rule: str
    status: Status
    place: Place
    rules: tuple[tuple[str, Status], ...]
    facts: tuple[FactRead, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one test; it passed when nothing differs. `reasons` are the rules that the differences name."""

    test: PolicyTest
    differences: tuple[Difference, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True)
class Ending:
    """What a case ends in, as far as a test asks. What it does not ask for may be empty."""

    outcome: Outcome
    statuses: Statuses
    deficiencies: frozenset[str] = frozenset()
    remedies: frozenset[frozenset[str]] = frozenset()
    matters: frozenset[str] = field(default_factory=frozenset)  # rules that the outcome rests on


def judge(test: PolicyTest) -> Judged:
    """Assess the case of a test as any case is, and compare.

    Raises InternalError when the engine and the direct evaluator do not agree.
    """
    policy = replace(test.policy, status="active")  # a draft is tested as if it were in force
    (assessment,) = assess(Policies({policy.id: (policy,)}, "(tests)"), test.case)
    ending = _ending_of(assessment)
    found = tuple(differences(policy, test.expected, ending))
    named = dict.fromkeys(rule for one in found for rule in one.because if rule in policy.rules)
    return Judged(test, found, tuple(_reason(policy, policy.rules[rule], test, ending) for rule in named))


def _reason(policy: Policy, rule: Rule, test: PolicyTest, ending: Ending) -> Reason:
    return Reason(
        rule=rule.id,
        status=ending.statuses[rule.id],
        place=rule.place,
        rules=tuple((one, ending.statuses[one]) for one in rules_read(rule.when)),
        facts=() if test.private else tuple(facts_behind(policy, rule, test.request.facts)),
    )


def judge_with(policy: Policy, test: PolicyTest) -> tuple[Difference, ...]:
    """How a test would differ under another policy with the same facts, by the direct evaluator alone.

    For tools that change a policy thousands of times: no engine, and of deficiencies and remedies only what is asked.
    """
    return tuple(differences(policy, test.expected, _ending(policy, test, test.expected)))


def ending_under(policy: Policy, test: PolicyTest) -> Ending:
    """What the case of a test ends in under a policy, deficiencies and remedies too, by the direct evaluator alone."""
    return _ending(policy, test, Expected(deficiencies=frozenset(), remedies=frozenset()))


def _ending(policy: Policy, test: PolicyTest, asked: Expected) -> Ending:
    facts = test.request.facts
    if policy is not test.policy:
        facts = presumed_by(policy, facts, test.case.request_date)
    statuses = evaluate(policy, facts)
    ending = Ending(
        outcome=outcome_of(policy, facts, statuses),
        statuses=statuses,
        deficiencies=frozenset() if asked.deficiencies is None else deficiencies(policy, facts, statuses),
        remedies=frozenset(),
    )
    if asked.remedies is not None and ending.outcome is not Outcome.MEDICALLY_NECESSARY:
        return replace(ending, remedies=frozenset(map(frozenset, remedy_sets(policy, facts, statuses))))
    return ending


def _ending_of(assessment: Assessment) -> Ending:
    return Ending(
        outcome=assessment.outcome,
        statuses={result.rule: result.status for result in assessment.rules},
        deficiencies=frozenset(f.rule for f in assessment.findings if f.role is Role.DEFICIENCY),
        remedies=frozenset(frozenset(step.rule for step in remedy.steps) for remedy in assessment.remedies),
        matters=frozenset(result.rule for result in assessment.rules if result.matters),
    )


def differences(policy: Policy, expected: Expected, ending: Ending) -> Iterator[Difference]:
    """What of the expected is otherwise: the outcome, then rules in the order of the policy, then the lists."""
    if expected.outcome is not None and ending.outcome is not expected.outcome:
        yield Difference(
            "outcome", expected.outcome.value, ending.outcome.value, because=tuple(_led_to(policy, ending))
        )
    wanted = expected.rules or {}
    for rule in policy.rules:
        if rule in wanted and ending.statuses[rule] is not wanted[rule]:
            yield Difference("rule", wanted[rule].word, ending.statuses[rule].word, rule, (rule,))
    yield from (
        Difference("rule", status.word, "no rule of this version", rule)
        for rule, status in wanted.items()
        if rule not in policy.rules
    )
    if expected.deficiencies is not None and ending.deficiencies != expected.deficiencies:
        yield Difference(
            "deficiencies",
            _listed(policy, expected.deficiencies),
            _listed(policy, ending.deficiencies),
            because=tuple(_ordered(policy, expected.deficiencies ^ ending.deficiencies)),
        )
    if expected.remedies is not None and ending.remedies != expected.remedies:
        yield Difference("remedies", _sets(policy, expected.remedies), _sets(policy, ending.remedies))


def _led_to(policy: Policy, ending: Ending) -> Iterator[str]:
    """The rules that an outcome rests on: what stands between, else the exceptions, else the criteria that are met."""
    if ending.outcome is not Outcome.MEDICALLY_NECESSARY:
        yield from _ordered(policy, ending.deficiencies)
        return
    met = [id_ for id_ in policy.rules if id_ in ending.matters and ending.statuses[id_] is Status.MET]
    exceptions = [id_ for id_ in met if policy.rules[id_].kind is Kind.EXCEPTION]
    yield from exceptions or [id_ for id_ in met if policy.rules[id_].kind is Kind.CRITERION]


def _ordered(policy: Policy, rules: frozenset[str]) -> list[str]:
    """Rules in the order of the policy; what is no rule of it last."""
    order = {id_: number for number, id_ in enumerate(policy.rules)}
    return sorted(rules, key=lambda id_: (order.get(id_, len(order)), id_))


def _listed(policy: Policy, rules: frozenset[str]) -> str:
    return "[" + ", ".join(_ordered(policy, rules)) + "]"


def _sets(policy: Policy, several: frozenset[frozenset[str]]) -> str:
    return "[" + ", ".join(sorted((_listed(policy, one) for one in several), key=lambda s: (len(s), s))) + "]"
