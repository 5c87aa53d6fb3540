"""A test against what its case ends in: the same by the assessment and by the fast judge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.model.condition import Compare, Constant
from harness.model.policy import Policy
from harness.model.values import Outcome, Status
from harness.suite import Difference, Expected, PolicyTest, judge, judge_with, read_suites, told
from harness.suite.presume import presumed_by
from tests.suite.kit import HEAD, RECORDED, SMALL, read

ROOT = Path(__file__).parent.parent.parent

FAILING = (
    HEAD
    + """
tests:
  - name: five weeks are enough
    given: {care.weeks: 5, pain.severe: false}
    expect:
      outcome: medically_necessary
      rules: {care-length: met, severe: not_met}
      deficiencies: []
      remedies: []
"""
)


@pytest.fixture(scope="module")
def shipped() -> tuple[PolicyTest, ...]:
    """The tests of the project's own policies and examples."""
    folder = str(ROOT / "policies")
    return tuple(t for suite in read_suites([folder, str(ROOT / "examples")], folder) for t in suite.tests)


def nothing_like_it(test: PolicyTest) -> PolicyTest:
    """The test with expectations that are wrong throughout, so that its differences say all that the case ends in."""
    outcome = next(outcome for outcome in Outcome if outcome is not test.expected.outcome)
    nobody = frozenset({"nobody"})
    rules = dict.fromkeys(test.policy.rules, Status.UNDOCUMENTED)
    return replace(test, expected=Expected(outcome, rules, nobody, frozenset({nobody})))


def bare(differences: tuple[Difference, ...]) -> list[Difference]:
    """Without the rules that led there, which the fast judge does not look for."""
    return [replace(one, because=()) for one in differences]


def test_the_fast_judge_agrees_with_the_assessment_on_every_shipped_test(shipped: tuple[PolicyTest, ...]) -> None:
    assert len(shipped) > 150
    for test in shipped:
        other = nothing_like_it(test)
        found = bare(judge(other).differences)
        assert found == bare(judge_with(test.policy, other)), test.id
        assert {one.about for one in found} >= {"deficiencies", "remedies"}
        assert judge_with(test.policy, test) == (), test.id


def test_a_failure_says_what_was_expected_what_is_and_which_facts_led_there(tmp_path: Path) -> None:
    (test,) = read(tmp_path, FAILING).tests
    judged = judge(test)
    assert [(one.about, one.rule, one.expected, one.actual) for one in judged.differences] == [
        ("outcome", "", "medically_necessary", "not_medically_necessary"),
        ("rule", "care-length", "met", "not_met"),
        ("deficiencies", "", "[]", "[care-length]"),
        ("remedies", "", "[]", "[[care-length]]"),
    ]
    policy = tmp_path / "policies/spine/example"
    assert told(judged).splitlines() == [
        f"{policy}/tests.yaml:5:5: failed: five weeks are enough",
        "  outcome: expected medically_necessary, found not_medically_necessary",
        "  rule `care-length`: expected met, found not_met",
        "  deficiencies: expected [], found [care-length]",
        "  remedies: expected [], found [[care-length]]",
        f"  `care-length` is not met ({policy}/2026-01-01.yaml:41:5):",
        "    care weeks: 5 weeks; asked: at least 6 weeks",
    ]


def test_an_outcome_that_is_unexpectedly_favourable_names_what_it_rests_on(tmp_path: Path) -> None:
    tests = """
tests:
  - {name: by an exception, given: {pain.severe: true}, expect: {outcome: more_information}}
  - {name: by a criterion, given: {care.weeks: 8}, expect: {outcome: more_information}}
"""
    by_exception, by_criterion = read(tmp_path, HEAD + tests).tests
    assert [reason.rule for reason in judge(by_exception).reasons] == ["severe"]
    assert [reason.rule for reason in judge(by_criterion).reasons] == ["care-length"]


def test_remedies_and_deficiencies_have_no_order_and_no_others(tmp_path: Path) -> None:
    two = {
        "any: [{rule: severe}, {rule: care-length}]": "all: [{rule: severe}, {rule: care-length}]",
        "kind: exception": "kind: criterion",
        "title: Severe pain": 'title: Severe\n    submit: Notes\n    says: {met: "M", not_met: "N", undocumented: "U"}',
    }
    tests = """
tests:
  - {name: all, expect: {deficiencies: [severe, care-length], remedies: [[severe, care-length]]}}
  - {name: again, expect: {deficiencies: [care-length, severe], remedies: [[care-length, severe]]}}
  - {name: one too few, expect: {deficiencies: [severe]}}
  - {name: apart, expect: {remedies: [[severe], [care-length]]}}
"""
    judged = [judge(test).passed for test in read(tmp_path, HEAD + tests, policy=two).tests]
    assert judged == [True, True, False, False]


# Under another policy


def of_threshold(policy: Policy, weeks: int) -> Policy:
    rule = policy.rules["care-length"]
    assert isinstance(rule.when, Compare)
    assert isinstance(rule.when.operand, Constant)
    value = replace(rule.when.operand.value, low=7 * weeks, high=7 * weeks)  # type: ignore[type-var]
    when = replace(rule.when, operand=Constant(value))
    return replace(policy, rules={**policy.rules, "care-length": replace(rule, when=when)})


def test_a_test_can_be_judged_under_another_policy(tmp_path: Path) -> None:
    suite = read(tmp_path, SMALL)
    policy = suite.tests[0].policy
    assert [bool(judge_with(of_threshold(policy, 6), test)) for test in suite.tests] == [False, False, False]
    assert [bool(judge_with(of_threshold(policy, 5), test)) for test in suite.tests] == [False, True, False]
    assert [bool(judge_with(of_threshold(policy, 7), test)) for test in suite.tests] == [False, False, True]


def test_a_rule_that_another_policy_does_not_have_differs(tmp_path: Path) -> None:
    (test,) = read(tmp_path, HEAD + "tests: [{name: one, expect: {rules: {severe: undocumented}}}]\n").tests
    policy = test.policy
    rules = {id_: rule for id_, rule in policy.rules.items() if id_ != "severe"}
    decision = replace(policy.decision, necessary_when=policy.decision.necessary_when.items[1])  # type: ignore[union-attr]
    shorter = replace(policy, rules=rules, order=("care-length",), decision=decision)
    assert [one.rule for one in judge_with(shorter, test)] == ["severe"]


PRESUMED = "type: boolean\n    presumed: false"
DERIVED = """  imaging.age:
    question: How old is the imaging?
    type: number
    unit: d
    measure: {of: days_since, fact: imaging.date}
  imaging.date:
    presumed: "2026-02-01\""""
POLICIES: tuple[dict[str, str], ...] = (
    {},
    {"type: boolean": PRESUMED},
    {"type: boolean": PRESUMED.replace("false", "true")},
    {"    measure: {of: days_since": "    presumed: 3\n    measure: {of: days_since"},
    {'    presumed: "2026-02-01"\n': ""},
)


def test_another_presumption_reads_as_if_the_case_had_been_read_with_it(tmp_path: Path) -> None:
    tests = f"""
fixtures:
  recorded: {{episodes: [{RECORDED}, {RECORDED.replace("true", "false")}]}}
tests:
  - {{name: nothing, expect: {{outcome: more_information}}}}
  - {{name: records, fixture: recorded, expect: {{outcome: medically_necessary}}}}
  - {{name: said, given: {{pain.severe: true, imaging.date: "2025-12-01"}}, expect: {{outcome: medically_necessary}}}}
  - {{name: derived, given: {{imaging.age: 5}}, expect: {{outcome: more_information}}}}
"""
    suites = []
    for number, words in enumerate(POLICIES):
        whole = {"  imaging.date:": DERIVED}
        folder = tmp_path / str(number)
        suites.append(read(folder, HEAD + tests, policy={**whole, **words}))
    for one in suites:
        for other in suites:
            for test, read_there in zip(one.tests, other.tests, strict=True):
                found = presumed_by(read_there.policy, test.request.facts, test.case.request_date)
                assert found == read_there.request.facts, (test.name, test.policy.place)
