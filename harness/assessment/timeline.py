"""The lengths of care that the policy asks for, beside the episodes that count towards them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from harness.assessment.matter import Matter
from harness.evaluate import Facts, Statuses
from harness.model.assessment import CareLength
from harness.model.case import Case
from harness.model.condition import Compare, Constant, Operator, walk
from harness.model.months import months_before
from harness.model.policy import Fact, Kind, MeasureOf, Policy
from harness.model.values import Interval
from harness.model.wording import fill, reading_text, threshold

_LENGTHS = {
    MeasureOf.DAYS_SPANNED,
    MeasureOf.WEEKS_SPANNED,
    MeasureOf.MONTHS_SPANNED,
    MeasureOf.DAYS_COVERED,
    MeasureOf.WEEKS_COVERED,
}


def timeline(policy: Policy, facts: Facts, statuses: Statuses, matter: Matter, case: Case) -> Iterable[CareLength]:
    """One row for each length of care that a criterion that matters asks for, in the order of the policy."""
    for id_, rule in policy.rules.items():
        if rule.kind is not Kind.CRITERION or id_ not in matter.required:
            continue
        for one in policy.made_of(rule):
            for node in walk(one.when):
                match node:
                    case Compare(name, Operator.AT_LEAST | Operator.MORE_THAN, Constant(Interval() as length)):
                        fact = policy.facts[name]
                        if fact.measure is not None and fact.measure.of in _LENGTHS:
                            yield CareLength(
                                fact=name,
                                question=fact.question,
                                rule=id_,
                                title=fill(rule.title, policy),
                                required=threshold(node, policy),
                                required_days=_days(length, fact, case.request_date),
                                documented=reading_text(facts[name], fact),
                                status=statuses[id_],
                                episodes=facts[name].episodes,
                            )


def _days(length: Interval, fact: Fact, request: date) -> int:
    assert length.low is not None
    longest = (request - date.min).days // 2  # a drawing needs room before the length that is asked for
    if fact.unit == "mo":
        return min((request - months_before(request, int(length.low))).days, longest)
    return min(int(length.low), longest)
