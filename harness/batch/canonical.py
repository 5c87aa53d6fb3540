"""A table of cases as its file has it, made canonical for one version of a policy, with what is wrong in each row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import ibis
from ibis.expr.types import Table

from harness.batch import kleene
from harness.batch.columns import (
    CASE_ID,
    LARGEST,
    RANGED,
    REQUEST_DATE,
    ROW,
    SET_SEPARATOR,
    at_least,
    at_most,
    column,
    high,
    low,
)
from harness.batch.conditions import one_of
from harness.batch.held import Expression, number
from harness.model.builtin import facts_of
from harness.model.codes import pattern_of
from harness.model.policy import Fact, Policy
from harness.model.values import FactType, quantity

EMPTY_SET = "[]"  # as text; nothing at all is undocumented
UNREAD = "unread___"  # the names of the columns that a reader of text could not read, as text; NULL when it could all

BAD = "bad_"
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)

Fault = tuple[Expression, Expression]  # whether a row has it, and how it is told: a text, or a column that has it


@dataclass(slots=True)
class _Reader:
    """Reads the columns of one file for one version of a policy."""

    types: Mapping[str, ibis.expr.datatypes.DataType]  # of the columns of the file
    spelt: Callable[[str], str]  # how the table names a column of a file
    columns: dict[str, Expression] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, fact: Fact) -> None:
        ends = {column(fact.id): fact.id}
        if fact.type in RANGED and fact.id != "request.date":
            ends |= {low(fact.id): at_least(fact.id), high(fact.id): at_most(fact.id)}
        found = {name: named for name, named in ends.items() if self.spelt(named) in self.types}
        for name, named in found.items():
            self.columns[name] = self._value(fact, named)
            self.faults += ((wrong, f"`{named}` {says}") for wrong, says in self._faults(fact, named, name))
        if len(found) > 1:
            self._check_ends(fact, found)

    def _value(self, fact: Fact, named: str) -> Expression:
        value, of = ibis._[self.spelt(named)], self.types[self.spelt(named)]
        match fact.type:
            case FactType.NUMBER:
                return value if of.is_float64() else value.cast("float64")
            case FactType.SET if of.is_array():
                joined = SET_SEPARATOR + value.join(SET_SEPARATOR) + SET_SEPARATOR
                return ibis.ifelse(value.length() == 0, SET_SEPARATOR, joined)
            case FactType.SET:
                return ibis.ifelse(value == EMPTY_SET, SET_SEPARATOR, SET_SEPARATOR + value + SET_SEPARATOR)
            case _:
                return value

    def _faults(self, fact: Fact, named: str, name: str) -> Iterator[Fault]:
        value = ibis._[name]
        match fact.type:
            case FactType.CHOICE:
                yield ~one_of(value, fact.choices), "is not one of its choices"
            case FactType.SET:
                yield (
                    ~value.re_search(_members(fact)),
                    (f"has what is no code of {fact.system}" if fact.system else "has what is not one of its choices"),
                )
                if self.types[
                    self.spelt(named)
                ].is_array():  # an entry that is NULL, or that holds the separator itself
                    entries = value.split(SET_SEPARATOR).length() - 2  # the separators at its ends
                    yield entries != ibis._[self.spelt(named)].length(), "has an entry that cannot be read"
            case FactType.NUMBER:
                yield from _out_of_bounds(fact, value)
            case FactType.DATE if fact.id != "request.date":
                yield value > ibis._[REQUEST_DATE], "is future-dated: after the request date"

    def _check_ends(self, fact: Fact, found: Mapping[str, str]) -> None:
        value, least, most = (
            ibis._[name] if name in found else None for name in (column(fact.id), low(fact.id), high(fact.id))
        )
        if value is not None:
            for end in (least, most):
                if end is not None:
                    self.faults.append(
                        (value.notnull() & end.notnull(), f"`{fact.id}` has a value and a bound beside it")
                    )
        if least is not None and most is not None:
            self.faults.append((least > most, f"the range of `{fact.id}` ends before it begins"))


def _members(fact: Fact) -> str:
    one = pattern_of(fact.system) if fact.system else "|".join(re.escape(choice) for choice in fact.choices)
    return f"^{SET_SEPARATOR}(?:(?:{one}){SET_SEPARATOR})*$"


def _out_of_bounds(fact: Fact, value: Expression) -> Iterator[Fault]:
    least = Decimal(-LARGEST) if fact.least is None else fact.least
    most = Decimal(LARGEST) if fact.maximum is None else fact.maximum
    # What is not a number is above every number.
    within = (value >= number(fact, least)) & (value <= number(fact, most))
    told = [f"at least {quantity(fact.least, fact.unit)}"] if fact.least is not None else []
    told += [f"at most {quantity(fact.maximum, fact.unit)}"] if fact.maximum is not None else []
    yield ~within, f"is not {' and '.join(told)}" if told else "is not a number that a case can have"
    if fact.id == "patient.age":
        safe = ibis.ifelse(within, value, 0.0)  # the floor of what is not a number ends a run
        yield safe != safe.floor(), "is not a whole number of years"


def canonical(policy: Policy, table: Table, spelt: Callable[[str], str] = str) -> tuple[Table, tuple[Fault, ...]]:
    """The canonical table of a version (`harness.batch.columns`), and the faults that its rows can have.

    `table` has the columns of the file, as `spelt` names them, with `case_id`, `request_date` and `row`.
    """
    reader = _Reader(dict(table.schema().items()), spelt)
    for fact in facts_of(policy).values():
        if fact.id == "request.date":
            continue
        if fact.type is not FactType.TEXT:
            reader.read(fact)
        elif spelt(fact.id) in reader.types:
            reader.columns[column(fact.id)] = ibis._[spelt(fact.id)]
    kept = {CASE_ID: ibis._[CASE_ID], REQUEST_DATE: ibis._[REQUEST_DATE], ROW: ibis._[ROW]}
    faults = list(_of_the_row(reader.types))
    return table.mutate(**kept, **reader.columns), (*faults, *reader.faults)


def _of_the_row(names: Collection[str]) -> Iterator[Fault]:
    yield ibis._[CASE_ID].isnull() | (ibis._[CASE_ID] == ""), "`case_id` is missing"
    yield ibis._[REQUEST_DATE].isnull(), "`request_date` is missing"
    yield ~ibis._[REQUEST_DATE].between(_EARLIEST, _LATEST), "`request_date` is not between 1900 and 2199"
    if UNREAD in names:
        yield ibis._[UNREAD].notnull(), ibis._[UNREAD]


def is_bad(faults: Sequence[Fault]) -> Expression:
    """Whether a row has one of some faults; never NULL."""
    return kleene.is_met(kleene.any_of(truth for truth, _ in faults))


def reason(faults: Sequence[Fault]) -> Expression:
    """The first fault of a row, in words; what a column says of it, in the words of that column."""
    told = ((kleene.is_met(truth), says) for truth, says in faults)
    return ibis.cases(*told, else_=ibis.null("string"))
