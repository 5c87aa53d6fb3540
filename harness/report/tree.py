"""The decision as a tree for a reader: what a branch already met waives is counted, never named."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.assessment import Explained
from harness.model.values import Status
from harness.report.wording import STATUSES, SYMBOLS, capitalised, clean


@dataclass(frozen=True, slots=True)
class Branch:
    """One node: its status in a word, a symbol and a name for its colour. `waived` counts branches not needed."""

    word: str
    symbol: str
    tone: str  # met | not_met | undocumented
    text: str
    children: tuple[Branch, ...]
    waived: str


def tree(decision: Explained) -> Branch:
    shown = tuple(tree(child) for child in decision.children if child.matters)
    return Branch(
        word=STATUSES[decision.status],
        symbol=SYMBOLS[decision.status],
        tone=decision.status.word,
        text=capitalised(clean(decision.text)),
        children=shown,
        waived=_waived(len(decision.children) - len(shown), decision.status),
    )


def _waived(count: int, status: Status) -> str:
    if not count:
        return ""
    branches = "1 other branch is" if count == 1 else f"{count} other branches are"
    return f"{branches} not needed" + (", because this is met already." if status is Status.MET else ".")
