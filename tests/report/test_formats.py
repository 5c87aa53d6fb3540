"""What every format must say, must not say, and how it stands up to hostile words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from harness.model.assessment import Assessment, Role
from harness.model.case import Reading, State
from harness.model.policy import Approval
from harness.model.values import Outcome, Status
from harness.report import FORMATS, render
from harness.report.markdown import escape
from harness.report.wording import DIFFER
from harness.schema import load
from tests.report.samples import ADMISSION, BOTH, DOCUMENTS, FINDINGS, SURGERY, cites, read

READABLE = ("text", "markdown", "html")
WAIVED = "Waived and never to be named"
HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} [x](javascript:alert(1)) ![y](http://evil.example/z.png) "
    '**bold** _it_ `code` | # h\n\n# Heading\n- item\n1. one \x1b[31mred\x07 \u202e" onload="x\' & &lt; https://evil.example'
)
EMPTY_TAGS = {"meta", "br", "rect", "line"}


@pytest.mark.parametrize("form", FORMATS)
def test_same_assessment_same_bytes(form: str) -> None:
    assert render(BOTH, form) == render(BOTH, form)
    assert render(BOTH, form).endswith("\n")


def test_unknown_format() -> None:
    with pytest.raises(ValueError, match="no format `pdf`"):
        render(BOTH, "pdf")


@pytest.mark.parametrize("form", READABLE)
def test_sections_stand_in_order(form: str) -> None:
    page = render([SURGERY, ADMISSION], form)
    sections = [
        "Direct answer",
        "Deficiencies",
        "Why the requirements are not bypassed",
        "Required treatment and documentation",
        "Special considerations after earlier spine surgery",
        "Imaging correlation",
        "Pitfalls to avoid",
        "Other services in the request",
        "Documents before reconsideration",
        "What stands between this request and a favourable outcome",
        "Presumptions",
        "References",
        "About this assessment",
    ]
    starts = [_heading(page, section, form) for section in sections]
    assert starts == sorted(starts)


def _heading(page: str, section: str, form: str) -> int:
    pattern = {"text": rf"^{section}$", "markdown": rf"^## {section}$", "html": rf">{section}</h3>"}[form]
    found = re.search(pattern, page, re.MULTILINE)
    assert found, section
    return found.start()


@pytest.mark.parametrize("form", READABLE)
def test_sections_without_content_are_left_out(form: str) -> None:
    page = render([ADMISSION], form)
    for absent in ("Deficiencies", "bypassed", "Pitfalls", "Other services", "Documents before", "Presumptions"):
        assert absent not in page
    for absent in ("References", "Timeline of care", "What stands between", "Required treatment"):
        assert absent not in page


@pytest.mark.parametrize("form", READABLE)
def test_waived_criteria_are_never_named(form: str) -> None:
    assert WAIVED not in render(BOTH, form)
    assert WAIVED in render(BOTH, "json")


@pytest.mark.parametrize("form", READABLE)
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.MEDICALLY_NECESSARY, "MEDICALLY NECESSARY"),
        (Outcome.NOT_MEDICALLY_NECESSARY, "NOT MEDICALLY NECESSARY at this time"),
        (Outcome.MORE_INFORMATION, "MORE INFORMATION NEEDED"),
    ],
)
def test_outcome_in_words_and_who_decides(form: str, outcome: Outcome, words: str) -> None:
    needed = outcome is not Outcome.MEDICALLY_NECESSARY
    page = render([replace(SURGERY, outcome=outcome, review_required=needed)], form)
    assert words in page
    assert ("review by a clinician is required" in page) is needed
    assert "No committee or clinician has approved this policy." in page


@pytest.mark.parametrize("form", READABLE)
def test_an_approval_is_named(form: str) -> None:
    approval = Approval("Medical policy committee", SURGERY.effective, SURGERY.request_date)
    page = render([replace(SURGERY, approval=approval)], form)
    assert "Approved by Medical policy committee on 1 January 2025; next review 24 November 2025." in page
    assert "No committee" not in page


@pytest.mark.parametrize("form", READABLE)
def test_favourable_outcome_asks_for_nothing_more(form: str) -> None:
    page = render([replace(SURGERY, outcome=Outcome.MEDICALLY_NECESSARY)], form)
    assert "Documents before reconsideration" not in page
    assert "What stands between" not in page
    assert page.index("Required treatment") < page.index("Exceptions, which were not needed")


@pytest.mark.parametrize("form", READABLE)
def test_an_exception_that_applies_changes_the_heading_and_stands_first(form: str) -> None:
    findings = tuple(replace(f, status=Status.MET) if f.rule == "severe-weakness" else f for f in FINDINGS)
    page = render([replace(SURGERY, findings=findings)], form)
    section = page[page.index("Why some requirements are waived") :]
    assert section.index("Severe motor weakness") < section.index("Cauda equina syndrome suspected")


@pytest.mark.parametrize("form", READABLE)
def test_presumptions_and_documents_are_told_apart(form: str) -> None:
    page = " ".join(re.sub("<[^>]+>|[*]", "", render([SURGERY], form)).split())
    assert "Does not apply (presumed, because nothing is documented): Cauda equina syndrome suspected" in page
    assert "Does not apply (documented): Severe motor weakness" in page
    assert "Are there findings of cauda equina syndrome? Read as no, because undocumented." in page


@pytest.mark.parametrize("form", READABLE)
def test_urgent_matters_come_first(form: str) -> None:
    page = render([SURGERY], form)
    assert page.lower().index("urgent: neurological examination") < page.index("NOT MEDICALLY NECESSARY")
    documents = re.sub("<[^>]+>|[*]", "", page[page.index("Documents before reconsideration") :]).lower()
    assert documents.index("urgent: a dated neurological examination") < documents.index("physical therapy records")


@pytest.mark.parametrize("form", READABLE)
def test_what_is_met_rests_on_no_undocumented_fact_and_the_request_is_no_evidence(form: str) -> None:
    level = read("request.level", "Which level is requested?", "T12/L1", Reading(State.DOCUMENTED, "T12/L1"))
    silent = read("imaging.date", "When was the imaging?", "not documented")
    findings = tuple(
        replace(f, facts=(*f.facts, level, silent)) if f.rule in {"imaging-correlates", "care-duration"} else f
        for f in FINDINGS
    )
    page = render([replace(SURGERY, findings=findings)], form)
    assert "Which level is requested?" not in page
    assert page.count("When was the imaging?") == 1  # of the deficiency alone


@pytest.mark.parametrize("form", READABLE)
def test_what_one_source_says_stands_together(form: str) -> None:
    (first, *_) = FINDINGS
    twice = replace(first, references=(*cites("seed", "acp-2017"), replace(cites("seed")[0], says="says more")))
    page = re.sub("<[^>]+>", "", render([replace(SURGERY, findings=(twice,))], form))
    assert re.findall(r"\[(\d)\]:? rec", page) == ["1", "1", "2"]


@pytest.mark.parametrize("form", READABLE)
def test_remedies_are_no_advice(form: str) -> None:
    page = " ".join(render([SURGERY], form).split())
    assert "A document can settle it:" in page
    assert DIFFER in page
    assert "That is no advice to change a clinical finding." in page


@pytest.mark.parametrize("form", READABLE)
def test_references_in_ama_style_by_first_appearance(form: str) -> None:
    page = " ".join(re.sub("<[^>]+>|[*]", "", render([SURGERY], form)).split())
    assert (
        "Qaseem A, Wilt TJ. Noninvasive treatments for acute, subacute, and chronic low back pain. "
        "Ann Intern Med. 2017;166(7):514-530. doi:10.7326/M16-2367" in page
    )
    assert "Low back pain and sciatica in over 16s (NG59). NICE; 2016. https://www.nice.org.uk/guidance/ng59" in page
    assert page.index("Qaseem A") < page.index("National Institute") < page.index("Is this surgery necessary? Q.")
    assert page.count("Is this surgery necessary?") == 1
    assert "Lapsed: its publisher no longer maintains it." in page
    assert "Seen in a secondary source only." in page
    assert "Not verified: cited from knowledge" in page


def test_text_is_wrapped_and_colourless_unless_asked() -> None:
    page = render(BOTH, "text", width=72)
    assert "\x1b" not in page
    assert max(map(len, page.splitlines())) <= 72
    coloured = render(BOTH, "text", colour=True, width=72)
    assert "\x1b[31mNot met: \x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == page


def test_text_is_never_wider_than_a_hundred() -> None:
    lines = render(BOTH, "text", width=400).splitlines()
    assert max(map(len, lines)) <= 100


def hostile() -> Assessment:
    """The same assessment with hostile words wherever a case or a policy may bring words."""
    findings = tuple(
        replace(
            f,
            title=HOSTILE,
            says=HOSTILE,
            submit=HOSTILE,
            facts=tuple(replace(fact, question=HOSTILE, text=HOSTILE, look_for=HOSTILE) for fact in f.facts),
        )
        for f in FINDINGS
    )
    documents = {name: replace(d, title=HOSTILE, type=HOSTILE) for name, d in DOCUMENTS.items()}
    episodes = tuple(replace(e, kind=HOSTILE, outcome=HOSTILE) for e in SURGERY.episodes)
    lengths = tuple(replace(row, title=HOSTILE, required=HOSTILE, documented=HOSTILE) for row in SURGERY.timeline)
    references = tuple(replace(r, note=HOSTILE, csl={**r.csl, "title": HOSTILE}) for r in SURGERY.references)
    return replace(
        SURGERY,
        case_title=HOSTILE,
        service=HOSTILE,
        outcome_says=HOSTILE,
        findings=findings,
        documents=documents,
        episodes=episodes,
        timeline=lengths,
        references=references,
    )


class Checker(HTMLParser):
    """Collects what a page is made of and checks that its tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_TAGS:
            assert self.open.pop() == tag


@pytest.mark.parametrize("assessments", [BOTH, (hostile(),)])
def test_html_needs_nothing_and_runs_nothing(assessments: tuple[Assessment, ...]) -> None:
    page = render(assessments, "html")
    seen = Checker(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(seen.tags)
    names = {name for name, _ in seen.attributes}
    assert not {"src", "srcset", "style"} & names
    assert not any(name.startswith("on") for name in names)
    assert not any(value and value.startswith("javascript:") for _, value in seen.attributes)
    assert "@import" not in page
    assert "url(" not in page


def test_html_is_accessible() -> None:
    page = render((*BOTH, replace(SURGERY, level="L1/L2")), "html")
    seen = Checker(page)
    assert '<html lang="en">' in page
    assert seen.tags.count("main") == seen.tags.count("h1") == 1
    levels = [int(tag[1]) for tag in seen.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [value for name, value in seen.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    named = [value for name, value in seen.attributes if name == "aria-labelledby"]
    assert {one for value in named for one in (value or "").split()} <= set(ids)
    anchors = {value[1:] for name, value in seen.attributes if name == "href" and value and value.startswith("#")}
    assert anchors <= set(ids)
    assert 'role="img"' in page
    assert seen.tags.count("th") == 2 * (7 + 2 + 3)  # columns of two tables, then a head in each row


def test_html_shows_status_in_words_and_undocumented_care_as_an_empty_row() -> None:
    page = render([SURGERY], "html")
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert "? Not documented</text>" in svg
    assert svg.count('class="asked"') == 2
    assert svg.count("<rect") == 4  # two lengths asked for, one counted episode, one of other care
    tree = page[page.index('<ul class="tree">') :]
    assert "1 other branch is not needed." in tree
    assert '<span aria-hidden="true">✗</span> Not met' in tree


def test_hostile_words_stay_words_in_text() -> None:
    page = render([hostile()], "text", colour=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)


def test_hostile_words_stay_words_in_markdown() -> None:
    page = render([hostile()], "markdown").replace("<!-- -->", "")
    assert "<" not in page
    assert "{{" not in page
    assert "{%" not in page
    assert not re.search(r"(?<!\\)\]\(", page)
    assert "![" not in page
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)
    headings = [line for line in page.splitlines() if line.startswith("#")]
    clean = [line for line in render([SURGERY], "markdown").splitlines() if line.startswith("#")]
    assert len(headings) == len(clean)
    assert "# Heading" not in "\n".join(headings[1:])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07red \x1b[31mink\u202e", "\\]0;titlered \\[31mink"),
        ("ask @nurse about #1 and GH-2", "ask @<!-- -->nurse about \\#<!-- -->1 and GH-<!-- -->2"),
        ("a #, a @ and 3 # 4", "a \\#, a @ and 3 \\# 4"),
    ],
)
def test_a_text_steers_no_terminal_and_mentions_nobody_in_markdown(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize("start", ["- item", "+ item", "1. one", "12) two", "=== x", "# h", "> q", "* b", "    code"])
def test_no_value_begins_a_block_in_markdown(start: str) -> None:
    page = render([replace(SURGERY, outcome_says=start)], "markdown")
    line = page.splitlines()[8]
    assert not re.match(r"\s|[-+*=#>]|\d+[.)]", line), line


@pytest.mark.parametrize("assessments", [BOTH, (hostile(),), (ADMISSION,)])
def test_json_is_exactly_its_schema(assessments: tuple[Assessment, ...]) -> None:
    document = json.loads(render(assessments, "json"))
    errors = [e.json_path for e in Draft202012Validator(load("assessment")).iter_errors(document)]
    assert errors == []
    assert list(document) == ["schema_version", "case", "case_title", "request_date", "assessments"]


def test_json_values_are_for_machines() -> None:
    first: dict[str, Any] = json.loads(render([SURGERY], "json"))["assessments"][0]
    findings = {f["rule"]: f for f in first["findings"]}
    (duration,) = findings["care-duration"]["facts"]
    assert (duration["value"], duration["unit"], duration["state"]) == (
        {"at_least": 2, "at_most": 14},
        "d",
        "documented",
    )
    (therapy,) = findings["physical-therapy"]["facts"]
    assert (therapy["value"], therapy["unit"], therapy["state"]) == (None, "d", "undocumented")
    (weakness,) = findings["severe-weakness"]["facts"]
    assert weakness["value"] == 5
    (presumed,) = findings["cauda-equina"]["facts"]
    assert (presumed["value"], presumed["state"]) == (False, "presumed")
    assert first["episodes"][0]["attributes"] == {"agent": "naproxen", "dose": 2.5, "supervised": True}
    assert first["episodes"][2]["sessions"] == {"at_most": 14}
    assert {r["id"]: r["matters"] for r in first["rules"]}["waived"] is False
    assert [r["id"] for r in first["references"]] == ["nice-ng59", "acp-2017", "seed"]


def test_the_sample_has_every_role() -> None:
    assert {f.role for f in FINDINGS} == set(Role)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_enough_in_light_and_dark() -> None:
    palettes = re.findall(r":root \{([^}]*)\}", render([ADMISSION], "html"))
    assert len(palettes) == 2
    for palette in palettes:
        colours = dict(re.findall(r"--([a-z_-]+): (#[0-9a-f]{6})", palette))
        pairs = [(text, "page") for text in ("ink", "soft", "link", "met", "not_met", "undocumented")]
        for status in ("met", "not_met", "undocumented"):
            pairs += [(text, f"{status}-tint") for text in ("ink", "soft", status)]
        for text, ground in pairs:
            high, low = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)
