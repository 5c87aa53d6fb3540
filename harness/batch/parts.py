"""A long run in parts, each whole on disk before the next begins, so that a killed run goes on where it was."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from harness.batch.source import refuse_several
from harness.errors import BadInputError, Mistake, Place

REJECTED = ".rejected.parquet"
FORMS = (".parquet", ".csv", ".ndjson", ".duckdb")  # of a result; a name without a suffix is a folder of Parquet files
TABLE = "assessments"  # in a DuckDB file

_PLAN = "plan.json"
_WRITING: Any = {"compression": "zstd", "compression_level": 1, "statistics": False}


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of a run beside its output."""

    output: Path
    folder: Path

    @classmethod
    def of(cls, output: str) -> Parts:
        target = Path(output)
        return cls(target, target.parent / f".{target.name}.parts")

    def begin(self, plan: Mapping[str, object], *, resume: bool) -> None:
        """Make the folder, or go on with the one there is.

        Raises BadInputError when it is of another run: of other cases, another policy or another size of parts; and
        for a name that would stand for several files.
        """
        refuse_several(str(self.output))
        said = json.dumps(plan, sort_keys=True)
        if resume and self.folder.is_dir():
            there = self.folder / _PLAN
            if not there.is_file() or there.read_text("utf-8") != said:
                raise BadInputError(
                    [
                        Mistake(
                            Place(str(self.output)),
                            "the run that was cut off was of other cases, another policy or other options",
                            "run it without `--resume`, from the start",
                        )
                    ]
                )
            return
        if self.output.is_dir():
            message, cure = "there is a folder of this name already", "name another one, or remove it first"
            raise BadInputError([Mistake(Place(str(self.output)), message, cure)])
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        _replace(self.folder / _PLAN, said.encode())

    def is_done(self, number: int) -> bool:
        return self._rows(number).is_file()

    def keep(self, number: int, rows: pl.DataFrame, rejected: pl.DataFrame) -> None:
        """A part, its rejected rows first: where its rows are, all of it is."""
        for file, table in ((self._rejected(number), rejected), (self._rows(number), rows)):
            temporary = file.with_suffix(".new")
            with _writing():
                table.write_parquet(temporary, **_WRITING)
            _sync(temporary)
            temporary.replace(file)

    def _rows(self, number: int) -> Path:
        return self.folder / f"part-{number:05}.parquet"

    def _rejected(self, number: int) -> Path:
        return self.folder / f"rejected-{number:05}.parquet"

    def rows(self, count: int) -> list[Path]:
        return [self._rows(number) for number in range(count)]

    def rejected(self, count: int) -> pl.DataFrame:
        return pl.concat([pl.read_parquet(self._rejected(number)) for number in range(count)])

    def finish(self, count: int) -> int:
        """Put the output in its place, the rejected rows before it; how many there are of these."""
        rejected = self.rejected(count)
        told = self.output.with_name(self.output.name + REJECTED)
        if rejected.height:
            temporary = self.folder / "rejected.new"
            with _writing():
                rejected.write_parquet(temporary)
            _sync(temporary)
            temporary.replace(told)
        with _writing():
            whole = self._joined(self.rows(count))
        if not rejected.height:
            told.unlink(missing_ok=True)
        whole.replace(self.output)
        shutil.rmtree(self.folder, ignore_errors=True)
        return rejected.height

    def _joined(self, files: list[Path]) -> Path:
        target = self.folder / f"whole{self.output.suffix}"
        match self.output.suffix:
            case "":
                target.mkdir(exist_ok=True)
                for file in files:  # a link, so that a run which is killed here has all its parts still
                    (target / file.name).unlink(missing_ok=True)
                    os.link(file, target / file.name)
                return target
            case ".parquet" if len(files) == 1:
                target.unlink(missing_ok=True)
                os.link(files[0], target)
            case ".parquet":
                pl.scan_parquet(files).sink_parquet(target, **_WRITING)
            case ".csv":
                pl.scan_parquet(files).sink_csv(target)
            case ".ndjson":
                pl.scan_parquet(files).sink_ndjson(target)
            case _:
                target.unlink(missing_ok=True)
                with duckdb.connect(str(target)) as db:
                    db.read_parquet([str(file) for file in files]).create(TABLE)
        _sync(target)
        return target


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Polars tells a full disk as a failure to compute."""
    try:
        yield
    except pl.exceptions.PolarsError:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None


def spans(rows: int, size: int) -> Iterator[tuple[int, int]]:
    """The first row and the number of rows of each part; one part of none where there are no rows."""
    for first in range(0, max(rows, 1), size):
        yield first, min(size, rows - first)


def fingerprint(file: Path) -> str:
    """What tells a file from the same file after a change, without reading all of it."""
    told = file.stat()
    with file.open("rb") as stream:
        head = hashlib.sha256(stream.read(1 << 20)).hexdigest()
    return f"{file.resolve()}:{told.st_size}:{told.st_mtime_ns}:{head}"


def _replace(file: Path, content: bytes) -> None:
    temporary = file.with_suffix(".new")
    temporary.write_bytes(content)
    _sync(temporary)
    temporary.replace(file)


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
