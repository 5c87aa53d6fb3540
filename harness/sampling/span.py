"""The days of the requests: within the time in which a version is in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from harness.errors import BadInputError, Mistake, Place
from harness.model.policy import Policies, Policy

YEAR = dt.timedelta(days=364)  # of requests, where a version has no end


@dataclass(frozen=True, slots=True)
class Span:
    first: dt.date
    last: dt.date


def span_of(policies: Policies, policy: Policy, on: dt.date | None) -> Span:
    """From the first to the last day of requests under a version; the one day `on`, where it is given.

    Raises BadInputError where the version is in force on no such day.
    """
    if policy.status == "draft":
        cure = "name a version that is in force, or set its `status`"
        raise BadInputError([Mistake(policy.place, f"{policy.version} is a draft, and in force on no day", cure)])
    others = (one for one in policies.versions[policy.id] if one.status != "draft")
    following = min((one.effective for one in others if one.effective > policy.effective), default=None)
    ends = [] if following is None else [following - dt.timedelta(days=1)]
    ends += [] if policy.until is None else [policy.until]
    if on is not None:
        _hold_in_force(policy, on, min(ends, default=None))
        return Span(on, on)
    return Span(policy.effective, min(ends, default=policy.effective + YEAR))


def _hold_in_force(policy: Policy, on: dt.date, last: dt.date | None) -> None:
    if on < policy.effective:
        cure = f"it takes effect on {policy.effective}"
    elif last is not None and on > last:
        cure = f"its last day is {last}"
    else:
        return
    raise BadInputError([Mistake(Place("(command line)"), f"{policy.version} is not in force on {on}", cure)])
