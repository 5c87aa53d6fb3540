"""What a proof about the cases that both sides can read does not reach, and so what an answer has to be limited to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harness.difference.change import Bearing, Change, Detail, Sort
from harness.difference.reach import reach
from harness.difference.side import Side
from harness.model.policy import Fact, Policy
from harness.proof.vocabulary import key_of


@dataclass(frozen=True, slots=True)
class Scope:
    """`measured` are facts that the same records give otherwise, `apart` those with values that one side cannot read.

    `runs` are the changes by which a request can meet the policy on one side only; `named` those by which the same
    outcome can come with other deficiencies.
    """

    measured: tuple[Change, ...] = ()
    apart: tuple[str, ...] = ()
    runs: tuple[Change, ...] = ()
    named: tuple[Change, ...] = ()


def scope(old: Side, new: Side, changes: Iterable[Change]) -> Scope:
    found = tuple(changes)
    deciding = reach(old.policy, new.policy).facts
    kept = tuple(change for change in found if change.verb == "changed")
    return Scope(
        measured=tuple(change for change in kept if any(map(_is_taking, change.details))),
        apart=tuple(fact for fact in bounded(old.policy, new.policy) if fact in deciding),
        runs=tuple(change for change in found if change.bearing is Bearing.RUNS and _runs_otherwise(change, old, new)),
        named=tuple(change for change in kept if any(detail.bearing is Bearing.NAMES for detail in change.details)),
    )


def _is_taking(detail: Detail) -> bool:
    """Whether a key says how a fact is taken from a record."""
    takes = detail.key.startswith("measure.") or detail.key in {"unit", "when_several"}
    return takes and detail.bearing is Bearing.READS


def retyped(old: Policy, new: Policy) -> tuple[str, ...]:
    """The facts that hold another sort of values on each side, so that no case states one for both."""
    return tuple(fact for fact in old.facts if fact in new.facts and _key(old, fact) != _key(new, fact))


def bounded(old: Policy, new: Policy) -> tuple[str, ...]:
    """The facts that hold the same sort of values on both sides, of which one side can read more or others."""
    both = (fact for fact in old.facts if fact in new.facts and _key(old, fact) == _key(new, fact))
    return tuple(fact for fact in both if _values(old.facts[fact]) != _values(new.facts[fact]))


def _key(policy: Policy, fact: str) -> object:
    return key_of(policy.facts[fact])


def _values(fact: Fact) -> tuple[object, ...]:
    return fact.least, fact.maximum, frozenset(fact.choices)


def _runs_otherwise(change: Change, old: Side, new: Side) -> bool:
    """Whether a request can meet the policy on one side only.

    Two drafts meet none. A version that stands beside the one before it takes over from it; a draft of it, nothing.
    """
    if change.sort is not Sort.POLICY or (old.policy.status == new.policy.status == "draft"):
        return False
    if not _stays(old.policy, new):
        return True
    return change.id != "effective.from" and not (change.id == "status" and new.policy.status == "draft")


def _stays(old: Policy, new: Side) -> bool:
    """Whether the old version still is where the new one is."""
    versions = new.shelf.policies.versions.get(old.id, ())
    same = any(one.effective == old.effective and one.hash == old.hash for one in versions)
    return same and old.effective != new.policy.effective
