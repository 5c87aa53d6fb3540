"""Parameters as the model has them: a value in its unit, checked, and named where it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from harness.errors import Mistakes, did_you_mean
from harness.model import values
from harness.model.policy import Citation, Parameter
from harness.model.values import DAYS, Interval, Value, to_canonical, unit_meant
from harness.policies.scope import Part

_WITH_UNIT = re.compile(r"(?P<number>-?[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>[^\s0-9]*)")


def parameter(id_: str, part: Part, given: Part | None, cited: tuple[Citation, ...]) -> Parameter:
    """A parameter with the value that stands, a policy's own (`given`) before the module's."""
    holder = given or part
    unit = part.raw.get("unit")
    return Parameter(
        id=id_,
        title=part.raw["title"],
        value=_value(holder.raw["value"], unit),
        unit=unit,
        references=cited,
        place=holder.own_place,
    )


def _value(raw: Any, unit: str | None) -> Value | tuple[str, ...]:
    match raw:
        case bool() | str():
            return raw
        case list():
            return tuple(raw)
        case _:
            return Interval.point(to_canonical(Decimal(raw), unit))


def check_parameter(id_: str, part: Part, given: Part | None, mistakes: Mistakes) -> bool:
    """Whether a unit belongs to a number, and another value is of the same sort and unit as the module's own."""
    before = len(mistakes)
    if "unit" in part.raw and not is_number(part.raw["value"]):
        _tell_no_number(part, mistakes)
    elif given is not None and _sort(given.raw["value"]) != _sort(part.raw["value"]):
        place = given.place("value") if "value" in given.raw else given.own_place
        message = f"the value is {_sort(given.raw['value'])}, the module's own is {_sort(part.raw['value'])}"
        unit = f", in `{part.raw['unit']}`" if "unit" in part.raw else ""
        mistakes.add(place, message, f"write {_sort(part.raw['value'])}{unit}")
    elif given is not None and "unit" in given.raw and given.raw["unit"] != part.raw.get("unit"):
        _tell_other_unit(id_, part, given, mistakes)
    return len(mistakes) == before


def _tell_no_number(part: Part, mistakes: Mistakes) -> None:
    value, unit = part.raw["value"], part.raw["unit"]
    if not isinstance(value, str):
        mistakes.add(part.place("unit"), "a unit belongs to a number", "leave the unit out")
        return
    match = _WITH_UNIT.fullmatch(value.strip())
    meant = match is not None and (not match["unit"] or unit in {match["unit"], unit_meant(match["unit"])})
    number = match["number"].replace(",", ".") if match and meant else None
    if number == value:
        cure = f"write it without quotes: `{value}`"
    elif number is not None:
        cure = f"write `value: {number}`; the unit stands beside it"
    else:
        cure = f"write a number of `{unit}`; the unit stands beside it"
    mistakes.add(part.place("value"), f"`{value}` is text, not a number", cure)


def _tell_other_unit(id_: str, part: Part, given: Part, mistakes: Mistakes) -> None:
    own, other = part.raw.get("unit"), given.raw["unit"]
    whose = f"module `{part.module}`" if part.module is not None else "the policy"
    if own is None:
        mistakes.add(given.place("unit"), f"{whose} has `{id_}` without a unit", "leave the unit out")
        return
    cure = f"write the value in `{own}`"
    if own in DAYS and other in DAYS and is_number(given.raw["value"]):
        number = to_canonical(Decimal(given.raw["value"]), other) / DAYS[own]
        if number == round(number, 2):
            cure = f"write `{values.plain_number(number)}`"
    mistakes.add(
        given.place("unit"), f"{whose} has `{id_}` in `{own}`, not in `{other}`", f"{cure}; leave the unit out"
    )


def is_number(raw: object) -> bool:
    return isinstance(raw, int | Decimal) and not isinstance(raw, bool)


def _sort(raw: object) -> str:
    if is_number(raw):
        return "a number"
    return {bool: "true or false", str: "a word", list: "a list"}[type(raw)]


def plain_number(found: Parameter, part: Part, below: tuple[str | int, ...], mistakes: Mistakes) -> None:
    """Note a length of time where only a plain number has a meaning."""
    if found.unit in DAYS or found.unit in {"mo", "a"}:
        message = f"parameter `{found.id}` is a length of time in `{found.unit}`, and a plain number is needed"
        mistakes.add(part.place(*below), message, "name a parameter without a unit")


def part_number(found: Parameter) -> int | None:
    """The whole number a parameter holds, canonical; None when it holds none."""
    value = found.value
    if isinstance(value, Interval) and value.low is not None and value.low == int(value.low):
        return int(value.low)
    return None


def named_parameter(
    id_: str, part: Part, below: tuple[str | int, ...], parameters: Mapping[str, Parameter], mistakes: Mistakes
) -> Parameter | None:
    """A parameter by id; None, noted, when there is none."""
    if id_ not in parameters:
        mistakes.add(part.place(*below), f"parameter `{id_}` is not declared", did_you_mean(id_, parameters))
    return parameters.get(id_)
