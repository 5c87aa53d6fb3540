"""The built site in a real browser: each kind of page by axe-core, on a phone, on paper, typed into and searched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import assess, read_case
from harness.model.policy import Policies
from tests.site.browser import outcome, reasons, served, type_founding_case
from tests.site.built import ROOT, Built

FOUNDING = "policies/spine/thoracolumbar-decompression/"
KINDS = {
    "home": "",
    "index by area": "policies/",
    "index by code": "policies/by-code/",
    "index by status": "policies/by-status/",
    "policy": FOUNDING,
    "past version": "policies/imaging/lumbar-mri/2025-01-01/",
    "history": "policies/imaging/lumbar-mri/history/",
    "references": "policies/references/",
    "facts": "policies/facts/",
    "parameters": "policies/parameters/",
    "glossary": "policies/glossary/",
    "lint code": "checks/code-shared/",
    "language reference": "language/",
    "not found": "404.html",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

AXE_FINDS = """async ([only, within]) => {
  const rules = only.type === "tag" ? {"target-size": {enabled: true}} : {};
  const found = await axe.run(within, {runOnly: only, rules, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.failureSummary}`));
}"""

# What lies beyond the right edge, outside of what scrolls by itself; and what is cut off by the box around it.
CUT = """() => [...document.querySelectorAll(".nc-check *")].filter((one) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!box.width || one.closest(".nc-aside") || style.display === "inline") return false;
  const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
  return box.right > innerWidth + 1
    || (clips && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1));
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which comes with a pinned package."""
    if os.environ.get("CI"):
        import axe_playwright_python as package  # noqa: PLC0415 # an extra; in CI its lack is a failure
    else:
        package = pytest.importorskip("axe_playwright_python", reason="axe-core comes with the extra `browser`")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture
def visited(browser: Any, site: Built) -> Iterator[Any]:
    """Opens a page of the site; what a script complains of, or asks for elsewhere, fails the test in the end."""
    wrong: list[str] = []
    contexts = []
    with served(site.folder) as address:

        def visit(path: str, **settings: Any) -> Any:
            contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
            page = contexts[-1].new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("request", lambda asked: asked.url.startswith((address, "blob:")) or wrong.append(asked.url))
            page.goto(address + path)
            return page

        yield visit
        for context in contexts:
            context.close()
    assert not wrong


def open_details(page: Any) -> None:
    """Of many that one template makes, the first three are enough: axe needs seconds for a hundred."""
    page.evaluate(
        "const seen = {}; document.querySelectorAll('details').forEach((one) => {"
        " seen[one.className] = (seen[one.className] ?? 0) + 1; one.open = seen[one.className] <= 3 })"
    )


def finds(page: Any, axe: str, only: dict[str, Any], within: str = "html") -> list[str]:
    page.evaluate(axe)
    found: list[str] = page.evaluate(AXE_FINDS, [only, within])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_barrier_by_light(visited: Any, axe: str, kind: str) -> None:
    page = visited(KINDS[kind], color_scheme="light")
    if kind == "policy":
        type_founding_case(page)
    open_details(page)
    assert finds(page, axe, {"type": "tag", "values": WCAG}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_barrier_in_the_dark(visited: Any, axe: str, kind: str) -> None:
    page = visited(KINDS[kind], color_scheme="dark")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    if kind == "policy":
        type_founding_case(page)
    open_details(page)
    assert finds(page, axe, {"type": "rule", "values": COLOURS}) == []  # nothing else of a page depends on it


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_phone(visited: Any, axe: str, kind: str) -> None:
    page = visited(KINDS[kind], viewport=PHONE)
    if kind == "policy":
        type_founding_case(page)
    open_details(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert finds(page, axe, {"type": "rule", "values": ["scrollable-region-focusable"]}) == []


def test_the_founding_case_typed_into_its_page_ends_as_its_report(visited: Any, policies: Policies) -> None:
    page = visited(FOUNDING)
    type_founding_case(page)
    report = assess(policies, read_case(ROOT / "examples/founding/case.yaml", policies))[0]
    assert page.locator(".nc-headline").inner_text().strip() == "✗ Not medically necessary at this time"
    assert outcome(page) == report.outcome.value
    assert reasons(page) == [one.rule for one in report.findings if one.role == "deficiency"]


def test_printed_a_policy_page_is_the_policy_without_the_form(visited: Any) -> None:
    page = visited(FOUNDING, viewport={"width": 718, "height": 1000})  # a sheet of A4 within its margins
    type_founding_case(page)
    page.emulate_media(media="print")
    assert page.locator(".nx-self-check").is_hidden()
    assert page.locator(".nd-paper").is_visible()
    assert page.locator(".md-header, .md-sidebar").locator("visible=true").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


def test_the_checklist_is_printed_whole_and_alone(visited: Any) -> None:
    page = visited(FOUNDING, viewport={"width": 718, "height": 1000})
    type_founding_case(page)
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print the checklist").click()
    page.emulate_media(media="print")
    assert page.locator(".nx-self-check").is_visible()
    assert page.locator(".nx-page > *").locator("visible=true").count() == 1
    assert "Answers given" in page.locator("main").inner_text()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize(("word", "scheme"), [("63056", "light"), ("gabapentin", "dark")])
def test_the_search_of_the_page_finds(visited: Any, axe: str, word: str, scheme: str) -> None:
    page = visited("", color_scheme=scheme)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(word)
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    assert word in page.locator(".md-search-result__list").inner_text()
    assert finds(page, axe, {"type": "tag", "values": WCAG}, ".md-search") == []
    first.click()
    page.wait_for_url("**/policies/**")
    assert word in page.locator("main").inner_text().lower()
