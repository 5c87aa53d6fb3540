"""Facts as stated: types, units, ranges, several statements, presumptions."""

from __future__ import annotations

import pytest
from case_kit import HEAD, Desk, days, fact, folder, measured, on, point, policy

from harness.model.case import UNDOCUMENTED, State
from harness.model.values import Interval, Value

FACTS = (
    fact("neuro.deficit", "boolean"),
    fact("care.length", "number", unit="wk", minimum=point(0).low, maximum=point(700).low),
    fact("care.months", "number", unit="mo"),
    fact("pain.score", "number"),
    fact("exam.date", "date"),
    fact("pain.grade", "choice", choices=("mild", "moderate", "severe")),
    fact("signs.red", "set", choices=("fever", "weight loss")),
    fact("codes.diagnosis", "set", system="ICD-10-CM"),
    fact("codes.service", "set", system="CPT"),
    fact("codes.supply", "set", system="HCPCS"),
    fact("note.words", "text"),
)


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("neuro.deficit: false", False),
        ("neuro.deficit: true", True),
        ("care.length: 6", point(42)),
        ("care.length: {value: 41, unit: d}", point(41)),
        ("care.length: {at_most: 2}", days(None, 14)),
        ("care.length: {value: {at_least: 2, at_most: 14}, unit: d}", days(2, 14)),
        ("care.length: {at_least: 6, at_most: 6}", point(42)),
        ("care.length: 0.5", point("3.5")),
        ("care.months: 6", point(6)),
        ("pain.score: 7", point(7)),
        ('exam.date: "2025-11-24"', on("2025-11-24")),
        ('exam.date: {at_least: "2025-11-01"}', Interval(on("2025-11-01").low, None)),
        ("pain.grade: severe", "severe"),
        ("signs.red: [fever]", frozenset({"fever"})),
        ("signs.red: []", frozenset()),
        ("codes.diagnosis: [M51.14, M54]", frozenset({"M51.14", "M54"})),
        ('codes.service: ["63056", "0202T"]', frozenset({"63056", "0202T"})),
        ("codes.supply: [J1100]", frozenset({"J1100"})),
        ('note.words: " as written "', "as written"),
    ],
)
def test_a_value_is_read_by_its_type(desk: Desk, stated: str, value: Value) -> None:
    facts = desk.plain(f"facts: {{{stated}}}", *FACTS)
    reading = facts[stated.partition(":")[0]]
    assert reading.state is State.DOCUMENTED
    assert reading.value == value
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("neuro.deficit: 1", "`neuro.deficit` is a number, not `true` or `false` | write `true` or `false`"),
        ('neuro.deficit: "true"', "`neuro.deficit` is text, not `true` or `false`"),
        (
            "care.length: true",
            "`care.length` is `true` or `false`, not a number | write a number without quotes, such as `6`",
        ),
        ('care.length: "6"', "`care.length` is text, not a number"),
        ('care.length: {at_least: "6"}', "`care.length` is text, not a number"),
        ("care.length: {at_least: 7, at_most: 6}", "the range of `care.length` ends before it begins | `at_least` is"),
        ("care.length: -1", "`care.length` is less than it can be | its policy says at least 0 weeks"),
        ("care.length: {at_most: -1}", "`care.length` is less than it can be"),
        ("care.length: 101", "`care.length` is more than it can be | its policy says at most 100 weeks"),
        (
            "care.length: {value: 3, unit: mo}",
            "`care.length` is asked for in `wk`, and `mo` does not convert to it | state it in `d` or `wk`",
        ),
        ("care.months: {value: 3, unit: wk}", "`care.months` is asked for in `mo`, and `wk` does not convert"),
        ("pain.score: {value: 3, unit: '%'}", "`pain.score` is a number without a unit | leave `unit` out"),
        ("neuro.deficit: {value: true, unit: d}", "a `unit` belongs to a number, and `neuro.deficit` is `true` or"),
        ('exam.date: "2025-02-30"', "`exam.date` is not a day of the calendar | check the month and the day"),
        ('exam.date: "20250202"', "`exam.date` is not written as a date"),
        ("exam.date: 2025", "`exam.date` is a number, not a date"),
        ('exam.date: "2025-11-25"', "`exam.date` is future-dated: after the request date | a case holds what was"),
        ('exam.date: {at_most: "2025-11-25"}', "`exam.date` is future-dated"),
        ('exam.date: {at_least: "2025-11-02", at_most: "2025-11-01"}', "the range of `exam.date` ends before"),
        ("pain.grade: sever", "`pain.grade` is not one of its choices | it is one of `mild`, `moderate`, `severe`"),
        ("pain.grade: xyzzy", "`pain.grade` is not one of its choices | it is one of `mild`, `moderate`, `severe`"),
        ("pain.grade: [mild]", "`pain.grade` is a list, not a choice | it is one of `mild`"),
        ("signs.red: fever", "`signs.red` is text, not a list | write a list in brackets; an empty"),
        ("signs.red: [fever, wieght loss]", "entry 2 of `signs.red` is not one of its choices | it is one of `fever`"),
        ("codes.diagnosis: [M51.1-]", "entry 1 of `codes.diagnosis` is not a code of ICD-10-CM | write a whole code"),
        ("codes.service: [M51.14]", "entry 1 of `codes.service` is not a code of CPT"),
        ("note.words: 3", "`note.words` is a number, not text"),
        ('note.words: " "', "`note.words` is empty | leave out what is not documented"),
        ("note.words: {at_least: 3}", "`note.words` is a range, not text"),
        (
            "neuro.deficti: true",
            "no policy requested here reads a fact `neuro.deficti` | did you mean `neuro.deficit`?",
        ),
        ("far.away: true", "no policy requested here reads a fact `far.away` | see the facts of `area/one`, or leave"),
        ("patient.age: 58", "`patient.age` does not belong under `facts` | write it as `age` of the patient"),
        (
            "request.side: left",
            "`request.side` does not belong under `facts` | write it as `side` of the requested",
        ),
    ],
)
def test_a_value_that_cannot_be(desk: Desk, stated: str, told: str) -> None:
    found = desk.wrong(f"facts: {{{stated}}}", *FACTS)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_mistake_points_to_its_value(desk: Desk) -> None:
    text = HEAD + "facts:\n  care.length: {value: {at_most: -1}}\n  nope.nope: 1\n"
    found = desk.mistakes(text, folder(policy("area/one", *FACTS)))
    assert [one.split(" ")[0] for one in found] == ["4:34:", "5:3:"]


def test_what_is_not_stated_is_undocumented_or_presumed(desk: Desk) -> None:
    facts = desk.plain(
        "",
        fact("a.plain", "boolean"),
        fact("a.no", "boolean", presumed=False),
        fact("a.zero", "number", presumed=point(0)),
    )
    assert facts["a.plain"] is UNDOCUMENTED
    assert (facts["a.no"].state, facts["a.no"].value) == (State.PRESUMED, False)
    assert (facts["a.zero"].state, facts["a.zero"].value) == (State.PRESUMED, point(0))


def test_what_is_stated_is_not_presumed(desk: Desk) -> None:
    facts = desk.plain("facts: {a.no: false}", fact("a.no", "boolean", presumed=False))
    assert facts["a.no"].state is State.DOCUMENTED


TWO = """\
case: c
request:
  date: "2025-11-24"
  services:
    - {policy: area/one, facts: {own.fact: 1}}
    - {policy: area/two}
facts: {shared.fact: 3, of.two: true}
"""


def test_the_facts_of_a_service_do_not_leak_into_another(desk: Desk) -> None:
    both = (fact("own.fact", "number"), fact("shared.fact", "number"))
    policies = folder(policy("area/one", *both), policy("area/two", *both, fact("of.two", "boolean")))
    one, two = desk.read(TWO, policies).services
    assert one.facts["own.fact"].value == point(1)
    assert two.facts["own.fact"] is UNDOCUMENTED
    assert one.facts["shared.fact"].value == two.facts["shared.fact"].value == point(3)
    assert "of.two" not in one.facts


def test_a_service_states_only_facts_of_its_own_policy(desk: Desk) -> None:
    policies = folder(
        policy("area/one", fact("shared.fact", "number")),
        policy("area/two", fact("own.fact", "number"), fact("of.two", "boolean")),
    )
    found = desk.mistakes(TWO, policies)
    assert len(found) == 1
    assert found[0].startswith("5:34: no policy requested here reads a fact `own.fact`")


def test_the_same_fact_is_read_by_each_policy_in_its_own_way(desk: Desk) -> None:
    policies = folder(
        policy("area/one", fact("own.fact", "number"), fact("shared.fact", "number", unit="wk")),
        policy("area/two", fact("of.two", "boolean"), fact("shared.fact", "number", unit="mo")),
    )
    one, two = desk.read(TWO, policies).services
    assert one.facts["shared.fact"].value == point(21)
    assert two.facts["shared.fact"].value == point(3)


def test_a_fact_of_a_policy_that_could_not_be_found_is_not_called_unknown(desk: Desk) -> None:
    found = desk.mistakes(TWO, folder(policy("area/one", fact("own.fact", "number"))))
    assert [one.split(": ", 1)[1].split(" |")[0] for one in found] == ["no policy is called `area/two`"]


DOCUMENTS = """
documents:
  - {id: old, type: note, date: "2025-01-01"}
  - {id: new, type: note, date: "2025-02-01"}
  - {id: undated, type: note}
"""


def several(*stated: str) -> str:
    return f"facts: {{a.fact: [{', '.join(stated)}]}}\n{DOCUMENTS}"


def at(value: object, *documents: str) -> str:
    return f"{{value: {value}, evidence: [{', '.join(f'{{document: {one}}}' for one in documents)}]}}"


def test_equal_statements_join_and_so_does_their_evidence(desk: Desk) -> None:
    reading = desk.plain(several(at(6, "old"), at("6.0", "new", "old")), fact("a.fact", "number"))["a.fact"]
    assert reading.value == point(6)
    assert [one.document for one in reading.evidence] == ["old", "new"]


def test_equal_in_days_and_weeks_is_equal(desk: Desk) -> None:
    reading = desk.plain(several("{value: 42, unit: d}", "{value: 6}"), fact("a.fact", "number", unit="wk"))["a.fact"]
    assert reading.value == point(42)


def test_different_statements_are_a_mistake(desk: Desk) -> None:
    found = desk.wrong(several(at(6, "old"), at(7, "new")), fact("a.fact", "number"))
    assert found == [
        "`a.fact` is stated with another value | keep the one that holds; its policy does not say which does"
    ]


def test_the_case_and_a_service_may_not_contradict_each_other(desk: Desk) -> None:
    text = (
        'case: c\nrequest: {date: "2025-11-24", services: [{policy: area/one, facts: {a.fact: 1}}]}\nfacts: {a.fact: 2}'
    )
    found = desk.mistakes(text, folder(policy("area/one", fact("a.fact", "number"))))
    assert found[0].startswith("3:17: `a.fact` is stated with another value than in line 2")


def test_the_latest_holds(desk: Desk) -> None:
    latest = fact("a.fact", "boolean", when_several="latest")
    reading = desk.plain(several(at("true", "new", "undated"), at("false", "old")), latest)["a.fact"]
    assert reading.value is True
    assert [one.document for one in reading.evidence] == ["new", "undated"]


def test_the_date_of_evidence_stands_before_that_of_its_document(desk: Desk) -> None:
    latest = fact("a.fact", "boolean", when_several="latest")
    dated = '{value: false, evidence: [{document: old, date: "2025-03-01"}]}'
    assert desk.plain(several(at("true", "new"), dated), latest)["a.fact"].value is False


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (
            at("false", "undated"),
            "`a.fact` is stated with different values, and not each of them is dated | the latest",
        ),
        ("{value: false}", "`a.fact` is stated with different values, and not each of them is dated"),
        (at("false", "new"), "`a.fact` is stated with different values of the same date | the latest holds, and"),
    ],
)
def test_the_latest_is_not_known(desk: Desk, second: str, told: str) -> None:
    found = desk.wrong(several(at("true", "new"), second), fact("a.fact", "boolean", when_several="latest"))
    assert len(found) == 1
    assert found[0].startswith(told)


@pytest.mark.parametrize(
    ("which", "first", "second", "value"),
    [
        ("highest", "6", "8", point(8)),
        ("lowest", "6", "8", point(6)),
        ("highest", "{at_least: 6}", "8", days(8, None)),
        ("highest", "{at_most: 9}", "8", days(8, 9)),
        ("highest", "{at_most: 9}", "{at_most: 12}", days(None, 12)),
        ("highest", "{at_most: 5}", "{at_least: 3}", days(3, None)),
        ("lowest", "{at_least: 6}", "8", days(6, 8)),
        ("lowest", "{at_most: 9}", "8", days(None, 8)),
        ("lowest", "{at_least: 6}", "{at_least: 8}", days(6, None)),
    ],
)
def test_the_highest_or_lowest_of_ranges_is_sound(
    desk: Desk, which: str, first: str, second: str, value: Interval
) -> None:
    text = several(f"{{value: {first}}}", f"{{value: {second}}}")
    assert desk.plain(text, fact("a.fact", "number", when_several=which))["a.fact"].value == value


def test_any_of_several(desk: Desk) -> None:
    yes = desk.plain(several(at("false", "new"), at("true", "old")), fact("a.fact", "boolean", when_several="any"))
    assert yes["a.fact"].value is True
    assert [one.document for one in yes["a.fact"].evidence] == ["old"]
    choices = fact("a.fact", "set", choices=("x", "z"), when_several="any")
    union = desk.plain(several(at("[x]", "old"), at("[z]", "new")), choices)["a.fact"]
    assert union.value == frozenset({"x", "z"})
    assert [one.document for one in union.evidence] == ["old", "new"]


EPISODE = '\nepisodes: [{kind: therapy, start: "2025-01-01", end: "2025-01-08", evidence: [{document: new}]}]'


def test_stated_and_measured_may_agree(desk: Desk) -> None:
    text = several(at(1, "old")) + EPISODE
    reading = desk.plain(text, measured("a.fact", "weeks_spanned", "therapy", unit="wk"))["a.fact"]
    assert reading.value == point(7)
    assert [one.document for one in reading.evidence] == ["old", "new"]
    assert reading.episodes == (0,)


def test_stated_and_measured_may_not_contradict_each_other(desk: Desk) -> None:
    text = several(at(2, "old")) + EPISODE
    found = desk.wrong(text, measured("a.fact", "weeks_spanned", "therapy", unit="wk"))
    message = "`a.fact` is stated otherwise than it is measured from the episodes"
    assert found == [f"{message} | leave the statement out, or correct it or the episodes"]
    highest = measured("a.fact", "weeks_spanned", "therapy", unit="wk", when_several="highest")
    assert desk.plain(text, highest)["a.fact"].value == point(14)
