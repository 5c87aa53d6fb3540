"""What each lint finds beyond its page, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.lint import check
from tests.lint.kit import LATE, POLICY, base, checked, codes, with_piece

SHIPPED = Path(__file__).parent.parent.parent / "policies"

RULE = """\
rules:
  - id: more
    kind: {kind}
    topic: care
    title: More
    says:
      met: "M."
      not_met: "N."
      undocumented: "U."
    submit: More
    basis: guideline
    references:
      - {{cite: some-guideline-2020, says: "more"}}
    when: {when}
"""


PARAMETER = """\
parameters:
  {id}:
    title: P
    value: {value}{unit}
    references: [{{cite: some-guideline-2020, says: "p"}}]
"""


def parameter(id_: str, value: str, unit: str = "") -> str:
    return PARAMETER.format(id=id_, value=value, unit=f"\n    unit: {unit}" if unit else "")


def consideration(when: str) -> str:
    return RULE.format(kind="consideration", when=when)


def number(more: str = "", unit: str = "wk") -> str:
    unit = f"\n    unit: {unit}" if unit else ""
    return f"facts:\n  pain.length:\n    question: How long?\n    type: number{unit}{more}\n"


def test_nothing_is_to_be_looked_at_in_the_shipped_policies() -> None:
    assert [str(one) for one in check([str(SHIPPED)]).told] == []


# sources


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("{rule: care-length}", []),  # it only combines
        ("{fact: imaging.recent, is: true}", ["rule-without-reference"]),
    ],
)
def test_a_definition_that_only_combines_needs_no_source(tmp_path: Path, when: str, found: list[str]) -> None:
    piece = RULE.format(kind="definition", when=when)
    piece = piece[: piece.index("    references")] + piece[piece.index("    when") :]
    assert [code for code in codes(checked(tmp_path, piece)) if code != "rule-never-read"] == found


def test_a_definition_stands_on_the_sources_of_what_reads_it_through_others(tmp_path: Path) -> None:
    piece = """\
rules:
  - {id: deep, kind: definition, topic: care, title: Deep, when: {fact: imaging.recent, is: true}}
  - id: middle
    kind: definition
    topic: care
    title: Middle
    when: {all: [{rule: deep}, {fact: imaging.recent, is: true}]}
"""
    assert (
        codes(checked(tmp_path, piece + "decision:\n  necessary_when: {rule: middle}\n")).count(
            "rule-without-reference"
        )
        == 2
    )
    read = consideration("{rule: middle}").removeprefix("rules:\n")
    assert codes(checked(tmp_path / "read", piece + read)) == []


def test_a_value_of_a_policy_needs_a_source_of_its_own(tmp_path: Path) -> None:
    policies = base(tmp_path)
    module = policies / "modules/shared.yaml"
    module.write_text(
        module.read_text("utf-8")
        .replace("facts:", parameter("weeks", "6", "wk") + "facts:", 1)
        .replace("title: Imaging that agrees", "title: Imaging that agrees for {weeks}"),
        "utf-8",
    )
    file = policies / POLICY
    text = file.read_text("utf-8")
    given = "- module: shared\n    with: {weeks: WEEKS}"
    file.write_text(text.replace("- module: shared", given.replace("WEEKS", "8")), "utf-8")
    assert codes(check([str(policies)])) == ["parameter-without-reference"]
    cited = '{value: 8, references: [{cite: some-guideline-2020, says: "eight"}]}'
    file.write_text(text.replace("- module: shared", given.replace("WEEKS", cited)), "utf-8")
    assert codes(check([str(policies)])) == []


@pytest.mark.parametrize(
    ("status", "strength", "found"),
    [
        ("lapsed", "Grade B; lapsed", []),
        ("lapsed", "Grade B; superseded", ["reference-lapsed"]),
        ("superseded", "Superseded in 2024", []),
        ("superseded", "Grade B", ["reference-lapsed"]),
        ("current", "Grade B", []),
    ],
)
def test_a_source_that_no_longer_holds_is_cited_as_such(
    tmp_path: Path, status: str, strength: str, found: list[str]
) -> None:
    policies = base(tmp_path)
    for file in policies.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("status: current", f"status: {status}")
        text = re.sub(r"({cite: .*?)(, strength: .*)?}$", rf'\1, strength: "{strength}"}}', text, flags=re.MULTILINE)
        file.write_text(text, "utf-8")
    assert sorted(set(codes(check([str(policies)])))) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["container-title: A journal", 'volume: "3"', "page: 4-5"], []),
        (["container-title: A journal", 'volume: "3"'], ["reference-without-identifier"]),
        (['number: "NG1"'], []),
        (['PMID: "1"'], []),
        (["publisher: A society"], ["reference-without-identifier"]),
    ],
)
def test_a_reference_can_be_looked_up_by_number_or_in_print(tmp_path: Path, lines: list[str], found: list[str]) -> None:
    policies = base(tmp_path)
    file = policies / "references.yaml"
    text = file.read_text("utf-8").replace("    DOI: 10.1000/some\n", "".join(f"    {line}\n" for line in lines))
    file.write_text(text, "utf-8")
    assert [code for code in codes(check([str(policies)])) if code != "key-order"] == found


@pytest.mark.parametrize(("issued", "wrong"), [("2020", False), ('"2020-02"', False), ('"2020-02-30"', True)])
def test_a_date_of_issue_is_of_the_calendar(tmp_path: Path, issued: str, wrong: bool) -> None:
    policies = base(tmp_path)
    file = policies / "references.yaml"
    file.write_text(file.read_text("utf-8").replace("issued: 2020", f"issued: {issued}"), "utf-8")
    assert codes(check([str(policies)])) == (["issued-not-a-date"] if wrong else [])


# reviews


@pytest.mark.parametrize(("next_review", "due"), [("2026-11-30", True), ("2026-12-01", False), ("2027-01-01", False)])
def test_a_review_is_past_when_its_day_is(tmp_path: Path, next_review: str, due: bool) -> None:
    piece = f'approval: {{body: C, date: "2025-11-20", next_review: "{next_review}"}}'
    assert ("review-past" in codes(checked(tmp_path, piece, LATE))) is due


def test_without_a_date_no_review_is_looked_at(tmp_path: Path) -> None:
    piece = 'approval: {body: C, date: "2025-11-20", next_review: "2025-11-21"}'
    assert "review-past" not in codes(checked(tmp_path, piece, None))


def test_the_review_of_a_version_that_is_no_longer_in_force_is_no_news(tmp_path: Path) -> None:
    policies = base(tmp_path)
    old = policies / POLICY
    text = old.read_text("utf-8")
    approval = 'approval: {body: C, date: "2025-11-20", next_review: "2026-11-20"}\n'
    old.write_text(text.replace("uses:", f"{approval}uses:"), "utf-8")
    assert codes(check([str(policies)], LATE)) == ["review-past"]
    new = old.with_name("2026-06-01.yaml")
    new.write_text(text.replace('"2026-01-01"', '"2026-06-01"'), "utf-8")
    assert codes(check([str(policies)], LATE)) == []


# what nothing uses


@pytest.mark.parametrize(
    "piece",
    [
        consideration("{fact: pain.length, documented: true}"),
        consideration("{fact: care.length, at_most: {fact: pain.length}}"),
        consideration("{fact: imaging.recent, is: true}").replace('"M."', '"After {pain.length}."'),
        'decision:\n  says: {more_information: "After {pain.length}."}\n  necessary_when: {rule: care-length}\n',
    ],
)
def test_a_fact_is_read_by_a_condition_or_shown_by_a_text(tmp_path: Path, piece: str) -> None:
    assert codes(checked(tmp_path, f"{number()}{piece}")) == []


def test_a_property_reads_no_fact(tmp_path: Path) -> None:
    piece = "properties:\n  - {id: p, title: P, never: {when: {fact: pain.length, documented: true}}}\n"
    assert codes(checked(tmp_path, f"{number()}{piece}")) == ["fact-never-read"]


def test_a_date_that_a_measure_counts_from_is_read(tmp_path: Path) -> None:
    piece = """\
facts:
  mri.date:
    question: When was the MRI?
    type: date
  mri.age:
    question: How old is the MRI?
    type: number
    unit: d
    measure: {of: days_since, fact: mri.date}
"""
    assert codes(checked(tmp_path, piece + consideration("{fact: mri.age, at_most: 180}"))) == []


def test_what_a_module_declares_is_used_when_a_policy_uses_it(tmp_path: Path) -> None:
    policies = base(tmp_path)
    module = policies / "modules/shared.yaml"
    fact = "facts:\n  smoking.current:\n    question: Does the patient smoke?\n    type: boolean\n"
    module.write_text(module.read_text("utf-8").replace("facts:\n", fact, 1), "utf-8")
    assert codes(check([str(policies)])) == ["fact-never-read"]
    file = policies / POLICY
    text = file.read_text("utf-8").replace("{fact: infection.active, is: true}", "{fact: smoking.current, is: true}")
    file.write_text(text, "utf-8")
    assert [(one.code, one.message) for one in check([str(policies)]).warnings] == [
        ("fact-never-read", "nothing reads fact `infection.active`")
    ]


@pytest.mark.parametrize(
    ("kind", "decision", "found"),
    [
        ("criterion", "{rule: care-length}", ["rule-never-read"]),
        ("exception", "{rule: care-length}", ["rule-never-read"]),
        ("definition", "{rule: care-length}", ["rule-never-read"]),
        ("consideration", "{rule: care-length}", []),
        ("pitfall", "{rule: care-length}", []),
        ("criterion", "{not: {rule: more, status: undocumented}}", ["rule-never-read"]),  # of care-length
    ],
)
def test_what_decides_nothing_is_told(tmp_path: Path, kind: str, decision: str, found: list[str]) -> None:
    piece = RULE.format(kind=kind, when="{fact: imaging.recent, is: true}")
    assert codes(checked(tmp_path, f"{piece}decision:\n  necessary_when: {decision}\n")) == found


# numbers


@pytest.mark.parametrize(
    ("when", "met"),
    [
        ("at_least: 2", "whenever it is documented"),
        ("at_least: 3", None),
        ("at_least: 10", None),
        ("at_least: 11", "never"),
        ("more_than: 1", "whenever it is documented"),
        ("more_than: 2", None),
        ("more_than: 10", "never"),
        ("at_most: 10", "whenever it is documented"),
        ("at_most: 2", None),
        ("at_most: 1", "never"),
        ("less_than: 11", "whenever it is documented"),
        ("less_than: 10", None),
        ("less_than: 2", "never"),
        ("is: 2", None),
        ("is: 1", "never"),
        ("is_not: 11", "whenever it is documented"),
    ],
)
def test_a_threshold_decides_something_within_the_bounds(tmp_path: Path, when: str, met: str | None) -> None:
    piece = number("\n    minimum: 2\n    maximum: 10") + consideration(f"{{fact: pain.length, {when}}}")
    found = checked(tmp_path, piece).warnings
    assert [one.code for one in found] == (["threshold-decides-nothing"] if met else [])
    assert all(one.message.endswith(f"is met {met}") for one in found)


@pytest.mark.parametrize(
    ("unit", "of", "at_least", "found"),
    [
        ("", "sessions", "2.5", ["count-in-fractions"]),
        ("", "count", "2", []),
        ("wk", "weeks_spanned", "1.5", ["count-in-fractions"]),  # ten days and a half
        ("wk", "weeks_spanned", "2", []),
        ("mo", "months_spanned", "2.5", ["count-in-fractions"]),
    ],
)
def test_measures_are_whole(tmp_path: Path, unit: str, of: str, at_least: str, found: list[str]) -> None:
    piece = number(f"\n    measure: {{episodes: [injection], of: {of}}}", unit)
    assert codes(checked(tmp_path, piece + consideration(f"{{fact: pain.length, at_least: {at_least}}}"))) == found


def test_a_number_without_a_unit_may_be_a_fraction_and_a_parameter_without_one_is_told(tmp_path: Path) -> None:
    least = parameter("least", "2.5")
    piece = least + number(unit="") + consideration("{fact: pain.length, at_least: {parameter: least}}")
    assert codes(checked(tmp_path, piece)) == ["threshold-without-unit", "threshold-without-unit"]


def test_how_many_rules_are_needed_has_no_unit(tmp_path: Path) -> None:
    least = parameter("least", "1")
    piece = consideration("{count: {at_least: {parameter: least}, of: [{rule: care-length}, {rule: look-again}]}}")
    assert codes(checked(tmp_path, least + piece)) == []


# words


MEASURED = """\
facts:
  a.first:
    question: How many?
    type: number
    measure: {episodes: [injection], of: count, where: {delivery: supervised}}
  a.second:
    question: How many?
    type: number
    measure: {episodes: [KIND], of: count, where: {NAME: VALUE}}
"""


@pytest.mark.parametrize(
    ("kind", "name", "value", "told"),
    [
        ("injection", "delivery", "supervised", None),
        ("injections", "delivery", "supervised", "kind of episode `injections` is one letter from `injection`"),
        ("injection", "delivry", "supervised", "attribute `delivry` is one letter from `delivery`"),
        ("injection", "delivery", "superviced", "`delivery` `superviced` is one letter from `supervised`"),
        ("injection", "level", "L4", None),
        ("medication", "class", "NSAID", None),
    ],
)
def test_a_slip_in_a_measure_is_told(tmp_path: Path, kind: str, name: str, value: str, told: str | None) -> None:
    piece = MEASURED.replace("KIND", kind).replace("NAME", name).replace("VALUE", value)
    piece += consideration("{all: [{fact: a.first, at_least: 1}, {fact: a.second, at_least: 1}]}")
    assert [one.message for one in checked(tmp_path, piece).warnings] == ([told] if told else [])


def test_choices_of_two_facts_of_a_case_may_differ(tmp_path: Path) -> None:
    piece = """\
facts:
  imaging.side:
    question: Where?
    type: choice
    choices: [left, central]
  symptoms.side:
    question: Where?
    type: choice
    choices: [left, everywhere]
"""
    assert codes(checked(tmp_path, piece + consideration("{fact: imaging.side, is: {fact: symptoms.side}}"))) == []


# codes

SHARED_CODE = 'applies_to:\n  - {system: CPT, codes: ["63056", "63057"]}\n'


def test_a_code_of_two_policies_is_told_in_both(tmp_path: Path) -> None:
    shared = [one for one in checked(tmp_path, SHARED_CODE).warnings if one.code == "code-shared"]
    assert [Path(one.place.file).parent.name for one in shared] == ["example", "second"]
    assert shared[0].message.startswith("CPT `63057` fits policy `spine/second@2026-01-01` too")


def test_a_code_of_a_draft_or_of_a_policy_that_has_ended_is_not(tmp_path: Path) -> None:
    policies = with_piece(tmp_path, SHARED_CODE)
    second, example = policies / "spine/second/2026-01-01.yaml", policies / POLICY
    text = second.read_text("utf-8")
    second.write_text(text.replace("status: active", "status: draft"), "utf-8")
    assert "code-shared" not in codes(check([str(policies)], LATE))
    second.write_text(text.replace('{from: "2026-01-01"', '{from: "2026-01-01", until: "2026-01-31"'), "utf-8")
    example.write_text(example.read_text("utf-8").replace('{from: "2026-01-01"', '{from: "2026-02-01"'), "utf-8")
    example.rename(example.with_name("2026-02-01.yaml"))
    assert "code-shared" not in codes(check([str(policies)], LATE))
