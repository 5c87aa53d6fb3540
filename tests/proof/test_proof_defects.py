"""A planted defect of each class is found, and each case that shows one is assessed as it says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from harness import assess, read_case, read_policies
from harness.model.policy import Policies
from harness.model.values import Outcome
from harness.proof.prove import claims, prove
from harness.proof.results import Result, Verdict
from harness.proof.shown import case_files, cases_of
from tests.proof.kit import ROOT

Prover = Callable[..., list[Result]]

FACTS = {
    "pain.score": "{question: Which score?, type: number, minimum: 0, maximum: 10}",
    "therapy.length": "{question: How long?, type: number, unit: wk, minimum: 0}",
    "imaging.level": "{question: Which level?, type: choice, choices: [T12/L1, L4/L5]}",
    "imaging.date": "{question: When?, type: date}",
    "imaging.age": "{question: How old?, type: number, unit: d, measure: {of: days_since, fact: imaging.date}}",
    "emergency.present": "{question: Is there an emergency?, type: boolean, presumed: false}",
    "exam.normal": "{question: Is the examination normal?, type: boolean}",
}
SOUND = {
    "care": "kind: criterion, when: {fact: therapy.length, at_least: 6}",
    "severe": "kind: criterion, when: {fact: pain.score, at_least: 7}",
    "emergency": "kind: exception, when: {fact: emergency.present, is: true}",
}
DECISION = "{any: [{rule: emergency}, {all: [{rule: care}, {rule: severe}]}]}"


@pytest.fixture
def refuted(tmp_path: Path) -> Prover:
    """Proves a policy that is sound but for what a test changes; each case shown is written, read and assessed."""

    def run(
        rules: dict[str, str] | None = None,
        decision: str = DECISION,
        properties: str = "",
        more: str = "",
        facts: dict[str, str] | None = None,
    ) -> list[Result]:
        policies = shelf(tmp_path, {**SOUND, **(rules or {})}, decision, properties, more, {**FACTS, **(facts or {})})
        results = list(prove(policies.versions["spine/example"][0]))
        for result in results:
            assessed_as_shown(tmp_path, policies, result)
        return [result for result in results if result.verdict is not Verdict.PROVED and not is_presumption(result)]

    return run


def shelf(
    folder: Path, rules: dict[str, str], decision: str, properties: str, more: str, facts: dict[str, str]
) -> Policies:
    file = folder / "policies/spine/example/2026-01-01.yaml"
    file.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests/bad/good/references.yaml", folder / "policies/references.yaml")
    listed = [f"  - {{id: {id_}, title: {id_}, {body}}}" for id_, body in rules.items()]
    lines = [
        "policy: spine/example\ntitle: Example\nsummary: Example.\nstatus: active",
        'effective: {from: "2026-01-01"}\ntopics: [{id: care, title: Care}]',
        "facts:",
        *(f"  {id_}: {body}" for id_, body in facts.items()),
        "rules:",
        *listed,
        f"decision:\n  necessary_when: {decision}",
        *([f"  {more}"] if more else []),
        *([f"properties:\n  - {{id: claimed, title: It is so, {properties}}}"] if properties else []),
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return read_policies(folder / "policies")


def assessed_as_shown(folder: Path, policies: Policies, result: Result) -> None:
    for written, shown in zip(case_files(result), cases_of(result), strict=True):
        file = folder / written.name
        file.write_text(written.text, "utf-8")
        case = read_case(file, policies)
        (assessment,) = assess(policies, case)
        assert assessment.outcome is shown.outcome
        assert {rule.rule: rule.status for rule in assessment.rules} == dict(shown.statuses)
        assert {id_: (r.state, r.value) for id_, r in case.services[0].facts.items()} == {
            id_: (r.state, r.value) for id_, r in shown.facts.items()
        }


def is_presumption(result: Result) -> bool:
    return result.verdict is Verdict.NOTE and "presumed of" in result.says


def says(results: list[Result]) -> list[tuple[str, tuple[str, ...]]]:
    return [(result.says, result.why) for result in results]


def test_nothing_is_said_against_a_sound_policy(refuted: Prover) -> None:
    assert refuted() == []


def test_a_rule_that_can_never_be_met_is_found_with_what_cannot_hold_together(refuted: Prover) -> None:
    when = (
        "{all: [{fact: pain.score, at_least: 8}, {fact: therapy.length, at_least: 2}, {fact: pain.score, at_most: 5}]}"
    )
    results = refuted({"dead": f"kind: pitfall, when: {when}"})
    assert says(results) == [
        ("pitfall `dead` can never be met", ("`pain.score` at least 8 and `pain.score` at most 5 cannot both hold",))
    ]


def test_a_rule_that_the_bounds_of_a_fact_rule_out_is_found_with_the_bound(refuted: Prover) -> None:
    results = refuted({"dead": "kind: pitfall, when: {fact: pain.score, more_than: 10}"})
    assert says(results) == [
        ("pitfall `dead` can never be met", ("`pain.score` more than 10 cannot be: `pain.score` is at most 10",))
    ]


def test_a_rule_with_alternatives_is_dead_when_each_of_them_is(refuted: Prover) -> None:
    two_levels = "{all: [{fact: imaging.level, is: T12/L1}, {fact: imaging.level, is: L4/L5}]}"
    when = f"{{any: [{{fact: pain.score, less_than: 0}}, {two_levels}]}}"
    ((_, (why,)),) = says(refuted({"dead": f"kind: consideration, when: {when}"}))
    assert why.split("; ") == [
        "`pain.score` less than 0 cannot be: `pain.score` is at least 0",
        "`imaging.level` is T12/L1 and `imaging.level` is L4/L5 cannot both hold",
    ]


def test_a_rule_that_stands_on_a_dead_one_is_dead(refuted: Prover) -> None:
    rules = {
        "low": "kind: definition, when: {fact: pain.score, less_than: 3}",
        "high": "kind: definition, when: {fact: pain.score, more_than: 3}",
        "both": "kind: pitfall, when: {all: [{rule: low}, {rule: high}]}",
    }
    assert says(refuted(rules)) == [
        ("pitfall `both` can never be met", ("`pain.score` less than 3 and `pain.score` more than 3 cannot both hold",))
    ]


def test_a_date_that_no_case_of_the_version_can_have_is_found(refuted: Prover) -> None:
    results = refuted({"dead": 'kind: pitfall, when: {fact: request.date, less_than: "2025-01-01"}'})
    assert says(results)[0][1] == (
        "`request.date` before 1 January 2025 cannot be: the request is of 1 January 2026 or later",
    )


def test_no_case_has_a_date_after_its_request(refuted: Prover) -> None:
    ((_, (why,)),) = says(
        refuted({"dead": "kind: pitfall, when: {fact: imaging.date, more_than: {fact: request.date}}"})
    )
    assert why == ("`imaging.date` after the request date cannot be: `imaging.date` is not after the request date")


def test_days_since_a_date_count_with_the_date(refuted: Prover) -> None:
    when = '{all: [{fact: imaging.age, less_than: 30}, {fact: imaging.date, at_most: "2025-11-01"}]}'
    assert says(refuted({"dead": f"kind: pitfall, when: {when}"}))[0][0] == "pitfall `dead` can never be met"


def test_a_rule_that_is_always_met_is_found(refuted: Prover) -> None:
    when = "{any: [{fact: exam.normal, documented: true}, {fact: exam.normal, documented: false}]}"
    results = refuted({"idle": f"kind: consideration, when: {when}"})
    assert [result.says for result in results] == ["a consideration that is always met: `idle`"]


def test_a_sentence_that_is_never_said_is_told_without_being_refuted(refuted: Prover) -> None:
    (result,) = refuted({"emergency": f"{SOUND['emergency']}, says: {{undocumented: Not known}}"})
    assert result.verdict is Verdict.NOTE
    assert result.says == "`emergency` says something for when it is undocumented, and never is"
    assert result.why == ("where `emergency.present` is not documented, the policy presumes a value",)


def test_an_outcome_that_no_case_reaches_is_found(refuted: Prover) -> None:
    rules = {"mild": "kind: criterion, when: {fact: pain.score, less_than: 3}"}
    found = [result.says for result in refuted(rules, "{all: [{rule: mild}, {rule: severe}, {rule: care}]}")]
    assert "no case at all is medically necessary" in found


def test_that_no_case_is_unfavourable_is_found(refuted: Prover) -> None:
    rules = {"open": "kind: criterion, when: {any: [{rule: care}, {rule: severe}, {fact: pain.score, less_than: 7}]}"}
    found = refuted(rules, "{any: [{rule: open}, {rule: emergency}]}")
    assert "no case at all is not medically necessary" in [result.says for result in found]


def test_a_criterion_that_others_imply_is_redundant_and_they_are_named(refuted: Prover) -> None:
    rules = {"short-care": "kind: criterion, when: {fact: therapy.length, at_least: 4}"}
    decision = "{any: [{rule: emergency}, {all: [{rule: care}, {rule: short-care}, {rule: severe}]}]}"
    assert says(refuted(rules, decision)) == [
        (
            "criterion `short-care` is redundant: no outcome would change if it were always met",
            ("wherever `care` is met, so is this",),
        )
    ]


def test_a_criterion_that_is_never_needed_is_found(refuted: Prover) -> None:
    rules = {"long-care": "kind: criterion, when: {fact: therapy.length, at_least: 8}"}
    decision = "{any: [{rule: emergency}, {all: [{any: [{rule: care}, {rule: long-care}]}, {rule: severe}]}]}"
    assert says(refuted(rules, decision)) == [
        ("criterion `long-care` never makes a difference", ("no outcome would change if it were never met",))
    ]


def test_a_criterion_that_the_decision_does_not_read_is_found(refuted: Prover) -> None:
    assert says(refuted({"normal": "kind: criterion, when: {fact: exam.normal, is: true}"})) == [
        (
            "criterion `normal` never makes a difference",
            ("the decision does not read it, directly or through other rules",),
        )
    ]


def test_a_criterion_that_contradicts_the_others_is_found(refuted: Prover) -> None:
    rules = {"mild": "kind: criterion, when: {fact: pain.score, less_than: 3}"}
    planned = "{all: [{rule: care}, {rule: severe}, {any: [{rule: mild}, {rule: care}]}]}"
    decision = f"{{any: [{{all: [{{rule: emergency}}, {{rule: severe}}]}}, {planned}]}}"
    assert says(refuted(rules, decision)) == [
        (
            "criterion `mild` contradicts the others: no medically necessary case meets it",
            ("`pain.score` less than 3 and `pain.score` at least 7 cannot both hold",),
        )
    ]


def test_an_exception_without_effect_is_found(refuted: Prover) -> None:
    rules = {"late": "kind: exception, when: {all: [{rule: emergency}, {fact: exam.normal, is: false}]}"}
    found = refuted(rules, "{any: [{rule: emergency}, {rule: late}, {all: [{rule: care}, {rule: severe}]}]}")
    assert [result.says for result in found] == ["exception `late` never makes a difference"]


@pytest.mark.parametrize(
    ("claim", "outcomes"),
    [
        ("monotone: {fact: therapy.length, toward: less}", ("more_information", "not_medically_necessary")),
        ("monotone: {fact: emergency.present, toward: false}", ("medically_necessary", "not_medically_necessary")),
        ("always: {when: {rule: severe}, then: medically_necessary}", ("more_information",)),
        ("always: {when: {rule: emergency}, then: {rule: care}}", ("medically_necessary",)),
        ("never: {when: {rule: emergency}}", ("medically_necessary",)),
        ("never: {when: {rule: severe}, then: not_medically_necessary}", ("not_medically_necessary",)),
    ],
)
def test_a_property_that_does_not_hold_is_refuted_with_a_case(
    refuted: Prover, claim: str, outcomes: tuple[str, ...]
) -> None:
    (result,) = refuted(properties=claim)
    assert result.verdict is Verdict.REFUTED
    assert result.says == "It is so"
    assert {case.outcome.value for case in cases_of(result)} <= set(Outcome)
    if claim.startswith("monotone"):
        first, second = cases_of(result)
        assert list(Outcome).index(first.outcome) != list(Outcome).index(second.outcome)
    else:
        assert tuple(case.outcome.value for case in cases_of(result)) == outcomes


@pytest.mark.parametrize(
    "claim",
    [
        "monotone: {fact: therapy.length, toward: more}",
        "monotone: {fact: imaging.date, toward: more}",
        "always: {when: {rule: emergency}, then: medically_necessary}",
        "never: {when: {all: [{not: {rule: care}}, {not: {rule: emergency}}]}}",
        "never: {when: {fact: pain.score, at_most: 4}, then: {rule: severe}}",
    ],
)
def test_a_property_that_holds_is_proved(refuted: Prover, claim: str) -> None:
    assert refuted(properties=claim) == []


def test_a_property_about_no_case_is_told(refuted: Prover) -> None:
    (result,) = refuted(properties="never: {when: {fact: pain.score, more_than: 10}}")
    assert (result.verdict, result.why) == (
        Verdict.NOTE,
        ("it holds, since it is about nothing: no case meets its `when`",),
    )


def test_absence_that_denies_is_found(refuted: Prover) -> None:
    rules = {"examined": "kind: criterion, when: {fact: exam.normal, documented: true}"}
    decision = "{any: [{rule: emergency}, {all: [{rule: care}, {rule: severe}, {rule: examined}]}]}"
    (result,) = refuted(rules, decision)
    assert result.says == "an outcome is unfavourable only through documented facts and declared presumptions"
    assert result.verdict is Verdict.REFUTED
    assert [case.outcome for case in cases_of(result)] == [
        Outcome.NOT_MEDICALLY_NECESSARY,
        Outcome.MEDICALLY_NECESSARY,
    ]


def test_what_a_policy_declares_of_absence_is_told_and_not_refuted(refuted: Prover) -> None:
    rules = {"examined": "kind: criterion, when: {fact: exam.normal, documented: true}"}
    decision = "{any: [{rule: emergency}, {all: [{rule: care}, {rule: severe}, {rule: examined}]}]}"
    declared = "when_undocumented: not_medically_necessary"
    (absence, question) = refuted(rules, decision, more=declared)
    assert absence.verdict is Verdict.NOTE
    assert "is declared not medically necessary by `when_undocumented`" in absence.why[0]
    assert (question.verdict, question.says) == (Verdict.NOTE, "no case ends in a question for more information")


def test_a_criterion_that_should_ask_first_and_cannot_is_found(refuted: Prover) -> None:
    asks = "kind: criterion, when_undocumented: more_information, when: {fact: exam.normal, is: true}"
    rules = {"normal": asks}
    decision = "{all: [{rule: care}, {rule: severe}, {rule: normal, status: met}]}"
    (absence, *_) = refuted(rules, decision, more="when_undocumented: not_medically_necessary")
    assert absence.verdict is Verdict.REFUTED


def test_each_presumption_that_alone_can_deny_is_listed_with_two_cases(tmp_path: Path) -> None:
    policies = shelf(tmp_path, SOUND, DECISION, "", "", FACTS)
    (result,) = filter(is_presumption, prove(policies.versions["spine/example"][0]))
    assert result.says == "what is presumed of emergency present (no) can be all that makes an outcome unfavourable"
    assert [case.outcome for case in cases_of(result)] == [
        Outcome.NOT_MEDICALLY_NECESSARY,
        Outcome.MEDICALLY_NECESSARY,
    ]
    assessed_as_shown(tmp_path, policies, result)


def test_what_only_treatment_records_can_show_is_unknown(refuted: Prover) -> None:
    visits = "{question: How many?, type: number, maximum: 20, measure: {episodes: [therapy], of: sessions}}"
    rules = {"many": "kind: pitfall, when: {fact: therapy.visits, at_least: 30}"}
    (result,) = refuted(rules, facts={"therapy.visits": visits})
    assert result.verdict is Verdict.UNKNOWN
    assert "treatment records" in result.why[0]


SHIPPED = sorted({str(file.parent.relative_to(ROOT / "policies")) for file in ROOT.glob("policies/*/*/[12]*.yaml")})


@cache
def shipped() -> Policies:
    return read_policies(ROOT / "policies")


@pytest.mark.parametrize("policy", SHIPPED)
def test_a_shipped_policy_is_sound_and_says_what_must_hold(policy: str) -> None:
    version = shipped().versions[policy][-1]
    assert len(version.properties) >= 8
    results = list(prove(version))
    assert len(results) == len(claims(version))
    assert [r for r in results if r.verdict in {Verdict.REFUTED, Verdict.UNKNOWN}] == []
