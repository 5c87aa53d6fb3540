"""The facts of a policy in the order in which a form asks for them: by the topic of the rules that read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.model.builtin import BUILT_IN
from harness.model.condition import facts_read
from harness.model.policy import Kind, Policy, Rule

REQUEST_DATE = "request.date"

_NAME = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_DECIDES = {Kind.CRITERION, Kind.EXCEPTION}


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that a form asks for together; those of one topic, but for the first and the last group."""

    title: str
    facts: tuple[str, ...]


def groups(policy: Policy) -> tuple[Group, ...]:
    """What is asked of the request and the patient, then the facts by topic; each fact once."""
    topics = _topics(policy)
    read = set(topics)
    asked = [name for name in policy.facts if name in BUILT_IN and (name in read or name == REQUEST_DATE)]
    found = [Group("The request and the patient", tuple(asked))]
    own = [name for name in policy.facts if name not in BUILT_IN]
    found += [Group(t.title, tuple(name for name in own if topics.get(name) == t.id)) for t in policy.topics]
    known = {topic.id for topic in policy.topics}
    found.append(Group("Other questions", tuple(name for name in own if topics.get(name) not in known)))
    return tuple(group for group in found if group.facts)


def _topics(policy: Policy) -> dict[str, str | None]:
    """The topic of each fact that is read: the first whose criteria or exceptions read it, else any rule of it."""
    order = {topic.id: number for number, topic in enumerate(policy.topics)}
    rules = sorted(policy.rules.values(), key=lambda rule: order.get(rule.topic or "", len(order)))
    decisive = [rule for rule in rules if rule.kind in _DECIDES]
    found: dict[str, str | None] = {}
    for rule in (*decisive, *rules):
        for name in _read(policy, rule):
            found.setdefault(name, rule.topic)
    for name in facts_read(policy.decision.necessary_when):
        found.setdefault(name, None)
    return found


def _read(policy: Policy, rule: Rule) -> Iterator[str]:
    """The facts that a rule rests on or speaks of, and the dates from which they are counted."""
    names = [name for one in policy.made_of(rule) for name in facts_read(one.when)]
    names += [name for says in rule.says.values() for name in _NAME.findall(says)]
    for name in names:
        fact = policy.facts.get(name)
        if fact is not None:
            yield name
            if fact.measure is not None and fact.measure.date_fact is not None:
                yield fact.measure.date_fact
