"""What can decide a case, on either side of a comparison; and who reads a parameter or fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from harness.difference.change import Bearing, Reader, Sort
from harness.difference.conditions import deciding_rules, facts_behind, parameters_read
from harness.model.condition import Condition
from harness.model.policy import Measure, Parameter, Policy
from harness.model.values import Interval
from harness.model.wording import rule_title


@dataclass(frozen=True, slots=True)
class Reach:
    """The rules, facts and parameters on which an outcome can rest, of both sides together."""

    rules: frozenset[str]
    facts: frozenset[str]
    parameters: frozenset[str]
    measured: frozenset[str]  # parameters that set how one of the facts is measured

    def rule(self, id_: str) -> Bearing:
        return Bearing.DECIDES if id_ in self.rules else Bearing.SAYS

    def kind(self, id_: str) -> Bearing:
        """What the kind of a rule does: no outcome rests on it, but which deficiencies are named."""
        return Bearing.NAMES if id_ in self.rules else Bearing.SAYS

    def parameter(self, id_: str) -> Bearing:
        if id_ in self.parameters:
            return Bearing.DECIDES
        return Bearing.READS if id_ in self.measured else Bearing.SAYS

    def fact(self, id_: str, bearing: Bearing) -> Bearing:
        return bearing if id_ in self.facts else Bearing.SAYS


def reach(old: Policy, new: Policy) -> Reach:
    rules: set[str] = set()
    facts: set[str] = set()
    parameters: set[str] = set()
    for policy in (old, new):
        deciding = deciding_rules(policy)
        rules |= deciding
        for condition in (policy.decision.necessary_when, *(policy.rules[rule].when for rule in deciding)):
            facts |= facts_behind(condition, policy)
            parameters |= parameters_read(condition)
    measured = {id_ for id_ in old.parameters for fact in measured_by(id_, old, new) if fact in facts}
    return Reach(frozenset(rules), frozenset(facts), frozenset(parameters), frozenset(measured))


def parameter_readers(id_: str, policy: Policy, other: Policy) -> tuple[Reader, ...]:
    by_condition = _readers(policy, lambda condition: id_ in parameters_read(condition))
    by_measure = (Reader(Sort.FACT, fact, policy.facts[fact].question) for fact in measured_by(id_, policy, other))
    return (*by_condition, *by_measure)


def fact_readers(id_: str, policy: Policy) -> tuple[Reader, ...]:
    return tuple(_readers(policy, lambda condition: id_ in facts_behind(condition, policy)))


def _readers(policy: Policy, reads: Callable[[Condition], bool]) -> Iterator[Reader]:
    for id_, rule in policy.rules.items():
        if reads(rule.when):
            yield Reader(Sort.RULE, id_, rule_title(id_, policy))
    if reads(policy.decision.necessary_when):
        yield Reader(Sort.DECISION, "necessary_when", "the decision")


def measured_by(id_: str, policy: Policy, other: Policy) -> tuple[str, ...]:
    """The facts whose measure changes as this parameter does.

    A measure holds the values of the parameters it names and no longer their names, so they are known by that.
    """
    here, there = policy.parameters.get(id_), other.parameters.get(id_)
    if here is None or there is None or here.value == there.value:
        return ()
    wanted = (_values(here), _values(there))
    return tuple(
        name
        for name, fact in policy.facts.items()
        if fact.measure and (against := other.facts.get(name)) and against.measure
        and wanted in zip(_settings(fact.measure), _settings(against.measure), strict=False)
    )  # fmt: skip


def _values(parameter: Parameter) -> tuple[object, ...]:
    value = parameter.value
    if isinstance(value, Interval):
        return (value.low,)
    return value if isinstance(value, tuple) else (value,)


def _settings(measure: Measure) -> tuple[tuple[object, ...], ...]:
    window = measure.within
    length = (Decimal(window.months or window.weeks * 7 or window.days),) if window else ()
    return (length, *(measure.where[name] for name in sorted(measure.where)))
