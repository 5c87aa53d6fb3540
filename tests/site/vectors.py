"""Vectors that hold the browser script equal to the engine: policies, what is stated, and what must follow from it.

A file of them is the compiled policy in the first line and one case a line after it, so that one Node process reads
thousands without holding them. Random readings stand near the thresholds of the policy, where evaluators differ if
they ever do.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from harness.assessment.explain import explain_rule
from harness.assessment.findings import deficiencies, findings
from harness.assessment.matter import what_matters
from harness.assessment.remedies import remedy_sets
from harness.cases import read_case
from harness.cases.measures import days_since
from harness.evaluate import evaluate, outcome_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.codes import SAMPLES, is_code
from harness.model.condition import Compare, Constant, walk
from harness.model.policy import Fact, MeasureOf, Policies, Policy
from harness.model.values import FactType, Interval, Value
from harness.model.wording import fill
from harness.site.compiled import compiled, encoded

Stated = Mapping[str, Value]

SPOKEN_EACH = 20  # of so many vectors one is held equal in its words too, which takes longer


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws what a case states of a policy's facts."""

    policy: Policy
    random: random.Random

    def stated(self) -> dict[str, Value]:
        """Some of the facts, from nearly all to nearly none; the request date always, where there is one."""
        share = self.random.choice((0.15, 0.5, 0.85, 0.97))
        drawn: dict[str, Value] = {}
        for fact in self.policy.facts.values():
            if fact.id == "request.date":
                drawn[fact.id] = Interval.point(date(2026, 1, 15).toordinal() - self.random.randrange(40))
            elif self.random.random() < share:
                drawn[fact.id] = self._value(fact)
        return drawn

    def near(self, known: Stated) -> dict[str, Value]:
        """A known case with up to four of its facts changed or left out."""
        drawn = dict(known)
        facts = [fact for fact in self.policy.facts.values() if fact.id != "request.date"]
        for fact in self.random.sample(facts, min(len(facts), self.random.randrange(5))):
            if self.random.random() < 0.3:
                drawn.pop(fact.id, None)
            else:
                drawn[fact.id] = self._value(fact)
        return drawn

    def _value(self, fact: Fact) -> Value:
        match fact.type:
            case FactType.BOOLEAN:
                return self.random.random() < 0.5
            case FactType.NUMBER:
                return self._interval(self._numbers(fact))
            case FactType.DATE:
                return self._interval(self._days(fact))
            case FactType.CHOICE:
                return self.random.choice(self._compared(fact) or fact.choices)
            case FactType.SET:
                known = fact.choices or self._codes(fact)
                return frozenset(self.random.sample(known, self.random.randint(0, min(3, len(known)))))
            case FactType.TEXT:
                return self.random.choice(("a", "Oswestry", 'two "words" and: more', "é {pain.duration}"))

    def _interval(self, numbers: list[Decimal]) -> Interval:
        low, high = sorted(self.random.choice(numbers) for _ in range(2))
        point = Interval.point(low)
        return self.random.choice((point, point, point, Interval(low, high), Interval(low, None), Interval(None, high)))

    def _numbers(self, fact: Fact) -> list[Decimal]:
        """At, just below and just above each threshold, within the bounds of the fact."""
        near = [bound + step for bound in (self._thresholds(fact) or [Decimal(1)]) for step in (-1, 0, 0, 1)]
        near += [Decimal(0), Decimal("2.5"), Decimal("0.000001"), Decimal(1000)]
        low, high = fact.least, fact.maximum
        fit = [number for number in near if (low is None or number >= low) and (high is None or number <= high)]
        return fit or [low or high or Decimal(0)]

    def _days(self, fact: Fact) -> list[Decimal]:
        far = [Decimal(date(2025, 12, 6).toordinal() - back) for back in (0, 1, 28, 365, 700)]
        far += [Decimal(day.toordinal()) for day in (date(2000, 2, 29), date(1900, 3, 1), date(400, 12, 31))]
        return [*self._thresholds(fact), *far]

    def _thresholds(self, fact: Fact) -> list[Decimal]:
        intervals = [value for value in self._constants(fact) if isinstance(value, Interval)]
        return [value.low for value in intervals if value.low is not None]

    def _codes(self, fact: Fact) -> tuple[str, ...]:
        listed = [code for value in self._constants(fact) if isinstance(value, tuple) for code in value]
        near = [one for code in listed for one in (code, *(code.rstrip("-") + end for end in ("9", "09", ".9")))]
        system = fact.system or ""
        whole = [code for code in near if is_code(code, system)]
        return (*dict.fromkeys([*whole, SAMPLES[system]]),)

    def _compared(self, fact: Fact) -> tuple[str, ...]:
        """The choices that a condition names, half of the time: the others are mostly alike."""
        if self.random.random() < 0.5:
            return ()
        named: list[str] = []
        for value in self._constants(fact):
            named += [value] if isinstance(value, str) else [*value] if isinstance(value, tuple) else []
        return tuple(named)

    def _constants(self, fact: Fact) -> Iterator[Value | tuple[str, ...]]:
        for rule in self.policy.rules.values():
            for node in walk(rule.when):
                match node:
                    case Compare(fact.id, _, Constant(value)):
                        yield value


def stated_in(folder: Path, policies: Policies) -> dict[str, list[Stated]]:
    """What the cases below a folder state of each policy they request, measured lengths as numbers."""
    found: dict[str, list[Stated]] = {}
    for file in sorted(folder.glob("*/case.yaml")):
        case = read_case(file, policies)
        for request in case.services:
            held = {id_: r.value for id_, r in request.facts.items() if r.state is State.DOCUMENTED}
            stated = {id_: value for id_, value in held.items() if value is not None}
            found.setdefault(request.policy, []).append(stated)
    return found


def readings_of(policy: Policy, stated: Stated) -> dict[str, Reading]:
    """How the facts read, given what is stated; as `harness.cases.facts` reads a case without treatment records."""
    readings: dict[str, Reading] = {}
    for fact in sorted(policy.facts.values(), key=_is_derived):
        source = readings.get(fact.measure.date_fact or "") if fact.measure is not None else None
        if source is not None and isinstance(source.value, Interval):
            readings[fact.id] = Reading(source.state, days_since(source.value, _request_date(stated)))
        elif fact.id in stated:
            readings[fact.id] = Reading(State.DOCUMENTED, stated[fact.id])
        elif fact.presumed is not None:
            readings[fact.id] = Reading(State.PRESUMED, fact.presumed)
        else:
            readings[fact.id] = UNDOCUMENTED
    return readings


def _is_derived(fact: Fact) -> bool:
    return fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE


def _request_date(stated: Stated) -> date:
    value = stated["request.date"]
    assert isinstance(value, Interval)
    assert value.low is not None
    return date.fromordinal(int(value.low))


def shipped(policy: Policy, number: int, known: Sequence[Stated] = ()) -> Iterator[dict[str, Value]]:
    """What so many cases state of a policy: random ones, and the known ones with a few facts changed.

    A date that a number is counted from leaves no room for the number.
    """
    chance = Chance(policy, random.Random(policy.version))
    for count in range(number):
        near = known[count // 2 % len(known)] if known and count % 2 else None
        stated = chance.stated() if near is None else chance.near(near)
        for fact in policy.facts.values():
            if _is_derived(fact) and fact.measure is not None and fact.measure.date_fact in stated:
                stated.pop(fact.id, None)
        yield stated


def vector(policy: Policy, stated: Stated, *, spoken: bool = False) -> dict[str, Any]:
    """One case with what must follow from it; `spoken` says whether the words are compared too."""
    facts = readings_of(policy, stated)
    statuses = evaluate(policy, facts)
    outcome = outcome_of(policy, facts, statuses)
    remedies = remedy_sets(policy, facts, statuses) if outcome != "medically_necessary" else []
    expect: dict[str, Any] = {
        "statuses": "".join(str(int(statuses[rule])) for rule in policy.order),
        "outcome": outcome.value,
        "deficiencies": sorted(deficiencies(policy, facts, statuses)),
        "remedy": [*remedies[0]] if remedies else [],
    }
    if spoken:
        matter = what_matters(policy, facts, statuses)
        explained = {id_: explain_rule(policy, id_, facts, statuses) for id_ in policy.rules}
        found = findings(policy, facts, statuses, explained, matter)
        expect["remedies"] = [[*rules] for rules in remedies]
        expect["findings"] = [[one.rule, one.role.value, one.status.word, one.says, one.submit] for one in found]
        expect["presumed"] = [id_ for id_ in policy.facts if id_ in matter.presumed]
        expect["says"] = fill(policy.decision.says.get(outcome, ""), policy, facts)
    given = {id_: encoded(value, policy.facts[id_].type) for id_, value in stated.items()}
    return {"stated": given, "expect": expect}


def write(file: Path, policy: Policy, cases: Iterable[Stated]) -> int:
    """Write the vectors of one policy; how many."""
    written = 0
    with file.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(compiled(policy)) + "\n")
        for stated in cases:
            made = vector(policy, stated, spoken=written % SPOKEN_EACH == 0)
            stream.write(json.dumps(made, separators=(",", ":")) + "\n")
            written += 1
    return written
