"""A row of a file of cases, turned into a case file and read by the reader of single cases."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harness.cases import read_case
from harness.model.builtin import BUILT_IN, facts_of
from harness.model.case import Case, Reading
from harness.model.policy import Policies, Policy
from harness.model.values import FactType
from harness.plain_yaml import written

Row = Mapping[str, Any]

MARKS = ("case_id", "request_date", "synthetic", "boundary")
BOUNDS = {".at_least": "at_least", ".at_most": "at_most"}


def rows_of(file: Path, policy: Policy) -> list[Row]:
    """The rows of a file in any of its forms, as values of Python; None is undocumented."""
    match file.suffix:
        case ".parquet":
            return [_plain(row) for row in pq.read_table(file).to_pylist()]
        case ".ndjson":
            return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        case _:
            with file.open(encoding="utf-8", newline="") as stream:
                return [_from_words(row, policy) for row in csv.DictReader(stream)]


def case_of(row: Row, policy: Policy, policies: Policies, folder: Path) -> Case:
    """The case of a row. Raises BadInputError where it could be no case."""
    service, patient, facts = {"policy": policy.id}, {}, {}
    for name, value in row.items():
        if value is None or name in MARKS:
            continue
        fact, part = _of_fact(name)
        if fact not in BUILT_IN:
            stated = _exact(value) if isinstance(value, float) else value
            if part:
                assert row[fact] is None, "a bound beside a value"
                facts.setdefault(fact, {})[part] = stated
            else:
                facts[fact] = stated
        elif fact.startswith("patient."):
            patient[fact.partition(".")[2]] = int(value) if fact == "patient.age" else value
        else:
            service[fact.partition(".")[2]] = value
    content = {
        "case": row["case_id"],
        "synthetic": row["synthetic"],
        "request": {"date": row["request_date"], "services": [service]},
        **({"patient": patient} if patient else {}),
        **({"facts": facts} if facts else {}),
    }
    file = folder / "case.yaml"
    file.write_text(written(content), "utf-8")
    return read_case(file, policies)


def readings(row: Row, policy: Policy, policies: Policies, folder: Path) -> Mapping[str, Reading]:
    return case_of(row, policy, policies, folder).services[0].facts


def _exact(number: float) -> Decimal | int:
    """The number that was meant: a file holds six decimals."""
    exact = round(Decimal(number), 6)
    return int(exact) if exact == int(exact) else exact


def _of_fact(name: str) -> tuple[str, str]:
    for ending, part in BOUNDS.items():
        if name.endswith(ending):
            return name.removesuffix(ending), part
    return name, ""


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _from_words(row: Mapping[str, str], policy: Policy) -> Row:
    return dict(_typed(row, policy))


def _typed(row: Mapping[str, str], policy: Policy) -> Iterator[tuple[str, Any]]:
    facts = facts_of(policy)
    for name, word in row.items():
        kind = facts[_of_fact(name)[0]].type if name not in MARKS else FactType.TEXT
        if word == "":
            yield name, None
        elif name in {"synthetic", "boundary"} or kind is FactType.BOOLEAN:
            yield name, {"true": True, "false": False}[word]
        elif kind is FactType.NUMBER:
            yield name, json.loads(word)
        elif kind is FactType.SET:
            yield name, [] if word == "[]" else word.split(";")
        else:
            yield name, word
