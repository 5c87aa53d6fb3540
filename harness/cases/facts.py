"""How every fact of a policy reads in a case: from the request, stated, measured, presumed or undocumented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from harness.cases.evidence import Documents
from harness.cases.measures import days_since, measure
from harness.cases.request import Readings
from harness.cases.several import Said, settle
from harness.cases.statements import Statement, value_of
from harness.model.builtin import BUILT_IN, facts_of
from harness.model.case import UNDOCUMENTED, Episode, Evidence, Reading, State
from harness.model.policy import Fact, Measure, MeasureOf, Policy
from harness.model.values import Interval

Stated = Mapping[str, tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads the facts of one case under one policy after another."""

    documents: Documents
    episodes: Sequence[Episode]
    on: date
    # By policy version and fact: a policy may be requested for several services, and its episodes are the same.
    measured: dict[tuple[str, str], tuple[Interval | None, tuple[int, ...]]] = field(default_factory=dict)

    def read(self, policy: Policy, given: Readings, *stated: Stated) -> Readings:
        """A reading for every fact of a policy and every built-in one.

        `given` are the built-in ones; `stated` is what the case states and what one of its services does.
        """
        read = dict(given)
        for fact in sorted(policy.facts.values(), key=_is_derived):
            if fact.id not in BUILT_IN:
                statements = [one for some in stated for one in some.get(fact.id, ())]
                read[fact.id] = self._reading(policy, fact, statements, read)
        return {fact: read[fact] for fact in facts_of(policy)}

    def _reading(self, policy: Policy, fact: Fact, statements: Sequence[Statement], read: Readings) -> Reading:
        several: list[Said] = []
        for one in statements:
            value = value_of(one, fact, self.documents.dates)
            if value is None:
                return UNDOCUMENTED  # the mistake is noted, and no case will be made
            several.append(Said(value, one.evidence, self.documents.date_of(one.evidence), one.value.place))
        measured = self._measured(policy, fact, read)
        if measured is not None:
            several.append(measured)
        if several:
            return settle(fact, several, self.documents.mistakes) or UNDOCUMENTED
        return self._presumed(policy, fact, read)

    def _evidence(self, numbers: Iterable[int]) -> tuple[Evidence, ...]:
        return tuple(dict.fromkeys(one for number in numbers for one in self.episodes[number].evidence))

    def _presumed(self, policy: Policy, fact: Fact, read: Readings) -> Reading:
        source = _source(fact, read)
        if source.state is State.PRESUMED and isinstance(source.value, Interval):
            return Reading(State.PRESUMED, days_since(source.value, self.on))
        undocumented = self._undocumented(policy, fact)
        if fact.presumed is not None and not undocumented.episodes:  # records that may count are not nothing
            return Reading(State.PRESUMED, fact.presumed)
        return undocumented

    def _undocumented(self, policy: Policy, fact: Fact) -> Reading:
        """Nothing is known, but records that may count are named, so that a reader sees that they were not missed."""
        if fact.measure is None or not fact.measure.episodes:
            return UNDOCUMENTED
        _, numbers = self._over_episodes(policy, fact.id, fact.measure)
        return Reading(State.UNDOCUMENTED, None, self._evidence(numbers), numbers)

    def _measured(self, policy: Policy, fact: Fact, read: Readings) -> Said | None:
        if fact.measure is None:
            return None
        if fact.measure.of is MeasureOf.DAYS_SINCE:
            source = _source(fact, read)
            if source.state is not State.DOCUMENTED or not isinstance(source.value, Interval):
                return None
            day = self.documents.date_of(source.evidence)
            return Said(days_since(source.value, self.on), source.evidence, day, None)
        value, numbers = self._over_episodes(policy, fact.id, fact.measure)
        if value is None:
            return None
        evidence = self._evidence(numbers)
        return Said(value, evidence, self.documents.date_of(evidence), None, numbers)

    def _over_episodes(self, policy: Policy, fact: str, m: Measure) -> tuple[Interval | None, tuple[int, ...]]:
        key = policy.version, fact
        if key not in self.measured:
            self.measured[key] = measure(m, self.episodes, self.on)
        return self.measured[key]


def _is_derived(fact: Fact) -> bool:
    """Whether a fact is measured from another one, and so read after it."""
    return fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE


def _source(fact: Fact, read: Readings) -> Reading:
    """The reading of the date fact that a fact is measured from."""
    name = fact.measure.date_fact if fact.measure is not None else None
    return UNDOCUMENTED if name is None else read.get(name, UNDOCUMENTED)
