"""The decision of a policy as SVG, drawn when the site is built: an indented tree that reads from top to bottom.

Nothing is loaded and no script runs. Colours are classes (`diagram.css`); words, shapes and strokes say the same. The
drawing is a list of links to the rules, not a picture: a picture may hold no links for those who hear the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources
from itertools import pairwise

from markupsafe import Markup

from harness.model.policy import Kind, Policy
from harness.model.values import Outcome
from harness.report.wording import clean
from harness.site.decision import Ending, Node, decision_tree, endings
from harness.site.wrap import wrapped

NARROW, WIDE = 320, 640  # for a phone; for a desk and for paper

_SIZE, _SMALL = 14, 13.5  # of letters; at 288 pixels, what is left of a phone's 320, still 12
_LINE = 18
_STRIP = 200  # the height of a strip on paper
_PAD, _BAR, _GAP = 8, 5, 8
_STEP = {NARROW: 13, WIDE: 24}

_SIGNS = {Outcome.MEDICALLY_NECESSARY: "✓", Outcome.NOT_MEDICALLY_NECESSARY: "✗", Outcome.MORE_INFORMATION: "?"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Line = tuple[str, str]  # its class and its text


def decision_svg(policy: Policy, *, width: int = NARROW, rule_href: str = "#rule-") -> str:
    """The decision as one drawing. `rule_href` is what stands before a rule's id in the address of that rule."""
    return str(_drawn(policy, width, rule_href).svg(policy, _name(policy, width)))


def decision_figure(policy: Policy, *, rule_href: str = "#rule-") -> str:
    """The drawing for a narrow place, for a wide one and for paper; `diagram.css` shows the one that fits."""
    narrow, wide = (_drawn(policy, width, rule_href) for width in (NARROW, WIDE))
    shown = Markup('<div class="nd-{}">{}</div>')
    figure = Markup('<div class="nd-figure">\n{}\n{}\n{}\n</div>').format(
        shown.format("narrow", narrow.svg(policy, _name(policy, NARROW))),
        shown.format("wide", wide.svg(policy, _name(policy, WIDE))),
        Markup('<div class="nd-paper" aria-hidden="true">\n{}\n</div>').format(wide.strips(_name(policy, WIDE))),
    )
    return str(figure)


def _drawn(policy: Policy, width: int, rule_href: str) -> _Drawing:
    drawing = _Drawing(width, rule_href)
    drawing.root(decision_tree(policy))
    drawing.endings(endings(policy))
    return drawing


def _name(policy: Policy, width: int) -> str:
    """What the ids of a drawing begin with, unique on a page of several versions."""
    return f"nd-{width}-{re.sub('[^a-z0-9]+', '-', policy.version)}"


def diagram_css() -> str:
    return (resources.files(__package__) / "diagram.css").read_text("utf-8")


class _Drawing:
    """What is drawn so far, down to the height `y`."""

    def __init__(self, width: int, rule_href: str) -> None:
        self._width = width
        self._href = rule_href
        self._parts: list[Markup] = []
        self._y = 1.0
        self._cuts = [0.0]  # heights between two boxes

    def root(self, tree: Node) -> None:
        """The decision: a connective stands in the first box, a rule or comparison below it."""
        alone = bool(tree.text)
        self._box(0, [("nd-head", f"Medically necessary if {tree.asked}:")], "nd-root", "")
        self._list(tree.any_ and not alone, (tree,) if alone else tree.children, 0)

    def endings(self, found: Sequence[Ending]) -> None:
        self._y += _GAP
        self._text(0, [("nd-head", "How a case ends")])
        self._open("list")
        for ending in found:
            self._open("listitem")
            lines = [("nd-title", f"{_SIGNS[ending.outcome]} {ending.title}"), ("nd-small", ending.when)]
            self._box(0, lines, f"nd-end nd-{ending.outcome.value.replace('_', '-')}", "")
            self._close()
        self._close()

    def svg(self, policy: Policy, name: str) -> Markup:
        height = round(self._y - _GAP + 1)
        return Markup(
            '<svg class="nd-decision" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'width="{width}" height="{height}" '
            'role="group" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
            '<title id="{name}-title">{title}</title><desc id="{name}-desc">{says}</desc>\n'
            '<g id="{name}-all">\n{body}\n</g>\n</svg>'
        ).format(
            width=self._width,
            height=height,
            name=name,
            title=f"The decision: {_safe(policy.title)}",
            says="A tree of what must be met, each rule a link, and below it the three outcomes of a case.",
            body=Markup("\n").join(self._parts),
        )

    def strips(self, name: str) -> Markup:
        """The same drawing in strips cut between boxes, so that a page of paper can end there."""
        strip = Markup(
            '<svg class="nd-decision" xmlns="http://www.w3.org/2000/svg" viewBox="0 {:g} {} {:g}" '
            'width="{}" height="{:g}"><use href="#{}-all"/></svg>'
        )
        tops = [self._cuts[0]]
        for cut, following in pairwise([*self._cuts, self._cuts[-1]]):
            if following - tops[-1] > _STRIP and cut > tops[-1]:
                tops.append(cut)
        bounds = pairwise([*tops, self._cuts[-1]])
        return Markup("\n").join(
            strip.format(top, self._width, end - top, self._width, end - top, name) for top, end in bounds
        )

    def _list(self, any_: bool, items: Sequence[Node], depth: int) -> None:
        """The children of a node, each on its branch of the line that goes down from it."""
        x, top = self._x(depth) + _BAR, self._y - _GAP
        self._open("list")
        elbows = [self._item(item, depth + 1) for item in items]
        self._close()
        style = "nd-line nd-any" if any_ else "nd-line"
        turns = "".join(f"M{x} {y}H{self._x(depth + 1)}" for y in elbows)
        self._parts.append(
            Markup('<path class="{}" aria-hidden="true" d="M{} {}V{}{}"/>').format(style, x, top, elbows[-1], turns)
        )

    def _item(self, node: Node, depth: int) -> float:
        """One node with all below it; the height at which its branch meets it."""
        elbow = self._y + _PAD + _LINE / 2
        self._open("listitem")
        title = f"Exception: {node.text}" if node.kind is Kind.EXCEPTION else node.text
        joins = f"{node.joins.removesuffix(':')}:" if node.joins else ""
        lines = [("nd-title", _safe(title)), ("nd-small", node.note), ("nd-joins", joins)]
        style = f"nd-{node.kind.value}" if node.kind else ("nd-fact" if node.text else "nd-join")
        self._box(depth, [line for line in lines if line[1]], style, node.rule)
        if node.children:
            self._list(node.any_, node.children, depth)
        self._close()
        return elbow

    def _x(self, depth: int) -> int:
        """Deep trees stop going right before their text has no room left."""
        return 1 + min(depth * _STEP[self._width], self._width // 2)

    def _box(self, depth: int, lines: Sequence[_Line], style: str, rule: str) -> None:
        x, y = self._x(depth), self._y
        inner = self._width - 1 - x
        cut = _cut(lines, inner - _BAR - 2 * _PAD)
        height = len(cut) * _LINE + 2 * _PAD - 2
        shape = Markup(
            '<rect class="nd-box" x="{0}" y="{1}" width="{2}" height="{3}" rx="4"/>'
            '<rect class="nd-bar" x="{0}" y="{1}" width="{4}" height="{3}" rx="2"/>'
        ).format(x, y, inner, height, _BAR)
        body = shape + _texts(x + _BAR + _PAD, y + _PAD, cut)
        if rule:
            said = ". ".join(text.removesuffix(":") for _, text in lines)
            body = Markup('<a class="nd-link" href="{}" aria-label="{}">{}</a>').format(self._href + rule, said, body)
        self._parts.append(Markup('<g class="{}">{}</g>').format(style, body))
        self._y = y + height + _GAP
        self._cuts.append(self._y - _GAP / 2)

    def _text(self, depth: int, lines: Sequence[_Line]) -> None:
        cut = _cut(lines, self._width - 2 * _PAD)
        self._parts.append(Markup('<g class="nd-plain">{}</g>').format(_texts(self._x(depth), self._y, cut)))
        self._y += len(cut) * _LINE + _GAP

    def _open(self, role: str) -> None:
        self._parts.append(Markup('<g role="{}">').format(role))

    def _close(self) -> None:
        self._parts.append(Markup("</g>"))


def _texts(x: float, y: float, cut: Sequence[_Line]) -> Markup:
    """Lines below each other."""
    text = Markup('<text class="{}" x="{}" y="{:g}">{}</text>')
    return Markup("").join(text.format(style, x, y + (n + 1) * _LINE - 5, line) for n, (style, line) in enumerate(cut))


def _cut(lines: Sequence[_Line], width: float) -> list[_Line]:
    found: list[_Line] = []
    for style, text in lines:
        size = _SIZE if style in {"nd-title", "nd-head", "nd-joins"} else _SMALL
        found += [(style, line) for line in wrapped(text, width, size, bold=style != "nd-small")]
    return found


def _safe(text: str) -> str:
    """A text of the policy on one line, without what XML cannot hold."""
    return _NOT_XML.sub("", clean(text))
