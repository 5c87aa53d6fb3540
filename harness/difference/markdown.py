"""A difference as Markdown, for a pull request: what matters first, what is long folded away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.difference.change import Bearing, Change, Detail, Sort, Spot
from harness.difference.comparison import Comparison, Difference
from harness.difference.facets import OUTCOMES
from harness.difference.meaning import Way
from harness.difference.saying import HEADINGS, details, merged, name, of_bearing, on_one_line, reader
from harness.difference.side import Side
from harness.difference.summary import summary, title, verdict
from harness.difference.witness import all_else, apart_says, both_sides, both_statuses, fact_lines, rule_lines
from harness.model.wording import date_words
from harness.proof import Proved, Refuted, Unknown, Witness
from harness.report.markdown import escape
from harness.report.wording import capitalised, clean

_PLAIN = re.compile(r"[\w./@:~^ -]+")


def render_markdown(difference: Difference) -> str:
    lines: list[str] = []
    if not difference.is_of_one:
        lines += _overview(difference)
    for one in difference.compared:
        lines += _comparison(one)
    return "\n".join(lines).strip() + "\n"


def _overview(difference: Difference) -> Iterator[str]:
    yield f"# Policies of {_code(difference.old)} (old) and {_code(difference.new)} (new)"
    yield ""
    for side in difference.added:
        yield f"- {_code(side.policy.version)} is new: {escape(side.policy.title)}"
    for side in difference.removed:
        yield f"- {_code(side.policy.version)} is gone: {escape(side.policy.title)}"
    for one in difference.compared:
        yield f"- {_code(one.new.policy.version)} differs: **{verdict(one.meaning)}**"
    if difference.unchanged or not difference.compared:
        yield f"- the same on both sides: {difference.unchanged}"
    yield ""


def _comparison(one: Comparison) -> Iterator[str]:
    yield f"## {escape(title(one))}"
    yield ""
    yield from (f"- {escape(said)}" for said in summary(one))
    yield ""
    yield from _table(("", "old", "new"), _sides(one.old, one.new))
    for bearing in Bearing:
        found = of_bearing(one.changes, bearing)
        if found:
            yield from _section(bearing, found)
    if not one.meaning.all_proved:
        yield from _cases(one)


def _sides(old: Side, new: Side) -> Iterator[tuple[str, str, str]]:
    yield "file", _code(old.file), _code(new.file)
    yield "effective", date_words(old.policy.effective), date_words(new.policy.effective)
    if old.policy.overlay is not None or new.policy.overlay is not None:
        was, now = (_code(side.policy.overlay.id) if side.policy.overlay else "" for side in (old, new))
        yield "overlay", was, now


def _section(bearing: Bearing, changes: Sequence[Change]) -> Iterator[str]:
    """One part of what differs; what is only said is folded."""
    if bearing is Bearing.SAYS:
        yield f"<details><summary>{HEADINGS[bearing]} ({len(changes)})</summary>"
    else:
        yield f"### {HEADINGS[bearing]}"
    yield ""
    rows = [row for change in changes for row in _rows(change)]
    yield from _table(("what", "key", "old and new", "where"), rows)
    for change in changes:
        for detail in details(change):
            if _is_long(change, detail):
                yield from _lines(change, detail)
    if bearing is Bearing.SAYS:
        yield "</details>"
        yield ""


def _rows(change: Change) -> Iterator[tuple[str, ...]]:
    what = [capitalised(name(change, _code))]
    what += [escape(change.title)] if change.title else []
    what += [f"read by {escape(reader(one))}" for one in change.read_by]
    where = [f"{side}: {_spot(place)}" for side, place in (("old", change.old), ("new", change.new)) if place]
    first = True
    for detail in details(change):
        said = "below" if _is_long(change, detail) else escape(_short(change, detail))
        key = "" if change.sort is Sort.POLICY else _code(detail.key)
        yield ("<br>".join(what) if first else "", key, said, "<br>".join(where) if first else "")
        first = False


def _is_long(change: Change, detail: Detail) -> bool:
    alone = change.verb != "changed" and len(detail.old + detail.new) == 1
    return not alone and on_one_line(detail) is None


def _short(change: Change, detail: Detail) -> str:
    if change.verb != "changed" and len(detail.old + detail.new) == 1:
        return clean((detail.old + detail.new)[0])
    return on_one_line(detail) or ""


def _lines(change: Change, detail: Detail) -> Iterator[str]:
    key = "" if detail.key == change.id else f", {_code(detail.key)}"
    yield f"{capitalised(name(change, _code))}{key}:"
    yield ""
    lines = [
        f"{mark} {' ' * (len(line) - len(line.lstrip()))}{clean(line)}" for mark, line in merged(detail.old, detail.new)
    ]
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    yield from (f"{fence}diff", *lines, fence, "")


def _spot(place: Spot) -> str:
    module = f" (module {_code(place.module)})" if place.module else ""
    return f"{_code(f'{place.place.file}:{place.place.line}')}{module}"


def _cases(one: Comparison) -> Iterator[str]:
    yield "### What happens to cases"
    yield ""
    rows = ((OUTCOMES[way.old], OUTCOMES[way.new], _answer(way)) for way in one.meaning.ways)
    yield from _table(("old outcome", "new outcome", "cases"), rows)
    for way in one.meaning.ways:
        if isinstance(way.answer, Refuted):
            yield from _witness(way, way.answer.witness, one.changes)


def _answer(way: Way) -> str:
    match way.answer:
        case Proved():
            return "no case (proved)"
        case Unknown(reason):
            return f"**unknown** ({escape(reason)})"
        case Refuted():
            return "**cases change so**"


def _witness(way: Way, witness: Witness, changes: tuple[Change, ...]) -> Iterator[str]:
    yield f"<details><summary>A smallest case: {OUTCOMES[way.old]} -&gt; {OUTCOMES[way.new]}</summary>"
    yield ""
    lines = fact_lines(witness, changes)
    yield from _table(
        ("fact", "value"),
        ((escape(line.name), escape(both_sides(line))) for line in lines if not line.is_presumed),
    )
    yield f"{escape(capitalised(all_else(lines)))}."
    yield ""
    rules = rule_lines(witness)
    yield apart_says(rules)
    yield ""
    rows = [(_code(rule.rule), escape(rule.title), escape(both_statuses(rule))) for rule in rules if rule.decides]
    if rows:
        yield from _table(("rule", "title", "status"), rows)
    remarks = [_code(rule.rule) for rule in rules if not rule.decides]
    if remarks:
        yield f"Remarks that differ too: {', '.join(remarks)}"
        yield ""
    yield "</details>"
    yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, its cells Markdown already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _code(text: str) -> str:
    """An id or file as code; anything that could end the code is escaped as text instead."""
    return f"`{text}`" if _PLAIN.fullmatch(text) else escape(text)
