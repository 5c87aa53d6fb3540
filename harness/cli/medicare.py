"""Overlays for Medicare Advantage held to policies whose criteria Medicare has fully established.

A plan may have criteria of its own only where those of Medicare are not fully established: 42 CFR 422.101(b)(6).
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.errors import Mistake
from harness.model.case import State
from harness.model.policy import Policy
from harness.model.wording import fact_name, reading_text
from harness.policies import Library
from harness.proof import CaseUnder, Refuted, Unknown
from harness.proof.stricter import stricter

_CURE = "no overlay for Medicare Advantage may be stricter here (42 CFR 422.101(b)(6)): loosen it, or leave it out"


def refused(library: Library) -> Iterator[Mistake]:
    """A mistake for each such overlay that takes a favourable outcome from some case, with the case."""
    for policies in library.overlaid.values():
        for policy in policies.all():
            if policy.is_held_to_medicare:
                yield from _refused(library, policy)


def _refused(library: Library, policy: Policy) -> Iterator[Mistake]:
    assert policy.overlay is not None
    place = policy.overlay.place
    plain = next(one for one in library.policies.versions[policy.id] if one.place == policy.place)
    answer = stricter(plain, policy)
    if isinstance(answer, Refuted):
        words = _words(answer.witness.old)
        yield Mistake(
            place, f"it is stricter than Medicare for `{policy.id}`: it takes the outcome from {words}", _CURE
        )
    elif isinstance(answer, Unknown):
        message = f"whether it is stricter than Medicare for `{policy.id}` is not known: {answer.reason}"
        yield Mistake(place, message, _CURE)


def _words(case: CaseUnder) -> str:
    policy = case.policy
    stated = [
        f"{fact_name(id_)} {reading_text(case.facts[id_], fact)}"
        for id_, fact in policy.facts.items()
        if id_ in case.facts and case.facts[id_].state is State.DOCUMENTED
    ]
    return f"a case with {', '.join(stated)}"
