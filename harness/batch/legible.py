"""A nested SELECT as a library writes it, made readable: one step below the other, nothing that is not read."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.optimizer.simplify import simplify


def sql(statement: exp.Expression, dialect: str) -> str:
    """The same statement with its steps named in turn, each with only the columns that a later one reads."""
    steps = _pruned(_steps(statement))
    names = ["", *(f"step_{number}" for number in range(1, len(steps)))]
    for step, before in zip(steps, names, strict=True):
        _polish(step, before)
    *first, last = steps
    # PostgreSQL would write a step out wherever it is read, which doubles the work with each.
    staged = True if dialect == "postgres" else None
    for step, name in zip(first, names[1:], strict=True):
        last = last.with_(exp.to_identifier(name), as_=step, materialized=staged, copy=False)
    if dialect == "snowflake":  # where a quoted name is another one than the same without quotes
        for word in last.find_all(exp.Identifier):
            word.set("quoted", False)
    return last.sql(dialect, pretty=True)


def _steps(statement: exp.Expression) -> list[exp.Select]:
    """The innermost SELECT first; each reads the one before it alone, and says only for the first from where."""
    found = []
    while isinstance(statement, exp.Select):
        found.append(statement)
        source = statement.args["from_"].this
        if not isinstance(source, exp.Subquery):
            break
        statement.set("from_", None)
        statement = source.this
    return found[::-1]


def _pruned(steps: list[exp.Select]) -> list[exp.Select]:
    """The steps that compute something, with the columns that are needed."""
    *_, last = steps
    needed = {column.name for column in last.find_all(exp.Column)}
    found = [last]
    for step in steps[-2::-1]:
        kept = [one for one in step.expressions if one.alias_or_name in needed]
        if step.args.get("from_") is None and all(_is_passed(one) for one in kept):
            continue
        step.set("expressions", kept)
        needed = {column.name for column in step.find_all(exp.Column)}
        found.append(step)
    return found[::-1]


def _is_passed(one: exp.Expression) -> bool:
    return one.unalias().name == one.alias_or_name and isinstance(one.unalias(), exp.Column)


def _polish(step: exp.Select, before: str) -> None:
    """Let a step read what is named, its columns without saying whose they are: there is only one."""
    if before:
        step.from_(before, copy=False)
    else:
        step.args["from_"].this.set("alias", None)
    for column in step.find_all(exp.Column):
        column.set("table", None)
    for one in step.expressions:
        if isinstance(one, exp.Alias) and _is_passed(one):
            one.replace(one.this)
    for part in step.find_all(exp.Substring):  # Ibis writes out what it does with a start below zero
        part.set("start", simplify(part.args["start"]))
    for both in list(step.find_all(exp.And)):
        if isinstance(both.this, exp.Boolean) and both.this.this:
            both.replace(both.expression)
