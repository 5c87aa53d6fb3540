"""Coverage as text, uncovered first, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.errors import in_one_line
from harness.strict_yaml import Json
from harness.suite.coverage import Coverage, percent
from harness.suite.items import Item


def coverage_text(several: Sequence[Coverage]) -> str:
    """What no test reached, by policy, then a line a policy."""
    lines = [line for one in several for line in _uncovered(one)]
    return "\n".join(map(in_one_line, [*lines, *_summary(several)])) + "\n"


def total(several: Sequence[Coverage]) -> tuple[int, int]:
    """How many items were reached, and of how many."""
    return sum(one.covered for one in several), sum(len(one.hits) for one in several)


def _uncovered(one: Coverage) -> Iterator[str]:
    if not one.tests:
        yield f"{one.policy.place}: no test runs under {one.policy.version}"
        yield ""
    elif one.uncovered:
        yield f"{one.policy.version}, not reached by any test:"
        yield from (f"  {item.place}: {_said(item)}" for item in one.uncovered)
        yield ""
    if one.impossible:
        yield f"{one.policy.version}, proved that no case reaches:"
        yield from (f"  {item.place}: {_said(item)}" for item in one.impossible)
        yield ""


def _said(item: Item) -> str:
    subject = "the decision" if item.rule is None else f"`{item.rule}`"
    return f"{subject}, {item.text}" if item.step or ":" in item.text else f"{subject} {item.text}"


def _summary(several: Sequence[Coverage]) -> Iterator[str]:
    rows = [(one.policy.version, f"{one.tests}", f"{one.covered} of {len(one.hits)}", _percent(one)) for one in several]
    heads = ("coverage", "tests", "reached", "")
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    for row in [heads, *rows]:
        name, *numbers = (
            cell.ljust(w) if not n else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([name, *numbers]).rstrip()


def _percent(one: Coverage) -> str:
    return f"{percent(one.covered, len(one.hits))} %"


def coverage_data(several: Sequence[Coverage]) -> Json:
    """Coverage as data: each item with the number of tests that reached it."""
    covered, items = total(several)
    return {
        "items": items,
        "covered": covered,
        "percent": percent(covered, items),
        "policies": [_policy_data(one) for one in several],
    }


def _policy_data(one: Coverage) -> Json:
    return {
        "policy": one.policy.id,
        "effective": one.policy.effective.isoformat(),
        "tests": one.tests,
        "items": len(one.hits),
        "covered": one.covered,
        "percent": percent(one.covered, len(one.hits)),
        "impossible": [_item_data(item) for item in one.impossible],
        "reached": [{**_item_data(item), "tests": hits} for item, hits in one.hits.items()],
    }


def _item_data(item: Item) -> dict[str, Json]:
    return {
        "kind": item.kind.value,
        "rule": item.rule or "decision",
        "step": list(item.step),
        "statuses": [status.word for status in sorted(item.statuses)],
        "outcome": item.outcome.value if item.outcome else "",
        "text": item.text,
        "file": item.place.file,
        "line": item.place.line,
    }
