"""The words and the cleaning that all formats share. `harness.model.wording` has those of conditions and values."""

from __future__ import annotations

import re
from datetime import date

from harness.model.assessment import Assessment, Role
from harness.model.case import Document, Evidence, State
from harness.model.policy import Kind, Overlay, Reference, Urgency
from harness.model.values import Outcome, Status
from harness.model.wording import date_words

NOT_A_DETERMINATION = "This is an assessment, not a determination; review by a clinician is required."
ASSESSMENT_ONLY = "This is an assessment, not a determination."
NOT_APPROVED = "No committee or clinician has approved this policy."
SAME_BYTES = "The same case and the same policy give the same report, byte for byte."
ONE_SET = "If all of these were met, the outcome would be favourable."
SEVERAL_SETS = "If all of any one of these sets were met, the outcome would be favourable."
ADVISES_NOBODY = "That is no advice to change a clinical finding."

OUTCOMES = {
    Outcome.MEDICALLY_NECESSARY: "MEDICALLY NECESSARY",
    Outcome.NOT_MEDICALLY_NECESSARY: "NOT MEDICALLY NECESSARY at this time",
    Outcome.MORE_INFORMATION: "MORE INFORMATION NEEDED",
}

STATUSES = {Status.MET: "Met", Status.NOT_MET: "Not met", Status.UNDOCUMENTED: "Not documented"}
SYMBOLS = {Status.MET: "✓", Status.NOT_MET: "✗", Status.UNDOCUMENTED: "?"}
EXCEPTIONS = {Status.MET: "Applies", Status.NOT_MET: "Does not apply", Status.UNDOCUMENTED: "Not documented"}
URGENCIES = {Urgency.EMERGENCY: "Emergency", Urgency.URGENT: "Urgent"}
URGENCY_ORDER = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1, None: 2}

KINDS = {
    Kind.CRITERION: "criterion: it is required",
    Kind.EXCEPTION: "exception: it lets a case do without a requirement",
    Kind.DEFINITION: "definition: it names a condition for other rules",
    Kind.CONSIDERATION: "consideration: when met, it advises",
    Kind.PITFALL: "pitfall: when met, it warns",
}

RELATIONS = {
    "baseline": "baseline, it is that text",
    "reuses": "reuses, it repeats that of another service",
    "narrows": "narrows, it asks for more",
    "operationalizes": "operationalizes, it says how that text is read",
    "adds": "adds, it says what that text does not",
}

REFERENCE_STATUSES = {
    "lapsed": "Lapsed: its publisher no longer maintains it.",
    "superseded": "Superseded: a later source replaces it.",
}
VERIFICATIONS = {
    "unverified": "Not verified: cited from knowledge, to be checked against the source.",
    "secondary": "Seen in a secondary source only.",
}

# Control characters (an escape sequence would reach the terminal) and marks that turn the direction of text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000\ue001]")


def clean(text: str) -> str:
    """A string of a case or policy on one line, without anything that could steer a terminal or a page."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def overlay_words(overlay: Overlay | None) -> str:
    """An overlay as a reader knows it, and by its name; empty when there is none."""
    return "" if overlay is None else f"{clean(overlay.title)} ({overlay.id})"


def humanise(identifier: str) -> str:
    """An id as words: `physical_therapy` is `physical therapy`."""
    return clean(identifier.replace("_", " ").replace("-", " "))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark already."""
    return text if not text or text.endswith((".", "!", "?", ":")) else f"{text}."


def where(evidence: Evidence, document: Document | None) -> str:
    """Which document, when and on which page: `Physical therapy log, 13 October 2025, page 2`."""
    name = (document.title or document.type) if document else evidence.document
    day = evidence.date or (document.date if document else None)
    page = clean(evidence.page)
    when = date_words(day) if day else ""
    if clean(name).endswith(when):  # the name of an untitled document is its type and date
        when = ""
    return ", ".join(part for part in (clean(name), when, f"page {page}" if page.isdigit() else page) if part)


def span(start: date | None, end: date | None) -> str:
    """When an episode of care was: `4 August 2025 to 13 October 2025`."""
    if start and end:
        return date_words(start) if start == end else f"{date_words(start)} to {date_words(end)}"
    if start:
        return f"from {date_words(start)}, end not documented"
    return f"until {date_words(end)}, start not documented" if end else "dates not documented"


def approval_says(assessment: Assessment) -> str:
    approval = assessment.approval
    if approval is None:
        return NOT_APPROVED
    review = f"; next review {date_words(approval.next_review)}" if approval.next_review else ""
    return f"Approved by {clean(approval.body)} on {date_words(approval.date)}{review}."


def review_says(assessment: Assessment) -> str:
    return NOT_A_DETERMINATION if assessment.review_required else ASSESSMENT_ONLY


def remedies_say(count: int) -> str:
    return f"{ONE_SET if count == 1 else SEVERAL_SETS} {ADVISES_NOBODY}"


def exceptions_needed(assessment: Assessment) -> bool:
    """Whether a reader asks about the exceptions: one applies, or the outcome is not favourable without any."""
    applies = any(f.role is Role.EXCEPTION and f.status is Status.MET for f in assessment.findings)
    return applies or assessment.outcome is not Outcome.MEDICALLY_NECESSARY


def exceptions_heading(assessment: Assessment) -> str:
    """The heading over the exceptions, which says what they did to the outcome."""
    if any(f.role is Role.EXCEPTION and f.status is Status.MET for f in assessment.findings):
        return "Why some requirements are waived"
    if exceptions_needed(assessment):
        return "Why the requirements are not bypassed"
    return "Exceptions, which were not needed"


SETTLE = "A document can settle it:"
DIFFER = "The clinical picture, or what has been done or requested, would have to differ from what is documented:"


def basis_says(status: Status, states: frozenset[State]) -> str:
    """Whether a settled exception rests on documents or on presumptions, openly."""
    if status is Status.UNDOCUMENTED or not states:
        return ""
    if states == {State.PRESUMED}:
        return "presumed, because nothing is documented"
    if State.PRESUMED in states:
        return "in part documented, in part presumed"
    return "documented"


def remarks(reference: Reference) -> tuple[str, ...]:
    """What a reader must know of a source before relying on it."""
    found = (
        REFERENCE_STATUSES.get(reference.status, ""),
        VERIFICATIONS.get(reference.verified, ""),
        sentence(clean(reference.note)),
    )
    return tuple(remark for remark in found if remark)
