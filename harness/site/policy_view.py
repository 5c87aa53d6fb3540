"""One policy version as its page shows it. Everything is in words and cleaned; the templates escape it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.model.disclosure import Disclosure, Section, completeness
from harness.model.policy import Approval, Fact, Kind, Policy
from harness.model.values import Outcome
from harness.model.wording import date_words, fact_name, fill, value_text
from harness.report.rule_page import about_fact
from harness.report.wording import NOT_APPROVED, OUTCOMES, capitalised, clean, overlay_words, sentence
from harness.site.addresses import fact_anchor, parameter_anchor, rule_anchor
from harness.site.criteria import Line, decision
from harness.site.examples import Worked
from harness.site.proofs import Badge, Prover
from harness.site.published import Published
from harness.site.rules import RuleSection, rule_sections
from harness.site.sources import Bibliography, Entry, Source


@dataclass(frozen=True, slots=True)
class Threshold:
    id: str
    anchor: str
    title: str
    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact that rules read."""

    id: str
    anchor: str
    name: str
    question: str
    about: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One part of its grounds that a policy does not disclose."""

    key: str
    subject: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PolicyView:
    policy: Policy
    title: str
    summary: str
    is_current: bool
    effective: str
    until: str
    approval: str
    overlay: str
    decision: Line
    outcomes: tuple[tuple[str, str], ...]
    rules: tuple[RuleSection, ...]
    thresholds: dict[str, Threshold]
    facts: dict[str, Asked]
    evidence: str
    rationale: str
    references: tuple[Entry, ...]
    disclosure: Disclosure
    missing: tuple[Missing, ...]
    properties: tuple[Badge, ...]
    versions: tuple[Policy, ...]
    current: Policy
    place: str

    def of_kind(self, kind: str) -> list[RuleSection]:
        return [rule for rule in self.rules if rule.kind == kind]


def policy_view(published: Published, policy: Policy, prover: Prover) -> PolicyView:
    bibliography = Bibliography(policy.references)
    sections = rule_sections(policy, bibliography, Worked(policy, published.tests.get(policy.version, ())))
    thresholds = dict(_thresholds(policy, bibliography))
    current, last = published.current_of(policy.id), published.last_day(policy)
    disclosure = completeness(policy)
    return PolicyView(
        policy=policy,
        title=clean(policy.title),
        summary=clean(policy.summary),
        is_current=policy is current,
        effective=date_words(policy.effective),
        until="" if last is None else date_words(last),
        approval=approval_says(policy.approval),
        overlay=overlay_words(policy.overlay),
        decision=decision(policy),
        outcomes=tuple(_outcomes(policy)),
        rules=sections,
        thresholds=thresholds,
        facts=dict(_facts(policy, sections)),
        evidence=clean(policy.summary_of_evidence),
        rationale=clean(policy.rationale),
        references=bibliography.entries(),
        disclosure=disclosure,
        missing=tuple(_missing(disclosure)),
        properties=prover.badges(policy, last),
        versions=tuple(reversed(published.policies.versions[policy.id])),
        current=current,
        place=published.shown(policy.place).rpartition(":")[0],
    )


def approval_says(approval: Approval | None) -> str:
    if approval is None:
        return NOT_APPROVED
    review = f"; next review {date_words(approval.next_review)}" if approval.next_review else ""
    return f"Approved by {clean(approval.body)} on {date_words(approval.date)}{review}."


def asked(fact: Fact) -> Asked:
    return Asked(
        fact.id,
        fact_anchor(fact.id),
        capitalised(clean(fact_name(fact.id))),
        clean(fact.question),
        tuple(sentence(clean(line)) for line in about_fact(fact)),
        f"{fact.type} in {fact.unit}" if fact.unit else str(fact.type),
    )


def _outcomes(policy: Policy) -> Iterator[tuple[str, str]]:
    for outcome in Outcome:
        if outcome in policy.decision.says:
            yield OUTCOMES[outcome].capitalize(), clean(fill(policy.decision.says[outcome], policy))


def _thresholds(policy: Policy, bibliography: Bibliography) -> Iterator[tuple[str, Threshold]]:
    for id_, one in policy.parameters.items():
        value = clean(value_text(one.value, None, one.unit))
        sources = bibliography.of(one.references)
        yield id_, Threshold(id_, parameter_anchor(id_), clean(one.title), value, sources)


def _facts(policy: Policy, sections: tuple[RuleSection, ...]) -> Iterator[tuple[str, Asked]]:
    """The facts that some rule reads, in the order of the policy."""
    read = {fact for rule in sections for fact in rule.facts}
    for id_, fact in policy.facts.items():
        if id_ in read:
            yield id_, asked(fact)


def _missing(disclosure: Disclosure) -> Iterator[Missing]:
    for part in disclosure.missing:
        anchor = parameter_anchor if part.section is Section.THRESHOLDS else rule_anchor
        yield Missing(part.key, part.subject, anchor(part.subject) if part.subject else "")


# What a reader is told of each kind, in the order of the page.
KIND_SECTIONS = (
    (Kind.CRITERION, "criteria", "Criteria", "Each is required, unless an exception lets a case do without it."),
    (Kind.EXCEPTION, "exceptions", "Exceptions", "An exception lets a case do without a requirement."),
    (Kind.CONSIDERATION, "considerations", "Considerations", "When one is met, the report advises the reviewer."),
    (Kind.PITFALL, "pitfalls", "Pitfalls to avoid", "When one is met, the report warns."),
    (Kind.DEFINITION, "definitions", "Definitions", "Each names a condition that other rules read."),
)
