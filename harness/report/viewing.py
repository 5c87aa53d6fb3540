"""Assessment -> View: which findings stand in which section, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.model.assessment import Assessment, Explained, NodeKind, Remedy, RemedyStep, Role
from harness.model.policy import Topic
from harness.model.values import Outcome, Status
from harness.model.wording import date_words
from harness.report.citations import ama, link
from harness.report.items import Numbers, is_urgent, item, of_role
from harness.report.view import (
    DocumentLine,
    Item,
    OtherService,
    PresumptionLine,
    ReferenceLine,
    RemedySet,
    Step,
    TopicSection,
    View,
)
from harness.report.wording import (
    OUTCOMES,
    STATUSES,
    URGENCIES,
    URGENCY_ORDER,
    approval_says,
    capitalised,
    clean,
    exceptions_heading,
    exceptions_needed,
    overlay_words,
    remarks,
    review_says,
    sentence,
)


def views(assessments: Sequence[Assessment]) -> tuple[View, ...]:
    return tuple(view(a, [b for b in assessments if b is not a and b.case == a.case]) for a in assessments)


def view(assessment: Assessment, others: Sequence[Assessment] = ()) -> View:
    """One assessment for its reader; `others` are the other services of the same request."""
    numbers = Numbers(reference.id for reference in assessment.references)
    # In the order of the report, because that is the order in which sources are numbered.
    deficiencies = of_role(assessment, Role.DEFICIENCY, numbers)
    needed = exceptions_needed(assessment)
    exceptions = _exceptions(assessment, numbers) if needed else ()
    checklist = _checklist(assessment, deficiencies, numbers)
    topics = _topics(assessment, checklist, numbers)
    pitfalls = of_role(assessment, Role.PITFALL, numbers)
    exceptions = exceptions or _exceptions(assessment, numbers)
    favourable = assessment.outcome is Outcome.MEDICALLY_NECESSARY
    return View(
        case=clean(assessment.case),
        case_title=clean(assessment.case_title),
        request_date=date_words(assessment.request_date),
        service=clean(assessment.service),
        details=_details(assessment),
        policy=clean(assessment.policy),
        policy_title=clean(assessment.policy_title),
        effective=date_words(assessment.effective),
        approval=approval_says(assessment),
        outcome=assessment.outcome,
        headline=OUTCOMES[assessment.outcome],
        says=sentence(clean(assessment.outcome_says)),
        reasons=_reasons(deficiencies),
        review=review_says(assessment),
        urgent=tuple(item(f, assessment, numbers) for f in assessment.findings if is_urgent(f)),
        deficiencies=deficiencies,
        exceptions_heading=exceptions_heading(assessment),
        exceptions_needed=needed,
        exceptions=exceptions,
        checklist=checklist,
        enough=tuple(_enough(assessment.decision)),
        topics=topics,
        pitfalls=pitfalls,
        others=tuple(_other(b) for b in others),
        documents=() if favourable else _documents(assessment),
        remedies=() if favourable else tuple(_remedy(r) for r in assessment.remedies),
        presumptions=_presumptions(assessment),
        references=_references(assessment, numbers),
        policy_hash=assessment.policy_hash,
        overlay=overlay_words(assessment.overlay),
    )


def _exceptions(assessment: Assessment, numbers: Numbers) -> tuple[Item, ...]:
    """An exception that applies is what decides, so it stands before those that do not."""
    found = [f for f in assessment.findings if f.role is Role.EXCEPTION]
    return tuple(item(f, assessment, numbers) for f in sorted(found, key=lambda f: f.status is not Status.MET))


def _checklist(assessment: Assessment, deficiencies: tuple[Item, ...], numbers: Numbers) -> tuple[Item, ...]:
    """Every criterion that matters, in the order of the policy, met or not."""
    known = {deficiency.rule: deficiency for deficiency in deficiencies}
    return tuple(
        known[f.rule] if f.rule in known else item(f, assessment, numbers)
        for f in assessment.findings
        if f.role in {Role.DEFICIENCY, Role.MET}
    )


def _enough(node: Explained) -> Iterator[str]:
    """Where fewer than all of some requirements suffice, so that a list of them is not read as a demand for each."""
    rules = [child for child in node.children if child.kind is NodeKind.RULE]
    if (
        node.matters
        and node.kind is NodeKind.COUNT
        and rules
        and not node.text.startswith(f"at least {len(rules)} of ")
    ):
        titles = "; ".join(clean(child.text) for child in rules)
        yield sentence(f"{capitalised(clean(node.text))}: {titles}")
    for child in node.children:
        yield from _enough(child)


def _topics(assessment: Assessment, checklist: tuple[Item, ...], numbers: Numbers) -> tuple[TopicSection, ...]:
    """The topics that have something to advise; considerations without a topic come last."""
    sections = [_topic(topic, assessment, checklist, numbers) for topic in assessment.topics]
    known = {topic.id for topic in assessment.topics}
    rest = tuple(
        item(f, assessment, numbers)
        for f in assessment.findings
        if f.role is Role.CONSIDERATION and f.topic not in known
    )
    sections.append(TopicSection("considerations", "Other considerations" if sections else "Considerations", rest, ()))
    return tuple(section for section in sections if section.considerations)


def _topic(topic: Topic, assessment: Assessment, checklist: tuple[Item, ...], numbers: Numbers) -> TopicSection:
    here = [f for f in assessment.findings if f.topic == topic.id]
    rules = {f.rule for f in here}
    return TopicSection(
        topic.id,
        clean(topic.title),
        tuple(item(f, assessment, numbers) for f in here if f.role is Role.CONSIDERATION),
        tuple(one for one in checklist if one.rule in rules),
    )


def _reasons(deficiencies: tuple[Item, ...]) -> tuple[str, ...]:
    """The reasons in a breath, what is settled first: `Not met: A; B.` before `Not documented: C.`, as sentences."""
    return tuple(
        sentence(f"{STATUSES[status]}: {'; '.join(one.title for one in those)}")
        for status in (Status.NOT_MET, Status.UNDOCUMENTED)
        if (those := [one for one in deficiencies if one.status is status])
    )


def _details(assessment: Assessment) -> str:
    return ", ".join(clean(x) for x in (assessment.level, assessment.side, assessment.setting) if x)


def _other(assessment: Assessment) -> OtherService:
    details = _details(assessment)
    service = f"{clean(assessment.service)} ({details})" if details else clean(assessment.service)
    return OtherService(service, OUTCOMES[assessment.outcome], sentence(clean(assessment.outcome_says)))


def _documents(assessment: Assessment) -> tuple[DocumentLine, ...]:
    """The documents to send, the urgent ones first."""
    ordered = sorted(assessment.documents_required, key=lambda d: URGENCY_ORDER[d.urgency])
    return tuple(DocumentLine(clean(d.submit), URGENCIES[d.urgency] if d.urgency else "") for d in ordered)


def _remedy(remedy: Remedy) -> RemedySet:
    def steps(can_settle: bool) -> tuple[Step, ...]:
        return tuple(_step(step) for step in remedy.steps if step.document_can_settle is can_settle)

    return RemedySet(settle=steps(can_settle=True), differ=steps(can_settle=False))


def _step(step: RemedyStep) -> Step:
    return Step(clean(step.title), clean(step.submit))


def _presumptions(assessment: Assessment) -> tuple[PresumptionLine, ...]:
    titles = {result.rule: clean(result.title) for result in assessment.rules if result.matters}
    return tuple(
        PresumptionLine(
            clean(p.question),
            clean(p.text).removesuffix(" (presumed)"),  # the sentence around it says so
            clean(p.look_for),
            tuple(titles[r] for r in p.rules if r in titles),
        )
        for p in assessment.presumptions
    )


def _references(assessment: Assessment, numbers: Numbers) -> tuple[ReferenceLine, ...]:
    """The sources that the report cites, by number; a source of a waived criterion is not among them."""
    cited = sorted(
        (reference for reference in assessment.references if reference.id in numbers.given),
        key=lambda reference: numbers.given[reference.id],
    )
    return tuple(
        ReferenceLine(numbers.given[reference.id], reference.id, citation, link(reference), remarks(reference))
        for reference, citation in zip(cited, ama(cited), strict=True)
    )
