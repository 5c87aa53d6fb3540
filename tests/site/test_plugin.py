"""The site that MkDocs builds: of the shipped policies once, and of a small policy with something wrong or hostile."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness import read_policies
from harness.engine import compile_policy
from harness.model.policy import Policies
from harness.site import compiled_json
from tests.site.built import ROOT, SETTINGS, Built, build

pytest.importorskip("mkdocs", reason="the site is built by MkDocs, of the extra `docs`")

FOUNDING = "policies/spine/thoracolumbar-decompression"
SMALL = ROOT / "tests/lint/base"
HOSTILE = "</title><script>alert(1)</script> [a](https://evil.example) <img src=x onerror=alert(2)>"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of one small policy; its settings."""
    shutil.copytree(SMALL, tmp_path / "policies")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return tmp_path / "mkdocs.yml"


def edit(settings: Path, old: str, new: str) -> None:
    file = settings.parent / "policies/spine/example/2026-01-01.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def example(settings: Path, *options: str) -> Built:
    return build(settings, settings.parent / "site", *options)


def index_of(site: Built) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    return found


def test_the_strict_build_has_nothing_to_say(site: Built) -> None:
    assert (site.told, site.code) == ("", 0)


def test_every_link_and_anchor_leads_somewhere(site: Built) -> None:
    assert site.broken() == []


def test_each_policy_and_each_version_has_its_page(site: Built, policies: Policies) -> None:
    for policy in policies.all():
        for path in (policy.id, f"{policy.id}/{policy.effective}"):
            assert policy.title in site.page(f"policies/{path}").text


def test_each_rule_threshold_fact_and_reference_has_an_address_that_stays(site: Built, policies: Policies) -> None:
    for policy in policies.all():
        ids = site.page(f"policies/{policy.id}/{policy.effective}").ids
        assert {f"rule-{rule}" for rule in policy.rules} <= set(ids)
        assert {f"parameter-{one}" for one in policy.parameters} <= set(ids)
        assert {f"ref-{one}" for one in policy.references} <= set(ids)
        assert len(ids) == len(set(ids))


def test_a_policy_page_says_what_a_reader_needs(site: Built) -> None:
    text = " ".join(site.page(FOUNDING).text.split())
    for said in (
        "No committee or clinician has approved this policy.",
        "63055",
        "At least 3 months of conservative care",
        "A timeline of conservative care with the dates of each treatment.",
        "Summary of evidence, and where sources disagree",
        "✓ proved",
        "Medically necessary if all of these are met:",
        "Worked examples",
        "Check a case yourself",
        "This is not a determination.",
        "100 %",
    ):
        assert said in text


def test_a_past_version_points_to_the_current_one_and_says_when_it_ended(site: Built) -> None:
    text = site.page("policies/imaging/lumbar-mri/2025-01-01").text
    assert "The current version" in text
    assert "until 31 December 2025" in text


def test_the_history_tells_what_a_version_changed_and_what_that_does_to_cases(site: Built) -> None:
    text = site.page("policies/imaging/lumbar-mri/history").text
    assert "Outcomes can change." in text
    assert "Rule fracture-risk, added" in text
    assert "A smallest case:" in text


def test_a_source_tells_who_cites_it(site: Built) -> None:
    page = site.page("policies/references")
    assert "ref-precise-pregabalin-2017" in page.ids
    assert "../spine/thoracolumbar-decompression/#rule-neuropathic-agent-evidence" in page.links


@pytest.mark.parametrize("word", ["63056", "gabapentin", "therapist"])
def test_search_finds_a_rule_by_code_drug_or_word(site: Built, word: str) -> None:
    found = [one for one in index_of(site) if word in f"{one['title']} {one['text']}".lower()]
    assert any(one["location"].startswith("policies/spine/") for one in found)


def test_search_finds_each_policy_once_and_not_the_questions_of_the_form(site: Built) -> None:
    locations = [one["location"] for one in index_of(site)]
    assert "policies/spine/thoracolumbar-decompression/#rule-care-duration" in locations
    assert not [one for one in locations if "2025-01-01" in one]
    assert not [one for one in index_of(site) if "Load a case file" in one["text"]]


def test_the_files_to_download_are_what_the_commands_make(site: Built, policies: Policies) -> None:
    policy = policies.versions["spine/thoracolumbar-decompression"][0]
    beside = site.folder / FOUNDING
    assert (beside / "2025-01-01.yaml").read_bytes() == (ROOT / f"{FOUNDING}/2025-01-01.yaml").read_bytes()
    assert (beside / "2025-01-01.json").read_text("utf-8").strip() == compiled_json(policy)
    ruleset = json.loads((beside / "2025-01-01.ruleset.json").read_text("utf-8"))
    assert ruleset == json.loads(json.dumps(compile_policy(policy).ruleset))
    if importlib.util.find_spec("typst") is not None:
        assert (beside / "2025-01-01.pdf").read_bytes().startswith(b"%PDF-")
    text = (beside / "2025-01-01.md").read_text("utf-8")
    assert text.startswith("# Thoracic and thoracolumbar decompression\n")
    assert "### At least 3 months of conservative care" in text


def test_each_policy_page_tells_programs_what_it_is(site: Built, policies: Policies) -> None:
    for policy in policies.all():
        (text,) = site.page(f"policies/{policy.id}/{policy.effective}").scripts["application/ld+json"]
        held = json.loads(text)
        assert held["@type"] == "MedicalWebPage"
        assert held["name"] == policy.title
        assert held["mainEntity"]["guidelineDate"] == policy.effective.isoformat()
        assert held["url"] == f"https://criteria.example/policies/{policy.id}/{policy.effective}/"
        assert "lastReviewed" not in held  # nobody has approved it


def test_the_sitemap_has_the_page_of_each_policy(site: Built, policies: Policies) -> None:
    text = (site.folder / "sitemap.xml").read_text("utf-8")
    assert all(f"<loc>https://criteria.example/policies/{id_}/</loc>" in text for id_ in policies.versions)


def test_a_rule_that_is_removed_leaves_nothing_behind(small: Path) -> None:
    before = example(small, "--strict")
    assert (before.told, before.code) == ("", 0)
    assert "rule-look-again" in before.page("policies/spine/example").ids
    text = (small.parent / "policies/spine/example/2026-01-01.yaml").read_text("utf-8")
    start, end = text.index("  - id: look-again"), text.index("decision:")
    edit(small, text[start:end], "")
    edit(small, "  imaging.recent:\n    question: Is the imaging recent?\n    type: boolean\n", "")
    edit(small, "  infection.active:\n    question: Is there an active infection?\n    type: boolean\n", "")
    after = example(small, "--strict")
    assert (after.told, after.code) == ("", 0)
    left = [file for file in after.folder.rglob("*") if file.is_file() and b"look-again" in file.read_bytes()]
    assert left == []
    assert sorted(file.name for file in (small.parent / "docs").iterdir()) == ["index.md"]


def test_a_broken_reference_fails_the_build_with_file_and_line(small: Path) -> None:
    edit(small, 'cite: some-guideline-2020, at: "rec. 2"', 'cite: some-guidline-2020, at: "rec. 2"')
    built = example(small, "--strict")
    assert built.code == 1
    assert "policies/spine/example/2026-01-01.yaml:60:" in built.told
    assert "did you mean `some-guideline-2020`?" in built.told
    assert "Traceback" not in built.told


def test_a_mistake_while_policies_are_served_is_told_and_the_rest_is_shown(small: Path) -> None:
    edit(small, "necessary_when: {rule: care-length}", "necessary_when: {rule: care-lenght}")
    built = example(small)
    assert built.code == 0
    assert "did you mean `care-length`?" in built.told
    assert "2026-01-01.yaml:" in built.page("policies").text


def test_a_property_that_does_not_hold_fails_the_strict_build(small: Path) -> None:
    pytest.importorskip("z3")
    file = small.parent / "policies/spine/example/2026-01-01.yaml"
    wrong = "{id: less-is-more, title: Less care never hurts, monotone: {fact: care.length, toward: less}}"
    file.write_text(f"{file.read_text('utf-8')}\nproperties:\n  - {wrong}\n", "utf-8")
    built = example(small, "--strict")
    assert built.code == 1
    assert "2026-01-01.yaml:" in built.told
    assert "property `less-is-more` does not hold" in built.told


def test_what_a_policy_says_is_text_and_never_markup(small: Path) -> None:
    edit(small, "title: Example\n", f"title: '{HOSTILE}'\n")
    written = HOSTILE + " *so* [b](javascript:alert(3)) {{ 7 * 7 }}."
    edit(small, "This policy says when the operation is needed.", written)
    edit(small, "title: At least {care_weeks} of care without surgery", f"title: 'At least {{care_weeks}} {HOSTILE}'")
    edit(small, "submit: A timeline of care", f"submit: '{HOSTILE}'")
    built = example(small)
    assert (built.code, built.told) == (0, "")
    for path in ("policies", "policies/spine/example", "policies/spine/example/history", "policies/by-code"):
        page = built.page(path)
        html = page.path.read_text("utf-8")
        assert not [link for link in page.links if "evil" in link or link.startswith("javascript")]
        assert "<script>alert" not in html
        assert "<img" not in html
    assert HOSTILE in built.page("policies/spine/example").text
    (text,) = built.page("policies/spine/example").scripts["application/ld+json"]
    assert json.loads(text)["name"] == HOSTILE
    found = json.dumps(index_of(built))
    assert "<script" not in found
    assert "<img" not in found


def test_an_overlay_shows_the_policies_as_it_changes_them(tmp_path: Path, small: Path) -> None:
    shutil.rmtree(small.parent / "policies")
    shutil.copytree(ROOT / "policies", small.parent / "policies")
    small.write_text(SETTINGS.replace("necessity]", "{necessity: {overlay: sourced}}]"), "utf-8")
    built = example(small, "--strict")
    assert built.code == 0, built.told
    overlaid = read_policies(tmp_path / "policies", "sourced").versions["spine/thoracolumbar-decompression"][0]
    assert overlaid.overlay is not None
    text = built.page(FOUNDING).text
    assert overlaid.hash[:16] in text
    assert overlaid.overlay.title in text
