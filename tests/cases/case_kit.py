"""Policies made by hand, and cases read from text, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

from harness.cases import read_case
from harness.errors import BadInputError, Place
from harness.model.builtin import BUILT_IN
from harness.model.case import Case, Reading
from harness.model.condition import Documented
from harness.model.policy import Codes, Decision, Fact, Measure, MeasureOf, Policies, Policy, Window
from harness.model.values import FactType, Interval, Outcome

HERE = Place("policy.yaml")


def fact(name: str, of_type: str, **more: object) -> Fact:
    return Fact(name, f"What of {name}?", "", FactType(of_type), HERE, **more)  # type: ignore[arg-type]


def measured(name: str, of: str, *kinds: str, unit: str | None = "d", where: object = None, **more: object) -> Fact:
    within = more.pop("within", None)
    window = Window(**within) if isinstance(within, dict) else None
    wanted = {key: tuple(values) for key, values in (where or {}).items()}  # type: ignore[attr-defined]
    m = Measure(MeasureOf(of), kinds, wanted, window)
    return fact(name, "number", unit=unit, measure=m, **more)


def policy(
    name: str,
    *facts: Fact,
    codes: tuple[str, ...] = (),
    effective: str = "2020-01-01",
    until: str | None = None,
    status: str = "active",
) -> Policy:
    return Policy(
        id=name,
        title=name,
        summary="",
        status=status,
        effective=date.fromisoformat(effective),
        until=None if until is None else date.fromisoformat(until),
        approval=None,
        applies_to=(Codes("CPT", codes),) if codes else (),
        topics=(),
        parameters={},
        facts={**{one.id: one for one in facts}, **BUILT_IN},
        rules={},
        order=(),
        decision=Decision({}, Outcome.MORE_INFORMATION, Documented("request.date", expected=True), HERE),
        references={},
        hash="",
        place=HERE,
    )


def folder(*several: Policy) -> Policies:
    versions: dict[str, tuple[Policy, ...]] = {}
    for one in several:
        versions[one.id] = (*versions.get(one.id, ()), one)
    return Policies(versions, "policies")


def days(low: float | None, high: float | None) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


def point(value: float | str) -> Interval:
    return Interval.point(Decimal(value))


def on(day: str) -> Interval:
    return Interval.point(date.fromisoformat(day).toordinal())


@dataclass(frozen=True)
class Desk:
    """A folder with one case and its documents."""

    folder: Path
    facts: tuple[Fact, ...] = ()

    def write(self, text: str, documents: Mapping[str, str] | None = None) -> Path:
        for name, content in (documents or {}).items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        file = self.folder / "case.yaml"
        file.write_text(dedent(text), "utf-8")
        return file

    def read(self, text: str, policies: Policies, documents: Mapping[str, str] | None = None) -> Case:
        return read_case(self.write(text, documents), policies)

    def mistakes(self, text: str, policies: Policies, documents: Mapping[str, str] | None = None) -> list[str]:
        """Every mistake as `line:column: message | help`."""
        try:
            self.read(text, policies, documents)
        except BadInputError as error:
            return [f"{m.place.line}:{m.place.column}: {m.message} | {m.help}" for m in error.mistakes]
        return []

    def plain(self, body: str, *facts: Fact, documents: Mapping[str, str] | None = None) -> Mapping[str, Reading]:
        """The facts of a case with one service, requested on 2025-11-24; `body` is what follows `request`."""
        return self.read(HEAD + dedent(body), folder(policy("area/one", *facts)), documents).services[0].facts

    def wrong(self, body: str, *facts: Fact, documents: Mapping[str, str] | None = None) -> list[str]:
        """The mistakes of such a case, without their places."""
        found = self.mistakes(HEAD + dedent(body), folder(policy("area/one", *facts)), documents)
        return [one.split(": ", 1)[1] for one in found]


HEAD = """\
case: a-case
request: {date: "2025-11-24", services: [{policy: area/one}]}
"""
