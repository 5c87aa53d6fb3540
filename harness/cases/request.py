"""The facts that every request and patient has (`harness.model.builtin`); the request itself is their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from harness.cases.nodes import Dates, Node
from harness.model.builtin import LEVELS, SETTINGS, SEXES, SIDES
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.months import years_between
from harness.model.values import Interval, Value

OLDEST = 130  # years, as the schema has it for a patient's age

Readings = Mapping[str, Reading]


def request_facts(service: Node, on: date) -> Readings:
    """`request.*` as one service has it."""
    return {
        "request.date": _reading(Interval.point(on.toordinal())),
        "request.level": _reading(_word(service, "level", LEVELS)),
        "request.side": _reading(_word(service, "side", SIDES)),
        "request.setting": _reading(_word(service, "setting", SETTINGS)),
    }


def patient_facts(case: Node, dates: Dates) -> Readings:
    """`patient.*`: the age in complete years on the request date, as stated or counted from the birth date."""
    patient = case.get("patient")
    if patient is None:
        return {"patient.age": UNDOCUMENTED, "patient.sex": UNDOCUMENTED}
    return {"patient.age": _reading(_age(patient, dates)), "patient.sex": _reading(_word(patient, "sex", SEXES))}


def _reading(value: Value | None) -> Reading:
    return UNDOCUMENTED if value is None else Reading(State.DOCUMENTED, value)


def _word(node: Node, key: str, words: Iterable[str]) -> str | None:
    word = node.text(key)
    return word if word in words else None


def _age(patient: Node, dates: Dates) -> Interval | None:
    age, birth = patient.get("age"), patient.get("birth_date")
    if age is not None:
        return Interval.point(age.data) if isinstance(age.data, int) else None
    born = dates.read(birth, "`birth_date`")
    if birth is None or born is None or dates.request is None:
        return None
    years = years_between(born, dates.request)
    if years > OLDEST:
        message = f"`birth_date` is more than {OLDEST} years before the request date"
        dates.mistakes.add(birth.place, message, "check both dates")
    return Interval.point(years)
