"""The code that the benchmark runs, written beside it to be read, and told when it is stale."""

from __future__ import annotations

from pathlib import Path

from batch import limit
from batch.emit import clips_source, numpy_source, polars_source, sql_source, zen_source
from harness.model.policy import Policy

FOLDER = Path(__file__).parent / "generated"


def files(policy: Policy) -> dict[str, str]:
    invalid = f"-- Why a row is invalid, where it is:\n-- {sql_source.invalid(policy).strip()}".replace("\n ", "\n--  ")
    return {
        "duckdb.sql": f"{limit.sql(policy)}\n{invalid.removesuffix('END')}-- END\n",
        "polars.txt": polars_source.source(policy),
        "numpy.txt": numpy_source.source(policy),
        "zen.json": zen_source.source(policy),
        "clips.clp": clips_source.source(policy),
    }


def write(policy: Policy) -> None:
    for name, text in files(policy).items():
        (FOLDER / name).write_text(text, "utf-8")


def stale(policy: Policy) -> list[str]:
    made = files(policy)
    return [name for name in made if (FOLDER / name).read_text("utf-8") != made[name]]
