"""The questions of a form: one field a fact, with the words that a reader needs to answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from harness.model.builtin import BUILT_IN
from harness.model.codes import SAMPLES
from harness.model.policy import Fact, MeasureOf, Policy
from harness.model.values import DAYS, FactType, quantity
from harness.model.wording import value_text
from harness.questionnaire.records import records_of, records_words
from harness.site.groups import groups

_HOWS = (("exactly", "exactly"), ("at_least", "at least"), ("at_most", "at most"), ("between", "between"))
_HOWS_OF_DATES = (("exactly", "on"), ("at_least", "on or after"), ("at_most", "on or before"), ("between", "between"))
_SEVERAL = Decimal(14)  # of any unit, in weeks too, so that its word is the plural


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `at` begins the ids of its controls."""

    fact: str
    at: str
    kind: str  # boolean, number, age, date, day, choice, set, codes or text
    question: str
    help: tuple[str, ...]
    units: tuple[tuple[str, str], ...]  # of a number: what may be chosen, with its word
    choices: tuple[str, ...]
    counted_from: str | None  # the date fact that gives the number

    @property
    def hows(self) -> tuple[tuple[str, str], ...]:
        """How exactly a number or a date may be known."""
        return _HOWS_OF_DATES if self.kind == "date" else _HOWS


@dataclass(frozen=True, slots=True)
class Fieldset:
    title: str
    fields: tuple[Field, ...]


def fieldsets(policy: Policy, at: str) -> tuple[Fieldset, ...]:
    """The groups of a policy's facts with their fields; `at` begins every id, so that two forms share a page."""
    number = {name: place for place, name in enumerate(policy.facts, 1)}
    return tuple(
        Fieldset(group.title, tuple(_field(policy.facts[name], f"{at}-{number[name]}") for name in group.facts))
        for group in groups(policy)
    )


def _field(fact: Fact, at: str) -> Field:
    derived = fact.measure is not None and fact.measure.of is MeasureOf.DAYS_SINCE
    return Field(
        fact=fact.id,
        at=at,
        kind=_kind(fact),
        question=fact.question,
        help=tuple(_help(fact)),
        units=tuple(_units(fact)),
        choices=fact.choices,
        counted_from=fact.measure.date_fact if derived and fact.measure is not None else None,
    )


def _kind(fact: Fact) -> str:
    match fact.type:
        case FactType.NUMBER if fact.id in BUILT_IN:
            return "age"
        case FactType.DATE if fact.id in BUILT_IN:
            return "day"
        case FactType.SET if fact.system is not None:
            return "codes"
        case _:
            return fact.type.value


def _help(fact: Fact) -> Iterator[str]:
    """Where to look, which records count, what is presumed, and the bounds."""
    if fact.id in BUILT_IN:
        return
    yield f"Look for: {fact.look_for}"
    records = records_of(fact)
    if records is not None:
        yield f"From treatment {records_words(records)}"
    if fact.system is not None:
        yield f"Whole codes of {fact.system}, such as {SAMPLES[fact.system]}, with commas between them"
    if fact.presumed is not None:
        yield f"Presumed where it is not documented: {value_text(fact.presumed, fact)}"
    least, most = (None if bound is None else quantity(bound, fact.unit) for bound in (fact.minimum, fact.maximum))
    if least is not None and most is not None:
        yield f"From {least} to {most}"
    elif most is not None:
        yield f"At most {most}"


def _units(fact: Fact) -> Iterator[tuple[str, str]]:
    if fact.type is not FactType.NUMBER or fact.unit is None:
        return
    for unit in [fact.unit, *(other for other in DAYS if other != fact.unit)] if fact.unit in DAYS else [fact.unit]:
        yield unit, "%" if unit == "%" else quantity(_SEVERAL, unit).split(" ", 1)[-1]
