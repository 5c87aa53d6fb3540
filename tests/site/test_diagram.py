"""The diagram of a decision: what it shows, that no text can break it, and that a browser finds room for every word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.condition import All, AnyOf, Count, Not, RuleStatus, rules_met_by
from harness.model.policy import Kind, Policies, Policy
from harness.model.values import Outcome, Status
from harness.site.decision import Node, decision_tree, endings
from harness.site.diagram import NARROW, WIDE, decision_figure, decision_svg, diagram_css
from harness.site.wrap import wide, wrapped
from tests.generate import policies as generated
from tests.site.conftest import SHIPPED

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FOUNDING = "spine/thoracolumbar-decompression"
SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize("policy", tuple(SHIPPED.all()), ids=lambda policy: policy.version)


@pytest.fixture
def founding(policies: Policies) -> Policy:
    return policies.versions[FOUNDING][-1]


def drawn(policy: Policy, **settings: Any) -> ET.Element:
    return ET.fromstring(decision_svg(policy, **settings))


def linked(svg: ET.Element) -> dict[str, str]:
    return {a.get("href", ""): a.get("aria-label", "") for a in svg.iter(f"{SVG}a")}


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


@EVERY
def test_each_rule_that_decides_is_a_link_to_it(policy: Policy) -> None:
    shown = {f"#rule-{node.rule}" for node in nodes(decision_tree(policy)) if node.rule}
    assert linked(drawn(policy)).keys() == linked(drawn(policy, width=WIDE)).keys() == shown
    assert all(link.removeprefix("#rule-") in policy.rules for link in shown)


def test_titles_have_their_thresholds_and_exceptions_their_name(founding: Policy) -> None:
    links = linked(drawn(founding))
    assert "At least 3 months of conservative care" in links.values()
    assert "Exception: Suspected cauda equina syndrome" in links.values()
    assert "Planned surgery after conservative treatment that was not enough. All of these" in links.values()


def test_what_undocumented_means_is_said_with_the_outcomes(founding: Policy, policies: Policies) -> None:
    strict = {ending.outcome: ending.when for ending in endings(founding)}
    assert "what is not documented counts as not met" in strict[Outcome.NOT_MEDICALLY_NECESSARY]
    assert "asks for" in strict[Outcome.MORE_INFORMATION]
    asking = {ending.outcome: ending.when for ending in endings(policies.versions["spine/lumbar-fusion"][-1])}
    assert asking[Outcome.NOT_MEDICALLY_NECESSARY] == "The documents show that the condition is not met."
    assert "not documented" in asking[Outcome.MORE_INFORMATION]
    never = replace(founding, rules={name: replace(r, when_undocumented=None) for name, r in founding.rules.items()})
    assert endings(never)[-1].when == "This policy never ends so."


def test_connectives_are_plain_english(founding: Policy) -> None:
    first, second, third = (RuleStatus(name) for name in tuple(founding.rules)[:3])
    count = Count(2, (first, second, third))
    asked = AnyOf((count, Count(2, (first, second)), Not(RuleStatus("red-flag-exception"))))
    tree = decision_tree(replace(founding, decision=replace(founding.decision, necessary_when=asked)))
    assert [tree.joins, *(child.joins for child in tree.children)] == [
        "Any of these",
        "At least 2 of these 3",
        "All of these",
        "Not this",
    ]


def test_the_first_box_is_a_sentence(founding: Policy) -> None:
    first, second = (RuleStatus(name) for name in tuple(founding.rules)[:2])
    asked = {
        "all of these are met": All((first, second)),
        "any of these is met": AnyOf((first, second)),
        "at least 1 of these 2 are met": Count(1, (first, second)),
        "this is not met": Not(first),
        "this is met": first,
    }
    for words, condition in asked.items():
        policy = replace(founding, decision=replace(founding.decision, necessary_when=condition))
        head = "".join(text.text or "" for text in drawn(policy, width=WIDE).iter(f"{SVG}text"))
        assert head.startswith(f"Medically necessary if {words}:")


def test_what_must_not_be_met_is_named_and_not_opened(founding: Policy) -> None:
    for asked in (Not(RuleStatus("red-flag-exception")), RuleStatus("red-flag-exception", Status.NOT_MET)):
        tree = decision_tree(replace(founding, decision=replace(founding.decision, necessary_when=asked)))
        assert all(node.kind is not Kind.EXCEPTION for node in nodes(tree))
        assert "<a" in decision_svg(replace(founding, decision=replace(founding.decision, necessary_when=asked)))


def test_a_definition_is_opened_once(founding: Policy) -> None:
    twice = AnyOf((RuleStatus("red-flag-exception"), RuleStatus("red-flag-exception")))
    tree = decision_tree(replace(founding, decision=replace(founding.decision, necessary_when=twice)))
    first, second = tree.children
    assert first.children
    assert not second.children
    assert second.note


@EVERY
def test_the_same_policy_gives_the_same_bytes_and_one_name_an_id(policy: Policy) -> None:
    assert decision_figure(policy) == decision_figure(policy)
    figure = ET.fromstring(decision_figure(policy).replace("<div", '<div xmlns="http://www.w3.org/1999/xhtml"'))
    ids = [element.get("id") for element in figure.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for svg in figure.iter(f"{SVG}svg"):
        named = (svg.get("aria-labelledby"), svg.get("aria-describedby"))
        assert named == (None, None) or set(named) <= set(ids)


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_of_a_policy_breaks_the_drawing(title: str, rule_title: str) -> None:
    policy = SHIPPED.versions["admission/inpatient"][-1]
    rules = {name: replace(rule, title=rule_title) for name, rule in policy.rules.items()}
    drawn(replace(policy, title=title, rules=rules))


@settings(max_examples=60)
@given(generated())
def test_any_policy_can_be_drawn(policy: Policy) -> None:
    links = linked(drawn(policy))
    assert links.keys() >= {f"#rule-{name}" for name in rules_met_by(policy.decision.necessary_when)}


def test_markup_in_a_title_is_shown_as_text(founding: Policy) -> None:
    sly = '</text><script>alert("x")</script> & <a href="javascript:1">'
    rules = {name: replace(rule, title=sly) for name, rule in founding.rules.items()}
    svg = drawn(replace(founding, title=sly, rules=rules))
    assert not [element for element in svg.iter() if element.tag == f"{SVG}script"]
    assert all(link.startswith("#rule-") for link in linked(svg))


@settings(max_examples=200)
@given(st.text(), st.floats(40, 400), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float, bold: bool) -> None:
    lines = wrapped(text, width, 14, bold=bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(wide(line, 14, bold=bold) <= width or len(line) == 1 for line in lines)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if sync_playwright is None or CHROMIUM is None:
        missing = "Playwright for Python" if sync_playwright is None else "Chromium"
        assert not os.environ.get("CI"), f"{missing} is missing, and these tests are never skipped in CI"
        pytest.skip(f"{missing} is not installed; the diagrams are not measured in a browser here")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        yield launched
        launched.close()


# What every text and box takes up, in the drawing's own units, and the size that letters really have.
MEASURE = """() => [...document.querySelectorAll("svg[role=group]")].filter(svg => svg.checkVisibility()).map(svg => {
  const box = e => { const b = e.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return {
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
    boxes: [...svg.querySelectorAll(".nd-box")].map(box),
    texts: [...svg.querySelectorAll("text")].map(e => ({
      at: box(e), says: e.textContent, size: scale * parseFloat(getComputedStyle(e).fontSize),
      inside: e.parentElement.querySelector(".nd-box") ? box(e.parentElement.querySelector(".nd-box")) : null,
    })),
    sideways: document.documentElement.scrollWidth - innerWidth,
  };
})"""


def overlap(one: list[float], other: list[float]) -> bool:
    """By more than the slack between the lines of a text, which are as high as the tallest letters."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 1.5


@pytest.mark.parametrize("font", ["Arial", "DejaVu Sans"])  # the second is the widest that stands in for the first
@pytest.mark.parametrize(("screen", "width"), [(320, NARROW), (740, WIDE)])
def test_no_text_overlaps_or_leaves_its_box(
    browser: Any, policies: Policies, font: str, screen: int, width: int
) -> None:
    page = browser.new_page(viewport={"width": screen, "height": 600})
    for policy in policies.all():
        style = f'{diagram_css()} .nd-decision {{font-family: "{font}" !important}} body {{margin: 16px}}'
        page.set_content(f"<!doctype html><html lang=en><style>{style}</style><body>{decision_figure(policy)}")
        (svg,) = page.evaluate(MEASURE)
        assert svg["width"] == width
        assert svg["sideways"] <= 0
        for text in svg["texts"]:
            left, top, right, bottom = text["inside"] or [0, 0, svg["width"], svg["height"]]
            x1, y1, x2, y2 = text["at"]
            assert left <= x1, text
            assert x2 <= right - 1, text
            assert top <= y1, text
            assert y2 <= bottom, text
            assert text["size"] >= 12, text
        for one, other in combinations([text["at"] for text in svg["texts"]], 2):
            assert not overlap(one, other), policy.version
        for one, other in combinations(svg["boxes"], 2):
            assert not overlap(one, other), policy.version
        assert max(box[2] for box in svg["boxes"]) <= svg["width"]
        assert max(box[3] for box in svg["boxes"]) <= svg["height"]
    page.close()


def test_on_paper_the_drawing_is_cut_between_boxes(browser: Any, founding: Policy) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(f"<!doctype html><html lang=en><style>{diagram_css()}</style><body>{decision_figure(founding)}")
    strips = page.evaluate(
        "[...document.querySelectorAll('svg')].filter(e => e.checkVisibility()).map(e => e.getAttribute('viewBox'))"
    )
    page.close()
    parts = [[float(number) for number in strip.split()] for strip in strips]
    assert len(parts) > 3
    whole = drawn(founding, width=WIDE)
    boxes = [e for e in whole.iter(f"{SVG}rect") if e.get("class") == "nd-box"]
    edges = [(float(e.get("y", "")), float(e.get("y", "")) + float(e.get("height", ""))) for e in boxes]
    for _, top, _, height in parts:
        assert not any(begins < top < ends or begins < top + height < ends for begins, ends in edges)
    assert sum(height for *_, height in parts) >= max(ends for _, ends in edges)
