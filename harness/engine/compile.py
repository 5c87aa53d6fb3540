"""A policy as a durable_rules ruleset: pure, so that it can be read, printed and checked without an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.engine import limits
from harness.engine.literal import Check, Written, folded
from harness.engine.names import Names
from harness.engine.nodes import Node, Nodes, Tally
from harness.engine.phases import Phase, phases
from harness.engine.quantity import Quantity
from harness.model.policy import Policy
from harness.model.values import Status

SID = "1"  # the one session id; never a case's (D3)
_RESERVED = ("id", "sid", "kind", "$s", "m", SID)


@dataclass(frozen=True, slots=True)
class Message:
    """What one phase asserts. Its id, fixed, is all that the engine's duplicate check looks at (D9)."""

    id: str
    facts: tuple[str, ...]  # properties read from the case's facts
    statuses: tuple[str, ...]  # properties that earlier phases settled
    tallies: tuple[Tally, ...]
    nodes: tuple[str, ...]  # settled by this message, each exactly once


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy version as the engine runs it. `ruleset` is the definition durable_rules takes, without the actions."""

    policy: str
    name: str
    ruleset: Mapping[str, Written]
    firings: Mapping[str, tuple[str, Status]]  # the node and status that each rule of the ruleset settles
    messages: tuple[Message, ...]
    quantities: tuple[Quantity, ...]
    rules: Mapping[str, str]  # policy rule -> its node, in `policy.order`


def compile_policy(policy: Policy) -> Compiled:
    """Raises BadInputError at the place of a rule that the engine cannot take."""
    made = Nodes(policy, Names(_RESERVED))
    packed = phases(made.nodes)
    ids = Names(("1", f"sid-{SID}"))
    messages = tuple(_message(ids.take(f"phase {n}"), phase, made) for n, phase in enumerate(packed, start=1))
    ruleset: dict[str, Written] = {}
    firings: dict[str, tuple[str, Status]] = {}
    owners: dict[str, str] = {}
    for message, phase in zip(messages, packed, strict=True):
        for node in phase.nodes:
            for status, definition in _definitions(node, message.id).items():
                name = f"{node.name} is {status.word}"
                ruleset[name], firings[name], owners[name] = definition, (node.name, status), node.rule
    limits.check(ruleset, owners, policy)
    return Compiled(
        policy=policy.version,
        name=f"{policy.version} {policy.hash}",
        ruleset=ruleset,
        firings=firings,
        messages=messages,
        quantities=tuple(made.leaves.quantities.values()),
        rules=made.rules,
    )


def _message(id: str, phase: Phase, made: Nodes) -> Message:  # noqa: A002 - the engine's word for it
    tallies = made.tally_bounds()
    statuses = tuple(p for p in phase.properties if p in made.nodes)
    read = tuple(p for p in phase.properties if p not in made.nodes and p not in tallies)
    counted = tuple(dict.fromkeys(tallies[p] for p in phase.properties if p in tallies))
    return Message(id, read, statuses, counted, tuple(node.name for node in phase.nodes))


def _definitions(node: Node, kind: str) -> dict[Status, Written]:
    """One durable rule a status the node can have; its pattern starts with the kind of message it is for (D4)."""
    found: dict[Status, Written] = {}
    for status, branches in folded(node.literals, node.alternative).items():
        if branches:
            found[status] = {"all": [{"m": {"$and": [{"kind": kind}, *_pattern(branches)]}}]}
    return found


def _pattern(branches: tuple[tuple[Check, ...], ...]) -> list[Written]:
    if len(branches) == 1:
        return [check.written for check in branches[0]]
    written = ([check.written for check in branch] for branch in branches)
    return [{"$or": [checks[0] if len(checks) == 1 else {"$and": checks} for checks in written]}]
