"""The words and tables of an impact, shared by all its forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.impact.count import ORDER, WORDS, Grouping, Impact, Tally
from harness.model.values import Outcome
from harness.report.wording import capitalised, clean

FEW = 30  # rows; the rates of smaller groups are left to chance
NOT_DOCUMENTED = "not documented"
_NO_RATE = "-"
_SHOWN = 10  # reasons of rejected rows


@dataclass(frozen=True, slots=True)
class Table:
    """`words` is how many of the first and of the last columns are words; between them are numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, int] = (1, 0)

    def is_number(self, column: int) -> bool:
        first, last = self.words
        return first <= column < len(self.header) - last


def number(value: int) -> str:
    return f"{value:,}"


def percent(share: float | None) -> str:
    return _NO_RATE if share is None else f"{100 * share:.1f} %"


def named(group: str | None) -> str:
    return NOT_DOCUMENTED if group is None else clean(group)


def summary(impact: Impact) -> Iterator[str]:
    whole = impact.whole
    yield (
        f"{number(whole.compared)} of {number(whole.rows)} rows were assessed under both versions. "
        f"{number(whole.changed)} ({percent(whole.share(whole.changed))}) end differently: "
        f"{number(whole.worse)} worse, {number(whole.better)} better."
    )
    old, new = (whole.share(side(Outcome.MEDICALLY_NECESSARY)) for side in (whole.old, whole.new))
    yield f"Medically necessary were {percent(old)} under the old version, and are {percent(new)} under the new one."
    if impact.other_reasons:
        yield f"{number(impact.other_reasons)} rows keep their outcome with other deficiencies."
    if impact.unexplained:
        yield f"In {number(impact.unexplained)} changed rows no rule differs: the decision itself reads them otherwise."
    old_only = sum(count for (was, now), count in whole.ways.items() if was is None and now is not None)
    new_only = sum(count for (was, now), count in whole.ways.items() if was is not None and now is None)
    if whole.rows - whole.compared:
        rejected = whole.rows - whole.compared - old_only - new_only
        yield (
            f"Rejected rows, which are in no share: {number(rejected)} by both versions, "
            f"{number(old_only)} by the old one alone, {number(new_only)} by the new one alone."
        )
    yield from (said for grouping in impact.groupings if (said := spread(grouping)))


def spread(grouping: Grouping) -> str:
    """Between which groups the shares of what becomes worse and better lie; nothing where none does."""
    large = {group: tally for group, tally in grouping.groups.items() if tally.compared >= FEW}
    parts = []
    for word in ("worse", "better"):
        shares = {group: getattr(tally, word) / tally.compared for group, tally in large.items()}
        if len(shares) > 1 and any(shares.values()):
            least, most = min(shares, key=lambda one: shares[one]), max(shares, key=lambda one: shares[one])
            parts.append(
                f"{percent(shares[least])} ({named(least)}) to {percent(shares[most])} ({named(most)}) become {word}"
            )
    return f"By {clean(grouping.column)}: {'; '.join(parts)}." if parts else ""


def tables(impact: Impact) -> list[Table]:
    found = [outcomes(impact.whole)]
    if impact.causes:
        found.append(causes(impact))
    found += [groups(grouping) for grouping in impact.groupings]
    if impact.rejected:
        found.append(rejected(impact))
    return found


def outcomes(tally: Tally) -> Table:
    rows = [
        (capitalised(WORDS[old]), *(number(tally.of(old, new)) for new in ORDER), number(tally.old(old)))
        for old in ORDER
    ]
    rows.append(("All", *(number(tally.new(new)) for new in ORDER), number(tally.compared)))
    return Table("Outcomes: old by row, new by column", ("Old", *(WORDS[new] for new in ORDER), "all"), tuple(rows))


def causes(impact: Impact) -> Table:
    rows = tuple(
        (
            cause.rule,
            clean(cause.title),
            number(cause.rows),
            number(cause.worse),
            number(cause.better),
            "; ".join(map(clean, cause.because)) or _NO_RATE,
        )
        for cause in impact.causes
    )
    header = ("Rule", "title", "rows", "worse", "better", "what was changed")
    return Table("Rules on which the changed rows turn; a row can turn on several", header, rows, (2, 1))


def groups(grouping: Grouping) -> Table:
    header = (
        clean(grouping.column),
        "rows",
        "necessary, old",
        "necessary, new",
        "difference, points",
        "changed",
        "worse",
        "better",
    )
    rows = tuple(_group(named(group), tally) for group, tally in grouping.groups.items())
    few = any(tally.compared < FEW for tally in grouping.groups.values())
    caption = f"By {clean(grouping.column)}" + (f"; rates of fewer than {FEW} rows (*) say little" if few else "")
    return Table(caption, header, rows)


def _group(group: str, tally: Tally) -> tuple[str, ...]:
    old, new = (tally.share(side(Outcome.MEDICALLY_NECESSARY)) for side in (tally.old, tally.new))
    moved = _NO_RATE if old is None or new is None else f"{100 * (new - old):+.1f}"
    shares = (percent(tally.share(count)) for count in (tally.changed, tally.worse, tally.better))
    mark = " *" if tally.compared < FEW else ""
    return (group + mark, number(tally.compared), percent(old), percent(new), moved, *shares)


def rejected(impact: Impact) -> Table:
    rows: Sequence[tuple[str, int]] = list(impact.rejected.items())
    told = [(clean(why), number(count)) for why, count in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        told.append(("other reasons", number(sum(count for _, count in rows[_SHOWN:]))))
    return Table("Rejected rows", ("Reason", "rows"), tuple(told))
