"""`disclosure-incomplete` and the score: what is asked of which rule, and that both speak of the same parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from harness.lint import check
from harness.model.disclosure import Disclosure, Section, completeness
from harness.model.policy import Policy
from harness.policies import read_policies
from tests.generate import policies as any_policies
from tests.lint.kit import POLICY, base, checked, with_piece

SHIPPED = Path(__file__).parent.parent.parent / "policies"
CODE = "disclosure-incomplete"

RULE = """\
rules:
  - id: more
    kind: {kind}
    topic: care
    title: More
    says: {{met: "M.", not_met: "N.", undocumented: "U."}}
    submit: More
{grounds}    when: {{fact: imaging.recent, is: true}}
"""
BASIS = "    basis: guideline\n"
RELATION = "    relation: baseline\n"
REFERENCES = '    references: [{cite: some-guideline-2020, says: "more"}]\n'


def told(folder: Path, piece: str) -> list[str]:
    result = checked(folder, piece)
    assert not result.errors
    return [warning.message for warning in result.warnings if warning.code == CODE]


def score(folder: Path, piece: str) -> Disclosure:
    return completeness(read_policies(str(with_piece(folder, piece))).versions["spine/example"][0])


def missing(folder: Path, piece: str) -> list[tuple[str, str]]:
    return [(part.subject, part.key) for part in score(folder, piece).missing]


def test_the_shipped_policies_disclose_all() -> None:
    for policy in read_policies(str(SHIPPED)).all():
        assert completeness(policy).missing == (), policy.version
        assert completeness(policy).percent == 100


@pytest.mark.parametrize(
    ("kind", "grounds", "lacking"),
    [
        ("criterion", "", ["basis", "references"]),
        ("criterion", BASIS, ["references"]),
        ("criterion", REFERENCES, ["basis"]),
        ("criterion", BASIS + REFERENCES, []),
        ("exception", "", ["basis", "references"]),
        ("exception", BASIS + REFERENCES, []),
        ("definition", "", []),
        ("definition", REFERENCES, ["basis"]),
        ("consideration", "", []),
        ("consideration", REFERENCES, ["basis"]),
        ("pitfall", "", []),
        ("pitfall", REFERENCES, ["basis"]),
        ("pitfall", BASIS + REFERENCES, []),
    ],
)
def test_what_decides_has_a_basis_and_sources_and_the_rest_a_basis_for_its_sources(
    tmp_path: Path, kind: str, grounds: str, lacking: list[str]
) -> None:
    piece = RULE.format(kind=kind, grounds=grounds)
    assert missing(tmp_path, piece) == [("more", key) for key in lacking]
    assert told(tmp_path / "told", piece) == [f"{kind} `more` has no `{key}`" for key in lacking]


def test_each_criterion_says_how_it_relates_to_medicare_where_a_rule_of_the_policy_does(tmp_path: Path) -> None:
    piece = RULE.format(kind="consideration", grounds=BASIS + RELATION + REFERENCES)
    assert missing(tmp_path, piece) == [("care-length", "relation")]
    assert told(tmp_path / "told", piece) == ["criterion `care-length` has no `relation`"]
    among = RULE.format(kind="exception", grounds=BASIS + RELATION + REFERENCES)
    assert missing(tmp_path / "exception", among) == [("care-length", "relation")], "only criteria are asked"


def test_a_module_that_is_shared_asks_no_relation_of_a_policy_without_a_text_of_medicare(tmp_path: Path) -> None:
    policies = base(tmp_path)
    module = policies / "modules/shared.yaml"
    module.write_text(module.read_text("utf-8").replace(BASIS, BASIS + RELATION, 1), "utf-8")
    assert not check([str(policies)]).told


def test_a_policy_needs_its_two_texts_and_a_threshold_its_source(tmp_path: Path) -> None:
    policies = base(tmp_path)
    file = policies / POLICY
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("summary_of_evidence:", "rationale:"))]
    text = "".join(kept)
    start = text.index("    references:")
    file.write_text(text[:start] + text[text.index("\nfacts:") :], "utf-8")
    result = check([str(policies)])
    assert [one.message for one in result.warnings if one.code == CODE] == [
        "parameter `care_weeks` has no `references`",
        "the policy has no `rationale`",
        "the policy has no `summary_of_evidence`",
    ]


def test_all_is_told_at_the_policy_also_what_its_modules_lack(tmp_path: Path) -> None:
    policies = base(tmp_path)
    module = policies / "modules/shared.yaml"
    module.write_text(module.read_text("utf-8").replace(BASIS, "", 1), "utf-8")
    (warning,) = check([str(policies)]).warnings
    assert (warning.place.file, warning.place.line) == (str(policies / POLICY), 1)
    assert warning.message == "consideration `imaging-agrees-noted` of module `shared` has no `basis`"
    assert check([str(module)]).told == ()


def test_one_comment_lets_all_stand_and_the_score_still_counts_it(tmp_path: Path) -> None:
    policies = with_piece(tmp_path, RULE.format(kind="consideration", grounds=REFERENCES))
    file = policies / POLICY
    file.write_text(f"# necessity: ignore={CODE} to be written\n{file.read_text('utf-8')}", "utf-8")
    assert not [one for one in check([str(policies)]).warnings if one.code.startswith(("disclosure", "ignore"))]
    assert completeness(read_policies(str(policies)).versions["spine/example"][0]).percent < 100


def test_the_score_counts_parts_and_rounds_down(tmp_path: Path) -> None:
    found = score(tmp_path, RULE.format(kind="criterion", grounds=REFERENCES))
    # two texts, a threshold, two criteria of two parts each, two considerations with sources
    assert (found.met, found.asked, found.percent) == (8, 9, 88)
    assert found.whole(Section.CRITERIA) == (1, 2)
    assert found.whole(Section.OTHER_RULES) == (2, 2)
    assert found.whole(Section.THRESHOLDS) == (1, 1)
    assert found.whole(Section.EVIDENCE) == (1, 1)


@given(any_policies())
def test_a_score_is_whole_only_when_nothing_is_missing(policy: Policy) -> None:
    found = completeness(policy)
    assert found.met + len(found.missing) == found.asked
    assert (found.percent == 100) is (not found.missing)
    told_of = replace(policy, summary_of_evidence="What the sources say.", rationale="Why.")
    assert completeness(told_of).met >= found.met
