"""Conditions from YAML: every id resolved, every operator held against the type, every unit against the unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.errors import Mistakes, Place, did_you_mean
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Count,
    Documented,
    Not,
    Operator,
    OtherFact,
    RuleStatus,
    Step,
)
from harness.model.policy import Fact, Parameter
from harness.model.values import FactType, Interval, Status, same_quantity
from harness.policies.facts import literal, member
from harness.policies.parameters import named_parameter, part_number, plain_number
from harness.policies.scope import Part

MAX_NESTING = 3

_EQUAL = (Operator.IS, Operator.IS_NOT)
_ORDER = (Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN)
_AMONG = (Operator.IN, Operator.NOT_IN)
_HOLDS = (Operator.INCLUDES, Operator.INCLUDES_ANY, Operator.EXCLUDES)
OPERATORS = {
    FactType.BOOLEAN: _EQUAL,
    FactType.NUMBER: _EQUAL + _ORDER,
    FactType.DATE: _EQUAL + _ORDER,
    FactType.CHOICE: _EQUAL + _AMONG,
    FactType.SET: _HOLDS,
    FactType.TEXT: (),
}
_SEVERAL = _AMONG + _HOLDS

Below = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads the conditions of one policy; what is wrong with one is noted, and None returned for it."""

    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Part]
    mistakes: Mistakes
    values: Mapping[str, Part] = field(default_factory=dict)  # where the value of each parameter is written

    def read(self, raw: Mapping[str, Any], part: Part, below: Below, level: int = 0) -> Condition | None:
        """The condition at a path below a part."""
        if level == MAX_NESTING and not {"fact", "rule"} & raw.keys():
            place = part.place(*below)
            self.mistakes.add(
                place, f"nested more than {MAX_NESTING} levels deep", "make the inner part a rule of kind `definition`"
            )
            return None
        match raw:
            case {"fact": fact, "documented": expected}:
                known = self.fact(fact, part, (*below, "fact"))
                return None if known is None else Documented(fact, expected)
            case {"fact": fact}:
                operator = Operator(next(key for key in raw if key != "fact"))
                return self._compare(fact, operator, raw[operator.value], part, below)
            case {"rule": rule}:
                return self._rule_status(rule, raw.get("status"), part, below)
            case {"not": item}:
                inner = self.read(item, part, (*below, "not"), level + 1)
                return None if inner is None else Not(inner)
            case {"count": {"at_least": at_least, "of": items}}:
                return self._count(at_least, items, part, (*below, "count"), level)
            case {"all": items}:
                several = self._several(items, part, (*below, "all"), level)
                return None if several is None else All(several)
            case _:
                several = self._several(raw["any"], part, (*below, "any"), level)
                return None if several is None else AnyOf(several)

    def _several(self, items: list[Any], part: Part, below: Below, level: int) -> tuple[Condition, ...] | None:
        read = [self.read(item, part, (*below, number), level + 1) for number, item in enumerate(items)]
        return None if None in read else tuple(one for one in read if one is not None)

    def _count(self, raw: Any, items: list[Any], part: Part, below: Below, level: int) -> Count | None:
        several = self._several(items, part, (*below, "of"), level)
        name, number = None, raw
        if isinstance(raw, dict):
            name = raw["parameter"]
            found = named_parameter(name, part, (*below, "at_least", "parameter"), self.parameters, self.mistakes)
            if found is None:
                return None
            plain_number(found, part, (*below, "at_least", "parameter"), self.mistakes)
            number = part_number(found)
            if number is None or number < 1:
                message = f"parameter `{name}` is not a whole number of at least 1"
                self.mistakes.add(part.place(*below, "at_least"), message, "a count needs one")
                return None
        if number > len(items):
            message = f"at least {number} of {len(items)} can never be met"
            self.mistakes.add(part.place(*below, "at_least"), message, f"write {len(items)} or less")
            return None
        return None if several is None else Count(number, several, name)

    def _rule_status(self, rule: str, status: str | None, part: Part, below: Below) -> RuleStatus | None:
        if rule not in self.rules:
            help_ = did_you_mean(rule, self.rules, "declare it under `rules`")
            self.mistakes.add(part.place(*below, "rule"), f"rule `{rule}` is not declared", help_)
            return None
        return RuleStatus(rule, None if status is None else Status.of(status))

    def fact(self, id_: str, part: Part, below: Below) -> Fact | None:
        """The fact of an id that stands at a path below a part."""
        if id_ not in self.facts:
            help_ = did_you_mean(id_, self.facts, "declare it under `facts`")
            reader = f"{part.raw['kind']} `{part.raw['id']}`" if "kind" in part.raw else "the decision"
            message = f"{reader} reads fact `{id_}`, which is not declared"
            self.mistakes.add(part.place(*below), message, help_)
        return self.facts.get(id_)

    def _compare(self, id_: str, operator: Operator, raw: Any, part: Part, below: Below) -> Compare | None:
        fact = self.fact(id_, part, (*below, "fact"))
        if fact is None:
            return None
        at = (*below, operator.value)
        if operator not in OPERATORS[fact.type]:
            able = ", ".join(f"`{one}`" for one in OPERATORS[fact.type]) or "only `documented`"
            message = f"`{operator}` cannot compare a {fact.type}, and `{id_}` is one"
            self.mistakes.add(part.located.key_place((*part.path, *at)), message, f"for a {fact.type} write {able}")
            return None
        operand = self._operand(fact, operator, raw, part, at)
        return None if operand is None else Compare(id_, operator, operand)

    def _operand(self, fact: Fact, operator: Operator, raw: Any, part: Part, at: Below) -> Constant | OtherFact | None:
        if isinstance(raw, dict) and "fact" in raw:
            return self._other(fact, operator, raw["fact"], part, (*at, "fact"))
        if isinstance(raw, dict):
            return self._of_parameter(fact, operator, raw["parameter"], part, (*at, "parameter"))
        if operator in _SEVERAL:
            return self._listed(fact, raw if isinstance(raw, list) else [raw], part, at, isinstance(raw, list))
        value = None if self._is_bare_name(raw, fact, part, at) else literal(raw, fact, part, at, self.mistakes)
        return None if value is None else Constant(value)

    def _is_bare_name(self, raw: Any, fact: Fact, part: Part, at: Below) -> bool:
        """Whether the id of a parameter or fact stands where a value is read, which is told."""
        word = "parameter" if raw in self.parameters else "fact" if isinstance(raw, str) and raw in self.facts else None
        if word is None or raw in fact.choices:
            return False
        self.mistakes.add(
            part.place(*at), f"`{raw}` is the name of a {word}, not a value", f"write `{{{word}: {raw}}}`"
        )
        return True

    def _listed(self, fact: Fact, raw: list[Any], part: Part, at: Below, is_list: bool) -> Constant | None:
        if len(raw) == 1 and self._is_bare_name(raw[0], fact, part, at):
            return None
        found: list[str] = []
        for number, one in enumerate(raw):
            value = literal(one, fact, part, (*at, number) if is_list else at, self.mistakes)
            if isinstance(value, str):
                found.append(value)
        return Constant(tuple(found)) if len(found) == len(raw) else None

    def _of_parameter(self, fact: Fact, operator: Operator, name: str, part: Part, at: Below) -> Constant | None:
        found = named_parameter(name, part, at, self.parameters, self.mistakes)
        if found is None:
            return None
        match found.value, fact.type:
            case Interval() as number, FactType.NUMBER:
                if same_quantity(fact.unit, found.unit):
                    return Constant(number, name)
                self._units(fact, found.unit, f"parameter `{name}`", part, at)
                return None
            case bool() as truth, FactType.BOOLEAN:
                return Constant(truth, name)
            case ((str() | tuple()), (FactType.CHOICE | FactType.SET | FactType.DATE)):
                return self._words(fact, operator, found, part, at)
        message = f"parameter `{name}` does not hold what `{fact.id}`, a {fact.type}, is compared with"
        self.mistakes.add(part.place(*at), message, f"see its value at {found.place}")
        return None

    def _words(self, fact: Fact, operator: Operator, found: Parameter, part: Part, at: Below) -> Constant | None:
        """A parameter that holds a choice, a code, a date, or a list of them."""
        words = found.value if isinstance(found.value, tuple) else (str(found.value),)
        if operator not in _SEVERAL:
            if isinstance(found.value, tuple):
                message = f"parameter `{found.id}` lists several, and `{operator}` compares with one"
                self.mistakes.add(part.place(*at), message, "write `in`, or name one")
                return None
            value = literal(words[0], fact, *self._written(found, None, part, at), self.mistakes)
            return None if value is None else Constant(value, found.id)
        listed = isinstance(found.value, tuple)
        fits = [
            member(word, fact, *self._written(found, number if listed else None, part, at), self.mistakes)
            for number, word in enumerate(words)
        ]
        return None if None in fits else Constant(tuple(words), found.id)

    def _written(self, found: Parameter, number: int | None, part: Part, at: Below) -> tuple[Part, Below]:
        """Where a word of a parameter is written, which is the line to mend; else where it is read."""
        holder = self.values.get(found.id)
        if holder is None:
            return part, at
        return holder, ("value",) if number is None else ("value", number)

    def _other(self, fact: Fact, operator: Operator, id_: str, part: Part, at: Below) -> OtherFact | None:
        other = self.fact(id_, part, at)
        if other is None:
            return None
        able = (
            {FactType.SET, FactType.CHOICE} if operator in _HOLDS else {FactType.SET} if operator in _AMONG else set()
        )
        if other.type not in (able or {fact.type}):
            message = f"`{fact.id}` is a {fact.type} and `{id_}` a {other.type}"
            self.mistakes.add(part.place(*at), message, "compare two facts of one type")
            return None
        if not same_quantity(fact.unit, other.unit):
            self._units(fact, other.unit, f"fact `{id_}`", part, at)
            return None
        if fact.system != other.system or (fact.choices and not set(fact.choices) & set(other.choices)):
            self.mistakes.add(
                part.place(*at),
                f"`{fact.id}` and `{id_}` have no choice in common",
                "compare two facts that share choices",
            )
            return None
        if operator in _HOLDS and any(choice.endswith("-") for choice in other.choices):
            message = f"`{id_}` has a choice that ends in a hyphen, which stands for a family of codes"
            self.mistakes.add(part.place(*at), message, "let no choice of it end in a hyphen, or name the choices")
            return None
        return OtherFact(id_)

    def _units(self, fact: Fact, unit: str | None, other: str, part: Part, at: Below) -> None:
        message = f"`{fact.id}` is in {_unit(fact.unit)} and {other} in {_unit(unit)}"
        if {"mo", "a"} & {fact.unit, unit}:
            cure = "days and weeks convert, months and years never do: state both in the unit of the source"
        elif unit is None:
            cure = f"write `unit: {fact.unit}` at {other}, if that is what it counts"
        elif fact.unit is None:
            cure = f"write `unit: {unit}` at fact `{fact.id}`, if that is what it counts"
        else:
            cure = "state both in one unit"
        self.mistakes.add(part.place(*at), message, cure)


def places_of(raw: Mapping[str, Any], part: Part, below: Below, step: Step = ()) -> Iterator[tuple[Step, Place]]:
    """Where each condition within one stands, by the steps that lead to it."""
    yield step, part.place(*below)
    for key, items in (("all", raw.get("all")), ("any", raw.get("any")), ("count", raw.get("count", {}).get("of"))):
        at = (*below, key, "of") if key == "count" else (*below, key)
        for number, item in enumerate(items or ()):
            yield from places_of(item, part, (*at, number), (*step, number))
    if "not" in raw:
        yield from places_of(raw["not"], part, (*below, "not"), (*step, 0))


def _unit(unit: str | None) -> str:
    return f"`{unit}`" if unit else "no unit"
