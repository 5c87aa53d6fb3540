"""`necessity check --disclosure` and what `explain` shows of the grounds, as their user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.kit import BAD_INPUT, CLEAN, DONE, ROOT, Run

WARNINGS = 3
POLICY = Path("policies/spine/example/2026-01-01.yaml")
NOTE = """
criteria: of the criteria and exceptions, those with basis and sources (and relation, where Medicare has a text)
other rules: of the definitions, considerations and pitfalls that cite sources, those with a basis
thresholds: of the parameters, those with sources
evidence: the summary of evidence
"""
WHOLE = """\
policy                    criteria  other rules  thresholds  evidence  rationale  score
spine/example@2026-01-01    1 of 1       2 of 2      1 of 1       yes        yes  100 %
"""
PARTLY = f"""\
spine/example@2026-01-01 does not disclose:
  {POLICY}:1:1: `rationale`
  {POLICY}:37:5: `basis` of `care-length`

policy                    criteria  other rules  thresholds  evidence  rationale  score
spine/example@2026-01-01    0 of 1       2 of 2      1 of 1       yes         no   71 %
"""


@pytest.fixture(autouse=True)
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(CLEAN, "policies"))


def leave_out() -> None:
    lines = POLICY.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("rationale:")]
    kept.remove("    basis: guideline\n")
    POLICY.write_text("".join(kept), "utf-8")


def test_a_policy_that_discloses_all_scores_a_hundred(here: Run) -> None:
    done = here("check", "--disclosure")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, WHOLE + NOTE, "")


def test_what_is_missing_is_named_with_its_place(here: Run) -> None:
    leave_out()
    done = here("check", "--disclosure")
    assert (done.returncode, done.stdout, done.stderr) == (WARNINGS, PARTLY + NOTE, "")


def test_as_json_each_missing_part_has_the_key_to_write(here: Run) -> None:
    leave_out()
    done = here("check", "--disclosure", "--format", "json", str(POLICY))
    assert done.returncode == WARNINGS
    assert json.loads(done.stdout) == {
        "policies": [
            {
                "policy": "spine/example",
                "effective": "2026-01-01",
                "overlay": None,
                "criteria": {"disclosed": 0, "of": 1},
                "other_rules": {"disclosed": 2, "of": 2},
                "thresholds": {"disclosed": 1, "of": 1},
                "summary_of_evidence": True,
                "rationale": False,
                "parts": 7,
                "met": 5,
                "percent": 71,
                "missing": [
                    {"section": "rationale", "id": None, "key": "rationale"},
                    {"section": "criteria", "id": "care-length", "key": "basis"},
                ],
            }
        ]
    }


def test_an_overlay_has_a_line_of_its_own_and_what_it_adds_is_asked_too(policies: Path, here: Run) -> None:
    (policies / "overlays").mkdir()
    (policies / "overlays/plan.yaml").write_text(
        """\
overlay: plan
title: A plan
summary: What a plan asks.
policies:
  - policy: spine/example
    rules:
      - {id: adult, kind: criterion, title: An adult, when: {fact: patient.age, at_least: 18}}
    joins: {adult: decision}
""",
        "utf-8",
    )
    done = here("check", "--disclosure")
    assert done.returncode == WARNINGS
    assert (
        "spine/example@2026-01-01+plan does not disclose:\n  policies/overlays/plan.yaml:7:9: `basis` of `adult`"
        in (done.stdout)
    )
    assert "spine/example@2026-01-01         1 of 1 " in done.stdout
    assert "spine/example@2026-01-01+plan    1 of 2 " in done.stdout


def test_a_broken_policy_is_told_and_not_scored(here: Run) -> None:
    POLICY.write_text(POLICY.read_text("utf-8").replace("kind: criterion", "kind: criterium"), "utf-8")
    done = here("check", "--disclosure")
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert f"{POLICY}:" in done.stderr
    assert "score" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["policies/modules"], "policies/modules:1:1: error: no policy is here"),
        (["nowhere"], "there is no such folder of policies"),
        (["--format", "sarif"], "`--disclosure` goes with `--format json` or `text`"),
        (["--watch"], "no `--watch`"),
    ],
)
def test_what_it_cannot_tell_is_refused(here: Run, words: list[str], said: str) -> None:
    done = here("check", "--disclosure", *words)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert said in done.stderr


def test_explain_prints_the_grounds_of_a_policy(here: Run) -> None:
    text = here("explain", "spine/example").stdout
    assert "Disclosure: 100 % (7 of 7 parts; see necessity check --disclosure)\n" in text
    assert "\nSummary of evidence\n  A guideline asks for six weeks of other treatment first.\n" in text
    assert "\nRationale\n  Six weeks stand, since the guideline has them.\n" in text
    leave_out()
    text = here("explain", "spine/example").stdout
    assert "Disclosure: 71 % (5 of 7 parts" in text
    assert "Rationale" not in text


def test_explain_prints_basis_and_relation_of_a_rule(here: Run) -> None:
    shipped = ("--policies", str(Path(ROOT) / "policies"))
    text = here("explain", "admission/inpatient", "two-midnights", *shipped).stdout
    assert "  Basis: regulation\n  To the text of Medicare: baseline, it is that text\n" in text
    text = here("explain", "spine/lumbar-fusion", "psychosocial-screening-done", *shipped).stdout
    assert "  Basis: coverage determination\n" in text
    assert "To the text of Medicare" not in text, "that text is of another service"
