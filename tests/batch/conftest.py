from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Bring = Callable[[pa.Table], Any]


def bringing(con: Any, folder: Path) -> Bring:
    """Tables of Arrow as tables of a database, by way of Parquet as users bring them."""
    numbers = iter(range(10**6))

    def bring(table: pa.Table) -> Any:
        file = folder / f"{next(numbers)}.parquet"
        pq.write_table(table, file)
        return con.read_parquet(str(file))

    return bring


@pytest.fixture(scope="session")
def duckdb(tmp_path_factory: pytest.TempPathFactory) -> Bring:
    return bringing(ibis.duckdb.connect(), tmp_path_factory.mktemp("duckdb"))
