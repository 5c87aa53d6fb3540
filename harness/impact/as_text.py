"""An impact as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from harness.impact.count import Impact
from harness.impact.tables import Table, summary, tables
from harness.report.markdown import escape
from harness.report.wording import clean

CAUTION = "These are shares of this file, not of patients elsewhere; each row is assessed whatever its request date."


def sides(impact: Impact) -> Iterator[tuple[str, str]]:
    named = (("Old", impact.old_named, impact.old), ("New", impact.new_named, impact.new))
    for word, name, policy in named:
        overlay = "" if policy.overlay is None else f", overlay {policy.overlay.id}"
        yield word, f"{clean(name)} ({policy.version}{overlay}, {policy.hash[:12]})"


def render_text(impact: Impact) -> str:
    lines = [f"Impact: {clean(impact.new.title)}", *(f"{word.lower()}: {said}" for word, said in sides(impact)), ""]
    lines += summary(impact)
    for table in tables(impact):
        lines += ["", table.caption, *_aligned(table)]
    return "\n".join([*lines, "", CAUTION, ""])


def _aligned(table: Table) -> Iterator[str]:
    """As columns; of more than one column of words before the numbers, the first alone, to fit a terminal."""
    left = range(1, table.words[0])
    every = [[cell for at, cell in enumerate(row) if at not in left] for row in (table.header, *table.rows)]
    is_number = [table.is_number(at) for at in range(len(table.header)) if at not in left]
    widths = [max(len(row[at]) for row in every) for at in range(len(is_number))]
    for row in every:
        cells = (cell.rjust(widths[at]) if is_number[at] else cell.ljust(widths[at]) for at, cell in enumerate(row))
        yield ("  " + "  ".join(cells)).rstrip()


def render_markdown(impact: Impact) -> str:
    lines = [f"# Impact: {escape(impact.new.title)}", ""]
    lines += [f"- {word}: {escape(said)}" for word, said in sides(impact)]
    lines += ["", *(f"- {escape(said)}" for said in summary(impact))]
    for table in tables(impact):
        lines += ["", f"## {escape(table.caption)}", ""]
        lines.append(_row(table.header))
        lines.append(
            "|" + "|".join(" --: " if table.is_number(at) else " --- " for at in range(len(table.header))) + "|"
        )
        lines += [_row(row) for row in table.rows]
    return "\n".join([*lines, "", CAUTION, ""])


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"
