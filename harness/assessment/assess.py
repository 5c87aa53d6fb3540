"""Case and policies into assessments. Only this room makes an `Assessment`; nothing makes a determination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from harness.assessment.explain import explain_decision, explain_rule
from harness.assessment.findings import findings
from harness.assessment.matter import Matter, what_matters
from harness.assessment.remedies import remedy_sets
from harness.assessment.timeline import timeline
from harness.engine import statuses as engine_statuses
from harness.errors import InternalError, Place
from harness.evaluate import Facts, Statuses, outcome_of
from harness.model.assessment import (
    Assessment,
    DocumentRequired,
    Explained,
    Finding,
    Presumption,
    Remedy,
    RemedyStep,
    Role,
    RuleResult,
)
from harness.model.case import Case, Document, Episode, Request
from harness.model.policy import Policies, Policy, Urgency
from harness.model.values import Outcome, Status
from harness.model.wording import fill, reading_text

OUTCOME_SAYS = {
    Outcome.MEDICALLY_NECESSARY: "The documentation meets the criteria of this policy.",
    Outcome.NOT_MEDICALLY_NECESSARY: "The documentation does not meet the criteria of this policy at this time.",
    Outcome.MORE_INFORMATION: "The documentation does not settle the criteria of this policy; more is asked for.",
}
_URGENCIES = (Urgency.EMERGENCY, Urgency.URGENT)


def assess(policies: Policies, case: Case) -> tuple[Assessment, ...]:
    """One assessment for each service that a case requests, in the order of the request.

    Raises InternalError when the engine and the direct evaluator do not agree; then no assessment is made.
    """
    made = (_assess(_in_force(policies, request, case.request_date), request, case) for request in case.services)
    return tuple(_placed(assessment, policies.folder) for assessment in made)


def _placed(assessment: Assessment, folder: str) -> Assessment:
    """The same with places below the folder of policies, so that where it lies changes no byte of a report."""

    def below(place: Place) -> Place:
        return replace(place, file=place.file.removeprefix(folder.rstrip("/") + "/"))

    return replace(
        assessment,
        policy_place=below(assessment.policy_place),
        rules=tuple(replace(rule, place=below(rule.place)) for rule in assessment.rules),
        findings=tuple(replace(finding, place=below(finding.place)) for finding in assessment.findings),
    )


def _in_force(policies: Policies, request: Request, on: date) -> Policy:
    policy = policies.in_force(request.policy, on)
    if policy is None:  # reading the case has seen to it
        raise InternalError(f"policy `{request.policy}` is not in force")
    return policy


def _assess(policy: Policy, request: Request, case: Case) -> Assessment:
    facts = request.facts
    held = engine_statuses(policy, facts, case.id)
    outcome = outcome_of(policy, facts, held)
    matter = what_matters(policy, facts, held)
    explained = {id_: explain_rule(policy, id_, facts, held) for id_ in policy.rules}
    found = findings(policy, facts, held, explained, matter)
    cited = dict.fromkeys(citation.cite for finding in found for citation in finding.references)
    says = policy.decision.says.get(outcome)
    episodes = _episodes(policy, case)
    return Assessment(
        case=case.id,
        case_title=case.title,
        request_date=case.request_date,
        service=request.description or policy.title,
        level=request.level,
        side=request.side,
        setting=request.setting,
        policy=policy.id,
        policy_title=policy.title,
        effective=policy.effective,
        policy_hash=policy.hash,
        overlay=policy.overlay,
        policy_place=policy.place,
        approval=policy.approval,
        outcome=outcome,
        outcome_says=fill(says, policy, facts) if says else OUTCOME_SAYS[outcome],
        review_required=outcome is not Outcome.MEDICALLY_NECESSARY,
        urgency=_most_urgent(found),
        decision=explain_decision(policy, facts, held),
        rules=tuple(_results(policy, explained, matter)),
        findings=found,
        presumptions=tuple(_presumptions(policy, facts, matter)),
        remedies=_remedies(policy, facts, held) if outcome is not Outcome.MEDICALLY_NECESSARY else (),
        documents_required=_documents_required(found),
        timeline=tuple(timeline(policy, facts, held, matter, case)),
        topics=policy.topics,
        references=tuple(policy.references[cite] for cite in cited),
        episodes=episodes,
        documents=_documents(case, facts, episodes),
    )


def _episodes(policy: Policy, case: Case) -> tuple[Episode, ...]:
    """The treatment records that this policy measures; those of another service stay with it."""
    kinds = {kind for fact in policy.facts.values() if fact.measure for kind in fact.measure.episodes}
    return tuple(episode for episode in case.episodes if episode.kind in kinds)


def _documents(case: Case, facts: Facts, episodes: Iterable[Episode]) -> dict[str, Document]:
    """The documents on which the facts and records of this service rest."""
    evidence = [e for reading in facts.values() for e in reading.evidence]
    evidence += [e for episode in episodes for e in episode.evidence]
    named = {e.document for e in evidence}
    return {id_: document for id_, document in case.documents.items() if id_ in named}


def _results(policy: Policy, explained: Mapping[str, Explained], matter: Matter) -> Iterable[RuleResult]:
    for id_, rule in policy.rules.items():
        yield RuleResult(
            rule=id_,
            kind=rule.kind,
            status=explained[id_].status,
            title=fill(rule.title, policy),
            matters=id_ in matter.rules,
            explanation=explained[id_],
            place=rule.place,
        )


def _presumptions(policy: Policy, facts: Facts, matter: Matter) -> Iterable[Presumption]:
    for name in (id_ for id_ in policy.facts if id_ in matter.presumed):
        fact = policy.facts[name]
        text = reading_text(facts[name], fact)
        yield Presumption(name, fact.question, fact.look_for, text, tuple(matter.presumed[name]))


def _remedies(policy: Policy, facts: Facts, held: Statuses) -> tuple[Remedy, ...]:
    def step(id_: str) -> RemedyStep:
        rule = policy.rules[id_]
        return RemedyStep(id_, fill(rule.title, policy), held[id_], fill(rule.submit, policy))

    return tuple(Remedy(tuple(map(step, rules))) for rules in remedy_sets(policy, facts, held))


def _most_urgent(found: Iterable[Finding]) -> Urgency | None:
    """The greatest urgency of what is met: an exception that applies, advice, or a warning."""
    said = {finding.urgency for finding in found if finding.status is Status.MET}
    return next((urgency for urgency in _URGENCIES if urgency in said), None)


def _documents_required(found: Iterable[Finding]) -> tuple[DocumentRequired, ...]:
    """What to submit for each deficiency and each consideration that asks for a document; the urgent first."""
    asked: dict[str, list[Finding]] = {}
    for finding in found:
        # A criterion whose policy names no document is asked for all the same, by its title.
        document = finding.submit or (f"What shows: {finding.title}" if finding.role is Role.DEFICIENCY else "")
        if document and finding.role in {Role.DEFICIENCY, Role.CONSIDERATION}:
            asked.setdefault(document, []).append(finding)
    required = [
        DocumentRequired(submit, tuple(f.rule for f in those), _most_urgent(those)) for submit, those in asked.items()
    ]
    return tuple(sorted(required, key=lambda r: [*_URGENCIES, None].index(r.urgency)))
