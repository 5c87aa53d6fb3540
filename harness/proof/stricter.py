"""Whether an overlay is stricter than the policy it changes: whether some case ends worse for the patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from harness.model.policy import Fact, Policies, Policy
from harness.model.values import Outcome
from harness.proof.answers import Answer, Proved, Unknown
from harness.proof.case import FIRST_DAY, LAST_DAY
from harness.proof.compare import Comparison, OutcomeGoes
from harness.proof.solver import SECONDS

_WORSE = (
    OutcomeGoes(Outcome.MEDICALLY_NECESSARY, Outcome.NOT_MEDICALLY_NECESSARY),
    OutcomeGoes(Outcome.MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION),
    OutcomeGoes(Outcome.MORE_INFORMATION, Outcome.NOT_MEDICALLY_NECESSARY),
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which one version runs, and another (or none) under an overlay."""

    first: date
    last: date
    plain: Policy
    overlaid: Policy | None


def spans(plain: Policies, overlaid: Policies, id_: str) -> Iterator[Span]:
    """The days on which something runs for a policy without the overlay, by what runs then."""
    several = (*plain.versions[id_], *overlaid.versions.get(id_, ()))
    begins = {day for one in several for day in (one.effective, one.until and one.until + _DAY) if day}
    days = sorted({FIRST_DAY, *begins})
    for first, after in zip(days, [*days[1:], LAST_DAY + _DAY], strict=True):
        was = plain.in_force(id_, first)
        if was is not None:
            yield Span(first, after - _DAY, was, overlaid.in_force(id_, first))


def stricter(policy: Policy, overlaid: Policy, days: tuple[date, date], seconds: float = SECONDS) -> Answer:
    """Proved when no case of these days ends worse; else a case that does, or why it is not known."""
    comparison = Comparison(policy, days)
    for wanted in _WORSE:
        answer = comparison.differing(overlaid, wanted=wanted, seconds=seconds)
        if not isinstance(answer, Proved):
            return answer
    changed = [
        id_
        for id_, fact in policy.facts.items()
        if id_ in overlaid.facts and not _is_read_alike(fact, overlaid.facts[id_])
    ]
    if changed:
        names = ", ".join(f"`{id_}`" for id_ in changed)
        return Unknown(f"the same record can give another value of {names}")
    return Proved()


def _is_read_alike(fact: Fact, other: Fact) -> bool:
    """Whether every record gives both the same value: whatever is asked, and wherever it is declared."""
    return fact == replace(other, question=fact.question, look_for=fact.look_for, place=fact.place)
