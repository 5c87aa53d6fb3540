"""The drawings of an impact as SVG: how outcomes flow from old to new, and the rates of groups as bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from harness.impact.count import ORDER, WORDS, Grouping, Tally
from harness.impact.tables import named, number, percent
from harness.model.values import Outcome
from harness.report.wording import capitalised

TONES = {
    Outcome.MEDICALLY_NECESSARY: "met",
    Outcome.MORE_INFORMATION: "undocumented",
    Outcome.NOT_MEDICALLY_NECESSARY: "not_met",
}
_WIDTH, _HEIGHT, _TOP = 320, 240, 26  # fits a phone as it is
_NODE, _GAP, _LABEL = 12, 34, 5
_LEAST = 1.5  # pixels of a flow that is there at all
_LINE, _BAR = 46, 11


def flow(tally: Tally, at: str) -> Markup:
    """Outcomes old (left) to new (right); nothing where no row was compared. `at` begins the ids."""
    if not tally.compared:
        return Markup()
    scale = _HEIGHT / tally.compared
    left, right = (_tops({one: side(one) * scale for one in ORDER}) for side in (tally.old, tally.new))
    shapes = [*_bands(tally, scale, left, right), *_nodes(tally, scale, left, right)]
    height = _TOP + _HEIGHT + 3 * _GAP - 8
    told = f"{number(tally.changed)} of {number(tally.compared)} rows flow from one outcome to another."
    head = Markup(
        '<svg class="flow" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{at}-t {at}-d">'
        '<title id="{at}-t">Outcomes, old to new</title><desc id="{at}-d">{told} The table has the numbers.</desc>'
        '<text x="0" y="12" class="side">Old</text><text x="{w}" y="12" class="side end">New</text>'
    ).format(w=_WIDTH, h=height, at=at, told=told)
    return head + Markup("").join(shapes) + Markup("</svg>")


def _tops(heights: Mapping[Outcome, float]) -> dict[Outcome, float]:
    tops, top = {}, float(_TOP)
    for outcome in ORDER:
        tops[outcome] = top
        top += heights[outcome] + _GAP
    return tops


def _bands(
    tally: Tally, scale: float, left: Mapping[Outcome, float], right: Mapping[Outcome, float]
) -> Iterator[Markup]:
    """What stays first, so that what changes lies above it."""
    out, into = dict(left), dict(right)
    bands = []
    for old in ORDER:
        for new in ORDER:
            size = tally.of(old, new) * scale
            if size:
                bands.append((old is not new, _band(tally, old, new, (out[old], into[new], size))))
            out[old] += size
            into[new] += size
    yield from (band for _, band in sorted(bands, key=lambda one: one[0]))


def _band(tally: Tally, old: Outcome, new: Outcome, where: tuple[float, float, float]) -> Markup:
    start, end, size = where
    a, b, middle = _NODE, _WIDTH - _NODE, _WIDTH / 2
    low, high = start + size / 2, end + size / 2
    path = f"M{a} {low:.2f}C{middle} {low:.2f} {middle} {high:.2f} {b} {high:.2f}"
    kind = "stays" if old is new else "moves"
    said = f"{WORDS[old]} to {WORDS[new]}: {number(tally.of(old, new))}"
    return Markup('<path class="{} {}" d="{}" stroke-width="{:.2f}"><title>{}</title></path>').format(
        kind, TONES[new], path, max(size, _LEAST), said
    )


def _nodes(
    tally: Tally, scale: float, left: Mapping[Outcome, float], right: Mapping[Outcome, float]
) -> Iterator[Markup]:
    sides = ((left, tally.old, 0, ""), (right, tally.new, _WIDTH - _NODE, " end"))
    for tops, counted, x, end in sides:
        for outcome in ORDER:
            count, top = counted(outcome), tops[outcome]
            yield Markup('<rect class="{}" x="{}" y="{:.2f}" width="{}" height="{:.2f}"/>').format(
                TONES[outcome], x, top, _NODE, max(count * scale, _LEAST if count else 0)
            )
            words = f"{capitalised(WORDS[outcome])} {percent(tally.share(count))}"
            yield Markup('<text x="{}" y="{:.2f}" class="label{}">{}</text>').format(
                _WIDTH if end else 0, top + max(count * scale, 2) + _LABEL + 9, end, words
            )


def bars(grouping: Grouping, at: str) -> Markup:
    """Of each group the share that is medically necessary, old and new; nothing where no row was compared."""
    shown = [(group, tally) for group, tally in grouping.groups.items() if tally.compared]
    if not shown:
        return Markup()
    parts = [
        Markup(
            '<svg class="bars" width="100%" height="{h}" role="img" aria-labelledby="{at}-t {at}-d">'
            '<title id="{at}-t">Medically necessary, by {by}</title>'
            '<desc id="{at}-d">Two bars a group, old above new. The table has the numbers.</desc>'
        ).format(h=len(shown) * _LINE, at=at, by=grouping.column)
    ]
    for line, (group, tally) in enumerate(shown):
        top = line * _LINE
        shares = [tally.share(side(Outcome.MEDICALLY_NECESSARY)) or 0 for side in (tally.old, tally.new)]
        words = f"{named(group)}: {percent(shares[0])} to {percent(shares[1])}"
        parts.append(Markup('<text x="0" y="{}">{}</text>').format(top + 13, words))
        for below, (share, tone) in enumerate(zip(shares, ("old", "new"), strict=True)):
            parts.append(
                Markup('<rect class="{}" x="0" y="{}" width="{:.2f}%" height="{}"/>').format(
                    tone, top + 18 + below * _BAR, 100 * share, _BAR - 1
                )
            )
    return Markup("").join([*parts, Markup("</svg>")])
