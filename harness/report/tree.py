"""The decision as a tree for a reader: what a branch already met waives is counted, never named."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.assessment import Explained, NodeKind
from harness.model.values import Status
from harness.report.wording import STATUSES, SYMBOLS, capitalised, clean


@dataclass(frozen=True, slots=True)
class Branch:
    """One line: its status in a word, a symbol and a name for its colour. `waived` counts branches not needed."""

    word: str
    symbol: str
    tone: str  # met | not_met | undocumented
    text: str
    detail: str  # what a rule is made of: `all of these`, or the one comparison that it is
    children: tuple[Branch, ...]
    waived: str


def tree(decision: Explained) -> Branch:
    inner = _made_of(decision)
    below = (inner or decision).children
    shown = tuple(tree(child) for child in below if child.matters)
    return Branch(
        word=STATUSES[decision.status],
        symbol=SYMBOLS[decision.status],
        tone=decision.status.word,
        text=capitalised(clean(decision.text)),
        detail=clean(inner.text) if inner else "",
        children=shown,
        waived=_waived(len(below) - len(shown), decision.status),
    )


def _made_of(node: Explained) -> Explained | None:
    """The one condition that a rule is made of, which shares the rule's line: half the depth, nothing lost."""
    if node.kind is NodeKind.RULE and len(node.children) == 1:
        (inner,) = node.children
        if inner.matters and inner.status is node.status and inner.kind not in {NodeKind.RULE, NodeKind.NOT}:
            return inner
    return None


def _waived(count: int, status: Status) -> str:
    if not count:
        return ""
    branches = "1 other branch is" if count == 1 else f"{count} other branches are"
    return f"{branches} not needed" + (", because this is met already." if status is Status.MET else ".")
