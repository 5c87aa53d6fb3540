"""One rule as a section of its policy's page: what it asks, what it says, what to submit, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.model.condition import rules_read
from harness.model.disclosure import states_relations
from harness.model.policy import Kind, Policy, Rule
from harness.model.values import Status
from harness.model.wording import fill, rule_title
from harness.report.wording import KINDS, RELATIONS, STATUSES, SYMBOLS, URGENCIES, capitalised, clean, sentence
from harness.site.addresses import rule_anchor
from harness.site.criteria import Line, criteria, facts_of, parameters_of
from harness.site.examples import Examples, Worked
from harness.site.sources import Bibliography, Source


@dataclass(frozen=True, slots=True)
class Said:
    """What the report says when a rule ends in a status."""

    word: str
    symbol: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleSection:
    """`thresholds` and `facts` are ids; `read_by` are the rules that read it, by id and title."""

    id: str
    anchor: str
    kind: Kind
    kind_says: str
    topic: str
    title: str
    urgency: str
    basis: str
    relation: str
    asks: Line
    says: tuple[Said, ...]
    submit: str
    thresholds: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    read_by: Mapping[str, str]
    decides: bool
    examples: Examples
    module: str


def rule_sections(policy: Policy, bibliography: Bibliography, worked: Worked) -> tuple[RuleSection, ...]:
    """The rules in the order of the page: by kind, within one by topic; the references are numbered so."""
    topics = [topic.id for topic in policy.topics]

    def place(rule: Rule) -> tuple[int, int]:
        topic = topics.index(rule.topic) if rule.topic in topics else len(topics)
        return list(_ORDER).index(rule.kind), topic

    ordered = sorted(policy.rules.values(), key=place)
    return tuple(_section(policy, rule, bibliography, worked) for rule in ordered)


_ORDER = (Kind.CRITERION, Kind.EXCEPTION, Kind.CONSIDERATION, Kind.PITFALL, Kind.DEFINITION)


def _section(policy: Policy, rule: Rule, bibliography: Bibliography, worked: Worked) -> RuleSection:
    relation = rule.relation if rule.relation and states_relations(policy) else None
    return RuleSection(
        id=rule.id,
        anchor=rule_anchor(rule.id),
        kind=rule.kind,
        kind_says=capitalised(KINDS[rule.kind]),
        topic=next((clean(topic.title) for topic in policy.topics if topic.id == rule.topic), ""),
        title=clean(rule_title(rule.id, policy)),
        urgency=URGENCIES[rule.urgency] if rule.urgency else "",
        basis=clean(rule.basis or ""),
        relation=RELATIONS[relation] if relation else "",
        asks=criteria(policy, rule),
        says=tuple(
            Said(STATUSES[status], SYMBOLS[status], status.word, clean(fill(rule.says[status], policy)))
            for status in (Status.MET, Status.NOT_MET, Status.UNDOCUMENTED)
            if status in rule.says
        ),
        submit=sentence(clean(fill(rule.submit, policy))),
        thresholds=parameters_of(policy, rule),
        facts=facts_of(policy, rule),
        sources=bibliography.of(rule.references),
        read_by={
            other.id: clean(rule_title(other.id, policy))
            for other in policy.rules.values()
            if rule.id in rules_read(other.when)
        },
        decides=rule.id in rules_read(policy.decision.necessary_when),
        examples=worked.of(rule),
        module=rule.module or "",
    )
