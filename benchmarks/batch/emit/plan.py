"""What is to be worked out, in which order: the rules, the decision, and both as if what is asked for were met.

A criterion that says `when_undocumented: more_information` is read as met in that second pass (docs/decisions/0003).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from batch.data import is_ranged
from harness.model.condition import (
    All,
    AnyOf,
    Condition,
    Count,
    Not,
    RuleStatus,
    facts_read,
    rules_read,
)
from harness.model.policy import Policy
from harness.model.values import DAYS, FactType, Interval, Outcome, Value

DECISION, IF_MET = "decision", "decision-if-met"
SUFFIX = "-if-met"


@dataclass(frozen=True)
class Step:
    """One thing to work out, by name; `asked` is the rule that counts as met where its own status is undocumented."""

    name: str
    when: Condition
    asked: str | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        return rules_read(self.when) + ((self.asked,) if self.asked else ())


def steps(policy: Policy) -> list[Step]:
    made = [Step(rule, simple(policy.rules[rule].when)) for rule in policy.order]
    made.append(Step(DECISION, simple(policy.decision.necessary_when)))
    asked = {r for r in policy.order if policy.rules[r].when_undocumented is Outcome.MORE_INFORMATION}
    touched: set[str] = set()
    needed = _below(policy, policy.decision.necessary_when)
    for rule in policy.order:
        when = policy.rules[rule].when
        if rule in needed and (rule in asked or touched & set(rules_read(when))):
            changed = _renamed(simple(when), touched) if touched & set(rules_read(when)) else RuleStatus(rule)
            touched.add(rule)
            made.append(Step(rule + SUFFIX, changed, rule if rule in asked else None))
    if touched:
        made.append(Step(IF_MET, _renamed(simple(policy.decision.necessary_when), touched)))
    return made


def levels(made: list[Step]) -> list[list[Step]]:
    """The steps in as few rounds as there are, each reading only those of earlier rounds."""
    depth: dict[str, int] = {}
    for step in made:
        depth[step.name] = 1 + max((depth[name] for name in step.reads), default=-1)
    return [[step for step in made if depth[step.name] == n] for n in range(max(depth.values()) + 1)]


def columns(policy: Policy) -> list[str]:
    """The columns that the rules read."""
    found = {fact for rule in policy.rules.values() for fact in facts_read(rule.when)}
    found |= set(facts_read(policy.decision.necessary_when))
    names = [f.id for f in policy.facts.values() if f.id in found and f.id != "request.date"]
    bounds = [f"{n}.{end}" for n in names if is_ranged(policy.facts[n]) for end in ("at_least", "at_most")]
    return ["case_id", "request_date", *names, *bounds]


@dataclass(frozen=True)
class Check:
    """One thing that makes a row invalid: `sort` is among (choices), items (of a set), below, above, beside,
    after (another column), part (of a whole number), early."""

    sort: str
    column: str
    limit: object

    @property
    def reason(self) -> str:
        return f"{self.column}: {self.sort}"


def checks(policy: Policy) -> list[Check]:
    made = [Check("early", "request_date", policy.effective)]
    for fact in policy.facts.values():
        if fact.id == "request.date":
            continue
        if fact.choices:
            made.append(Check("items" if fact.type is FactType.SET else "among", fact.id, fact.choices))
        ends = [f"{fact.id}.at_least", f"{fact.id}.at_most"] if is_ranged(fact) else []
        for name in [fact.id, *ends] if fact.type is FactType.NUMBER else []:
            if fact.minimum is not None:
                made.append(Check("below", name, own_number(policy, fact.id, Interval(fact.minimum, fact.minimum))))
            if fact.maximum is not None:
                made.append(Check("above", name, own_number(policy, fact.id, Interval(fact.maximum, fact.maximum))))
        made += [Check("after", name, "request_date") for name in [fact.id, *ends] if fact.type is FactType.DATE]
        made += [Check("beside", name, fact.id) for name in ends]
        made += [Check("after", *ends)] if ends else []
        if fact.id == "patient.age":
            made.append(Check("part", fact.id, 1))
    return made


def own_number(policy: Policy, fact: str, value: Interval) -> int | float:
    """A canonical number in the unit of a fact."""
    assert value.low is not None
    number = float(value.low) / DAYS.get(policy.facts[fact].unit or "", 1)
    return int(number) if number.is_integer() else number


def several(value: Value | tuple[str, ...]) -> tuple[str, ...]:
    assert isinstance(value, str | tuple)
    return (value,) if isinstance(value, str) else value


def column(fact: str) -> str:
    return "request_date" if fact == "request.date" else fact


def name(text: str) -> str:
    return re.sub(r"\W", "_", text)


def _below(policy: Policy, when: Condition) -> set[str]:
    found: set[str] = set()
    waiting = list(rules_read(when))
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found.add(rule)
            waiting += rules_read(policy.rules[rule].when)
    return found


def simple(when: Condition) -> Condition:
    """A count of all is `all`, a count of one is `any`; a set that is documented and includes a choice, includes it."""
    match when:
        case All(items):
            return All(tuple(map(simple, items)))
        case AnyOf(items):
            return AnyOf(tuple(map(simple, items)))
        case Not(item):
            return Not(simple(item))
        case Count(at_least, items) if at_least == len(items):
            return All(tuple(map(simple, items)))
        case Count(1, items):
            return AnyOf(tuple(map(simple, items)))
        case Count(at_least, items):
            return Count(at_least, tuple(map(simple, items)))
        case _:
            return when


def _renamed(when: Condition, touched: set[str]) -> Condition:
    match when:
        case RuleStatus(rule, status) if rule in touched:
            return RuleStatus(rule + SUFFIX, status)
        case All(items):
            return All(tuple(_renamed(item, touched) for item in items))
        case AnyOf(items):
            return AnyOf(tuple(_renamed(item, touched) for item in items))
        case Count(at_least, items):
            return Count(at_least, tuple(_renamed(item, touched) for item in items))
        case Not(item):
            return Not(_renamed(item, touched))
        case _:
            return when
