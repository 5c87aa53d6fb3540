"""A file of cases, of whatever form, as one Parquet file whose columns have the types of the policy's facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from harness.batch.canonical import UNREAD
from harness.batch.columns import CASE_ID, RANGED, REQUEST_DATE, ROW, at_least, at_most
from harness.cases.episodes import one_slip
from harness.errors import BadInputError, Mistake, Place, did_you_mean
from harness.model.builtin import facts_of
from harness.model.policy import Fact, Policy
from harness.model.values import FactType

SUFFIXES = (".parquet", ".csv", ".ndjson", ".duckdb")
_SQL_TYPES = {FactType.BOOLEAN: "BOOLEAN", FactType.NUMBER: "DOUBLE", FactType.DATE: "DATE"}
_INTEGERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)
_PLAIN_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FITS = {
    FactType.BOOLEAN: (pl.Boolean,),
    FactType.NUMBER: (pl.Float32, pl.Float64, *_INTEGERS, pl.Decimal),
    FactType.DATE: (pl.Date,),
    FactType.CHOICE: (pl.String, pl.Categorical, pl.Enum),
    FactType.TEXT: (pl.String, pl.Categorical, pl.Enum),
    FactType.SET: (pl.String, pl.List),
}
_CALLED = {
    FactType.BOOLEAN: "true or false",
    FactType.NUMBER: "numbers",
    FactType.DATE: "dates",
    FactType.CHOICE: "text",
    FactType.TEXT: "text",
    FactType.SET: "lists of text, or text with `;` between",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A Parquet file of cases. `ignored` are columns that no version reads."""

    file: Path
    rows: int
    schema: Mapping[str, pl.DataType]
    ignored: tuple[str, ...]

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that a version reads."""
        return tuple(name for name in self.schema if name not in self.ignored)

    def scan(self, also: Iterable[str] = ()) -> pl.LazyFrame:
        """The rows with their numbers, in the columns that are read and some others."""
        wanted = list(dict.fromkeys([*self.read, *also]))
        texts = [name for name in wanted if isinstance(self.schema[name], pl.Categorical | pl.Enum)]
        if ROW in self.schema:  # a name that the file has taken; numbered apart, which is slower
            table = pl.scan_parquet(self.file).select(wanted).with_row_index(ROW)
        else:
            table = pl.scan_parquet(self.file, row_index_name=ROW).select([ROW, *wanted])
        return table.with_columns(pl.col(ROW).cast(pl.Int64), pl.col(texts).cast(pl.String))


def columns_of(versions: Iterable[Policy]) -> dict[str, Fact | None]:
    """Every column that one of the versions reads, with its fact; None for the case id."""
    found: dict[str, Fact | None] = {CASE_ID: None}
    for policy in versions:
        for name, fact in facts_of(policy).items():
            found[REQUEST_DATE if name == "request.date" else name] = fact
            if fact.type in RANGED and name != "request.date":
                found |= {at_least(name): fact, at_most(name): fact}
    return found


def opened(
    name: str, table: str | None, versions: Sequence[Policy], folder: Path, also: Collection[str] = ()
) -> Source:
    """The cases of a file. What is no Parquet is read into one in `folder`, with the columns `also` that nothing reads.

    Raises BadInputError for a file that cannot be read, and for a column of another type than its fact.
    """
    refuse_several(name)
    file, known = Path(name), columns_of(versions)
    if not file.is_file():
        raise refused(name, "there is no such file", f"name a file that ends in {_listed(SUFFIXES)}")
    if file.suffix not in SUFFIXES:
        raise refused(name, f"`{file.suffix}` is not a form of cases that can be read", f"use {_listed(SUFFIXES)}")
    try:
        if file.suffix != ".parquet":
            types = dict.fromkeys(also, FactType.TEXT)
            types |= {column: FactType.TEXT if fact is None else fact.type for column, fact in known.items()}
            file = as_typed_parquet(file, table, types, folder / "cases.parquet")
        schema = dict(pl.read_parquet_schema(file))
        rows = pl.scan_parquet(file).select(pl.len()).collect().item()
    except (duckdb.Error, pl.exceptions.PolarsError, OSError):  # their messages may repeat what is in the file
        message = f"the file cannot be read as {file.suffix.removeprefix('.')}"
        raise refused(name, message, "check that it is whole, and of the form its name says") from None
    mistakes = list(_wrong_columns(name, schema, known))
    if mistakes:
        raise BadInputError(mistakes)
    return Source(file, rows, schema, tuple(one for one in schema if one not in known and one != UNREAD))


def _wrong_columns(name: str, schema: Mapping[str, pl.DataType], known: Mapping[str, Fact | None]) -> Iterator[Mistake]:
    place = Place(name)
    for needed in (CASE_ID, REQUEST_DATE):
        if needed not in schema:
            near = did_you_mean(needed, schema, "give every row one")
            yield Mistake(place, f"there is no column `{needed}`", near)
    for column, of in schema.items():
        fact = known.get(column)
        kind = fact.type if fact is not None else FactType.TEXT
        if column in known and not isinstance(of, _FITS[kind]):
            yield Mistake(place, f"column `{column}` does not hold {_CALLED[kind]}", f"it is of type {of}; convert it")
        elif column not in known:
            # A file may serve several policies; only what a slip of the finger explains stops it.
            meant = [one for one in known if one_slip(column, one)]
            if meant:
                message = f"no version of the policy reads a column `{column}`"
                yield Mistake(place, message, f"did you mean `{meant[0]}`?")


def as_typed_parquet(file: Path, table: str | None, known: Mapping[str, FactType], target: Path) -> Path:
    """CSV, NDJSON or a table in the types that are known of its columns; what cannot be read so is told by row."""
    with duckdb.connect(
        ":memory:" if file.suffix != ".duckdb" else str(file), read_only=file.suffix == ".duckdb"
    ) as db:
        db.execute(f"SET temp_directory = {_text(str(target.parent))}")
        db.execute("SET preserve_insertion_order = true")
        relation = _relation(db, file, table)
        found = db.from_query(f"FROM {relation}")
        types = dict(zip(found.columns, map(str, found.types), strict=True))
        wanted = (
            found if file.suffix == ".duckdb" else found.project(_typed(types, known, of_json=file.suffix == ".ndjson"))
        )
        wanted.write_parquet(str(target), row_group_size=100_000)
    return target


def _relation(db: duckdb.DuckDBPyConnection, file: Path, table: str | None) -> str:
    if file.suffix == ".csv":
        return f"read_csv({_text(str(file))}, all_varchar = true, header = true, nullstr = '', strict_mode = true)"
    if file.suffix == ".ndjson":
        return f"read_json({_text(str(file))}, format = 'newline_delimited', sample_size = -1)"
    tables = [str(row[0]) for row in db.execute("SELECT table_name FROM information_schema.tables").fetchall()]
    if table is None and len(tables) == 1:
        return _name(tables[0])
    if table is None or table not in tables:
        message = "the file has several tables" if table is None else f"the file has no table `{table}`"
        raise refused(str(file), message, f"name one with `--table`: {_listed(tables)}")
    return _name(table)


def _typed(types: Mapping[str, str], known: Mapping[str, FactType], *, of_json: bool) -> str:
    """What to select of columns as text; a JSON value of the right type is taken as it is."""
    selected, unread = [], []
    for column, of in types.items():
        if column not in known:
            continue
        value, bad = _value(_name(column), known[column], of if of_json else "VARCHAR")
        selected.append(f"{value} AS {_name(column)}")
        if bad:
            unread.append(f"CASE WHEN {bad} THEN {_text(f'`{column}` cannot be read')} END")
    told = f"nullif(concat_ws('; ', {', '.join(unread)}), '')" if unread else "CAST(NULL AS VARCHAR)"
    return ", ".join([*selected, f"{told} AS {UNREAD}"])


def _value(column: str, kind: FactType, of: str) -> tuple[str, str]:
    """The value of a column as this type, and when a row has one that cannot be read as such."""
    if kind is FactType.SET and of.endswith("[]"):
        return f"CAST({column} AS VARCHAR[])", ""
    text = f"CAST({column} AS VARCHAR)"
    match kind:
        case FactType.BOOLEAN:
            read = f"CASE lower(trim({text})) WHEN 'true' THEN true WHEN 'false' THEN false END"
        case FactType.NUMBER:
            read = f"TRY_CAST(trim({text}) AS DOUBLE)"
        case FactType.DATE:
            plain = f"regexp_matches(trim({text}), {_text(_PLAIN_DATE)})"
            read = f"CASE WHEN {plain} THEN TRY_CAST(trim({text}) AS DATE) END"
        case FactType.SET:
            return f"regexp_replace(trim({text}), '\\s*;\\s*', ';', 'g')", ""
        case _:
            return text, ""
    return read, f"{column} IS NOT NULL AND ({read}) IS NULL"


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def refuse_several(name: str) -> None:
    """Raise BadInputError for a name that the libraries which read and write would take for several files."""
    if found := [one for one in "*?[" if one in name]:
        message = f"with `{found[0]}` in it, the name could stand for several files"
        raise refused(name, message, "rename the file, or its folder")


def refused(name: str, message: str, cure: str) -> BadInputError:
    return BadInputError([Mistake(Place(name), message, cure)])
