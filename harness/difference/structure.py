"""What differs between two policy versions as written: by kind and id, in words, with the places of both."""

from __future__ import annotations

from dataclasses import replace

from harness.difference import describe, describe_whole
from harness.difference.change import Change, Sort, Spot, changes
from harness.difference.reach import reach
from harness.difference.side import Side


def structure(old: Side, new: Side) -> tuple[Change, ...]:
    """Every difference of two versions, those that can do most first."""
    reached = reach(old.policy, new.policy)
    found = [
        *changes(Sort.POLICY, describe_whole.policy_keys(old, new), describe_whole.policy_keys(new, old)),
        *changes(Sort.PARAMETER, describe.parameters(old, new, reached), describe.parameters(new, old, reached)),
        *changes(Sort.FACT, describe.facts(old, reached), describe.facts(new, reached)),
        *changes(Sort.RULE, describe.rules(old, reached), describe.rules(new, reached)),
        *changes(Sort.DECISION, describe_whole.decision(old), describe_whole.decision(new)),
        *changes(Sort.PROPERTY, describe_whole.properties(old), describe_whole.properties(new)),
        *changes(Sort.TOPIC, describe_whole.topics(old), describe_whole.topics(new)),
        *changes(Sort.REFERENCE, describe_whole.references(old), describe_whole.references(new)),
    ]
    placed = (replace(c, old=_shown(c.old, old), new=_shown(c.new, new)) for c in found)
    return tuple(sorted(placed, key=lambda change: change.bearing))


def _shown(spot: Spot | None, side: Side) -> Spot | None:
    return None if spot is None else replace(spot, place=side.shelf.place(spot.place))
