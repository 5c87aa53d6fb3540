"""Overlays for Medicare Advantage held to policies whose criteria Medicare has fully established.

A plan may have criteria of its own only where those of Medicare are not fully established: 42 CFR 422.101(b)(6).
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import Mistake, Place
from harness.model.case import State
from harness.model.policy import Policies, Policy
from harness.model.wording import date_words, fact_name, reading_text
from harness.policies import Library
from harness.proof import CaseUnder, Refuted, Unknown, Witness
from harness.proof.stricter import Span, spans, stricter

_CURE = "no overlay for Medicare Advantage may be stricter here (42 CFR 422.101(b)(6)): loosen it, or leave it out"


def refused(library: Library) -> Iterator[Mistake]:
    """A mistake for each such overlay under which some case ends worse, with the case."""
    for policies in library.overlaid.values():
        held = [policy for policy in policies.all() if policy.is_held_to_medicare]
        for id_ in dict.fromkeys(policy.id for policy in held):
            yield from _refused(library.policies, policies, [policy for policy in held if policy.id == id_])


def _refused(plain: Policies, overlaid: Policies, held: list[Policy]) -> Iterator[Mistake]:
    """The first case of each version held; where none of them runs, the mistake is the first one's."""
    told: set[Place] = set()
    for span in spans(plain, overlaid, held[0].id):
        version = span.overlaid if span.overlaid is not None and span.overlaid.is_held_to_medicare else held[0]
        assert version.overlay is not None
        place = version.overlay.place
        message = _wrong(span) if span.plain.medicare_established and place not in told else None
        if message is not None:
            told.add(place)
            yield Mistake(place, message, _CURE)


def _wrong(span: Span) -> str | None:
    """What is stricter about the days of a span; None when nothing is."""
    if span.overlaid is None:
        day = date_words(span.first)
        return f"it is stricter than Medicare for `{span.plain.id}`: no version is in force on {day} any more"
    if span.overlaid.hash == span.plain.hash:
        return None
    answer = stricter(span.plain, span.overlaid, (span.first, span.last))
    if isinstance(answer, Refuted):
        return f"it is stricter than Medicare for `{span.plain.id}`: {_words(answer.witness)}"
    if isinstance(answer, Unknown):
        return f"whether it is stricter than Medicare for `{span.plain.id}` is not known: {answer.reason}"
    return None


def _words(witness: Witness) -> str:
    old, new = (under.outcome.replace("_", " ") for under in (witness.old, witness.new))
    return f"{old} becomes {new} in a case with {_facts(witness.old)}"


def _facts(case: CaseUnder) -> str:
    policy = case.policy
    return ", ".join(
        f"{fact_name(id_)} {reading_text(case.facts[id_], fact)}"
        for id_, fact in policy.facts.items()
        if id_ in case.facts and case.facts[id_].state is State.DOCUMENTED
    )
