"""The PDF of a policy: what it says, that no text of a policy is read as markup, and that the bytes never change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from harness.model.policy import Policies, Policy
from harness.site.pdf_content import pdf_content
from tests.site.conftest import SHIPPED

try:
    from harness.site.pdf import policy_pdf
except ImportError:
    assert not os.environ.get("CI"), "typst is missing, and these tests are never skipped in CI"
    pytest.skip("typst is not installed (the extra `site`); no PDF is made here", allow_module_level=True)

FOUNDING = "spine/thoracolumbar-decompression"
EVERY = pytest.mark.parametrize("policy", tuple(SHIPPED.all()), ids=lambda policy: policy.version)


@pytest.fixture
def founding(policies: Policies) -> Policy:
    return policies.versions[FOUNDING][-1]


def words(pdf: bytes) -> str:
    """All text of a PDF, on one line."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed; the text of the PDF is not read here")
    run = subprocess.run([program, "-", "-"], input=pdf, check=True, capture_output=True, timeout=60)
    return " ".join(run.stdout.decode("utf-8").split())


def content(policy: Policy) -> Any:
    return json.loads(json.dumps(pdf_content(policy)))


@EVERY
def test_every_policy_makes_an_accessible_pdf(policy: Policy) -> None:
    pdf = policy_pdf(policy)
    assert pdf.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/MarkInfo" in pdf


@EVERY
def test_nothing_of_a_policy_is_left_out(policy: Policy) -> None:
    said = content(policy)
    assert sorted(rule["id"] for section in said["sections"] for rule in section["rules"]) == sorted(policy.rules)
    assert [parameter["id"] for parameter in said["parameters"]] == [*policy.parameters]
    assert len(said["references"]) == len(policy.references)
    assert {fact["id"] for fact in said["facts"]} <= policy.facts.keys()


def test_the_reader_finds_what_a_policy_is_and_rests_on(founding: Policy) -> None:
    text = words(policy_pdf(founding))
    for expected in (
        founding.title,
        founding.version,
        founding.hash,
        "No committee or clinician has approved this policy.",
        founding.applies_to[0].codes[0],
        "At least 3 months of conservative care",
        "Exception: Suspected cauda equina syndrome",
        "what is not documented counts as not met",
        "Summary of evidence",
        "N Engl J Med",
        "Page 1 of ",
    ):
        assert expected in text, expected


def test_the_same_policy_gives_the_same_bytes(founding: Policy) -> None:
    pdf = policy_pdf(founding)
    assert pdf == policy_pdf(founding)
    assert f"<xmp:CreateDate>{founding.effective}T00:00:00".encode() in pdf


@pytest.mark.parametrize(
    "sly", ['#panic("x")', "$x$ *b* _i_ @ref <rule-a> `c` [d] // e", '#read("/etc/passwd")', "= A"]
)
def test_markup_in_a_policy_is_shown_as_text(policies: Policies, sly: str) -> None:
    policy = policies.versions["admission/inpatient"][-1]
    rules = {name: replace(rule, title=sly, submit=sly) for name, rule in policy.rules.items()}
    text = words(policy_pdf(replace(policy, title=sly, summary=sly, rules=rules)))
    assert text.count(sly) >= len(rules)


def test_a_letter_that_the_fonts_lack_costs_the_standard_and_not_the_pdf(founding: Policy) -> None:
    pdf = policy_pdf(replace(founding, summary="漢字"))
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" not in pdf
