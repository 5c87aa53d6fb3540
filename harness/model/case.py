"""A case as read: what is requested, what is documented, on which evidence. Nothing here is interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from harness.errors import Place
from harness.model.values import Interval, Value


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str
    type: str
    date: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something is documented. `document` is the id of one of the case's documents."""

    document: str
    date: date | None = None
    page: str = ""
    quote: str = ""


class State(StrEnum):
    DOCUMENTED = "documented"
    PRESUMED = "presumed"
    UNDOCUMENTED = "undocumented"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one fact of one case is read under one policy. `value` is None exactly when the state is undocumented."""

    state: State
    value: Value | None = None
    evidence: tuple[Evidence, ...] = ()
    episodes: tuple[int, ...] = ()  # indices of the case's episodes a measured fact counted


UNDOCUMENTED = Reading(State.UNDOCUMENTED)


@dataclass(frozen=True, slots=True)
class Episode:
    """One treatment record. An undocumented start or end is None; `number` is its index in the case."""

    number: int
    kind: str
    start: date | None
    end: date | None
    sessions: Interval | None
    attributes: Mapping[str, bool | Decimal | str]
    outcome: str
    evidence: tuple[Evidence, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Request:
    """One service of a request, with its facts read as the policy version in force reads them."""

    policy: str  # policy id
    description: str
    level: str | None
    side: str | None
    setting: str | None
    facts: Mapping[str, Reading]  # every fact of the policy and the built-in ones; none is missing
    place: Place


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    title: str
    request_date: date
    services: tuple[Request, ...]
    episodes: tuple[Episode, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
