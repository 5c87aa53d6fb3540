"""Phases: the messages of a case, in order. A message carries what its nodes read; their statuses go into later ones.

A node stands in a later phase than every node it reads. As many nodes as fit go into one message, so that few messages
are needed; the bounds keep well below what the engine stands (64 rules true for one message, 252 properties, 511
distinct tests).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.engine.literal import Check
from harness.engine.nodes import Node

MOST_NODES = 12  # more need fewer messages, but every firing reads its whole message again
MOST_PROPERTIES = 120
MOST_CHECKS = 400


@dataclass(slots=True)
class Phase:
    nodes: list[Node] = field(default_factory=list)
    checks: set[Check] = field(default_factory=set)

    @property
    def properties(self) -> tuple[str, ...]:
        """Sorted, so that the same policy always makes the same ruleset."""
        return tuple(sorted({check.name for check in self.checks}))

    def has_room_for(self, node: Node) -> bool:
        checks = self.checks | _checks(node)
        return not self.nodes or (
            len(self.nodes) < MOST_NODES
            and len(checks) <= MOST_CHECKS
            and len({check.name for check in checks}) <= MOST_PROPERTIES
        )

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        self.checks |= _checks(node)


def phases(nodes: dict[str, Node]) -> tuple[Phase, ...]:
    """The nodes (each given behind those it reads) packed into phases, the start of the longest chain first."""
    waiting = sorted(nodes.values(), key=_heights(nodes).__getitem__, reverse=True)
    done: list[Phase] = []
    settled: set[str] = set()
    while waiting:
        phase = Phase()
        left = []
        for node in waiting:
            if node.after <= settled and phase.has_room_for(node):
                phase.add(node)
            else:
                left.append(node)
        settled.update(node.name for node in phase.nodes)
        done.append(phase)
        waiting = left
    return tuple(done)


def _heights(nodes: dict[str, Node]) -> dict[Node, int]:
    """How long a chain of nodes waits for each."""
    heights = dict.fromkeys(nodes, 0)
    for node in reversed(nodes.values()):
        for read in node.after:
            heights[read] = max(heights[read], heights[node.name] + 1)
    return {node: heights[name] for name, node in nodes.items()}


def _checks(node: Node) -> set[Check]:
    """Every check that can stand in a pattern of the node."""
    plain = {check for one in node.literals for check in one.tests}
    return plain | {check.negated for check in plain}
