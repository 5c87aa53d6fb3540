"""The columns by which rows are grouped, as the text of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from harness.errors import BadInputError, Mistake, Place, did_you_mean

AGE = "patient.age"
MOST = 100  # groups of a column
_BAND = 10  # years


def check(columns: Sequence[str], schema: Mapping[str, pl.DataType], file: str) -> None:
    """Raises BadInputError for a column that the file does not have."""
    cure = "name a column of the file"
    missing = [
        Mistake(Place(file), f"there is no column `{one}` to group by", did_you_mean(one, schema, cure))
        for one in columns
        if one not in schema
    ]
    if missing:
        raise BadInputError(missing)


def group_of(column: str, of: pl.DataType) -> pl.Expr:
    """The group of a row, as text; an age by its decade, a date by its year. NULL is not documented."""
    value = pl.col(column)
    if column == AGE and of.is_numeric():
        first = ((value.fill_nan(None) if of.is_float() else value) // _BAND * _BAND).cast(pl.Int64, strict=False)
        return pl.concat_str(first, pl.lit(" to "), first + (_BAND - 1))
    if of.is_temporal():
        return value.dt.year().cast(pl.String)
    if isinstance(of, pl.List):
        return value.cast(pl.List(pl.String)).list.join(";")
    if of.is_float():
        whole = (value == value.floor()).fill_null(value=False) & value.is_finite()
        return pl.when(whole).then(value.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(value.cast(pl.String))
    return value.cast(pl.String)


def in_order(group: str | None) -> tuple[int, float, str]:
    """Numbers and bands by size, then words, then what is not documented."""
    if group is None:
        return (2, 0, "")
    try:
        return (0, float(group.partition(" ")[0]), group)
    except ValueError:
        return (1, 0, group)


def too_many(column: str, file: str) -> BadInputError:
    message = f"column `{column}` has more than {MOST} different values"
    cure = "group by a column of few values, such as bands"
    return BadInputError([Mistake(Place(file), message, cure)])
