"""What a case says of a fact, read by the fact's type. No message repeats a value: values are health data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from harness.cases.evidence import Documents
from harness.cases.nodes import Dates, Node
from harness.errors import Mistakes
from harness.model.case import Evidence
from harness.model.codes import SAMPLES, is_code
from harness.model.months import parse_date
from harness.model.policy import Fact
from harness.model.values import DAYS, FactType, Interval, Value, quantity, same_quantity, to_canonical
from harness.strict_yaml import Json

_ASKED = {
    FactType.BOOLEAN: ("`true` or `false`", "write `true` or `false`, without quotes"),
    FactType.NUMBER: ("a number", "write a number without quotes, such as `6`, or a range such as `{at_most: 14}`"),
    FactType.CHOICE: ("a choice", ""),
    FactType.SET: ("a list", "write a list in brackets; an empty one, `[]`, says that there is none"),
    FactType.DATE: ("a date", 'write `"YYYY-MM-DD"`, in quotes, or a range of such dates'),
    FactType.TEXT: ("text", "write it in quotes"),
}

_MANY = 30  # more choices than these are not listed in a message


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a case says of a fact, as it stands in the file: each policy reads it by its own type."""

    value: Node
    unit: Node | None = None
    evidence: tuple[Evidence, ...] = ()


def statements(node: Node, documents: Documents) -> tuple[Statement, ...]:
    """The statements at a fact's key: a bare value, a value with evidence, or a list of such."""
    if isinstance(node.data, dict) and "value" in node.data:
        entries = [node]
    elif isinstance(node.data, list) and any(isinstance(one, dict) for one in node.data):
        entries = list(node.inner())
    else:
        return (Statement(node),)
    return tuple(
        Statement(value, entry.get("unit"), documents.evidence(entry.get("evidence")))
        for entry in entries
        if (value := entry.get("value")) is not None
    )


def value_of(said: Statement, fact: Fact, dates: Dates) -> Value | None:
    """A statement's value in canonical form as a fact of a policy reads it; None with the mistake noted."""
    if not _unit_fits(said.unit, fact, dates.mistakes):
        return None
    node, data = said.value, said.value.data
    match fact.type:
        case FactType.BOOLEAN if isinstance(data, bool):
            return data
        case FactType.NUMBER:
            return _number(said, fact, dates.mistakes)
        case FactType.DATE:
            return _date(node, fact, dates)
        case FactType.CHOICE if isinstance(data, str):
            return data if _is_choice(node, data, f"`{fact.id}`", fact.choices, dates.mistakes) else None
        case FactType.SET if isinstance(data, list):
            return _set(node, fact, dates.mistakes)
        case FactType.TEXT if isinstance(data, str) and data.strip():
            return data.strip()
    _wrong_type(node, fact, dates.mistakes)
    return None


def interval_of(node: Node, name: str, bound: Callable[[Node], Decimal | None], mistakes: Mistakes) -> Interval | None:
    """One value or a range of them, each bound read by `bound`; None with the mistake noted."""
    if not isinstance(node.data, dict):
        one = bound(node)
        return None if one is None else Interval.point(one)
    at_least, at_most = node.get("at_least"), node.get("at_most")
    low = None if at_least is None else bound(at_least)
    high = None if at_most is None else bound(at_most)
    if (at_least is not None and low is None) or (at_most is not None and high is None):
        return None
    if low is not None and high is not None and low > high:
        mistakes.add(node.place, f"the range of {name} ends before it begins", "`at_least` is the smaller of the two")
        return None
    return None if low is None and high is None else Interval(low, high)


def kind_of(data: Json) -> str:
    """What something is, in the words of the field and without its value."""
    match data:
        case bool():
            return "`true` or `false`"
        case int() | Decimal():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a range"


def _wrong_type(node: Node, fact: Fact, mistakes: Mistakes) -> None:
    asked, cure = _ASKED[fact.type]
    if fact.type is FactType.CHOICE:
        cure = _listed(fact.choices)
    empty = isinstance(node.data, str) and fact.type is FactType.TEXT
    message = f"`{fact.id}` is empty" if empty else f"`{fact.id}` is {kind_of(node.data)}, not {asked}"
    mistakes.add(node.place, message, "leave out what is not documented" if empty else cure)


def _listed(choices: Iterable[str]) -> str:
    known = [f"`{choice}`" for choice in choices]
    shown = ", ".join(known[:_MANY])
    return f"it is one of {shown}, ..." if len(known) > _MANY else f"it is one of {shown}"


def _unit_fits(unit: Node | None, fact: Fact, mistakes: Mistakes) -> bool:
    if unit is None:
        return True
    if fact.type is not FactType.NUMBER:
        message = f"a `unit` belongs to a number, and `{fact.id}` is {_ASKED[fact.type][0]}"
        mistakes.add(unit.place, message, "leave `unit` out")
    elif fact.unit is None:
        mistakes.add(unit.place, f"`{fact.id}` is a number without a unit", "leave `unit` out")
    elif not same_quantity(str(unit.data), fact.unit):
        cure = "`d` or `wk`" if fact.unit in DAYS else f"`{fact.unit}`"
        message = f"`{fact.id}` is asked for in `{fact.unit}`, and `{unit.data}` does not convert to it"
        mistakes.add(unit.place, message, f"state it in {cure}")
    else:
        return True
    return False


def _number(said: Statement, fact: Fact, mistakes: Mistakes) -> Interval | None:
    unit = fact.unit if said.unit is None else str(said.unit.data)

    def bound(node: Node) -> Decimal | None:
        if isinstance(node.data, bool) or not isinstance(node.data, int | Decimal):
            _wrong_type(node, fact, mistakes)
            return None
        number = to_canonical(Decimal(node.data), unit)
        if fact.least is not None and number < fact.least:
            says = "what is measured is" if fact.minimum is None else "its policy says"
            cure = f"{says} at least {quantity(fact.least, fact.unit)}"
            mistakes.add(node.place, f"`{fact.id}` is less than it can be", cure)
            return None
        if fact.maximum is not None and number > fact.maximum:
            most = quantity(fact.maximum, fact.unit)
            mistakes.add(node.place, f"`{fact.id}` is more than it can be", f"its policy says at most {most}")
            return None
        return number

    return interval_of(said.value, f"`{fact.id}`", bound, mistakes)


def _date(node: Node, fact: Fact, dates: Dates) -> Interval | None:
    def bound(one: Node) -> Decimal | None:
        if not isinstance(one.data, str):
            _wrong_type(one, fact, dates.mistakes)
            return None
        day = parse_date(one.data)
        if day is None:
            dates.tell_no_day(one, f"`{fact.id}`")
            return None
        if dates.in_future(day):
            dates.tell_future(one.place, f"`{fact.id}`")
            return None
        return Decimal(day.toordinal())

    return interval_of(node, f"`{fact.id}`", bound, dates.mistakes)


def _set(node: Node, fact: Fact, mistakes: Mistakes) -> frozenset[str] | None:
    held: set[str] = set()
    entries = list(node.inner())
    for number, entry in enumerate(entries, 1):
        name = f"entry {number} of `{fact.id}`"
        if isinstance(entry.data, str) and _is_member(entry, entry.data, name, fact, mistakes):
            held.add(entry.data)
    return frozenset(held) if len(held) == len(entries) else None


def _is_member(entry: Node, member: str, name: str, fact: Fact, mistakes: Mistakes) -> bool:
    if fact.system is None:
        return _is_choice(entry, member, name, fact.choices, mistakes)
    if is_code(member, fact.system):
        return True
    example = SAMPLES[fact.system]
    mistakes.add(entry.place, f"{name} is not a code of {fact.system}", f"write a whole code, such as `{example}`")
    return False


def _is_choice(node: Node, word: str, name: str, choices: tuple[str, ...], mistakes: Mistakes) -> bool:
    if word in choices:
        return True
    # Not "did you mean": the nearest choice is as good as the value.
    mistakes.add(node.place, f"{name} is not one of its choices", _listed(choices))
    return False
