"""What the tests of a policy reached of all that they should reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.evaluate import Facts, Statuses, evaluate, outcome_of, status_of
from harness.model.policy import Policies, Policy
from harness.model.values import Outcome
from harness.suite.items import Item, ItemKind, condition_at, items_of
from harness.suite.model import PolicyTest

Impossible = Callable[[Policy, Item], bool]  # whether no case at all can reach an item


@dataclass(frozen=True, slots=True)
class Coverage:
    """One version of one policy: every item, with the number of tests that reached it, in the order of the policy."""

    policy: Policy
    tests: int
    hits: Mapping[Item, int]
    impossible: tuple[Item, ...] = ()  # left out of `hits`

    @property
    def uncovered(self) -> tuple[Item, ...]:
        return tuple(item for item, hits in self.hits.items() if not hits)

    @property
    def covered(self) -> int:
        return len(self.hits) - len(self.uncovered)


def coverage(
    policies: Iterable[Policy], tests: Iterable[PolicyTest], impossible: Impossible | None = None
) -> tuple[Coverage, ...]:
    """The coverage of some versions of policies by the tests that run under them, in the order of the policies.

    `impossible` is asked only of what no test reached.
    """
    by_version: dict[tuple[str, str], list[PolicyTest]] = {}
    for test in tests:
        by_version.setdefault((test.policy.place.file, test.policy.version), []).append(test)
    return tuple(
        _coverage(policy, by_version.get((policy.place.file, policy.version), []), impossible) for policy in policies
    )


def versions_to_cover(
    several: Iterable[Policies], tests: Iterable[PolicyTest], paths: Iterable[str]
) -> tuple[Policy, ...]:
    """The versions that tests should cover, of the policies that they run under or that lie at one of some paths.

    They are the latest of each policy and the drafts that tests run under; what is superseded is not edited any more.
    """
    run, folders = {test.policy.place.file for test in tests}, [Path(path).resolve() for path in paths]
    chosen: dict[str, Policy] = {}
    for versions in (versions for policies in several for versions in policies.versions.values()):
        files = {version.place.file for version in versions}
        if not files & run and not any(_lies_in(file, folders) for file in files):
            continue
        latest = max(versions, key=lambda version: (version.status != "draft", version.effective))
        wanted = [v for v in versions if v is latest or (v.status == "draft" and v.place.file in run)]
        chosen.update((version.place.file, version) for version in wanted)
    return tuple(chosen.values())


def _lies_in(file: str, folders: Iterable[Path]) -> bool:
    return any(Path(file).resolve().is_relative_to(folder) for folder in folders)


def percent(covered: int, items: int) -> int:
    """Whole percent, rounded down, so that 100 means all; all of nothing is 100."""
    return 100 * covered // items if items else 100


def _coverage(policy: Policy, tests: list[PolicyTest], impossible: Impossible | None) -> Coverage:
    hits = dict.fromkeys(items_of(policy), 0)
    for test in tests:
        facts = test.request.facts
        held = evaluate(policy, facts)
        outcome = outcome_of(policy, facts, held)
        for item in hits:
            hits[item] += _is_reached(policy, item, facts, held, outcome)
    never = tuple(item for item, count in hits.items() if not count and impossible and impossible(policy, item))
    return Coverage(policy, len(tests), {item: n for item, n in hits.items() if item not in never}, never)


def _is_reached(policy: Policy, item: Item, facts: Facts, held: Statuses, outcome: Outcome) -> bool:
    match item.kind:
        case ItemKind.OUTCOME:
            return outcome is item.outcome
        case ItemKind.STATUS:
            assert item.rule is not None
            return held[item.rule] in item.statuses
        case ItemKind.SIDE:
            return status_of(condition_at(policy, item), facts, held) in item.statuses
