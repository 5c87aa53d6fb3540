"""What the policies at hand can tell apart: the words, codes and thresholds that one of them names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from harness.model.builtin import facts_of
from harness.model.condition import Compare, Condition, Constant, OtherFact, walk
from harness.model.policy import Always, Fact, Never, Policy
from harness.model.values import DAYS, FactType, Interval, Value
from harness.proof.codes import representatives
from harness.proof.values import scaled

Key = tuple[str, str]  # of a fact that several policies can share: its id, and what its values are made of


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be told apart of each fact.

    `words` are its choices, those first that a condition names, or the codes that stand for all of their system;
    `thresholds` are the numbers that it is held against.
    """

    words: Mapping[Key, tuple[str, ...]]
    thresholds: Mapping[Key, tuple[int, ...]]
    named: Mapping[str, frozenset[str]]  # codes and families, by system
    compared: Mapping[str, int]  # by system, how often sets of codes are compared with each other

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> Vocabulary:
        noted = _Noted({}, {}, {}, {}, Counter(), {})
        for policy in policies:
            noted.take(policy)
        return noted.vocabulary()

    def covers(self, other: Vocabulary) -> bool:
        """Whether all that another one tells apart, this one tells apart."""
        return (
            all(set(words) <= set(self.words.get(key, ())) for key, words in other.words.items() if ":" not in key[1])
            and all(named <= self.named.get(system, frozenset()) for system, named in other.named.items())
            and all(times <= self.compared.get(system, 0) for system, times in other.compared.items())
            and other.words.keys() <= self.words.keys()
        )

    def with_thresholds(self, other: Vocabulary) -> Vocabulary:
        """The same with the numbers of another one beside its own."""
        both = {
            key: tuple(sorted({*self.thresholds.get(key, ()), *other.thresholds.get(key, ())}))
            for key in (*self.thresholds, *other.thresholds)
        }
        return replace(self, thresholds=both)


def key_of(fact: Fact) -> Key:
    """Facts of two policies are one when they have the same id and hold the same sort of values."""
    match fact.type:
        case FactType.NUMBER:
            return fact.id, f"number {'d' if fact.unit in DAYS else fact.unit or ''}"
        case FactType.SET if fact.system is not None:
            return fact.id, f"set:{fact.system}"
        case kind:
            return fact.id, kind.value


def conditions_of(policy: Policy) -> Iterator[Condition]:
    """Every condition that a policy states: of its rules, its decision and its properties."""
    for rule in policy.rules.values():
        yield from walk(rule.when)
    yield from walk(policy.decision.necessary_when)
    for one in policy.properties:
        if isinstance(one.claim, Always | Never):
            yield from walk(one.claim.when)
            if not isinstance(one.claim.then, str):
                yield from walk(one.claim.then)


@dataclass(frozen=True, slots=True)
class _Noted:
    words: dict[Key, dict[str, None]]
    first: dict[Key, dict[str, None]]  # of the words, those that a condition names
    numbers: dict[Key, set[int]]
    named: dict[str, set[str]]
    compared: Counter[str]
    systems: dict[Key, str]

    def take(self, policy: Policy) -> None:
        facts = facts_of(policy)
        for fact in facts.values():
            self._declared(fact)
        pairs: set[tuple[str, str]] = set()
        for condition in conditions_of(policy):
            match condition:
                case Compare(left, _, Constant(value)):
                    self._value(facts[left], value)
                case Compare(left, _, OtherFact(right)):
                    pairs.add((left, right))
        for one, other in sorted(pairs):
            self._beside(facts[one], facts[other])

    def _declared(self, fact: Fact) -> None:
        if fact.type in {FactType.CHOICE, FactType.SET}:
            self.words.setdefault(key_of(fact), {}).update(dict.fromkeys(fact.choices))
        if fact.system is not None:
            self.systems[key_of(fact)] = fact.system
            self.named.setdefault(fact.system, set())
        for bound in (fact.minimum, fact.maximum):
            if bound is not None:
                self._value(fact, Interval.point(bound))
        if fact.presumed is not None:
            self._value(fact, fact.presumed)

    def _value(self, fact: Fact, value: Value | tuple[str, ...]) -> None:
        match value:
            case Interval(low, high):
                found = {scaled(bound, fact.type) for bound in (low, high) if bound is not None}
                self.numbers.setdefault(key_of(fact), set()).update(found)
            case tuple() | frozenset() if fact.system is not None:
                self.named[fact.system].update(value)
            case str() | tuple() | frozenset():
                words = (value,) if isinstance(value, str) else value
                listed = words if isinstance(words, tuple) else sorted(words)
                self.first.setdefault(key_of(fact), {}).update(dict.fromkeys(listed))

    def _beside(self, fact: Fact, other: Fact) -> None:
        """Two facts are compared with each other: what tells values of the one apart, tells those of the other."""
        if fact.system is not None:
            self.compared[fact.system] += 2  # that the one holds what the other does not, and both the same
        one, two = (self.numbers.setdefault(key_of(each), set()) for each in (fact, other))
        one |= two
        two |= one
        these, those = (self.first.setdefault(key_of(each), {}) for each in (fact, other))
        these |= those
        those |= these

    def vocabulary(self) -> Vocabulary:
        words = {
            key: tuple(dict.fromkeys((*(w for w in self.first.get(key, ()) if w in listed), *listed)))
            for key, listed in self.words.items()
        }
        facts = Counter(self.systems.values())
        for key, system in self.systems.items():
            times = self.compared[system]
            copies = facts[system] + times if times else 1
            words[key] = representatives(self.named[system], system, copies)
        return Vocabulary(
            words=words,
            thresholds={key: tuple(sorted(numbers)) for key, numbers in self.numbers.items()},
            named={system: frozenset(named) for system, named in self.named.items()},
            compared=dict(self.compared),
        )
