"""The versions of a policy that run, each with the days on which a request comes under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from harness.model.policy import Policies, Policy


@dataclass(frozen=True, slots=True)
class Version:
    """A version and its first and last day in force; None is no bound."""

    policy: Policy
    first: dt.date | None = None
    last: dt.date | None = None

    def covers(self, days: pl.Series) -> pl.Series:
        """Whether a request of each day comes under it; one without a date comes under none."""
        inside = days.is_not_null()
        if self.first is not None:
            inside = inside & (days >= self.first)
        if self.last is not None:
            inside = inside & (days <= self.last)
        return inside.fill_null(False)


def in_turn(policies: Policies, id_: str) -> Sequence[Version]:
    """The versions that run, as `Policies.in_force` chooses them by the date of the request."""
    running = [policy for policy in policies.versions[id_] if policy.status != "draft"]
    found = []
    for policy, follower in zip(running, [*running[1:], None], strict=True):
        ends = [day for day in (policy.until, follower and follower.effective - dt.timedelta(days=1)) if day]
        last = min(ends, default=None)
        if last is None or last >= policy.effective:
            found.append(Version(policy, policy.effective, last))
    return found
