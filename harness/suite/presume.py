"""How a case already read would read under another version of its policy that presumes otherwise."""

from __future__ import annotations

from datetime import date

from harness.cases.measures import days_since
from harness.evaluate import Facts
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import Interval


def presumed_by(policy: Policy, facts: Facts, on: date) -> dict[str, Reading]:
    """The readings of a case with the presumptions of a policy instead of those they were read with.

    What is documented stays. The policy's facts must be those the case was read with, measured alike.
    """
    read = dict(facts)
    for fact in sorted(policy.facts.values(), key=_is_derived):
        held = facts[fact.id]
        if held.state is State.PRESUMED or (held.state is State.UNDOCUMENTED and not held.episodes):
            read[fact.id] = _presumed(fact, read, on)
    return read


def _presumed(fact: Fact, read: Facts, on: date) -> Reading:
    """As `harness.cases.facts` reads a fact of which nothing is known."""
    source = read[fact.measure.date_fact] if _is_derived(fact) and fact.measure and fact.measure.date_fact else None
    if source is not None and source.state is State.PRESUMED and isinstance(source.value, Interval):
        return Reading(State.PRESUMED, days_since(source.value, on))
    return UNDOCUMENTED if fact.presumed is None else Reading(State.PRESUMED, fact.presumed)


def _is_derived(fact: Fact) -> bool:
    return fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE
