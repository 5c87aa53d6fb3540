"""Keys of a policy file in words, as both sides of a comparison show them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.difference.change import Bearing, Facet
from harness.difference.conditions import lines, unordered, written
from harness.model.condition import Condition
from harness.model.policy import Citation, Policy
from harness.model.values import Outcome
from harness.model.wording import fill

Facets = dict[str, Facet]

_END = re.compile(r"(?<=[.!?]) ")  # of a sentence

OUTCOMES = {
    Outcome.MEDICALLY_NECESSARY: "medically necessary",
    Outcome.NOT_MEDICALLY_NECESSARY: "not medically necessary at this time",
    Outcome.MORE_INFORMATION: "more information needed",
}


def word(text: object, bearing: Bearing = Bearing.SAYS) -> Facet:
    """A key with one word, number or plain text."""
    return Facet((str(text),), str(text), bearing)


def words(given: dict[str, object], bearing: Bearing = Bearing.SAYS) -> Facets:
    """Keys with one word, number or plain text each; one that is empty is not there."""
    return {key: word(text, bearing) for key, text in given.items() if text not in (None, "")}


def listed(several: Iterable[str], bearing: Bearing = Bearing.SAYS) -> Facet:
    """A key with several words, whose order decides nothing."""
    whole = tuple(several)
    return Facet(whole, whole, bearing, sense=frozenset(whole), is_list=True)


def text(whole: str, policy: Policy | None = None) -> Facet:
    """A text, sentence by sentence, its parameters filled in; a difference that they hide is shown as written."""
    return Facet(_sentences(fill(whole, policy) if policy else whole), whole, raw=_sentences(whole))


def _sentences(whole: str) -> tuple[str, ...]:
    return tuple(_END.split(whole))


def condition(when: Condition, policy: Policy, bearing: Bearing) -> Facet:
    as_written = written(when)
    return Facet(lines(when, policy), as_written, bearing, lines(when, policy, ids=True), unordered(as_written))


def citations(cited: Iterable[Citation]) -> Facets:
    """Each source by its id; where one is cited again, it is told apart by its number."""
    found: Facets = {}
    times: dict[str, int] = {}
    for one in cited:
        times[one.cite] = times.get(one.cite, 0) + 1
        again = f"[{times[one.cite]}]" if times[one.cite] > 1 else ""
        parts = {"at": one.at, "says": one.says, "strength": one.strength}
        said = tuple(f"{key}: {part}" for key, part in parts.items() if part)
        found[f"references.{one.cite}{again}"] = Facet(said, said)
    return found
