"""Episodes of care as records, and the facts measured from them, through `read_case`."""

from __future__ import annotations

import pytest
from case_kit import HEAD, Desk, days, fact, folder, measured, policy

from harness.model.case import UNDOCUMENTED, State
from harness.model.policy import Measure, MeasureOf
from harness.model.values import Interval

KINDS = (
    measured("therapy.length", "weeks_spanned", "therapy", unit="wk", where={"supervised": [True]}),
    measured("therapy.visits", "sessions", "therapy", unit="{visits}"),
    measured("drug.count", "count", "medication", unit=None, where={"agent": ["gabapentin", "two words"]}),
    measured("drug.failed", "count", "medication", unit=None, where={"outcome": ["failed"]}),
)


def episodes(*several: str) -> str:
    return f"episodes: [{', '.join(several)}]"


def test_the_founding_therapy_of_41_days_is_not_six_weeks(desk: Desk) -> None:
    text = episodes('{kind: therapy, start: "2025-08-04", end: "2025-09-14", attributes: {supervised: true}}')
    assert desk.plain(text, *KINDS)["therapy.length"].value == days(41, 41)


def test_42_elapsed_days_are_six_weeks(desk: Desk) -> None:
    text = episodes('{kind: therapy, start: "2025-08-04", end: "2025-09-15", attributes: {supervised: true}}')
    reading = desk.plain(text, *KINDS)["therapy.length"]
    assert reading.state is State.DOCUMENTED
    assert reading.value == days(42, 42)


def test_evidence_and_numbers_of_what_was_counted_the_definite_first(desk: Desk) -> None:
    text = (
        episodes(
            '{kind: therapy, start: "2025-01-01", end: "2025-01-11", evidence: [{document: a}]}',
            '{kind: therapy, start: "2025-02-01", end: "2025-02-11", attributes: {supervised: false}}',
            '{kind: therapy, start: "2025-01-05", end: "2025-01-08", attributes: {supervised: true},'
            " evidence: [{document: b}, {document: a}]}",
            '{kind: medication, start: "2025-01-01"}',
        )
        + "\ndocuments: [{id: a, type: note}, {id: b, type: note}]"
    )
    reading = desk.plain(text, *KINDS)["therapy.length"]
    assert reading.value == days(3, 10)
    assert reading.episodes == (2, 0)
    assert [one.document for one in reading.evidence] == ["b", "a"]


def test_no_episode_that_counts_is_undocumented_and_never_zero(desk: Desk) -> None:
    facts = desk.plain(episodes("{kind: therapy, attributes: {supervised: false}}"), *KINDS)
    assert facts["therapy.length"] == UNDOCUMENTED
    assert facts["drug.count"] == UNDOCUMENTED


def test_a_record_that_may_count_is_named_though_nothing_is_known(desk: Desk) -> None:
    reading = desk.plain(episodes("{kind: therapy, sessions: 3}"), *KINDS)["therapy.length"]
    assert (reading.state, reading.value, reading.episodes) == (State.UNDOCUMENTED, None, (0,))


def test_a_measured_fact_that_is_undocumented_may_be_presumed(desk: Desk) -> None:
    reading = desk.plain("", measured("a.count", "count", "therapy", unit=None, presumed=days(0, 0)))["a.count"]
    assert (reading.state, reading.value) == (State.PRESUMED, days(0, 0))


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ("attributes: {agent: gabapentin}", days(1, 1)),
        ("attributes: {agent: GabaPentin}", days(1, 1)),
        ('attributes: {agent: "Two   Words"}', days(1, 1)),
        ("attributes: {agent: aspirin}", None),
        ("attributes: {dose: 300}", None),  # it may not count, so nothing is known
        ("outcome: none", None),
    ],
)
def test_attributes_of_text(desk: Desk, attributes: str, value: Interval | None) -> None:
    assert desk.plain(episodes(f"{{kind: medication, {attributes}}}"), *KINDS)["drug.count"].value == value


@pytest.mark.parametrize("agent", ["gabapentins", "gabapentn", "gabapentim", "gabapetnin", "Two Word"])
def test_a_word_that_nearly_counts_is_not_passed_over(desk: Desk, agent: str) -> None:
    (told,) = desk.wrong(episodes(f"{{kind: medication, attributes: {{agent: {agent}}}}}"), *KINDS)
    assert told.startswith("attribute `agent` is nearly a word that counts, and not quite | the words that count are")


@pytest.mark.parametrize("agent", ["pregabalin", "ungabapentin", "two"])
def test_another_word_is_another_word(desk: Desk, agent: str) -> None:
    text = episodes(f"{{kind: medication, attributes: {{agent: {agent}}}}}")
    assert desk.plain(text, *KINDS)["drug.count"].value is None


def test_where_reads_the_outcome_too(desk: Desk) -> None:
    text = episodes("{kind: medication, outcome: Failed}", "{kind: medication, outcome: helped}", "{kind: medication}")
    assert desk.plain(text, *KINDS)["drug.failed"].value == days(1, 2)


def test_sessions_add_up_with_their_ranges(desk: Desk) -> None:
    text = episodes("{kind: therapy, sessions: 6}", "{kind: therapy, sessions: {at_least: 2, at_most: 3}}")
    assert desk.plain(text, *KINDS)["therapy.visits"].value == days(8, 9)
    unknown = episodes("{kind: therapy, sessions: 6}", "{kind: therapy}")
    assert desk.plain(unknown, *KINDS)["therapy.visits"].value == days(6, None)


@pytest.mark.parametrize(
    ("episode", "told"),
    [
        (
            "{kind: therpy}",
            "no policy requested here reads episodes of kind `therpy` | did you mean `therapy`?",
        ),
        (
            "{kind: acupuncture}",
            "no policy requested here reads episodes of kind `acupuncture` | the kinds are `medication`",
        ),
        ('{kind: therapy, start: "2025-02-02", end: "2025-02-01"}', "`end` is before `start` | write the first day as"),
        ('{kind: therapy, start: "2025-11-25"}', "`start` is future-dated: after the request date"),
        ('{kind: therapy, end: "2025-11-25"}', "`end` is future-dated: after the request date"),
        ('{kind: therapy, end: "2025-02-30"}', "`end` is not a day of the calendar"),
        ("{kind: therapy, sessions: {at_least: 3, at_most: 2}}", "the range of `sessions` ends before it begins"),
        ("{kind: therapy, sessions: {at_least: 0.5}}", "`sessions` is not a whole number | write how many, or a range"),
        ("{kind: therapy, sessions: {at_least: -1}}", "`sessions` is not a whole number"),
        (
            "{kind: therapy, attributes: {supervisd: true}}",
            "no policy requested here reads an attribute `supervisd` of such an episode | did you mean `supervised`?",
        ),
        (
            '{kind: therapy, attributes: {supervised: "yes"}}',
            "attribute `supervised` is text, not `true` or `false` | write `true` or `false`, without quotes",
        ),
        ("{kind: medication, attributes: {agent: true}}", "attribute `agent` is `true` or `false`, not text"),
        (
            "{kind: medication, attributes: {outcome: failed}}",
            "`outcome` is not an attribute | write it beside `attributes`",
        ),
    ],
)
def test_an_episode_that_cannot_be(desk: Desk, episode: str, told: str) -> None:
    found = desk.wrong(episodes(episode), *KINDS)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_other_attributes_are_kept_as_information(desk: Desk) -> None:
    text = HEAD + episodes("{kind: therapy, attributes: {dose: 2.5, agent: 3, setting: home}, outcome: ' better '}")
    episode = desk.read(text, folder(policy("area/one", *KINDS))).episodes[0]
    assert {name: str(value) for name, value in episode.attributes.items()} == {
        "dose": "2.5",
        "agent": "3",
        "setting": "home",
    }
    assert episode.outcome == "better"


def test_no_policy_that_measures(desk: Desk) -> None:
    found = desk.wrong(episodes("{kind: therapy}"), fact("a.fact", "boolean"))
    assert found == [
        "no policy requested here reads episodes of kind `therapy` | they measure nothing over episodes; leave it out"
    ]


SINCE = fact("imaging.age", "number", unit="d", measure=Measure(MeasureOf.DAYS_SINCE, date_fact="imaging.date"))


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ('"2025-11-24"', days(0, 0)),
        ('"2025-11-04"', days(20, 20)),
        ('{at_least: "2025-11-04"}', days(0, 20)),
        ('{at_most: "2025-11-04"}', days(20, None)),
        ('{at_least: "2025-10-25", at_most: "2025-11-04"}', days(20, 30)),
    ],
)
def test_days_since_a_date(desk: Desk, stated: str, value: Interval) -> None:
    facts = (SINCE, fact("imaging.date", "date"))  # the derived one first: order never matters
    text = f"""
        facts: {{imaging.date: {{value: {stated}, evidence: [{{document: mri}}]}}}}
        documents: [{{id: mri, type: report}}]
        """
    reading = desk.plain(text, *facts)["imaging.age"]
    assert reading.value == value
    assert [one.document for one in reading.evidence] == ["mri"]


def test_days_since_a_date_that_is_not_documented(desk: Desk) -> None:
    assert desk.plain("", SINCE, fact("imaging.date", "date"))["imaging.age"] is UNDOCUMENTED


def test_days_since_a_presumed_date_are_presumed(desk: Desk) -> None:
    presumed = fact("imaging.date", "date", presumed=days(739_000, 739_000))
    reading = desk.plain("", SINCE, presumed)["imaging.age"]
    assert reading.state is State.PRESUMED
    assert reading.value is not None


def test_two_thousand_episodes(desk: Desk) -> None:
    many = [f'{{kind: therapy, start: "20{n % 25:02}-01-01", sessions: 1}}' for n in range(2000)]
    assert desk.plain(episodes(*many), *KINDS)["therapy.visits"].value == days(2000, 2000)


@pytest.mark.parametrize("level", ["L5", "R", "T12/T12"])
def test_a_neighbour_is_no_slip(desk: Desk, level: str) -> None:
    kind = measured("care.count", "count", "care", unit=None, where={"level": ["L4", "L", "T11/T12"]})
    text = episodes(f"{{kind: care, attributes: {{level: {level}}}}}")
    assert desk.plain(text, kind)["care.count"].value is None


def test_records_that_may_count_are_not_presumed_away(desk: Desk) -> None:
    kind = measured("a.count", "count", "care", unit=None, where={"supervised": [True]}, presumed=days(0, 0))
    assert desk.plain(episodes("{kind: care}"), kind)["a.count"].state is State.UNDOCUMENTED
