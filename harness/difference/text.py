"""A difference as plain text, for a terminal."""

from __future__ import annotations

from harness.difference.change import Change
from harness.difference.comparison import Comparison, Difference
from harness.difference.facets import OUTCOMES
from harness.difference.meaning import Way
from harness.difference.side import Side
from harness.difference.summary import summary, title, verdict
from harness.difference.text_changes import write_changes
from harness.difference.witness import all_else, apart_says, both_sides, both_statuses, fact_lines, rule_lines
from harness.model.wording import date_words
from harness.proof import Proved, Refuted, Unknown, Witness
from harness.report.page import WIDEST, Colour, Page
from harness.report.wording import clean


def render_text(difference: Difference, *, colour: bool = False, width: int = WIDEST) -> str:
    page = Page(width, colour)
    if not difference.is_of_one:
        _overview(difference, page)
    for one in difference.compared:
        _comparison(one, page)
    return str(page)


def _overview(difference: Difference, page: Page) -> None:
    page.title(f"Policies of {clean(difference.old)} (old) and {clean(difference.new)} (new)")
    for side in difference.added:
        page.bullet(f"{side.policy.version} is new: {clean(side.policy.title)}")
    for side in difference.removed:
        page.bullet(f"{side.policy.version} is gone: {clean(side.policy.title)}")
    for one in difference.compared:
        page.bullet(f"{one.new.policy.version} differs: {verdict(one.meaning)}")
    if difference.unchanged or not difference.compared:
        page.bullet(f"the same on both sides: {difference.unchanged}")


def _comparison(one: Comparison, page: Page) -> None:
    page.gap()
    page.title(clean(title(one)))
    page.para(f"old: {_side(one.old)}")
    page.para(f"new: {_side(one.new)}")
    page.heading("In short")
    for said in summary(one):
        page.bullet(clean(said))
    write_changes(one.changes, page)
    if not one.meaning.all_proved:
        page.heading("What happens to cases")
        for way in one.meaning.ways:
            _way(way, one.changes, page)


def _side(side: Side) -> str:
    policy = side.policy
    draft = ", a draft" if policy.status == "draft" else ""
    overlay = "" if policy.overlay is None else f", overlay {policy.overlay.id}"
    return f"{clean(side.file)}, effective {date_words(policy.effective)}{draft}{overlay}"


def _way(way: Way, changes: tuple[Change, ...], page: Page) -> None:
    lead = f"{OUTCOMES[way.old]} -> {OUTCOMES[way.new]}: "
    match way.answer:
        case Proved():
            page.bullet("no case (proved)", lead=lead)
        case Unknown(reason):
            page.bullet(f"unknown ({reason})", lead=lead, tone=Colour.YELLOW)
        case Refuted(witness):
            page.bullet("cases change so. The smallest one found:", lead=lead, tone=Colour.RED)
            _witness(witness, changes, page)


def _witness(witness: Witness, changes: tuple[Change, ...], page: Page) -> None:
    lines = fact_lines(witness, changes)
    for line in lines:
        if not line.is_presumed:
            page.bullet(f"{clean(line.name)}: {clean(both_sides(line))}", 3)
    page.bullet(f"{clean(all_else(lines))}", 3)
    rules = rule_lines(witness)
    page.para(apart_says(rules), 2)
    for rule in rules:
        if rule.decides:
            page.bullet(f"rule {rule.rule}: {both_statuses(rule)} ({clean(rule.title)})", 3)
    remarks = [rule.rule for rule in rules if not rule.decides]
    if remarks:
        page.para(f"Remarks that differ too: {', '.join(remarks)}", 2)
