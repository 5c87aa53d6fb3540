"""Assessments made by hand, of synthetic cases: rich enough that every section of a report has content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from harness.errors import Place
from harness.model.assessment import (
    Assessment,
    CareLength,
    DocumentRequired,
    Explained,
    FactRead,
    Finding,
    NodeKind,
    Presumption,
    Remedy,
    RemedyStep,
    Role,
    RuleResult,
)
from harness.model.case import UNDOCUMENTED, Document, Episode, Evidence, Reading, State
from harness.model.policy import Citation, Kind, Reference, Topic, Urgency
from harness.model.values import FactType, Interval, Outcome, Status

PLACE = Place("policies/spine/thoracolumbar-decompression/2025-01-01.yaml", 40, 5)
MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.UNDOCUMENTED


def reference(name: str, status: str = "current", verified: str = "seen", note: str = "", **csl: object) -> Reference:
    entry = {"id": name, "type": "article-journal", "title": "A title", "issued": {"date-parts": [[2017]]}} | {
        key.replace("_", "-"): value for key, value in csl.items()
    }
    return Reference(name, entry, status, verified, note, Place("policies/references.yaml", 3, 1))


ACP = reference(
    "acp-2017",
    "lapsed",
    note="Withdrawn five years after publication, by the publisher's rule",
    title="Noninvasive treatments for acute, subacute, and chronic low back pain",
    author=[{"family": "Qaseem", "given": "A"}, {"family": "Wilt", "given": "T J"}],
    container_title="Annals of Internal Medicine",
    container_title_short="Ann Intern Med",
    volume="166",
    issue="7",
    page="514-530",
    DOI="10.7326/M16-2367",
)
NICE = reference(
    "nice-ng59",
    verified="secondary",
    type="report",
    title="Low back pain and sciatica in over 16s",
    author=[{"literal": "National Institute for Health and Care Excellence"}],
    number="NG59",
    publisher="NICE",
    issued={"date-parts": [[2016, 11, 30]]},
    URL="https://www.nice.org.uk/guidance/ng59",
)
WEB = reference("seed", verified="unverified", type="webpage", title="Is this surgery necessary?", container_title="Q")


def cites(*names: str) -> tuple[Citation, ...]:
    return tuple(Citation(n, "rec. 7", "suggests six weeks of care first", "Grade B", PLACE) for n in names)


def leaf(text: str, status: Status, fact: str = "physical_therapy.days") -> Explained:
    return Explained(NodeKind.FACT, status, text, fact=fact)


def read(
    fact: str,
    question: str,
    text: str,
    reading: Reading = UNDOCUMENTED,
    *thresholds: str,
    kind: FactType = FactType.BOOLEAN,
    unit: str | None = None,
    look_for: str = "Visit notes",
) -> FactRead:
    return FactRead(fact, question, look_for, text, reading, thresholds, kind, unit)


def finding(rule: str, role: Role, status: Status, title: str, says: str, **more: object) -> Finding:
    kinds = {Role.DEFICIENCY: Kind.CRITERION, Role.MET: Kind.CRITERION}
    base = Finding(
        rule=rule,
        kind=kinds.get(role) or Kind(role.value),
        role=role,
        status=status,
        topic=None,
        title=title,
        says=says,
        submit="",
        urgency=None,
        facts=(),
        explanation=leaf(title, status),
        references=(),
        place=PLACE,
    )
    return replace(base, **more)  # type: ignore[arg-type]


NOTE_QUOTE = "persistent intractable pain over the last several days that has worsened"
NOTE = Evidence("note", page="1", quote=NOTE_QUOTE)
MRI = Evidence("mri", quote="severe canal and left neuroforaminal stenosis at T12/L1")
DOCUMENTS = {
    "note": Document("note", "Admission note", "note", date(2025, 11, 23), Place("case.yaml", 30, 5)),
    "mri": Document("mri", "", "MRI report", date(2025, 11, 22), Place("case.yaml", 33, 5)),
}


def episode(number: int, kind: str, start: date | None, end: date | None, **more: object) -> Episode:
    attributes: Mapping[str, bool | Decimal | str] = {"supervised": True, "agent": "naproxen", "dose": Decimal("2.5")}
    base = Episode(number, kind, start, end, None, attributes, "no relief", (NOTE,), Place("case.yaml", 50, 3))
    return replace(base, **more)  # type: ignore[arg-type]


EPISODES = (
    episode(0, "medication", date(2025, 10, 20), date(2025, 11, 24)),
    episode(1, "activity_modification", date(2025, 11, 10), None),
    episode(2, "heat", None, None, sessions=Interval(None, Decimal(14))),
)

FEW_DAYS = Reading(State.DOCUMENTED, Interval(Decimal(2), Decimal(14)), (NOTE,), (0,))
PRESUMED_NO = Reading(State.PRESUMED, value=False)

FINDINGS = (
    finding(
        "physical-therapy", Role.DEFICIENCY, OPEN, "At least 6 weeks of supervised physical therapy",
        "No supervised physical therapy is documented; 6 weeks are required.",
        topic="conservative-care", submit="Physical therapy records with attendance log and progress notes",
        facts=(read("physical_therapy.days", "How long did supervised physical therapy last?", "not documented",
                    UNDOCUMENTED, "at least 6 weeks", kind=FactType.NUMBER, unit="wk", look_for="Attendance log"),),
        references=cites("acp-2017", "nice-ng59"),
    ),
    finding(
        "care-duration", Role.DEFICIENCY, NOT_MET, "At least 3 months of conservative care",
        "Between 2 and 14 days of conservative care are documented; 3 months are required",
        topic="conservative-care", submit="A timeline of conservative care with dates",
        facts=(read("conservative_care.days", "How long has conservative care lasted?", "between 2 and 14 days",
                    FEW_DAYS, "at least 3 months", kind=FactType.NUMBER, unit="d"),),
        references=cites("acp-2017"),
    ),
    finding(
        "cauda-equina", Role.EXCEPTION, NOT_MET, "Cauda equina syndrome suspected",
        "No findings of cauda equina syndrome are documented.",
        facts=(read("neuro.cauda_equina", "Are there findings of cauda equina syndrome?", "no (presumed)",
                    PRESUMED_NO, "yes"),),
        references=cites("seed"),
    ),
    finding(
        "severe-weakness", Role.EXCEPTION, NOT_MET, "Severe motor weakness", "Strength is documented as full.",
        facts=(read("neuro.strength", "What is the lowest MRC grade?", "5",
                    Reading(State.DOCUMENTED, Interval.point(5), (NOTE,)), "at most 3", kind=FactType.NUMBER),),
    ),
    finding("progressive-deficit", Role.EXCEPTION, OPEN, "Progressive neurologic deficit", "Documented neither way."),
    finding(
        "imaging-correlates", Role.MET, MET, "Imaging shows compression at the requested level and side",
        "The MRI shows severe stenosis at T12/L1.", topic="imaging",
        facts=(read("imaging.level", "Which level does the imaging show?", "T12/L1",
                    Reading(State.DOCUMENTED, "T12/L1", (MRI,)), "the same as the requested level",
                    kind=FactType.CHOICE),),
        references=cites("nice-ng59"),
    ),
    finding(
        "prior-surgery-work-up", Role.CONSIDERATION, MET, "Earlier spine surgery: tell new from old pathology",
        "Pain after surgery needs a work-up for fibrosis, arachnoiditis and adjacent segment disease.",
        topic="prior-surgery", references=cites("seed"),
    ),
    finding(
        "examine-now", Role.CONSIDERATION, MET, "Neurological examination at cord level",
        "T12/L1 is cord level and no neurological examination is documented: it is needed now.",
        topic="imaging", urgency=Urgency.URGENT, submit="A dated neurological examination",
    ),
    finding(
        "imaging-alone", Role.PITFALL, MET, "Do not rely on imaging alone",
        "Imaging findings alone do not justify surgery.", references=cites("acp-2017"),
    ),
)  # fmt: skip


def _rule(found: Finding, matters: bool = True) -> RuleResult:
    return RuleResult(found.rule, found.kind, found.status, found.title, matters, found.explanation, found.place)


WAIVED = RuleResult(
    "waived",
    Kind.CRITERION,
    OPEN,
    "Waived and never to be named",
    False,
    leaf("Waived and never to be named", OPEN),
    PLACE,
)

DECISION = Explained(
    NodeKind.ALL, NOT_MET, "all of these", children=(
        Explained(NodeKind.RULE, MET, "Imaging shows compression at the requested level and side",
                  rule="imaging-correlates", children=(leaf("imaging level: the same as the requested level", MET),)),
        Explained(NodeKind.ANY, NOT_MET, "any of these", children=(
            Explained(NodeKind.RULE, NOT_MET, "Cauda equina syndrome suspected", rule="cauda-equina"),
            Explained(NodeKind.COUNT, NOT_MET, "at least 2 of these 2", children=(
                Explained(NodeKind.RULE, OPEN, "At least 6 weeks of supervised physical therapy"),
                Explained(NodeKind.NOT, NOT_MET, "not this", children=(leaf("care: less than 3 months", MET),)),
                Explained(NodeKind.RULE, OPEN, "Waived and never to be named", matters=False, rule="waived"),
            )),
        )),
    ),
)  # fmt: skip

TIMELINE = (
    CareLength(
        "physical_therapy.days", "How long did supervised physical therapy last?", "physical-therapy",
        "At least 6 weeks of supervised physical therapy", "at least 6 weeks", 42, "not documented", OPEN, (),
    ),
    CareLength(
        "conservative_care.days", "How long has conservative care lasted?", "care-duration",
        "At least 3 months of conservative care", "at least 3 months", 92, "between 2 and 14 days", NOT_MET, (0,),
    ),
    CareLength(
        "x.days", "Waived?", "waived", "Waived and never to be named", "at least 6 weeks", 42, "9 days", OPEN, (2,),
    ),
)  # fmt: skip

REMEDIES = (
    Remedy((
        RemedyStep("physical-therapy", "At least 6 weeks of supervised physical therapy", OPEN, "Therapy records"),
        RemedyStep("care-duration", "At least 3 months of conservative care", NOT_MET, "A timeline"),
    )),
    Remedy((RemedyStep("progressive-deficit", "Progressive neurologic deficit", OPEN, "Two dated examinations"),)),
)  # fmt: skip

ADMISSION = Assessment(
    case="founding",
    case_title="Left T12/L1 decompression after earlier surgery",
    request_date=date(2025, 11, 24),
    service="Inpatient stay",
    level=None,
    side=None,
    setting="inpatient",
    policy="admission/inpatient",
    policy_title="Inpatient admission",
    effective=date(2025, 1, 1),
    policy_hash="ab" * 32,
    overlay=None,
    policy_place=Place("policies/admission/inpatient/2025-01-01.yaml", 1, 1),
    approval=None,
    outcome=Outcome.MEDICALLY_NECESSARY,
    outcome_says="The inpatient stay is appropriate; it does not justify the surgery.",
    review_required=False,
    urgency=None,
    decision=Explained(NodeKind.RULE, MET, "Need for hospital care documented", rule="hospital-care"),
    rules=(),
    findings=(),
    presumptions=(),
    remedies=(),
    documents_required=(),
    timeline=(),
    topics=(),
    references=(),
    episodes=(),
    documents={},
)

SURGERY = replace(
    ADMISSION,
    service="Left T12/L1 tubular decompression",
    level="T12/L1",
    side="left",
    setting="inpatient",
    policy="spine/thoracolumbar-decompression",
    policy_title="Thoracolumbar decompression",
    policy_place=PLACE,
    outcome=Outcome.NOT_MEDICALLY_NECESSARY,
    outcome_says="The documentation does not show that conservative treatment has failed.",
    review_required=True,
    urgency=Urgency.URGENT,
    decision=DECISION,
    rules=(*(_rule(found) for found in FINDINGS), WAIVED),
    findings=FINDINGS,
    presumptions=(
        Presumption("neuro.cauda_equina", "Are there findings of cauda equina syndrome?", "Examination", "no",
                    ("cauda-equina", "waived")),
    ),
    remedies=REMEDIES,
    documents_required=(
        DocumentRequired("Physical therapy records with attendance log", ("physical-therapy",), None),
        DocumentRequired("A dated neurological examination", ("examine-now",), Urgency.URGENT),
    ),
    timeline=TIMELINE,
    topics=(
        Topic("conservative-care", "Conservative treatment", PLACE),
        Topic("prior-surgery", "Special considerations after earlier spine surgery", PLACE),
        Topic("imaging", "Imaging correlation", PLACE),
    ),
    references=(NICE, ACP, WEB),
    episodes=EPISODES,
    documents=DOCUMENTS,
)  # fmt: skip

BOTH = (SURGERY, ADMISSION)
