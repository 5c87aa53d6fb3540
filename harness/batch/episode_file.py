"""A file of episodes, of whatever form, as one Parquet file whose columns have the types that measures read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from harness.batch.source import as_typed_parquet, refuse_several, refused
from harness.cases.episodes import one_slip
from harness.errors import did_you_mean
from harness.model.policy import Policy
from harness.model.values import FactType

ATTRIBUTE = "attribute."
_TYPES = {
    "case_id": FactType.TEXT,
    "kind": FactType.TEXT,
    "start": FactType.DATE,
    "end": FactType.DATE,
    "sessions": FactType.NUMBER,
    "sessions.at_least": FactType.NUMBER,
    "sessions.at_most": FactType.NUMBER,
    "outcome": FactType.TEXT,
}
_NEEDED = ("case_id", "kind")


def kinds_read(policies: Iterable[Policy]) -> frozenset[str]:
    """The kinds of episode that some policies measure."""
    return frozenset(
        kind
        for policy in policies
        for fact in policy.facts.values()
        if fact.measure is not None
        for kind in fact.measure.episodes
    )


def opened_episodes(name: str, policies: Sequence[Policy], folder: Path) -> Path:
    """The episodes of a file as Parquet. Raises BadInputError for one that cannot be read, or that lacks a column."""
    refuse_several(name)
    file = Path(name)
    if not file.is_file():
        raise refused(name, "there is no such file", "name a file of episodes")
    known = {**_TYPES, **_attributes(policies)}
    try:
        if file.suffix != ".parquet":
            file = as_typed_parquet(file, None, known, folder / "episodes.parquet")
        schema = dict(pl.read_parquet_schema(file))
    except (duckdb.Error, pl.exceptions.PolarsError, OSError):
        message = f"the file cannot be read as {file.suffix.removeprefix('.') or 'a file of episodes'}"
        raise refused(name, message, "check that it is whole, and of the form its name says") from None
    for needed in _NEEDED:
        if needed not in schema:
            raise refused(name, f"there is no column `{needed}`", did_you_mean(needed, schema, "give every row one"))
    for column in schema:
        near = [] if column in known else [one for one in known if one_slip(column, one)]
        if near:
            raise refused(name, f"no measure reads a column `{column}`", f"did you mean `{near[0]}`?")
    return file


def _attributes(policies: Sequence[Policy]) -> dict[str, FactType]:
    """The attributes that measures look at, with the type of what they look for."""
    found: dict[str, FactType] = {}
    for policy in policies:
        for fact in policy.facts.values():
            for name, values in fact.measure.where.items() if fact.measure is not None else ():
                if name != "outcome":
                    found[f"{ATTRIBUTE}{name}"] = _type_of(values)
    return found


def _type_of(values: Iterable[bool | Decimal | str]) -> FactType:
    kinds = {type(one) for one in values}
    return {bool: FactType.BOOLEAN, Decimal: FactType.NUMBER}.get(next(iter(kinds)), FactType.TEXT)
