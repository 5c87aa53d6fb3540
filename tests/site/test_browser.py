"""The self-check in a real browser: typed, loaded, saved and printed, by mouse and by keyboard, and nothing sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import assess, read_case
from harness.model.policy import Policies
from harness.site import self_check_page
from tests.site.browser import REASONS, field, outcome, reasons, type_founding_case
from tests.site.conftest import ROOT

FOUNDING = "spine/thoracolumbar-decompression"


@pytest.fixture
def opened(browser: Any, policies: Policies, tmp_path: Path) -> Iterator[Any]:
    """Opens a policy's self-check; whatever the page asks for or complains of fails the test in the end."""
    asked: list[str] = []
    wrong: list[str] = []
    contexts = []

    def open_(policy: str = FOUNDING, **settings: Any) -> Any:
        file = tmp_path / "page.html"
        file.write_text(self_check_page(policies.versions[policy][-1]), "utf-8")
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong
    assert all(url.startswith(("file:", "blob:")) for url in asked), asked


def test_the_founding_case_typed_in_ends_as_its_report(opened: Any, policies: Policies) -> None:
    page = opened()
    type_founding_case(page)
    report = assess(policies, read_case(ROOT / "examples/founding/case.yaml", policies))[0]
    assert outcome(page) == report.outcome.value == "not_medically_necessary"
    assert page.locator(".nc-headline").inner_text().strip() == "✗ Not medically necessary at this time"
    assert reasons(page) == [one.rule for one in report.findings if one.role == "deficiency"]
    says = [item.locator(".nc-says").inner_text() for item in page.locator(REASONS).all()]
    assert says == [one.says for one in report.findings if one.role == "deficiency"]
    asked = page.locator('.nc-found h3:has-text("What to submit") + ul > li').all_inner_texts()
    assert [text.removeprefix("Urgent: ").strip() for text in asked] == [
        one.submit for one in report.documents_required
    ]
    page.locator(".nc-live").get_by_text("Not medically necessary at this time: 10 reasons").wait_for()


def test_what_is_typed_is_saved_and_the_program_ends_alike(
    opened: Any, policies: Policies, tmp_path: Path, here: Any
) -> None:
    page = opened()
    type_founding_case(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as case.yaml").click()
    file = tmp_path / "saved" / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "case.yaml"
    told = here("assess", str(file), "--policies", str(ROOT / "policies"))
    assert "NOT MEDICALLY NECESSARY at this time" in told.stdout
    (made,) = assess(policies, read_case(file, policies))
    assert [one.rule for one in made.findings if one.role == "deficiency"] == reasons(page)
    again = opened()
    again.set_input_files(".nc-load", file)
    again.get_by_text("Loaded: 11 answers.").wait_for()
    assert reasons(again) == reasons(page)


def test_a_case_is_loaded_and_what_is_left_aside_is_told(opened: Any) -> None:
    page = opened()
    page.set_input_files(".nc-load", ROOT / "examples/founding/case.yaml")
    page.get_by_text("Loaded: 11 answers.").wait_for()
    assert page.locator(".nc-notices li").count() == 2
    assert len(reasons(page)) == 10


def test_a_file_that_cannot_be_read_changes_nothing(opened: Any, tmp_path: Path) -> None:
    page = opened()
    type_founding_case(page)
    for text, message in (("case: &x y\n", "line 1:"), ("case: x\n", "`request`"), ("#" * 300_000, "256 KB")):
        (tmp_path / "bad.yaml").write_text(text, "utf-8")
        page.set_input_files(".nc-load", tmp_path / "bad.yaml")
        page.locator(".nc-told").get_by_text(message).wait_for()
    assert len(reasons(page)) == 10


def test_what_is_wrong_is_told_beside_its_question(opened: Any) -> None:
    page = opened()
    pain = field(page, "pain.exacerbation")
    pain.locator(".nc-first input").fill("two")
    assert pain.locator(".nc-error").inner_text().startswith("Write a number such as 6 or 2.5")
    box = pain.locator(".nc-first input")
    assert box.get_attribute("aria-invalid") == "true"
    assert pain.locator(".nc-error").get_attribute("id") in box.get_attribute("aria-describedby").split()
    page.get_by_role("button", name="Save as case.yaml").click()
    assert "1 answer is to mend" in page.locator(".nc-told").inner_text()
    field(page, "request.date").locator("input").fill("2024-01-01")
    assert "No result" in page.locator(".nc-found").inner_text()
    assert "from 1 January 2025" in field(page, "request.date").locator(".nc-error").inner_text()


def test_a_number_is_counted_from_its_date(opened: Any) -> None:
    page = opened("therapy/outpatient-physical-therapy")
    field(page, "request.date").locator("input").fill("2025-11-24")
    derived = page.locator(".nc-counted").first.locator("xpath=ancestor::fieldset[1]")
    assert derived.locator(".nc-entry").is_visible()
    for date in page.locator('[data-kind="date"] .nc-first input').all():
        date.fill("2025-11-20")
    assert derived.locator(".nc-counted").inner_text().startswith("4 days, counted from")
    assert derived.locator(".nc-entry").is_hidden()


def test_none_of_these_is_another_answer_than_nothing_ticked(opened: Any) -> None:
    page = opened("spine/cervical-decompression-fusion")
    care = field(page, "recent_care.declined")
    care.get_by_label("medication").check()
    care.get_by_label("None of these").check()
    assert not care.get_by_label("medication").is_checked()
    care.get_by_label("home exercise").check()
    assert not care.get_by_label("None of these").is_checked()


def test_the_form_is_filled_by_keyboard_alone(opened: Any) -> None:
    page = opened()
    field(page, "pain.intractable").get_by_label("Not documented").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field(page, "pain.intractable").get_by_label("Yes").is_checked()
    assert page.locator('[data-rule="intractable-pain-no-bypass"]').count() == 1
    first = page.locator(REASONS).first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    first.locator("a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-fact]').dataset.fact")
    page.keyboard.press("Enter")  # in a form of others this would send it
    assert page.locator(".nc-form").is_visible()


def test_every_control_has_a_name_and_every_id_stands_once(opened: Any) -> None:
    for policy in ("spine/lumbar-fusion", "imaging/lumbar-mri"):
        page = opened(policy)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('.nc-check :is(input, select, button)')].filter((one) =>"
            " !(one.labels?.length || one.textContent.trim())).map((one) => one.id)"
        )
        assert unnamed == []
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids))
        named = page.evaluate(
            "[...document.querySelectorAll('[aria-describedby]')].flatMap((one) =>"
            " one.getAttribute('aria-describedby').split(' '))"
        )
        assert set(named) <= set(ids)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_its_words_can_be_read(opened: Any, scheme: str) -> None:
    page = opened(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    type_founding_case(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for selector in (".nc-help", ".nc-headline", ".nc-status", ".nc-live", ".nc-notice", ".nc-found a", ".nc-says"):
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector


CONTRAST = """(selector) => {
  const parse = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const element = document.querySelector(selector);
  let under = element;
  while (under && (parse(getComputedStyle(under).backgroundColor)[3] ?? 1) === 0) under = under.parentElement;
  const [a, b] = [getComputedStyle(element).color, getComputedStyle(under).backgroundColor].map(parse).map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def test_print_is_a_checklist_with_the_answers(opened: Any) -> None:
    page = opened()
    type_founding_case(page)
    page.emulate_media(media="print")
    shown = page.locator("main").inner_text()
    assert "Answers given" in shown
    assert re.search(r"present worsening of the pain lasted\?\s+at most 14 days", shown)
    assert "This is not a determination" in shown
    assert "Look for:" not in shown.split("Answers given")[0].split("Presumed")[0]
    assert page.locator(".nc-form").is_hidden()


def test_all_answers_are_cleared_on_request_alone(opened: Any) -> None:
    page = opened()
    type_founding_case(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear all answers").click()
    assert field(page, "pain.intractable").get_by_label("Yes").is_checked()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear all answers").click()
    assert field(page, "pain.intractable").get_by_label("Not documented").is_checked()


def test_nothing_is_kept_when_the_page_is_opened_again(opened: Any) -> None:
    page = opened()
    type_founding_case(page)
    page.reload()
    assert field(page, "pain.intractable").get_by_label("Not documented").is_checked()
    assert page.evaluate("document.cookie") == ""


def test_without_scripts_there_is_a_plain_notice(opened: Any) -> None:
    page = opened(java_script_enabled=False)
    assert "needs JavaScript" in page.locator(".nc-check").inner_text()
    assert page.locator(".nc-form").is_hidden()
