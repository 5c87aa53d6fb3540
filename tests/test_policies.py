"""Reading a folder of policies: which version runs, what the model keeps, what leaves the folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from harness import BadInputError, read_policies
from harness.model.policy import Policies

GOOD = Path(__file__).parent / "bad" / "good"
FILE = "spine/example/2026-01-01.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "policies"))


def told(folder: Path) -> str:
    with pytest.raises(BadInputError) as caught:
        read_policies(folder)
    return str(caught.value).replace(str(folder), "P")


def add_version(folder: Path, begins: str, change: Callable[[str], str] = str) -> None:
    text = (folder / FILE).read_text("utf-8").replace('from: "2026-01-01"', f'from: "{begins}"')
    (folder / f"spine/example/{begins}.yaml").write_text(change(text), "utf-8")


def edit(folder: Path, old: str, new: str, file: str = FILE) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def in_force(policies: Policies, day: str) -> str | None:
    policy = policies.in_force("spine/example", date.fromisoformat(day))
    return None if policy is None else policy.effective.isoformat()


def test_the_request_date_selects_the_version(folder: Path) -> None:
    add_version(folder, "2026-07-01")
    add_version(folder, "2027-01-01", lambda text: text.replace("status: active", "status: draft"))
    policies = read_policies(folder)
    assert in_force(policies, "2025-12-31") is None
    assert in_force(policies, "2026-01-01") == "2026-01-01"
    assert in_force(policies, "2026-06-30") == "2026-01-01"
    assert in_force(policies, "2026-07-01") == "2026-07-01"
    assert in_force(policies, "2030-01-01") == "2026-07-01", "a draft never runs"


def test_until_is_the_last_day(folder: Path) -> None:
    edit(folder, '{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-06-30"}')
    policies = read_policies(folder)
    assert in_force(policies, "2026-06-30") == "2026-01-01"
    assert in_force(policies, "2026-07-01") is None
    assert [p.id for p in policies.for_code("CPT", "63056", date(2026, 3, 1))] == ["spine/example"]
    assert policies.for_code("CPT", "63056", date(2026, 8, 1)) == ()


def test_versions_that_overlap_or_leave_a_gap(folder: Path) -> None:
    add_version(folder, "2026-07-01")
    edit(folder, '{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-08-31"}')
    assert "P/spine/example/2026-07-01.yaml:1:1: error: the version of 2026-01-01 is in force until 2026-08-31" in told(
        folder
    )
    edit(folder, "2026-08-31", "2026-05-31")
    assert "no version is in force between 2026-05-31 and 2026-07-01" in told(folder)
    edit(folder, "2026-05-31", "2026-06-30")
    read_policies(folder)


def test_the_model_keeps_file_and_line(folder: Path) -> None:
    policy = read_policies(folder).versions["spine/example"][0]
    lines = (folder / FILE).read_text("utf-8").splitlines()
    place = policy.rules["severe"].place
    assert place.file.endswith(FILE)
    assert lines[place.line - 1].strip() == "- id: severe"
    assert policy.facts["care.weeks"].place.file.endswith("modules/care.yaml")


def test_the_fingerprint_is_of_the_content(folder: Path) -> None:
    def fingerprint() -> str:
        return read_policies(folder).versions["spine/example"][0].hash

    first = fingerprint()
    edit(folder, "title: Example\n", "# a comment\ntitle:   Example\n")
    assert fingerprint() == first
    edit(folder, "topics:", 'revisions: [{date: "2026-02-01", says: a comma}]\ntopics:')
    assert fingerprint() == first, "a typographic revision changes nothing"
    edit(folder, "value: 6", "value: 8", "modules/care.yaml")
    second = fingerprint()
    assert second != first, "a threshold of a module counts"
    edit(folder, "A guideline", "Another guideline", "references.yaml")
    assert fingerprint() != second


def test_a_module_takes_other_values_and_their_sources(folder: Path) -> None:
    edit(
        folder,
        "{module: care}",
        "{module: care, with: {care_weeks: {value: 8, references: [{cite: some-guideline-2014, says: eight}]}}}",
    )
    policy = read_policies(folder).versions["spine/example"][0]
    assert policy.parameters["care_weeks"].references[0].says == "eight"
    assert str(policy.parameters["care_weeks"].value) == "Interval(low=Decimal('56'), high=Decimal('56'))"


def test_a_module_that_nobody_uses_is_checked_too(folder: Path) -> None:
    (folder / "modules/other.yaml").write_text(
        "module: other\ntitle: Other\nrules:\n  - {id: lonely, kind: definition, title: Lonely, when: {rule: lonly}}\n",
        "utf-8",
    )
    assert "P/modules/other.yaml:4:64: error: rule `lonly` is not declared\n  help: did you mean `lonely`?" in told(
        folder
    )


def test_a_file_that_is_nothing_known(folder: Path) -> None:
    (folder / "spine/example/draft.yaml").write_text("a: 1\n", "utf-8")
    assert "P/spine/example/draft.yaml:1:1: error: the file's name and place say nothing" in told(folder)


def test_a_link_that_leaves_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    shutil.move(folder / "modules/care.yaml", outside)
    (folder / "modules/care.yaml").symlink_to(outside)
    assert "P/modules/care.yaml:1:1: error: the file lies outside its folder" in told(folder)


def test_not_utf_8_and_too_large(folder: Path) -> None:
    (folder / "modules/care.yaml").write_bytes("module: care\ntitle: Pflege f\xfcr".encode("latin-1"))
    assert "P/modules/care.yaml:2:16: error: the file is not UTF-8 text" in told(folder)
    (folder / "modules/care.yaml").write_bytes(b"#" * 3_000_000)
    assert "the file is larger than 2,097,152 bytes" in told(folder)


def test_a_broken_module_or_reference_file_is_told_once(folder: Path) -> None:
    (folder / "modules/care.yaml").write_text("module: care\ntitle: [\n", "utf-8")
    (folder / "references.yaml").write_text("references: 3\n", "utf-8")
    lines = [line for line in told(folder).splitlines() if "error" in line]
    assert len(lines) == 2


def test_no_folder(tmp_path: Path) -> None:
    assert "there is no such folder of policies" in told(tmp_path / "nowhere")


def test_an_empty_folder_holds_no_policies(tmp_path: Path) -> None:
    assert read_policies(tmp_path).versions == {}


@pytest.mark.parametrize("key", ["effective", "decision", "summary", "status", "title", "applies_to"])
def test_a_part_of_the_wrong_shape_hides_no_other_mistake(folder: Path, key: str) -> None:
    text = (folder / FILE).read_text("utf-8").replace("{rule: care-length}]", "{rule: care-lenght}]")
    text = text.replace("{care_weeks} of care", "{care_week} of care")
    lines = text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    (folder / FILE).write_text("".join([*lines[:start], f"{key}: [3]\n", *lines[end:]]), "utf-8")
    message = told(folder)
    assert f"`{key}`" in message
    assert "`{care_week}` names nothing" in message


def test_an_unknown_key_hides_no_other_mistake(folder: Path) -> None:
    edit(folder, "status: active", "stauts: active")
    edit(folder, "{care_weeks} of care", "{care_week} of care")
    message = told(folder)
    assert "unknown key `stauts`" in message
    assert "the file lacks `status`" in message
    assert "`{care_week}` names nothing" in message


def test_a_set_may_be_presumed_and_a_presumption_keeps_the_bounds(folder: Path) -> None:
    edit(folder, "    choices: [weakness, numbness]\n", "    choices: [weakness, numbness]\n    presumed: [numbness]\n")
    policy = read_policies(folder).versions["spine/example"][0]
    assert policy.facts["exam.found"].presumed == frozenset({"numbness"})
    edit(folder, "    maximum: 10\n", "    maximum: 10\n    presumed: 50\n")
    assert "`pain.score` is presumed beyond its maximum" in told(folder)


def test_no_choice_of_a_set_reads_like_a_family_of_codes(folder: Path) -> None:
    edit(folder, "choices: [weakness, numbness]", "choices: [O+, O-]")
    assert "`O-` would stand for a family of codes" in told(folder)


def test_a_length_of_time_is_no_count(folder: Path) -> None:
    edit(
        folder,
        "    when: {fact: pain.severe, is: true}",
        "    when: {count: {at_least: {parameter: care_weeks}, of: [{fact: pain.severe, is: true}]}}",
    )
    assert "parameter `care_weeks` is a length of time in `wk`, and a plain number is needed" in told(folder)


def test_a_chain_of_rules_that_nobody_could_follow(folder: Path) -> None:
    chain = "".join(
        f"  - {{id: r{n}, kind: definition, title: R, when: {{rule: {f'r{n - 1}' if n else 'severe'}}}}}\n"
        for n in range(300)
    )
    edit(folder, "decision:\n", f"{chain}decision:\n")
    assert "rule `r199` stands on a chain of rules more than 200 conditions deep" in told(folder)


def test_no_yaml_file_is_left_unread_in_silence(folder: Path, tmp_path: Path) -> None:
    (folder / "modules/care.yml").write_text("module: care\n", "utf-8")
    (folder / "modules/sub").mkdir()
    (folder / "modules/sub/x.yaml").write_text("a: 1\n", "utf-8")
    (folder / "spine/example/2027-01-01.YAML").write_text("a: 1\n", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    message = told(folder)
    for file in ("modules/care.yml", "modules/sub/x.yaml", "spine/example/2027-01-01.YAML", "linked"):
        assert f"P/{file}:1:1: error:" in message


def test_a_retired_policy_says_when_it_ended(folder: Path) -> None:
    edit(folder, "status: active", "status: retired")
    assert "the policy is retired, and nothing says when it ended" in told(folder)
    edit(folder, '{from: "2026-01-01"}', '{from: "2026-01-01", until: "2026-06-30"}')
    read_policies(folder)


def test_a_number_and_a_text_of_the_same_letters_differ_in_the_fingerprint(folder: Path) -> None:
    edit(folder, "where: {supervised: true}", "where: {dose: 0.5}", "modules/care.yaml")
    first = read_policies(folder).versions["spine/example"][0].hash
    edit(folder, "where: {dose: 0.5}", 'where: {dose: "0.5"}', "modules/care.yaml")
    assert read_policies(folder).versions["spine/example"][0].hash != first


@pytest.mark.parametrize("date_", ["20260101", "2026-W01-1", "2026-1-1"])
def test_a_date_is_written_in_one_way(folder: Path, date_: str) -> None:
    when = f'    when: {{fact: imaging.date, at_least: "{date_}"}}'
    edit(folder, "    when: {fact: pain.severe, is: true}", when)
    assert f"`{date_}` is not a date of the calendar" in told(folder)


@pytest.mark.parametrize("code", ["M51.", "M51.1234-"])
def test_a_code_that_no_case_could_hold(folder: Path, code: str) -> None:
    when = f'    when: {{fact: diagnosis.codes, includes_any: ["{code}"]}}'
    edit(folder, "    when: {fact: pain.severe, is: true}", when)
    assert f"`{code}` is not a code of ICD-10-CM" in told(folder)
