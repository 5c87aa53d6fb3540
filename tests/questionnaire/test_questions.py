"""`necessity questions` as its user runs it, and what it says of the shipped policies."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from harness.cases import read_case
from harness.cli.main import cli
from harness.model.policy import Policies
from harness.policies import read_policies
from harness.questionnaire import of_case, of_policy, render
from harness.schema import FOLDER, load
from tests.cli.kit import BAD_INPUT, DONE, EXAMPLES, SHIPPED

FOUNDING = str(EXAMPLES / "founding" / "case.yaml")
SMOKER = str(EXAMPLES / "fusion-smoker" / "case.yaml")
CASES = sorted(EXAMPLES.glob("*/case.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Policies:
    return read_policies(SHIPPED)


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli, ["questions", *words, "--policies", SHIPPED])


def questions(*words: str) -> dict[str, dict[str, object]]:
    done = ask(*words, "--format", "json")
    assert done.exit_code == DONE, done.output
    (one,) = json.loads(done.output)["questionnaires"]
    return {question["fact"]: question for question in one["in_order"] + one["may_follow"]}


def test_a_criterion_that_nothing_waives_is_asked_first() -> None:
    first = next(iter(questions("spine/lumbar-fusion").values()))
    assert first["fact"] == "fusion.indication"
    settles = [
        {
            "answer": "isolated disc herniation or stenosis without instability or facet pain",
            "outcome": "not_medically_necessary",
        }
    ]
    assert first["settles"] == settles


def test_what_an_exception_waives_is_not_asked() -> None:
    assert not questions("spine/thoracolumbar-decompression", "--case", str(EXAMPLES / "02-cauda-equina" / "case.yaml"))


def test_a_presumed_fact_is_asked_and_said_to_be_presumed() -> None:
    found = questions("spine/lumbar-fusion", "--case", SMOKER)
    assert found["neuro.myelopathy"]["presumed"] == "no"
    assert found["neuro.myelopathy"]["settles"] == [{"answer": "yes", "outcome": "medically_necessary"}]


def test_a_measured_fact_is_asked_by_its_records() -> None:
    found = questions("spine/lumbar-fusion")["recent_care.therapy_courses"]
    assert found["answer"] == (
        "records of physical therapy (delivery: supervised) within the 6 months before the request,"
        " with the first and the last day of each"
    )


def test_what_counts_from_a_date_is_asked_by_the_date() -> None:
    assert questions("spine/lumbar-fusion")["imaging.date"]["answer"] == "a date"


def test_what_is_documented_too_vaguely_is_asked_more_exactly(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        'case: vague\nrequest: {date: "2026-03-02", services: [{policy: spine/lumbar-fusion}]}\n'
        "facts: {imaging.translation: {value: {at_most: 3}, unit: mm}, fusion.facet_removal: {value: 10, unit: '%'}}\n",
        "utf-8",
    )
    found = questions("spine/lumbar-fusion", "--case", str(case))
    assert found["imaging.translation"]["so_far"] == "at most 3 mm"
    assert "fusion.facet_removal" not in found


def test_a_settled_outcome_is_said_and_nothing_is_asked() -> None:
    done = ask("admission/inpatient", "--case", FOUNDING)
    assert "The outcome is settled: medically necessary." in done.output
    assert "answer:" not in done.output


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.parent.name)
def test_every_example_is_settled_exactly_when_nothing_is_asked(file: Path, shipped: Policies) -> None:
    case = read_case(file, shipped)
    for policy in dict.fromkeys(service.policy for service in case.services):
        for one in of_case(shipped, case, policy):
            assert one.settled is (one.most == 0)


def test_every_shipped_policy_takes_less_than_a_second(shipped: Policies) -> None:
    for policy in shipped.all():
        started = time.process_time()
        assert of_policy(policy).in_order
        assert time.process_time() - started < 1, policy.id


def test_the_markdown_form_holds_the_same_questions() -> None:
    done = ask("spine/lumbar-fusion", "--format", "markdown")
    assert done.output.startswith("# Questions: Lumbar fusion\n")
    assert done.output.count("\n    - look for: ") == len(questions("spine/lumbar-fusion"))


def test_json_is_what_its_schema_says(shipped: Policies) -> None:
    registry: Registry[Any] = Registry().with_resources(
        (file.name, Resource.from_contents(json.loads(file.read_text("utf-8")))) for file in FOLDER.glob("*.json")
    )
    schema = Draft202012Validator(dict(load("questions")), registry=registry)
    made = [(of_policy(policy),) for policy in shipped.all()]
    for file in CASES:
        case = read_case(file, shipped)
        made += [of_case(shipped, case, policy) for policy in dict.fromkeys(one.policy for one in case.services)]
    for several in made:
        schema.validate(json.loads(render(several, "json")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("spine/lumbar-fusio",), "there is no policy `spine/lumbar-fusio`"),
        (("spine/lumbar-fusion", "--case", FOUNDING), "the case requests nothing under policy `spine/lumbar-fusion`"),
        (("spine/lumbar-fusion", "--case", "nowhere.yaml"), "nowhere.yaml"),
        (("spine/lumbar-fusion", "--case", SMOKER, "--output", SMOKER), "the questions would replace the case"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_cure(words: tuple[str, ...], said: str) -> None:
    done = ask(*words)
    assert done.exit_code == BAD_INPUT
    assert said in done.stderr
    assert "help: " in done.stderr


def test_a_version_that_does_not_run_on_the_request_date_is_told() -> None:
    case = str(EXAMPLES / "lumbar-mri-after-a-fall-2025" / "case.yaml")
    done = ask("imaging/lumbar-mri@2026-01-01", "--case", case)
    assert done.exit_code == BAD_INPUT
    assert "version `2026-01-01` of `imaging/lumbar-mri` is not in force on the request date" in done.stderr
