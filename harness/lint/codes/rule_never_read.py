"""A rule that the decision does not reach.

## What it finds

A criterion or exception that the decision reads neither itself nor through other rules; and a definition that neither
the decision nor a consideration or pitfall reaches. A rule of a module counts as reached when one policy that uses the
module reaches it.

## Why it matters

The published page lists it as required, or as a reason to do without, and no case is ever decided by it.

## Avoid

```yaml
rules:
  - id: no-infection
    kind: criterion
    topic: care
    title: No active infection
    says:
      met: "No active infection is documented."
      not_met: "An active infection is documented."
      undocumented: "Whether there is an active infection is not documented."
    submit: The latest examination
    references:
      - {cite: some-guideline-2020, says: "not during an infection"}
    when: {fact: infection.active, is: false}
```

## Prefer

```yaml
rules:
  - id: no-infection
    kind: criterion
    topic: care
    title: No active infection
    says:
      met: "No active infection is documented."
      not_met: "An active infection is documented."
      undocumented: "Whether there is an active infection is not documented."
    submit: The latest examination
    references:
      - {cite: some-guideline-2020, says: "not during an infection"}
    when: {fact: infection.active, is: false}
decision:
  necessary_when:
    all:
      - {rule: care-length}
      - {rule: no-infection}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.condition import rules_read
from harness.model.policy import Kind, Policy

_SPEAKERS = {Kind.CONSIDERATION, Kind.PITFALL}
_DECIDES = {
    Kind.CRITERION: "required of no case",
    Kind.EXCEPTION: "of no use to any case",
}


def find(subject: Subject) -> Iterator[Spot]:
    deciding: set[str] = set()
    speaking: set[str] = set()
    for policy in subject.policies:
        deciding |= _reached(policy, rules_read(policy.decision.necessary_when))
        speaking |= _reached(policy, _speakers(policy))
    for id_, part in subject.parts("rules"):
        kind = Kind(part.raw["kind"])
        if not subject.policies or kind in _SPEAKERS or id_ in deciding or (kind not in _DECIDES and id_ in speaking):
            continue
        use = _DECIDES.get(kind, "read by no other rule")
        message = f"{kind} `{id_}` is {use}: the decision does not reach it"
        yield part.place("id"), message, "read it in `necessary_when`, or in a rule that is read there; or leave it out"


def _speakers(policy: Policy) -> Iterator[str]:
    return (id_ for id_, rule in policy.rules.items() if rule.kind in _SPEAKERS)


def _reached(policy: Policy, first: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(first)
    while waiting:
        id_ = waiting.pop()
        if id_ not in reached:
            reached.add(id_)
            waiting += rules_read(policy.rules[id_].when)
    return reached
