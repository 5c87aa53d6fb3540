"""Facts as the model has them, each checked against its own type and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from harness.errors import Mistakes, did_you_mean
from harness.model.codes import code_help, is_code, is_family
from harness.model.policy import Fact, Measure, MeasureOf, Parameter, Window
from harness.model.values import FactType, Interval, Value, same_quantity, to_canonical
from harness.policies.parameters import is_number, named_parameter, part_number, plain_number
from harness.policies.scope import Part, Scope, read_date

# What `when_several` can mean for each type; a choice or text has no highest and no "any".
_SEVERAL = {
    FactType.BOOLEAN: {"latest", "any"},
    FactType.NUMBER: {"latest", "highest", "lowest"},
    FactType.DATE: {"latest", "highest", "lowest"},
    FactType.SET: {"latest", "any"},
    FactType.CHOICE: {"latest"},
    FactType.TEXT: {"latest"},
}
_ONLY_FOR = {
    "unit": {FactType.NUMBER},
    "minimum": {FactType.NUMBER},
    "maximum": {FactType.NUMBER},
    "measure": {FactType.NUMBER},
    "choices": {FactType.CHOICE, FactType.SET},
    "system": {FactType.SET},
}
_MEASURED_IN = {MeasureOf.MONTHS_SPANNED: "mo"}  # the others are days, or counted
_COUNTED = {MeasureOf.SESSIONS, MeasureOf.COUNT}
_WINDOW_UNITS = {"mo": "months", "wk": "weeks", "d": "days"}


def read_fact(id_: str, part: Part, scope: Scope, parameters: Mapping[str, Parameter], mistakes: Mistakes) -> Fact:
    """A fact; what does not fit its type is noted."""
    raw = part.raw
    kind = FactType(raw["type"])
    for key, types in _ONLY_FOR.items():
        if key in raw and kind not in types:
            which = " or ".join(sorted(t.value for t in types))
            mistakes.add(part.place(key), f"`{key}` is for a {which}, but `{id_}` is a {kind}", f"leave out `{key}`")
    _check_choices(id_, part, kind, mistakes)
    several = raw.get("when_several")
    if several is not None and several not in _SEVERAL[kind]:
        others = " or ".join(f"`{word}`" for word in sorted(_SEVERAL[kind]))
        mistakes.add(part.place("when_several"), f"`{several}` has no meaning for a {kind}", f"write {others}")
    unit = raw.get("unit") if kind is FactType.NUMBER else None
    low, high = (to_canonical(Decimal(raw[key]), unit) if key in raw else None for key in ("minimum", "maximum"))
    if low is not None and high is not None and low > high:
        mistakes.add(part.place("maximum"), f"the maximum of `{id_}` is below its minimum", "swap them")
    fact = Fact(
        id=id_,
        question=raw["question"].strip(),
        look_for=raw.get("look_for", "").strip(),
        type=kind,
        place=part.own_place,
        unit=unit,
        minimum=low,
        maximum=high,
        choices=tuple(raw.get("choices", ())),
        system=raw.get("system"),
        when_several=several,
        measure=_measure(id_, part, scope, parameters, mistakes) if "measure" in raw else None,
    )
    if "presumed" not in raw:
        return fact
    return replace(fact, presumed=_presumed(raw["presumed"], fact, part, mistakes))


def _presumed(raw: Any, fact: Fact, part: Part, mistakes: Mistakes) -> Value | None:
    """How an undocumented fact is read: of a set a list, of a number one within its own bounds."""
    if fact.type is FactType.SET:
        listed = raw if isinstance(raw, list) else [raw]
        members = [literal(one, fact, part, ("presumed",), mistakes) for one in listed]
        return frozenset(one for one in members if isinstance(one, str))
    value = None if isinstance(raw, list) else literal(raw, fact, part, ("presumed",), mistakes)
    if isinstance(raw, list):
        mistakes.add(
            part.place("presumed"), f"a list is for a set, but `{fact.id}` is a {fact.type}", _write(fact, raw)
        )
    if isinstance(value, Interval) and value.low is not None and fact.type is FactType.NUMBER:
        below = fact.least is not None and value.low < fact.least
        if below or (fact.maximum is not None and value.low > fact.maximum):
            bound = "minimum" if below else "maximum"
            mistakes.add(
                part.place("presumed"), f"`{fact.id}` is presumed beyond its {bound}", "presume what it can be"
            )
    return value


def _check_choices(id_: str, part: Part, kind: FactType, mistakes: Mistakes) -> None:
    raw = part.raw
    if kind is FactType.CHOICE and "choices" not in raw:
        mistakes.add(part.own_place, f"choice `{id_}` lists no `choices`", "write `choices: [...]`")
    if kind is FactType.SET and ("choices" in raw) == ("system" in raw):
        mistakes.add(part.own_place, f"set `{id_}` needs either `choices` or `system`", "write one of the two")
    for number, choice in enumerate(raw.get("choices", ())):
        if choice == "undocumented":
            message = f"`undocumented` is no choice of `{id_}`: a test says by it that nothing is documented"
            cure = "leave it out, since a fact may always be undocumented; or call it otherwise, such as `unclear`"
            mistakes.add(part.place("choices", number), message, cure)
        if kind is FactType.SET and choice.endswith("-"):
            message = f"`{choice}` would stand for a family of codes"
            mistakes.add(part.place("choices", number), message, "let no choice of a set end in a hyphen")


def literal(raw: object, fact: Fact, part: Part, below: tuple[str | int, ...], mistakes: Mistakes) -> Value | None:
    """One value as a fact of its type holds it; None, noted, when it is not of that type."""
    place = part.place(*below)
    match fact.type:
        case FactType.BOOLEAN if isinstance(raw, bool):
            return raw
        case FactType.NUMBER if is_number(raw):
            assert isinstance(raw, int | Decimal)
            return Interval.point(to_canonical(Decimal(raw), fact.unit))
        case FactType.DATE if isinstance(raw, str):
            day = read_date(raw, place, mistakes)
            return None if day is None else Interval.point(day.toordinal())
        case FactType.CHOICE | FactType.SET if isinstance(raw, str):
            return member(raw, fact, part, below, mistakes)
    mistakes.add(
        place, f"`{str(raw).lower() if isinstance(raw, bool) else raw}` is not {_wanted(fact)}", _write(fact, raw)
    )
    return None


def member(raw: str, fact: Fact, part: Part, below: tuple[str | int, ...], mistakes: Mistakes) -> str | None:
    """One choice or code that a fact can hold; None, noted, when it cannot."""
    if fact.system is not None:
        if is_code(raw, fact.system) or is_family(raw, fact.system):
            return raw
        message = f"`{raw}` is not a code of {fact.system}, as `{fact.id}` holds them"
        mistakes.add(part.place(*below), message, code_help(raw, fact.system, families=True))
    elif raw in fact.choices or not fact.choices:
        return raw
    else:
        listed = ", ".join(f"`{choice}`" for choice in fact.choices)
        message = f"`{raw}` is not a choice of `{fact.id}`"
        mistakes.add(part.place(*below), message, did_you_mean(raw, fact.choices, f"the choices are {listed}"))
    return None


def _wanted(fact: Fact) -> str:
    return {
        FactType.BOOLEAN: "true or false",
        FactType.NUMBER: "a number",
        FactType.DATE: "a date",
        FactType.CHOICE: "a choice",
        FactType.SET: "a choice or code",
        FactType.TEXT: "comparable: text is only shown",
    }[fact.type] + f", as `{fact.id}` needs"


def _write(fact: Fact, raw: object) -> str:
    if fact.type is FactType.BOOLEAN and isinstance(raw, str) and raw in {"true", "false"}:
        return f"write `{raw}` without quotes"
    return {
        FactType.BOOLEAN: "write `true` or `false`",
        FactType.NUMBER: f"write a number{f' of `{fact.unit}`' if fact.unit else ''}, without quotes",
        FactType.DATE: 'write `"YYYY-MM-DD"`, in quotes',
    }.get(fact.type, "")


def _measure(id_: str, part: Part, scope: Scope, parameters: Mapping[str, Parameter], mistakes: Mistakes) -> Measure:
    raw = part.raw["measure"]
    of = MeasureOf(raw["of"])
    unit = part.raw.get("unit")
    if of in _COUNTED:
        if unit is not None and not unit.startswith("{"):
            mistakes.add(part.place("unit"), f"`{of}` is counted, not measured in `{unit}`", "write `{visits}` or none")
    elif not same_quantity(unit, _MEASURED_IN.get(of, "d")):
        wanted = ("mo",) if of in _MEASURED_IN else ("d", "wk")
        place = part.place("unit") if unit else part.own_place
        units, cure = (" or ".join(f"`{lead}{one}`" for one in wanted) for lead in ("", "unit: "))
        mistakes.add(place, f"`{id_}` measures `{of}`, which is in {units}", f"write {cure}")
    where = {
        key: _where(value, part, ("measure", "where", key), parameters, mistakes)
        for key, value in raw.get("where", {}).items()
    }
    date_fact = raw.get("fact")
    if date_fact is not None and date_fact != "request.date":
        other = scope.facts.get(date_fact)
        if other is None:
            unknown = f"fact `{id_}` counts from fact `{date_fact}`, which is not declared"
            mistakes.add(part.place("measure", "fact"), unknown, did_you_mean(date_fact, scope.facts))
        elif other.raw.get("type") != "date":
            mistakes.add(part.place("measure", "fact"), f"`{date_fact}` is not a date", "name a fact of type `date`")
    return Measure(
        of=of,
        episodes=tuple(raw.get("episodes", ())),
        where=where,
        within=_window(raw["within"], part, parameters, mistakes) if "within" in raw else None,
        date_fact=date_fact,
    )


def _where(
    raw: Any,
    part: Part,
    below: tuple[str, ...],
    parameters: Mapping[str, Parameter],
    mistakes: Mistakes,
) -> tuple[bool | Decimal | str, ...]:
    if isinstance(raw, dict):
        found = named_parameter(raw["parameter"], part, (*below, "parameter"), parameters, mistakes)
        if found is None:
            return ()
        if isinstance(found.value, Interval):
            plain_number(found, part, (*below, "parameter"), mistakes)
            return (found.value.low,) if found.value.low is not None else ()
        return found.value if isinstance(found.value, tuple) else (found.value,)  # type: ignore[return-value]
    return tuple(
        one if isinstance(one, bool | str) else Decimal(one) for one in (raw if isinstance(raw, list) else [raw])
    )


def _window(raw: dict[str, Any], part: Part, parameters: Mapping[str, Parameter], mistakes: Mistakes) -> Window | None:
    if "parameter" not in raw:
        return Window(**raw)
    below = ("measure", "within", "parameter")
    found = named_parameter(raw["parameter"], part, below, parameters, mistakes)
    if found is None:
        return None
    word = _WINDOW_UNITS.get(found.unit or "")
    number = part_number(found)
    if word is None or number is None or number < 1:
        message = f"parameter `{found.id}` is not a length of time"
        mistakes.add(part.place(*below), message, "a window is a whole number of `mo`, `wk` or `d`")
        return None
    return Window(**{word: number // 7 if word == "weeks" else number})
