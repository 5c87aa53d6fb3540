"""A long table of episodes beside the cases they belong to: which measures each may count for, and what is wrong in it.

The table has the columns `case_id`, `kind`, `start` and `end` (dates), `sessions`, `sessions.at_least` and
`sessions.at_most` (numbers), `outcome` (text) and `attribute.<name>` (boolean, number or text). All but the first two
may be missing, which is to be undocumented in every row. The conditions are those of `harness.cases.episodes`; what it
tells of one episode is here a reason to reject the rows of its case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table, Value

from harness.batch import kleene
from harness.batch.words import is_blank, is_one_of
from harness.cases.episodes import Readable
from harness.cases.measures import Attribute
from harness.cases.statements import kind_of
from harness.model.builtin import BUILT_IN
from harness.model.policy import Fact, Measure, Policy, Window

Where = tuple[tuple[str, tuple[Attribute, ...]], ...]

_EARLIEST = date(1900, 1, 1)  # as the schema of a case has it
_MOST_SESSIONS = 10_000
_MOST = 1_000_000_000

_NO_STATUS = ibis.null("boolean")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which episodes a measure counts. Measures of the same episodes share their columns."""

    kinds: tuple[str, ...]
    where: Where
    within: Window | None

    @classmethod
    def of(cls, m: Measure) -> Selection:
        return cls(tuple(sorted(m.episodes)), tuple(sorted(m.where.items())), m.within)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mistake that an episode can have: the column that says whether it has it, and what is told of its case."""

    column: str
    reason: str
    flag: BooleanValue


def derived_facts(policy: Policy) -> dict[str, Fact]:
    """The facts that are measured, from episodes or from a date fact."""
    return {n: fact for n, fact in policy.facts.items() if fact.measure is not None and n not in BUILT_IN}


def read_episodes(
    policy: Policy, episodes: Table, selections: Sequence[Selection], known: Collection[str]
) -> tuple[Table, tuple[Wrong, ...]]:
    """The episodes with `counts_<n>` for every selection: whether its `where` is met (NULL: undocumented).

    The mistakes are those that an episode has without its case; `known` are the kinds that other policies read.
    """
    readable = Readable.of((policy,), complete=True)
    wrong = (*_wrong(episodes, frozenset(readable.kinds) | frozenset(known)), *_wrong_attributes(episodes, readable))
    table = episodes.select(
        "case_id",
        start=_column(episodes, "start", "date"),
        end=_column(episodes, "end", "date"),
        least=_bound(episodes, "sessions.at_least"),
        most=_bound(episodes, "sessions.at_most"),
        **{f"counts_{n}": _status(episodes, selection) for n, selection in enumerate(selections)},
        **{one.column: one.flag.fill_null(False) for one in wrong},
    )
    return table, wrong


def wrong_in_its_case(table: Table) -> tuple[Wrong, ...]:
    """What an episode, joined with the `request_date` of its case, may not be."""
    request = table.request_date
    return (
        Wrong("wrong_future_start", "`start` of an episode is after the request date", table.start > request),
        Wrong("wrong_future_end", "`end` of an episode is after the request date", table.end > request),
    )


def _wrong(episodes: Table, kinds: Collection[str]) -> tuple[Wrong, ...]:
    start, end = (_column(episodes, name, "date") for name in ("start", "end"))
    at_least, at_most = (_sessions(episodes, f"sessions.{bound}") for bound in ("at_least", "at_most"))
    sessions, kind = _sessions(episodes, "sessions"), episodes["kind"]
    whole = kleene.any_of(
        (
            _is_no_number_of_sessions(sessions, _MOST_SESSIONS),
            _is_no_number_of_sessions(at_least, _MOST),
            _is_no_number_of_sessions(at_most, _MOST),
        )
    )
    both = sessions.notnull() & (at_least.notnull() | at_most.notnull())
    return (
        Wrong("wrong_kind", "an episode has no `kind`", kind.isnull()),
        Wrong("wrong_known", "an episode is of a kind that no policy here reads", ~is_in(kind, kinds)),
        Wrong("wrong_early", "an episode is dated before 1900", (start < _EARLIEST) | (end < _EARLIEST)),
        Wrong("wrong_order", "`end` of an episode is before its `start`", end < start),
        Wrong("wrong_sessions", "`sessions` of an episode is not a whole number of them", whole),
        Wrong("wrong_both", "an episode has `sessions` and a bound of it beside", both),
        Wrong("wrong_range", "the range of `sessions` of an episode ends before it begins", at_least > at_most),
    )


def _bound(episodes: Table, name: str) -> Value:
    """A bound of the sessions; NULL where it is none, so that a wrong one cannot break the query for other cases."""
    held = ibis.coalesce(_sessions(episodes, "sessions"), _sessions(episodes, name))
    return _is_no_number_of_sessions(held, _MOST).ifelse(ibis.null("float64"), held)


def _is_no_number_of_sessions(held: Value, most: int) -> BooleanValue:
    # A NaN is above every number in DuckDB and Spark, and so more than the most.
    found: BooleanValue = (held < 0) | (held > most) | (held % 1 != 0)
    return found.fill_null(False)


def _wrong_attributes(episodes: Table, readable: Readable) -> tuple[Wrong, ...]:
    """Attributes of another type than a measure asks for: a column has one type, so this is all or none of a kind."""
    found = []
    for number, name in enumerate(sorted({one for names in readable.kinds.values() for one in names})):
        held = _attribute(episodes, name)
        if name == "outcome" or held is None:
            continue
        word = _word_of_type(held)
        asked = {kind: names[name] for kind, names in readable.kinds.items() if name in names}
        others = sorted(kind for kind, words in asked.items() if word not in words)
        if others:
            wanted = " or ".join(sorted({one for kind in others for one in asked[kind]}))
            flag = held.notnull() & is_in(episodes["kind"], others)
            found.append(
                Wrong(f"wrong_type_{number}", f"attribute `{name}` of an episode is {word}, not {wanted}", flag)
            )
        if isinstance(held, StringValue):
            flag = (held == "") & is_in(episodes["kind"], sorted(asked))
            found.append(Wrong(f"wrong_empty_{number}", f"attribute `{name}` of an episode is empty", flag))
    return tuple(found)


def _status(episodes: Table, selection: Selection) -> BooleanValue:
    """Whether an episode is one of a selection, its dates aside."""
    status = is_in(episodes["kind"], selection.kinds)
    for name, wanted in selection.where:
        status &= _attribute_status(episodes, name, wanted)
    return status


def _attribute_status(episodes: Table, name: str, wanted: Sequence[Attribute]) -> BooleanValue:
    held = _attribute(episodes, name)
    if held is None:
        return _NO_STATUS
    alike = [one for one in wanted if kind_of(one) == _word_of_type(held)]
    found: BooleanValue = ibis.literal(False)
    if isinstance(held, StringValue):
        found = is_one_of(held, [one for one in alike if isinstance(one, str)]) if alike else found
        undocumented = is_blank(held) if name == "outcome" else ibis.literal(False)
        return ibis.ifelse(held.isnull() | undocumented, _NO_STATUS, found)
    if alike and held.type().is_boolean():
        found = kleene.any_of([held == one for one in alike])
    elif alike:
        found = held.cast("float64").isin([float(one) for one in alike if isinstance(one, Decimal)])
    return ibis.ifelse(held.isnull(), _NO_STATUS, found)


def _attribute(episodes: Table, name: str) -> Value | None:
    """The column of an attribute, None when there is none."""
    column = name if name == "outcome" else f"attribute.{name}"
    return episodes[column] if column in episodes.columns else None


def _word_of_type(held: Value) -> str:
    if held.type().is_boolean():
        return kind_of(True)
    if held.type().is_numeric():
        return kind_of(0)
    return kind_of("") if held.type().is_string() else "a date"


def is_in(held: Value, values: Collection[str]) -> BooleanValue:
    found: BooleanValue = held.isin(sorted(values)) if values else ibis.literal(False)
    return found


def _sessions(episodes: Table, name: str) -> Value:
    """Numbers of sessions as floats: whole ones, so that every sum of them is exact."""
    return _column(episodes, name, "float64")


def _column(table: Table, name: str, kind: str) -> Any:
    """A column in its type; NULL where the table has none."""
    if name not in table.columns:
        return ibis.null(kind)
    return table[name] if table[name].type() == ibis.dtype(kind) else table[name].cast(kind)
