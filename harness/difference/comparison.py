"""Two policy versions, or two folders of them, compared: what is written and what it does to cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.difference.change import Change, Sort
from harness.difference.meaning import INTERRUPTED, WAYS, Meaning, Verdict, Way, ask
from harness.difference.scope import scope
from harness.difference.side import Shelf, Side
from harness.difference.structure import structure
from harness.proof import Unknown


@dataclass(frozen=True, slots=True)
class Comparison:
    old: Side
    new: Side
    changes: tuple[Change, ...]
    meaning: Meaning

    @property
    def is_identical(self) -> bool:
        return self.old.policy.hash == self.new.policy.hash and not self.changes


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is told at once. Of two folders: what is in only one of them, and how many versions are the same."""

    old: str
    new: str
    compared: tuple[Comparison, ...]
    added: tuple[Side, ...] = ()
    removed: tuple[Side, ...] = ()
    unchanged: int = 0
    is_of_one: bool = False  # of two versions that were named, not of folders

    @property
    def verdict(self) -> Verdict:
        """What is known of all policies together; one that is new or gone changes the cases it is asked for."""
        found = {one.meaning.verdict for one in self.compared}
        come_or_gone = any(side.policy.status != "draft" for side in (*self.added, *self.removed))
        if come_or_gone or Verdict.OUTCOMES_CAN_CHANGE in found:
            return Verdict.OUTCOMES_CAN_CHANGE
        return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.NO_CASE_CHANGES

    @property
    def was_interrupted(self) -> bool:
        return any(way.answer == Unknown(INTERRUPTED) for one in self.compared for way in one.meaning.ways)


@dataclass(frozen=True, slots=True)
class Comparing:
    """How long to ask of each way an outcome can change, and whom to tell how far it is."""

    seconds: float
    told: Callable[[str], None]

    def versions(self, old: Side, new: Side) -> Comparison:
        changes = structure(old, new)
        if old.policy.hash == new.policy.hash and not changes:
            return Comparison(old, new, (), Meaning(()))
        meaning = ask(old.policy, new.policy, scope(old, new, changes), self.seconds, self.told)
        return Comparison(old, new, changes, meaning)

    def folders(self, old: Shelf, new: Shelf) -> Difference:
        """Every version that differs. A new version of a known policy is laid beside the one before it."""
        here, there = ({p.version: Side(p, shelf) for p in shelf.policies.all()} for shelf in (old, new))
        pairs = [(side, there[name]) for name, side in here.items() if name in there]
        gone = [side for name, side in here.items() if name not in there]
        come = [side for name, side in there.items() if name not in here]
        pairs += _renamed(gone, come)
        pairs += _succeeding(come, new)
        differing = [pair for pair in pairs if _differ(*pair)]
        compared = tuple(self._each(sorted(differing, key=lambda pair: pair[1].policy.version)))
        return Difference(old.shown, new.shown, compared, tuple(come), tuple(gone), len(pairs) - len(differing))

    def _each(self, pairs: Sequence[tuple[Side, Side]]) -> Iterator[Comparison]:
        interrupted = False
        for old, new in pairs:
            if interrupted:
                changes = structure(old, new)
                unknown = tuple(Way(was, now, Unknown(INTERRUPTED)) for was, now in WAYS)
                yield Comparison(old, new, changes, Meaning(unknown, scope(old, new, changes)))
                continue
            one = self.versions(old, new)
            interrupted = any(way.answer == Unknown(INTERRUPTED) for way in one.meaning.ways)
            yield one


def _differ(old: Side, new: Side) -> bool:
    """Whether anything differs; what decides nothing may differ though the hashes are the same."""
    return old.policy.hash != new.policy.hash or bool(structure(old, new))


def _renamed(gone: list[Side], come: list[Side]) -> list[tuple[Side, Side]]:
    """The policies that only have another id now; they are taken out of both lists."""
    pairs = []
    for old in tuple(gone):
        for new in tuple(come):
            if old.policy.effective == new.policy.effective and _differs_in_id_alone(old, new):
                pairs.append((old, new))
                gone.remove(old)
                come.remove(new)
                break
    return pairs


def _differs_in_id_alone(old: Side, new: Side) -> bool:
    return [(change.sort, change.id) for change in structure(old, new)] == [(Sort.POLICY, "policy")]


def _succeeding(come: list[Side], new: Shelf) -> list[tuple[Side, Side]]:
    """New versions of policies that had one before, each with that one; they are taken out of the list."""
    pairs = []
    for side in tuple(come):
        versions = new.policies.versions[side.policy.id]
        number = versions.index(side.policy)
        if number:
            pairs.append((replace(side, policy=versions[number - 1]), side))
            come.remove(side)
    return pairs
