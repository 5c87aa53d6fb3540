"""A version of a policy as one SELECT over a table `cases`, for a database of one's own."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import ibis

from harness.batch import legible
from harness.batch.canonical import Fault, reason
from harness.batch.columns import CASE_ID, RANGED, REQUEST_DATE, ROW, TYPES, column, high, low
from harness.batch.expression import Compiled, compiled
from harness.batch.held import Expression
from harness.batch.prepare import prepared
from harness.batch.readable import REASON, Readable, without_dots
from harness.batch.run import NO_DATE
from harness.batch.versions import Version
from harness.model.builtin import facts_of
from harness.model.policy import Policy

_CASES = "cases"
_TYPES = {
    "postgres": {"string": "text", "float64": "double precision", "boolean": "boolean", "date": "date"},
    "bigquery": {"string": "STRING", "float64": "FLOAT64", "boolean": "BOOL", "date": "DATE"},
    "snowflake": {"string": "TEXT", "float64": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
    "duckdb": {"string": "VARCHAR", "float64": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
}

DIALECTS = tuple(_TYPES)

NOT_IN_FORCE = "this version is not in force on `request_date`"

ibis.options.sql.fuse_selects = False


def statement(version: Version, dialect: str) -> str:
    """The statement, with a comment above it that tells which columns it reads."""
    policy = version.policy
    types = columns_of(policy)
    table = ibis.table(types, name=_CASES).mutate(**{ROW: ibis.literal(0, "int64")})
    ready = prepared(policy, table, spelt=spelt)
    told = ready.table.mutate(**{REASON: reason((*_of_version(version), *ready.faults))})
    expression = compiled(policy, told.columns)
    result = Readable(expression, tuple(policy.rules), without_dots).together(expression.on(told))
    compiler = importlib.import_module(f"ibis.backends.sql.compilers.{dialect}").compiler
    body = legible.sql(compiler.to_sqlglot(result), dialect)
    return "\n".join([*_header(version, dialect, types, expression), body, ""])


def spelt(name: str) -> str:
    """How the table names a column of a file of cases: `a.b.at_least` is `a__b___at_least`."""
    for ending, bound in ((".at_least", low), (".at_most", high)):
        if name.endswith(ending):
            return bound(name.removesuffix(ending))
    return column(name)


def columns_of(policy: Policy) -> dict[str, str]:
    """The columns of the table of cases, each with its type in the words of Ibis."""
    found = {CASE_ID: "string", REQUEST_DATE: "date"}
    for fact in facts_of(policy).values():
        if fact.id == "request.date":
            continue
        names = [column(fact.id), *((low(fact.id), high(fact.id)) if fact.type in RANGED else ())]
        found |= dict.fromkeys(names, TYPES[fact.type])
    return found


def _of_version(version: Version) -> list[Fault]:
    """What is told of a request that the version does not cover."""
    day = ibis._[REQUEST_DATE]
    outside: list[Expression] = []
    if version.first is not None:
        outside.append(day < version.first)
    if version.last is not None:
        outside.append(day > version.last)
    missing = [(day.isnull(), NO_DATE)] if outside else []
    return [*missing, *((one, NOT_IN_FORCE) for one in outside)]


def _header(version: Version, dialect: str, types: Mapping[str, str], expression: Compiled) -> list[str]:
    policy = version.policy
    days = f"from {version.first or 'the first day'} to {version.last or 'any later day'}"
    lines = [
        f"{policy.version}, hash {policy.hash}",
        "every request, whatever its date" if version == Version(policy) else f"requests {days}",
        "",
        f"One row a case out of the table `{_CASES}`, which has these columns, NULL where something is undocumented:",
        *(f"  {name} {_TYPES[dialect][of]}" for name, of in types.items()),
        "",
        "Inside, these are the statuses of the rules: true is met, false not met, NULL undocumented.",
        *(f"  {name} {rule}" for rule, name in expression.rules.items()),
    ]
    return [f"-- {line}".rstrip() for line in lines]
