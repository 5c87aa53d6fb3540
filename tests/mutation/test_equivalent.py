"""A mutant that changes only which deficiencies are named is not called equivalent."""

from __future__ import annotations

from pathlib import Path

from harness import read_policies
from harness.mutation import Fate, mutants, running_under, tried
from harness.suite import read_suites

POLICY = """\
policy: spine/example
title: Example
summary: An example.
status: active
effective: {from: "2026-01-01"}
topics: [{id: care, title: Care}]
facts:
  care.days: {question: How long?, type: number, unit: d, minimum: 0}
  care.other: {question: Was it given?, type: boolean}
rules:
  - {id: first, kind: criterion, topic: care, title: First, when: {fact: care.days, at_least: 42}}
  - {id: second, kind: criterion, topic: care, title: Second, when: {fact: care.other, is: true}}
decision:
  necessary_when:
    any:
      - {rule: first}
      - all: [{rule: first}, {rule: second}]
"""
TESTS = """\
policy: spine/example
request_date: "2026-03-02"
tests:
  - name: what is asked for
    table:
      columns: [care.days, care.other, first, second, outcome]
      rows:
        - [42, false, met, not_met, medically_necessary]
        - [41, true, not_met, met, not_medically_necessary]
        - [41, false, not_met, not_met, not_medically_necessary]
        - [undocumented, undocumented, undocumented, undocumented, more_information]
"""


def test_a_mutant_with_other_deficiencies_survives_until_a_test_asks_for_them(tmp_path: Path) -> None:
    folder = tmp_path / "policies/spine/example"
    folder.mkdir(parents=True)
    (folder / "2026-01-01.yaml").write_text(POLICY, "utf-8")
    (folder / "tests.yaml").write_text(TESTS, "utf-8")
    policy = read_policies(tmp_path / "policies").versions["spine/example"][0]
    tests = running_under(policy, read_suites([str(tmp_path / "policies")])[0].tests)
    done = [one for one in tried(policy, mutants(policy), tests, 2) if one.fate is not Fate.KILLED]
    told = [one for one in done if one.told_by is not None]
    assert told
    assert all(one.fate is Fate.SURVIVED for one in told)
    asking = [*tests, *(one.told_by for one in told if one.told_by is not None)]
    again = [one.fate for one in tried(policy, [one.mutant for one in told], asking, 2)]
    assert set(again) == {Fate.KILLED}
