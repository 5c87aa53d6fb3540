"""The rules on which a changed outcome turns, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from harness.batch.columns import of_rule
from harness.batch.edge import BETWEEN, DEFICIENCIES
from harness.difference.change import Bearing, Change, Sort
from harness.difference.reach import fact_readers
from harness.difference.saying import name, on_one_line
from harness.difference.side import Side
from harness.difference.structure import structure
from harness.model.condition import rules_read
from harness.model.policy import Policy
from harness.model.values import Status

WORSE = "worse"  # a column of changed rows: whether the new outcome is the worse one
OLD, NEW = "old_", "new_"  # before the columns of a side


def decisive(policy: Policy) -> tuple[str, ...]:
    """The rules that the decision reads, directly or by way of others, in the order of the policy."""
    found: set[str] = set()
    waiting = list(rules_read(policy.decision.necessary_when))
    while waiting:
        rule = waiting.pop()
        if rule not in found:
            found.add(rule)
            waiting += rules_read(policy.rules[rule].when)
    return tuple(rule for rule in policy.rules if rule in found)


def turns_on(rule: str, old: Policy, new: Policy) -> pl.Expr:
    """Whether a changed row turns on a rule: its status differs, or it is a deficiency on one side alone.

    A rule of one side has no status on the other. Being met there is a reason only for what it makes better.
    """
    was, now = _is_deficiency(OLD, rule, old), _is_deficiency(NEW, rule, new)
    differs = was != now
    before, after = pl.col(OLD + of_rule(rule)), pl.col(NEW + of_rule(rule))
    if rule not in old.rules:
        return differs | (~pl.col(WORSE) & (after == Status.MET.word))
    if rule not in new.rules:
        return differs | (pl.col(WORSE) & (before == Status.MET.word))
    return differs | (before != after)


def _is_deficiency(side: str, rule: str, policy: Policy) -> pl.Expr:
    if rule not in policy.rules:
        return pl.lit(value=False)
    told = pl.concat_str(pl.lit(BETWEEN), pl.col(side + DEFICIENCIES), pl.lit(BETWEEN))
    return told.str.contains(f"{BETWEEN}{rule}{BETWEEN}", literal=True).fill_null(value=False)


def because(rule: str, old: Side, new: Side, changes: Sequence[Change]) -> tuple[str, ...]:
    """What was changed in a rule or in what it reads, in words, parameters first."""
    read = {one for side in (old, new) for one in _with_read(rule, side.policy)}
    found = [change for change in changes if read & set(_changes_rules(change, old.policy, new.policy))]
    found.sort(key=lambda change: change.sort is not Sort.PARAMETER)
    return tuple(dict.fromkeys(said for change in found for said in _said(change)))


def changes_that_decide(old: Side, new: Side) -> tuple[Change, ...]:
    return tuple(change for change in structure(old, new) if change.bearing <= Bearing.READS)


def _with_read(rule: str, policy: Policy) -> Iterator[str]:
    yield rule
    if rule in policy.rules:
        for read in rules_read(policy.rules[rule].when):
            yield from _with_read(read, policy)


def _changes_rules(change: Change, old: Policy, new: Policy) -> Iterator[str]:
    if change.sort is Sort.RULE:
        yield change.id
    facts = [change.id] if change.sort is Sort.FACT else []
    for reader in change.read_by:
        if reader.sort is Sort.RULE:
            yield reader.id
        elif reader.sort is Sort.FACT:
            facts.append(reader.id)
    for fact in facts:
        for policy in (old, new):
            if fact in policy.facts:
                yield from (reader.id for reader in fact_readers(fact, policy) if reader.sort is Sort.RULE)


def _said(change: Change) -> Iterator[str]:
    for detail in change.details:
        if detail.bearing <= Bearing.READS:
            short = on_one_line(detail) if change.verb == "changed" else None
            of = name(change) if detail.key == "value" else f"{name(change)}, {detail.key}"
            yield f"{of}: {short}" if short else name(change)
