"""The fired rules that have something to say, with the facts, thresholds and sources they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.assessment.matter import Matter, what_matters
from harness.evaluate import Facts, Statuses, status_of
from harness.model.assessment import Explained, FactRead, Finding, NodeKind, Role
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Operator,
    RuleStatus,
    facts_read,
    rules_read,
    walk,
)
from harness.model.policy import Citation, Kind, Policy, Rule
from harness.model.values import Status
from harness.model.wording import fill, label, reading_text, threshold

DECISION = "decision"  # stands for the rule in a finding about a fact that the decision itself reads

_LENGTH = {Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN}
SPOKEN = {
    Status.MET: "{}: met.",
    Status.NOT_MET: "{}: not met.",
    Status.UNDOCUMENTED: "{}: not documented.",
}


def findings(
    policy: Policy,
    facts: Facts,
    statuses: Statuses,
    explained: Mapping[str, Explained],
    matter: Matter,
) -> tuple[Finding, ...]:
    """All findings of an assessment, by topic and then in the order of the policy."""
    roles = _roles(policy, statuses, matter)
    topics = {topic.id: number for number, topic in enumerate(policy.topics)}
    ordered = sorted(roles, key=lambda id_: topics.get(policy.rules[id_].topic or "", len(topics)))
    found = [_finding(policy, policy.rules[id_], roles[id_], facts, explained[id_]) for id_ in ordered]
    return (*_of_the_decision(policy, facts, statuses, matter.bare.get(None, [])), *found)


def deficiencies(policy: Policy, facts: Facts, statuses: Statuses) -> frozenset[str]:
    """The rules that `findings` names as deficiencies, without the findings; DECISION for a fact that no rule reads."""
    matter = what_matters(policy, facts, statuses)
    named = {id_ for id_, role in _roles(policy, statuses, matter).items() if role is Role.DEFICIENCY}
    return frozenset(named | ({DECISION} if None in matter.bare else set()))


def _roles(policy: Policy, statuses: Statuses, matter: Matter) -> dict[str, Role]:
    decisive = decided_by(policy)
    roles = {
        id_: role
        for id_, rule in policy.rules.items()
        if (role := _role(rule, statuses[id_], matter)) and (role is not Role.EXCEPTION or id_ in decisive)
    }
    # No adverse outcome without its reason: what belongs to no criterion is named by the definition that holds it.
    return roles | {id_: Role.DEFICIENCY for id_ in matter.bare if id_ is not None}


def _of_the_decision(policy: Policy, facts: Facts, statuses: Statuses, bare: list[Condition]) -> Iterator[Finding]:
    """A reason that the decision itself reads off a fact, in the words of its condition, since no rule has any."""
    for condition in bare:
        status = status_of(condition, facts, statuses)
        title = label(condition, policy)
        title = title[:1].upper() + title[1:]
        asked = [condition] if isinstance(condition, Compare) else []
        yield Finding(
            rule=DECISION,
            kind=Kind.DEFINITION,
            role=Role.DEFICIENCY,
            status=status,
            topic=None,
            title=title,
            says=SPOKEN[status].format(title),
            submit="",
            urgency=None,
            facts=tuple(_fact_read(policy, facts, name, asked) for name in facts_read(condition)),
            explanation=Explained(NodeKind.FACT, status, title, fact=facts_read(condition)[0]),
            references=(),
            place=policy.decision.place,
        )


def decided_by(policy: Policy) -> set[str]:
    """The rules that the decision reads, directly or not; an exception that it does not read bypasses nothing."""
    found = set(rules_read(policy.decision.necessary_when))
    for id_ in reversed(policy.order):  # a rule stands behind those it reads
        if id_ in found:
            found.update(rules_read(policy.rules[id_].when))
    return found


def _role(rule: Rule, status: Status, matter: Matter) -> Role | None:
    match rule.kind:
        case Kind.CRITERION if rule.id in matter.required:
            if rule.id in matter.unsatisfied:
                return Role.DEFICIENCY
            return Role.MET if status is Status.MET else None
        case Kind.EXCEPTION:
            return Role.EXCEPTION
        case Kind.CONSIDERATION if status is Status.MET:
            return Role.CONSIDERATION
        case Kind.PITFALL if status is Status.MET:
            return Role.PITFALL
        case _:
            return None


def _finding(policy: Policy, rule: Rule, role: Role, facts: Facts, explained: Explained) -> Finding:
    status = explained.status
    title = fill(rule.title, policy)
    says = rule.says.get(status)
    return Finding(
        rule=rule.id,
        kind=rule.kind,
        role=role,
        status=status,
        topic=rule.topic,
        title=title,
        says=fill(says, policy, facts) if says else SPOKEN[status].format(title),
        submit=fill(rule.submit, policy),
        urgency=rule.urgency,
        facts=tuple(facts_behind(policy, rule, facts)),
        explanation=explained,
        references=_sources(policy, rule),
        place=rule.place,
    )


def facts_behind(policy: Policy, rule: Rule, facts: Facts) -> Iterator[FactRead]:
    """The facts that a rule and its definitions read, with what they are compared with, in words."""
    conditions = [one.when for one in policy.made_of(rule)]
    asked = list(_Asked(policy, {rule.id}).of(rule.when, alone=True))
    for name in dict.fromkeys(fact for condition in conditions for fact in facts_read(condition)):
        yield _fact_read(policy, facts, name, asked)


def _fact_read(policy: Policy, facts: Facts, name: str, asked: list[Compare]) -> FactRead:
    fact = policy.facts[name]
    return FactRead(
        fact=name,
        type=fact.type,
        unit=fact.unit,
        question=fact.question,
        look_for=fact.look_for,
        text=reading_text(facts[name], fact),
        reading=facts[name],
        thresholds=tuple(dict.fromkeys(threshold(c, policy) for c in asked if c.fact == name)),
    )


@dataclass(slots=True)
class _Asked:
    """Finds the comparisons that say what a rule asks for: those that every way of meeting it needs, and all lengths.

    One of several ways (a contraindication, say) is not what is asked for, and what is negated is the opposite.
    """

    policy: Policy
    opened: set[str]

    def of(self, condition: Condition, *, alone: bool) -> Iterator[Compare]:
        match condition:
            case Compare(operator=operator) if alone or operator in _LENGTH:
                yield condition
            case All(items):
                for item in items:
                    yield from self.of(item, alone=alone)
            case AnyOf(items) | Count(items=items):
                for item in items:
                    yield from self.of(item, alone=alone and len(items) == 1)
            case RuleStatus(name, None | Status.MET) if name not in self.opened:
                self.opened.add(name)
                if self.policy.rules[name].kind is Kind.DEFINITION:
                    yield from self.of(self.policy.rules[name].when, alone=alone)


def parameters_read(policy: Policy, rule: Rule) -> Iterator[str]:
    """Ids of the parameters a rule compares or counts with, through its definitions too."""
    for one in policy.made_of(rule):
        for node in walk(one.when):
            match node:
                case Compare(operand=Constant(parameter=str(name))) | Count(parameter=str(name)):
                    yield name


def _sources(policy: Policy, rule: Rule) -> tuple[Citation, ...]:
    """What the sources say of the rule, then of its thresholds; the same words once."""
    cited = [*rule.references]
    for name in dict.fromkeys(parameters_read(policy, rule)):
        cited += policy.parameters[name].references
    return tuple({(c.cite, c.at, c.says): c for c in reversed(cited)}.values())[::-1]
