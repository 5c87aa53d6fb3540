"""Random measures and episodes in bulk, beside what the single case reads of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from harness.batch.columns import column, high, low
from harness.cases.measures import measure
from harness.errors import Place
from harness.model.case import Episode
from harness.model.policy import Fact, Measure, MeasureOf, Policy, Window
from harness.model.values import DAYS, FactType, Interval
from tests.generate import policy_of

HERE = Place("policy.yaml")
KINDS = ("therapy", "medication", "injection")
REQUESTS = [date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 11, 24), date(2024, 12, 31)]
MONTH_ENDS = [date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29), date(2023, 2, 28), date(2023, 12, 31)]
TEXTS = [
    "clinic",
    "Clinic  ",
    "\tCLINIC\u00a0",
    "home",
    "straße",
    "STRASSE",
    "stra\u017fse",
    "a  b",
    "A\u2003B",
    "\u017f",
    "s",
]
TEXTS += ["\u212aelvin", "kelvin", "ΣΊΣΥΦΟΣ", "σίσυφος", "ﬁne", "FINE", 'd\'or \\ "x"', "İ", "i\u0307", " ", "other"]
WORDS = ["Clinic", "straße", "a b", "\u017f", "Kelvin", "σίσυφοσ", "fine", 'D\'OR \\ "X"', "i\u0307"]
UNITS = {MeasureOf.MONTHS_SPANNED: "mo", MeasureOf.SESSIONS: "{visits}", MeasureOf.COUNT: None}
OVER_EPISODES = [of for of in MeasureOf if of is not MeasureOf.DAYS_SINCE]


def fact(name: str, m: Measure, unit: str | None = "d", **more: Any) -> Fact:
    return Fact(name, f"{name}?", "", FactType.NUMBER, HERE, unit=unit, measure=m, **more)


def policy(*facts: Fact) -> Policy:
    return policy_of({}, {one.id: one for one in facts})


@dataclass(frozen=True)
class Row:
    """One row of the cases, with the episodes of its case."""

    number: int
    case: str
    request: date
    episodes: tuple[Episode, ...]


@dataclass
class Chance:
    """Draws of one seed."""

    random: random.Random

    def measure(self, of: MeasureOf) -> Measure:
        chance = self.random
        kinds = tuple(chance.sample(KINDS, chance.choice((1, 1, 2))))
        return Measure(of, kinds, self.where(), chance.choice([None, None, *self.windows()]))

    def windows(self) -> list[Window]:
        chance = self.random
        months = Window(months=chance.choice((1, 3, 9, 12, 13, 1200)))
        return [months, months, Window(weeks=chance.choice((1, 26, 5000))), Window(days=chance.choice((10, 90, 36500)))]

    def where(self) -> dict[str, tuple[Any, ...]]:
        offered: dict[str, tuple[Any, ...]] = {
            "supervised": self.random.choice(((True,), (True,), (False,), (True, False))),
            "at": tuple(self.random.sample(WORDS, self.random.choice((1, 2, 4)))),
            "dose": self.random.choice(((Decimal(1),), (Decimal("0.1"), Decimal("2.5")))),
            "outcome": tuple(self.random.sample(WORDS, 2)),
        }
        return {
            name: offered[name] for name in self.random.sample(sorted(offered), self.random.choice((0, 0, 1, 1, 2)))
        }

    def policy(self) -> Policy:
        """A policy with each measure twice; lengths are asked for in days or weeks."""
        facts = []
        for number, of in enumerate(OVER_EPISODES * 2):
            unit = UNITS.get(of, self.random.choice(("d", "wk")))
            several = self.random.choice((None, "latest", "highest", "lowest", "highest"))
            facts.append(fact(f"care.m{number}", self.measure(of), unit, when_several=several))
        return policy(*facts)

    def rows(self, cases: int) -> list[Row]:
        """Rows of cases, some of which have two."""
        found: list[Row] = []
        for number in range(cases):
            request = self.random.choice(REQUESTS)
            episodes = tuple(self.episode(n, request) for n in range(self.random.choice((0, 1, 1, 2, 3, 5))))
            dates = [request, *([request + timedelta(days=31)] if self.random.random() < 0.2 else [])]
            found += [Row(len(found) + i, f"case-{number}", on, episodes) for i, on in enumerate(dates)]
        return found

    def day(self, request: date) -> date:
        chance = self.random
        near = request - timedelta(days=chance.choice((0, 1, 7, 10, 11, 29, 30, 31, 89, 90, 91, chance.randrange(800))))
        return min(request, chance.choice((near, near, chance.choice(MONTH_ENDS))))

    def episode(self, number: int, request: date) -> Episode:
        chance = self.random
        start, end = sorted((self.day(request), self.day(request)))
        held = {
            "supervised": chance.random() < 0.6,
            "at": chance.choice(TEXTS),
            "dose": chance.choice(("1", "0.1", "2.5")),
        }
        attributes = {name: value for name, value in held.items() if chance.random() < 0.8}
        if "dose" in attributes:
            attributes["dose"] = Decimal(str(attributes["dose"]))  # type: ignore[assignment]
        n = Decimal(chance.randrange(20))
        sessions = (
            Interval.point(n),
            Interval.point(n),
            None,
            Interval(n, n + 3),
            Interval(n, None),
            Interval(None, n),
        )
        return Episode(
            number=number,
            kind=chance.choice(KINDS),
            start=start if chance.random() < 0.8 else None,
            end=end if chance.random() < 0.8 else None,
            sessions=chance.choice(sessions),
            attributes=attributes,  # type: ignore[arg-type]
            outcome=chance.choice((*TEXTS, "", "", "")).strip(),
            evidence=(),
            place=HERE,
        )


def cases_table(rows: Sequence[Row], stated: Mapping[str, Sequence[Any]] | None = None) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "row": pa.array([row.number for row in rows], pa.int64()),
        "case_id": pa.array([row.case for row in rows], pa.string()),
        "request_date": pa.array([row.request for row in rows], pa.date32()),
    }
    return pa.table(columns | {name: pa.array(values) for name, values in (stated or {}).items()})


def episodes_table(rows: Sequence[Row]) -> pa.Table:
    """The episodes of each case once, the last case first."""
    by_case = {row.case: row.episodes for row in reversed(rows)}
    return pa.Table.from_pylist([_line(c, e) for c, several in by_case.items() for e in several], EPISODES)


EPISODES = pa.schema(
    {
        "case_id": pa.string(),
        "kind": pa.string(),
        "start": pa.date32(),
        "end": pa.date32(),
        "sessions": pa.float64(),
        "sessions.at_least": pa.int32(),
        "sessions.at_most": pa.int64(),
        "outcome": pa.string(),
        "attribute.supervised": pa.bool_(),
        "attribute.at": pa.string(),
        "attribute.dose": pa.float64(),
    }
)


def _line(case: str, one: Episode) -> dict[str, Any]:
    line: dict[str, Any] = {"case_id": case, "kind": one.kind, "start": one.start, "end": one.end}
    if one.sessions is not None:
        if one.sessions.is_point:
            line["sessions"] = float(one.sessions.low or 0)
        else:
            line["sessions.at_least"] = None if one.sessions.low is None else int(one.sessions.low)
            line["sessions.at_most"] = None if one.sessions.high is None else int(one.sessions.high)
    line["outcome"] = one.outcome or None
    held = {f"attribute.{name}": float(x) if isinstance(x, Decimal) else x for name, x in one.attributes.items()}
    return line | held


Read = tuple[int | None, int | None, bool]


def read_singly(policy: Policy, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Read]]:
    """What the single case measures: the bounds, and whether there are episodes that may count."""
    for row in rows:
        for name, one in policy.facts.items():
            assert one.measure is not None
            value, counted = measure(one.measure, row.episodes, row.request)
            ends = (None, None) if value is None else (value.low, value.high)
            yield row, name, (*(None if end is None else int(end) for end in ends), bool(counted))  # type: ignore[misc]


def in_own_unit(fact: Fact, number: Decimal | None) -> float | None:
    """A canonical number as the canonical table holds it."""
    if number is None:
        return None
    by = DAYS.get(fact.unit or "", 1)
    numerator, denominator = number.as_integer_ratio()
    return numerator / (denominator * by)  # of whole numbers: rounded to the nearest


def statement(fact: Fact, value: Interval | None) -> dict[str, float | None]:
    """A value as the columns of a canonical row."""
    names = (column(fact.id), low(fact.id), high(fact.id))
    if value is None:
        return dict.fromkeys(names)
    ends = in_own_unit(fact, value.low), in_own_unit(fact, value.high)
    return dict(zip(names, (ends[0], None, None) if value.is_point else (None, *ends), strict=True))
