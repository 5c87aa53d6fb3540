"""Which treatment records to ask for, where a fact is measured from them."""

from __future__ import annotations

from decimal import Decimal

from harness.model.policy import Fact, MeasureOf
from harness.model.values import plain_number
from harness.model.wording import window_words
from harness.questionnaire.model import Records

_DATES = "the first and the last day of each"
_SHOW = {
    MeasureOf.SESSIONS: f"{_DATES}, and how many visits there were",
    MeasureOf.DAYS_SINCE_LAST: "the last day of each",
}


def records_of(fact: Fact) -> Records | None:
    """None for a fact that is not measured from records."""
    measure = fact.measure
    if measure is None or not measure.episodes:
        return None
    return Records(
        kinds=tuple(_words(kind) for kind in measure.episodes),
        attributes=tuple((_words(name), tuple(map(_value, values))) for name, values in measure.where.items()),
        window="" if measure.within is None else window_words(measure.within),
        show=_SHOW.get(measure.of, _DATES),
    )


def records_words(records: Records) -> str:
    """`records of physical therapy (supervised: yes) from the last 12 months, with the first and the last day`."""
    kinds = records.kinds
    named = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    where = "; ".join(f"{name}: {' or '.join(values)}" for name, values in records.attributes)
    within = f" within the {records.window} before the request" if records.window else ""
    return f"records of {named}{f' ({where})' if where else ''}{within}, with {records.show}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(value: bool | Decimal | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain_number(value) if isinstance(value, Decimal) else value
