"""What a suite gives: each test is a case, read as strictly as any, with the last word on each fact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import BadInputError, read_policies
from harness.errors import Mistakes
from harness.model.case import UNDOCUMENTED, State
from harness.model.values import Interval
from harness.strict_yaml import parse_yaml
from harness.suite import PolicyTest, judge, mistakes_of_suites, read_suites
from harness.suite.read import read_tests
from tests.suite.kit import HEAD, RECORDED, SMALL, library, read
from tests.test_bad import GOOD

WEEKS = "care.weeks"


def weeks(test: PolicyTest) -> Decimal | None:
    """The weeks of care that the case of a test holds, as days; None when undocumented."""
    value = test.request.facts[WEEKS].value
    assert value is None or isinstance(value, Interval)
    return None if value is None else value.low


def test_each_test_and_each_row_is_a_case(tmp_path: Path) -> None:
    suite = read(tmp_path, SMALL)
    assert [test.name for test in suite.tests] == [
        "severe pain is enough",
        "six weeks are enough[41 d]",
        "six weeks are enough[6]",
    ]
    assert [weeks(test) for test in suite.tests] == [None, 41, 42]
    assert [test.place.line for test in suite.tests] == [5, 13, 14]
    assert all(judge(test).passed for test in suite.tests)


def test_a_fixture_begins_with_the_one_it_extends_and_a_test_has_the_last_word(tmp_path: Path) -> None:
    suite = read(
        tmp_path,
        HEAD
        + """
fixtures:
  base: {facts: {pain.score: 3, pain.months: 4, note.text: base, pain.severe: false}}
  more: {extends: base, facts: {pain.score: 5, note.text: undocumented}}
tests:
  - name: all three layers
    fixture: more
    given: {pain.months: 9, imaging.level: T12/L1}
    expect: {deficiencies: [care-length]}
  - name: the fixture is not changed by the test before
    fixture: more
    expect: {deficiencies: [care-length]}
  - name: nothing is documented without a fixture
    expect: {outcome: more_information}
""",
    )
    first, second, bare = (test.request.facts for test in suite.tests)
    assert first["pain.score"].value == second["pain.score"].value == Interval.point(5)
    assert (first["pain.months"].value, second["pain.months"].value) == (Interval.point(9), Interval.point(4))
    assert first["imaging.level"].value == "T12/L1"
    assert second["imaging.level"] is UNDOCUMENTED
    assert first["note.text"] is UNDOCUMENTED
    assert all(bare[fact] == UNDOCUMENTED for fact in ("pain.score", "note.text", WEEKS))


def test_what_every_request_and_patient_has_is_given_like_any_fact(tmp_path: Path) -> None:
    (test,) = read(
        tmp_path,
        HEAD
        + """
tests:
  - name: all of the request
    given: {request.level: T12/L1, request.side: left, request.setting: inpatient, patient.age: 58, patient.sex: female}
    expect: {outcome: more_information}
""",
    ).tests
    request = test.request
    assert (request.level, request.side, request.setting) == ("T12/L1", "left", "inpatient")
    assert request.facts["patient.age"].value == Interval.point(58)
    assert request.facts["patient.sex"].value == "female"
    assert request.facts["request.date"].value == Interval.point(test.case.request_date.toordinal())


# A fact that is measured


def measured(tmp_path: Path, given: str, *, facts: str = "{pain.severe: false}", own: str = "") -> PolicyTest:
    tests = f"""
fixtures:
  recorded: {{facts: {facts}, episodes: [{RECORDED}]}}
tests:
  - name: of records
    fixture: recorded
    given: {given}
    {own}
    expect: {{deficiencies: []}}
"""
    (test,) = read(tmp_path, HEAD + tests).tests
    return test


def test_the_records_of_a_fixture_are_measured(tmp_path: Path) -> None:
    assert weeks(measured(tmp_path, "{pain.score: 1}")) == 42


def test_a_given_value_stands_and_the_records_of_the_fixture_do_not_count_for_it(tmp_path: Path) -> None:
    test = measured(tmp_path, "{care.weeks: 3}")
    assert weeks(test) == 21
    assert not test.request.facts[WEEKS].episodes
    assert test.case.episodes  # for other facts they are there


def test_a_measured_fact_can_be_made_undocumented(tmp_path: Path) -> None:
    assert measured(tmp_path, "{care.weeks: undocumented}").request.facts[WEEKS] == UNDOCUMENTED


def test_the_records_of_the_test_take_the_place_of_those_of_the_fixture(tmp_path: Path) -> None:
    assert weeks(measured(tmp_path, "{pain.score: 1}", own=f"episodes: [{RECORDED.replace('02-16', '01-12')}]")) == 7


def test_what_was_stated_before_the_records_must_agree_with_them(tmp_path: Path) -> None:
    agreeing = measured(tmp_path / "a", "{pain.score: 1}", facts="{care.weeks: 6}", own=f"episodes: [{RECORDED}]")
    assert weeks(agreeing) == 42
    with pytest.raises(BadInputError, match="stated otherwise than it is measured"):
        measured(tmp_path / "b", "{pain.score: 1}", facts="{care.weeks: 7}", own=f"episodes: [{RECORDED}]")


def test_days_since_a_date_can_be_given_instead_of_the_date(tmp_path: Path) -> None:
    derived = """  imaging.age:
    question: How old is the imaging?
    type: number
    unit: d
    measure: {of: days_since, fact: imaging.date}
  imaging.date:"""
    suite = read(
        tmp_path,
        HEAD
        + """
fixtures:
  imaged: {facts: {imaging.date: "2026-02-01"}}
tests:
  - {name: counted from the date, fixture: imaged, expect: {deficiencies: [care-length]}}
  - {name: given, fixture: imaged, given: {imaging.age: 90}, expect: {deficiencies: [care-length]}}
  - {name: undocumented, fixture: imaged, given: {imaging.age: undocumented}, expect: {deficiencies: [care-length]}}
""",
        policy={"  imaging.date:": derived},
    )
    ages = [test.request.facts["imaging.age"] for test in suite.tests]
    assert [age.value for age in ages] == [Interval.point(28), Interval.point(90), None]
    assert all(test.request.facts["imaging.date"].state is State.DOCUMENTED for test in suite.tests)


# Which version runs


def test_a_draft_is_tested_as_if_it_were_in_force(tmp_path: Path) -> None:
    suite = read(tmp_path, SMALL, policy={"status: active": "status: draft"})
    assert {test.policy.status for test in suite.tests} == {"draft"}
    assert all(judge(test).passed for test in suite.tests)


def test_a_fixture_may_hold_a_fact_that_only_the_later_version_has(tmp_path: Path) -> None:
    tests = (
        HEAD
        + """
fixtures:
  scored: {facts: {pain.score: 3, pain.severe: true}}
tests:
  - {name: later, fixture: scored, expect: {outcome: medically_necessary}}
  - {name: earlier, request_date: "2025-06-01", fixture: scored, expect: {outcome: medically_necessary}}
"""
    )
    file = library(tmp_path, tests)
    later = (file.parent / "2026-01-01.yaml").read_text("utf-8")
    start = later.index("  pain.score:")
    earlier = later[:start] + later[later.index("  pain.months:") :]
    (file.parent / "2025-01-01.yaml").write_text(earlier.replace('"2026-01-01"', '"2025-01-01"'), "utf-8")
    (suite,) = read_suites([str(file)])
    assert [test.policy.effective.year for test in suite.tests] == [2026, 2025]
    file.write_text(tests.replace("2025-06-01", "2024-06-01"), "utf-8")
    with pytest.raises(BadInputError, match="not in force on 2024-06-01"):
        read_suites([str(file)])


# Where suites are found


def test_suites_are_found_below_a_folder_with_cases_that_expect_something(tmp_path: Path) -> None:
    library(tmp_path, SMALL)
    (tmp_path / "cases").mkdir()
    case = 'case: one\nrequest: {date: "2026-03-01", services: [{policy: spine/example}]}\nfacts: {pain.severe: true}\n'
    (tmp_path / "cases/plain.yaml").write_text(case, "utf-8")
    (tmp_path / "cases/expecting.yaml").write_text(f"{case}expect: {{outcome: medically_necessary}}\n", "utf-8")
    (tmp_path / "cases/foreign.yaml").write_text("expect: [of, another, program]\n", "utf-8")
    suites = read_suites([str(tmp_path)], str(tmp_path / "policies"))
    assert [Path(suite.file).name for suite in suites] == ["expecting.yaml", "tests.yaml"]


def test_mistakes_of_all_suites_and_policies_are_told_at_once(tmp_path: Path) -> None:
    file = library(tmp_path, SMALL.replace("pain.severe", "pain.sever"))
    policies = read_policies(tmp_path / "policies")
    told = mistakes_of_suites(policies, {})
    assert [mistake.place.line for mistake in told] == [6, 9]
    assert all(mistake.place.file == str(file) for mistake in told)
    assert mistakes_of_suites(read_policies(GOOD), {}) == ()


# Whatever a file holds

JSON = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-5, 50), st.sampled_from(["met", "long", "a-b", "pain.severe", "outcome", ""])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "facts", "given", "columns", "rows", "value", "at_most"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)
WHOLE = (
    HEAD
    + f"""
fixtures:
  base: {{facts: {{care.weeks: 7, pain.severe: false}}}}
  recorded: {{extends: base, facts: {{care.weeks: undocumented}}, episodes: [{RECORDED}]}}
tests:
  - name: one
    fixture: recorded
    given: {{pain.score: 3}}
    expect: {{outcome: medically_necessary, rules: {{severe: not_met}}, deficiencies: [], remedies: [[care-length]]}}
  - name: many
    fixture: base
    table: {{columns: [care.weeks, outcome, care-length, deficiencies], rows: [[6, medically_necessary, met, []]]}}
"""
)


@settings(max_examples=150)
@given(st.data())
def test_any_value_anywhere_is_told_and_never_a_failure(data: st.DataObject) -> None:
    mistakes = Mistakes()
    located = parse_yaml(WHOLE, "tests.yaml", mistakes)
    assert located is not None
    path = data.draw(st.sampled_from(sorted((path for path in located.values if path), key=str)))
    holder = located.data
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index,call-overload]
    holder[path[-1]] = data.draw(JSON)  # type: ignore[index,call-overload]
    tests = read_tests(located, GOOD_POLICIES, {}.get, mistakes)
    assert mistakes or tests


GOOD_POLICIES = read_policies(GOOD)
