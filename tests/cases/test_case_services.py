"""Which policy version each requested service runs under, and what request and patient say of themselves."""

from __future__ import annotations

import pytest
from case_kit import Desk, fact, folder, on, point, policy

from harness.cases import read_case
from harness.errors import BadInputError
from harness.model.case import UNDOCUMENTED, State

POLICIES = folder(
    policy("spine/fusion", fact("neuro.deficit", "boolean"), codes=("63056", "22612"), effective="2024-01-01"),
    policy("spine/fusion", fact("neuro.grade", "number"), codes=("63056",), effective="2026-01-01"),
    policy("spine/imaging", codes=("72148", "22612"), until="2025-06-30"),
    policy("spine/injection", codes=("62322", "22612"), effective="2025-01-01"),
    policy("spine/draft", status="draft"),
    policy("spine/later", codes=("22558",), effective="2026-01-01"),
    policy("spine/over", codes=("22600",), until="2025-06-30"),
    policy("spine/planned", codes=("22600",), effective="2026-02-01"),
)


def case(services: str, day: str = "2025-11-24") -> str:
    return f'case: c\nrequest: {{date: "{day}", services: [{services}]}}\n'


def test_the_version_in_force_on_the_request_date_runs(desk: Desk) -> None:
    before = desk.read(case("{policy: spine/fusion}", "2025-12-31"), POLICIES).services[0]
    after = desk.read(case("{policy: spine/fusion}", "2026-01-01"), POLICIES).services[0]
    assert "neuro.deficit" in before.facts
    assert "neuro.grade" in after.facts


def test_a_code_finds_its_policy(desk: Desk) -> None:
    found = desk.read(case('{code: "63056"}, {code: "62322", system: CPT}'), POLICIES).services
    assert [one.policy for one in found] == ["spine/fusion", "spine/injection"]


def test_the_same_service_twice_is_two_requests(desk: Desk) -> None:
    found = desk.read(case("{policy: spine/fusion, side: left}, {policy: spine/fusion, side: right}"), POLICIES)
    assert [one.side for one in found.services] == ["left", "right"]
    assert [one.facts["request.side"].value for one in found.services] == ["left", "right"]


@pytest.mark.parametrize(
    ("service", "told"),
    [
        ("{policy: spine/fusoin}", "no policy is called `spine/fusoin` | did you mean `spine/fusion`?"),
        (
            "{policy: heart/valve}",
            "no policy is called `heart/valve` | the policies are "
            + ", ".join(f"`{name}`" for name in sorted(POLICIES.versions)),
        ),
        (
            "{policy: spine/later}",
            "policy `spine/later` is not in force on the request date | the first version takes effect on 2026-01-01",
        ),
        ("{policy: spine/draft}", "policy `spine/draft` is not in force on the request date | it is only a draft"),
        (
            "{policy: spine/imaging}",
            "policy `spine/imaging` is not in force on the request date | it ended on 2025-06-30",
        ),
        (
            '{code: "99999"}',
            "no policy in force on the request date applies to CPT `99999` | check the code, or name the policy",
        ),
        (
            "{code: '22558'}",
            (
                "no policy in force on the request date applies to CPT `22558` |"
                " policy `spine/later` applies to it, but the first version takes effect on 2026-01-01"
            ),
        ),
        (
            "{code: '22600'}",
            (
                "no policy in force on the request date applies to CPT `22600` |"
                " policy `spine/over` applies to it, but it ended on 2025-06-30;"
                " policy `spine/planned` applies to it, but the first version takes effect on 2026-02-01"
            ),
        ),
        (
            '{code: "22612"}',
            "more than one policy applies to CPT `22612` | name the policy: `spine/fusion` or `spine/injection`",
        ),
    ],
)
def test_a_service_that_no_policy_serves(desk: Desk, service: str, told: str) -> None:
    found = desk.mistakes(case(service), POLICIES)
    assert [one.split(": ", 1)[1] for one in found] == [told]


def test_both_policy_and_code_is_told_once(desk: Desk) -> None:
    found = desk.mistakes(case('{policy: spine/fusion, code: "63056"}'), POLICIES)
    assert len(found) == 1
    assert "either its `policy` or its `code`" in found[0]


def test_the_built_in_facts(desk: Desk) -> None:
    text = case("{policy: spine/fusion, level: T12/L1, setting: inpatient}") + "patient: {age: 58, sex: female}\n"
    facts = desk.read(text, POLICIES).services[0].facts
    assert facts["request.date"].value == on("2025-11-24")
    assert facts["request.level"].value == "T12/L1"
    assert facts["request.setting"].value == "inpatient"
    assert facts["request.side"] is UNDOCUMENTED
    assert facts["patient.age"].value == point(58)
    assert facts["patient.sex"].value == "female"
    assert facts["patient.age"].state is State.DOCUMENTED
    assert facts["patient.age"].evidence == ()


@pytest.mark.parametrize(
    ("born", "request_date", "age"),
    [
        ("1967-11-24", "2025-11-24", 58),
        ("1967-11-25", "2025-11-24", 57),
        ("2004-02-29", "2025-02-28", 20),  # the birthday of a common year is 1 March
        ("2004-02-29", "2025-03-01", 21),
        ("2004-02-29", "2024-02-29", 20),
        ("2025-11-24", "2025-11-24", 0),
    ],
)
def test_the_age_is_counted_from_the_birth_date(desk: Desk, born: str, request_date: str, age: int) -> None:
    text = case("{policy: spine/fusion}", request_date) + f'patient: {{birth_date: "{born}"}}\n'
    assert desk.read(text, POLICIES).services[0].facts["patient.age"].value == point(age)


@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("2025-11-25", "`birth_date` is future-dated: after the request date"),
        ("1970-02-30", "`birth_date` is not a day of the calendar"),
        ("1850-01-01", "from 1900 to 2199"),
    ],
)
def test_a_birth_date_that_cannot_be(desk: Desk, born: str, told: str) -> None:
    found = desk.mistakes(case("{policy: spine/fusion}") + f'patient: {{birth_date: "{born}"}}\n', POLICIES)
    assert len(found) == 1
    assert told in found[0]


def test_a_request_date_that_is_no_day(desk: Desk) -> None:
    found = desk.mistakes(case("{policy: spine/fusion}", "2025-02-30"), POLICIES)
    assert found == ["2:17: `date` is not a day of the calendar | check the month and the day"]


def test_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(BadInputError) as error:
        read_case(desk.folder / "none.yaml", POLICIES)
    assert error.value.mistakes[0].message == "there is no such file"


SHAPES = ["- a", "just text", "{}", "request: 3", "case: c\nrequest: {date: 3, services: {a: 1}}"]


@pytest.mark.parametrize("text", SHAPES)
def test_any_shape_is_told_and_never_a_traceback(desk: Desk, text: str) -> None:
    assert desk.mistakes(text, POLICIES)
