"""Facts as read, written again: as a case file that reads so, or as one entry of a policy's `tests.yaml`.

What is presumed or undocumented is left out, and so is a number that its date gives. `harness.plain_yaml` writes the
text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from harness.cases.measures import days_since
from harness.errors import InternalError
from harness.model.builtin import BUILT_IN
from harness.model.case import Reading, State
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import DAYS, FactType, Interval, Outcome, Status, Value, plain_number
from harness.strict_yaml import MAX_DECIMALS, MAX_NUMBER, Json

Facts = Mapping[str, Reading]
Content = dict[str, Json]

_SERVICE = ("request.level", "request.side", "request.setting")
_PATIENT = ("patient.age", "patient.sex")


def case_file(
    policy: Policy,
    facts: Facts,
    id: str,  # noqa: A002 - as the file calls it
    title: str,
    outcome: Outcome | None = None,
    statuses: Mapping[str, Status] | None = None,
) -> Content:
    """A made-up case with these facts, requested under one policy; `outcome` and `statuses` are what it must end in."""
    service: Content = {"policy": policy.id, **_words(facts, _SERVICE)}
    content: Content = {
        "case": id,
        "title": title,
        "synthetic": True,
        "request": {"date": request_date(facts).isoformat(), "services": [service]},
    }
    patient = _words(facts, _PATIENT)
    stated = dict(_stated(policy, facts))
    expected = _expected(outcome, statuses)
    for key, part in (("patient", patient), ("facts", stated), ("expect", expected)):
        if part:
            content[key] = part
    return content


def policy_test(
    policy: Policy,
    facts: Facts,
    name: str,
    outcome: Outcome | None = None,
    statuses: Mapping[str, Status] | None = None,
) -> Content:
    """The same case as one entry of a policy's `tests.yaml`."""
    given = {**_words(facts, _SERVICE + _PATIENT, whole=True), **dict(_stated(policy, facts))}
    content: Content = {"name": name, "request_date": request_date(facts).isoformat()}
    if given:
        content["given"] = given
    content["expect"] = _expected(outcome, statuses)
    return content


def request_date(facts: Facts) -> date:
    value = facts["request.date"].value
    assert isinstance(value, Interval)
    assert value.low is not None
    return date.fromordinal(int(value.low))


def _expected(outcome: Outcome | None, statuses: Mapping[str, Status] | None) -> Content:
    expected: Content = {} if outcome is None else {"outcome": outcome.value}
    if statuses:
        expected["rules"] = {rule: status.word for rule, status in statuses.items()}
    return expected


def _words(facts: Facts, names: tuple[str, ...], *, whole: bool = False) -> Content:
    """What is documented of the request or the patient, by the key it has there, or by its `whole` name."""
    return {
        name if whole else name.partition(".")[2]: int(value.low or 0) if isinstance(value, Interval) else str(value)
        for name in names
        if name in facts and (value := facts[name].value) is not None
    }


def _stated(policy: Policy, facts: Facts) -> Iterator[tuple[str, Json]]:
    for fact in policy.facts.values():
        reading = facts[fact.id]
        own = fact.id not in BUILT_IN and reading.state is State.DOCUMENTED
        if own and reading.value is not None and not _given_by_its_date(fact, reading, facts):
            yield fact.id, _content(fact, reading.value)


def _given_by_its_date(fact: Fact, reading: Reading, facts: Facts) -> bool:
    if fact.measure is None or fact.measure.of is not MeasureOf.DAYS_SINCE or fact.measure.date_fact is None:
        return False
    day = facts[fact.measure.date_fact]
    known = day.state is State.DOCUMENTED and isinstance(day.value, Interval)
    return known and isinstance(day.value, Interval) and days_since(day.value, request_date(facts)) == reading.value


def _content(fact: Fact, value: Value) -> Json:
    match value:
        case Interval() if fact.type is FactType.DATE:
            return _range(value, lambda bound: date.fromordinal(int(bound)).isoformat())
        case Interval():
            return _number(fact, value)
        case frozenset():
            return [*sorted(value)]
        case _:
            return value


def _number(fact: Fact, value: Interval) -> Json:
    """A number in the unit of its fact, or in days or weeks where that cannot write it exactly."""
    units = [fact.unit, *DAYS] if fact.unit in DAYS else [fact.unit]
    bounds = [bound for bound in (value.low, value.high) if bound is not None]
    for unit in units:
        if all(_fits(_in_unit(bound, unit)) for bound in bounds):
            written = _range(value, lambda bound: _plain(_in_unit(bound, unit)))  # noqa: B023 - called at once
            return written if unit == fact.unit else {"value": written, "unit": unit}
    raise InternalError(f"no case file can state `{fact.id}` as exactly as that")


def _in_unit(number: Decimal, unit: str | None) -> Decimal:
    return number / DAYS[unit] if unit in DAYS else number


def _fits(number: Decimal) -> bool:
    return abs(number) <= MAX_NUMBER and number == round(number, MAX_DECIMALS)


def _plain(number: Decimal) -> int | Decimal:
    exact = Decimal(plain_number(number))
    return int(exact) if exact == int(exact) else exact


def _range(value: Interval, write: Callable[[Decimal], Json]) -> Json:
    if value.is_point and value.low is not None:
        return write(value.low)
    bounds = (("at_least", value.low), ("at_most", value.high))
    return {key: write(bound) for key, bound in bounds if bound is not None}
