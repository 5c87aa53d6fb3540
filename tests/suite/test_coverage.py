"""What tests should reach, what they did, and what no case can reach at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from harness.cli.unreached import impossible
from harness.errors import BadInputError
from harness.evaluate import evaluate, status_of
from harness.model.condition import Compare, Documented, walk
from harness.model.policy import Policy
from harness.model.values import Outcome, Status
from harness.suite import read_suites
from harness.suite.coverage import Coverage, coverage, versions_to_cover
from harness.suite.items import Item, ItemKind, items_of
from harness.suite.possible import possible, possible_statuses
from tests.generate import Readings, worlds
from tests.suite.kit import HEAD, SMALL, read

ROOT = Path(__file__).parent.parent.parent


def covered(folder: Path, tests: str, **words: str) -> Coverage:
    suite = read(folder, tests, policy=words)
    (one,) = coverage([suite.tests[0].policy], suite.tests)
    return one


def said(items: tuple[Item, ...]) -> list[str]:
    return [f"{item.rule or 'decision'}: {item.text}" for item in items]


def of_rules(folder: Path, rules: str) -> list[str]:
    """What tests should reach of some rules, and what else a policy with them would have left out."""
    replaced = {"rules:\n": f"rules:\n{rules}"}
    suite = read(folder, SMALL, policy=replaced)
    return [
        f"{item.rule}: {item.text}"
        for item in items_of(suite.tests[0].policy)
        if item.rule not in {None, "care-length", "severe"}
    ]


def test_both_sides_of_a_threshold_and_all_three_statuses_are_to_be_reached(tmp_path: Path) -> None:
    one = covered(
        tmp_path, HEAD + "tests: [{name: one, given: {care.weeks: 6}, expect: {rules: {severe: undocumented}}}]"
    )
    assert said(one.uncovered) == [
        "care-length: is not met",
        "care-length: is undocumented",
        "care-length: care: less than 6 weeks",
        "severe: is met",
        "severe: is not met",
        "severe: pain severe: yes",
        "severe: pain severe: no",
        "decision: ends in not medically necessary",
        "decision: ends in more information",
    ]
    assert (one.covered, len(one.hits)) == (4, 13)


def test_a_range_reaches_no_side(tmp_path: Path) -> None:
    given = "{care.weeks: {at_least: 5, at_most: 7}, pain.severe: true}"
    one = covered(tmp_path, HEAD + f"tests: [{{name: one, given: {given}, expect: {{outcome: medically_necessary}}}}]")
    assert "care-length: care: less than 6 weeks" in said(one.uncovered)
    assert "care-length: is undocumented" not in said(one.uncovered)


def test_advice_is_given_or_not(tmp_path: Path) -> None:
    rule = """
  - id: advice
    kind: consideration
    title: Advice
    says: {met: "Given."}
    when: {fact: imaging.date, at_least: "2026-01-01"}
"""
    assert of_rules(tmp_path, rule) == [
        "advice: is given",
        "advice: is not given",
        "advice: imaging date: on or after 1 January 2026",
        "advice: imaging date: before 1 January 2026",
    ]


SCORE = "pain score"
OPEN = {"is met", "is undocumented"}
SETTLED = {"is met", "is not met"}


@pytest.mark.parametrize(
    ("when", "left"),
    [
        ("{fact: pain.score, documented: true}", {*SETTLED, f"{SCORE}: documented", f"{SCORE}: not documented"}),
        ("{fact: pain.score, at_least: 0}", {"is met", "is undocumented", f"{SCORE}: at least 0"}),
        ("{fact: pain.score, more_than: 10}", {"is not met", "is undocumented", f"{SCORE}: at most 10"}),
        ("{fact: imaging.level, in: [T12/L1, L4/L5]}", {*OPEN, "imaging level: one of T12/L1, L4/L5"}),
        (
            "{fact: imaging.date, at_most: {fact: request.date}}",
            {*OPEN, "imaging date: on or before the request date"},
        ),
        ("{rule: severe, status: met}", {"is met", "is not met"}),
        (
            "{any: [{fact: pain.severe, is: true}, {fact: pain.severe, documented: false}]}",
            {*SETTLED} | {f"pain severe: {word}" for word in ("yes", "no", "not documented", "documented")},
        ),
    ],
)  # fmt: skip
def test_what_a_look_rules_out_is_not_asked_for(tmp_path: Path, when: str, left: set[str]) -> None:
    rule = f"  - {{id: looked-at, kind: definition, title: Looked at, when: {when}}}\n"
    assert {text.removeprefix("looked-at: ") for text in of_rules(tmp_path, rule)} == left


COUNTED = {
    "facts:\n": "facts:\n  inj.count: {question: Many?, type: number, measure: {episodes: [injection], of: count}}\n",
    "rules:\n": "rules:\n  - {id: counted, kind: definition, title: Counted, when: {fact: inj.count, at_least: 0}}\n",
}


@pytest.mark.parametrize("stated", ["-3", "{at_most: -3}", "{at_least: -3, at_most: 2}"])
def test_a_negative_count_is_refused_so_that_no_test_reaches_what_is_ruled_out(tmp_path: Path, stated: str) -> None:
    test = f"tests: [{{name: one, given: {{inj.count: {stated}}}, expect: {{rules: {{counted: not_met}}}}}}]"
    with pytest.raises(BadInputError) as told:
        read(tmp_path, HEAD + test, policy=COUNTED)
    (mistake,) = told.value.mistakes
    assert mistake.message == "`inj.count` is less than it can be"
    assert mistake.help == "what is measured is at least 0"


def test_the_solver_knows_that_no_count_is_negative(tmp_path: Path) -> None:
    policy = read(tmp_path, SMALL, policy=COUNTED).tests[0].policy
    met = next(item for item in items_of(policy) if item.rule == "counted" and Status.MET in item.statuses)
    proved = impossible()
    assert proved(policy, replace(met, statuses=frozenset({Status.NOT_MET})))
    assert not proved(policy, met)


def test_a_negative_count_that_the_policy_allows_is_reached_and_counted(tmp_path: Path) -> None:
    test = HEAD + "tests: [{name: one, given: {inj.count: -3}, expect: {rules: {counted: not_met}}}]"
    allowed = COUNTED | {"facts:\n": COUNTED["facts:\n"].replace("measure:", "minimum: -5, measure:")}
    suite = read(tmp_path, test, policy=allowed)
    (one,) = coverage([suite.tests[0].policy], suite.tests, impossible())
    reached = {text for text in said(tuple(item for item, hits in one.hits.items() if hits)) if "counted" in text}
    assert reached == {"counted: is not met", "counted: inj count: less than 0"}
    assert "counted: is met" in said(one.uncovered)


def test_what_something_else_proves_impossible_is_left_out_of_the_count(tmp_path: Path) -> None:
    suite = read(tmp_path, SMALL)
    asked: list[Item] = []

    def impossible(policy: Policy, item: Item) -> bool:
        assert policy is suite.tests[0].policy
        asked.append(item)
        return item.kind is ItemKind.OUTCOME

    (one,) = coverage([suite.tests[0].policy], suite.tests, impossible)
    assert said(tuple(asked)) == ["severe: is undocumented", "decision: ends in more information"]
    assert said(one.impossible) == ["decision: ends in more information"]
    assert said(one.uncovered) == ["severe: is undocumented"]
    assert len(one.hits) == 12


def test_the_projects_own_policies_are_covered_in_full() -> None:
    folder = str(ROOT / "policies")
    suites = read_suites([folder])
    tests = [test for suite in suites for test in suite.tests]
    found = coverage(versions_to_cover([suite.policies for suite in suites], tests, [folder]), tests)
    assert len(found) >= 2
    assert {one.policy.version: said(one.uncovered) for one in found} == {one.policy.version: [] for one in found}
    assert all({item.outcome for item in one.hits} >= set(Outcome) for one in found)


@settings(max_examples=60)
@given(worlds(largest=12, cases=5))
def test_nothing_that_a_case_reaches_is_ruled_out(world: tuple[Policy, tuple[Readings, ...]]) -> None:
    policy, cases = world
    could = possible_statuses(policy)
    for facts in cases:
        held = evaluate(policy, facts)
        assert all(held[rule] in could[rule] for rule in policy.rules)
        for rule in policy.rules.values():
            for leaf in walk(rule.when):
                if isinstance(leaf, Compare | Documented):
                    assert status_of(leaf, facts, held) in possible(leaf, policy, could)
