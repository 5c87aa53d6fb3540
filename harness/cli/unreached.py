"""Of what no test reaches, whether any case can: asked of the solver, which `necessity test` needs for nothing else."""

from __future__ import annotations

from collections.abc import Callable

from harness.model.policy import Policy
from harness.proof.answers import Proved
from harness.proof.every_case import EveryCase
from harness.proof.logic import some
from harness.suite.items import Item, ItemKind, condition_at

SECONDS = 10.0  # of the solver, for one question


def impossible() -> Callable[[Policy, Item], bool]:
    """A judge of items: true where it is proved that no case reaches one. What is unknown is not impossible."""
    known: dict[str, EveryCase] = {}

    def judged(policy: Policy, item: Item) -> bool:
        if policy.version not in known:
            known[policy.version] = EveryCase(policy, SECONDS)
        every_case = known[policy.version]
        encoded = every_case.encoded
        if item.kind is ItemKind.OUTCOME and item.outcome is not None:
            wanted = encoded.outcomes[item.outcome]
        else:
            held = encoded.status_of(condition_at(policy, item))
            wanted = some(held.is_(status) for status in item.statuses)
        return isinstance(every_case.some(wanted, smallest=False), Proved)

    return judged
