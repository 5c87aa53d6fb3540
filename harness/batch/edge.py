"""What is computed, in the words of the result: statuses and outcomes by name, deficiencies and the remedy as lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from harness.batch.canonical import BAD
from harness.batch.columns import CASE_ID, ROW, of_rule
from harness.batch.expression import Compiled
from harness.batch.remedy import REMEDY, criteria_of
from harness.batch.statuses import OUTCOME
from harness.model.policy import Policy
from harness.model.values import Outcome, Status

STATUSES = pl.Enum([status.word for status in Status])
OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
DEFICIENCIES, REMEDIES = "deficiencies", "remedy"
BETWEEN = ";"

_BITS = 62  # of a 64-bit whole number, without its sign


@dataclass(slots=True)
class Edge:
    """Turns the computed columns of one version into those of the result."""

    compiled: Compiled
    rules: Sequence[str]  # of all versions, in the order of the result
    _texts: dict[tuple[str, int], str | None] = field(default_factory=dict)

    def columns(self) -> list[pl.Expr]:
        """What is to be computed of each row; the lists still as bits."""
        compiled = self.compiled
        masks = [_mask(several).alias(f"m_{n}") for n, several in enumerate(self._chunks())]
        remedy = [] if compiled.remedy is None else [pl.col(REMEDY)]
        return [
            pl.col(CASE_ID, ROW, BAD),
            pl.col(OUTCOME).cast(OUTCOMES),
            *(self._status(rule) for rule in self.rules),
            *masks,
            *remedy,
        ]

    def _status(self, rule: str) -> pl.Expr:
        if rule not in self.compiled.rules:
            return pl.lit(None, STATUSES).alias(of_rule(rule))
        status = pl.col(self.compiled.rules[rule])
        words = {one: pl.lit(one.word, STATUSES) for one in Status}
        met = pl.when(status).then(words[Status.MET])
        return (met.when(status.is_null()).then(words[Status.UNDOCUMENTED]).otherwise(words[Status.NOT_MET])).alias(
            of_rule(rule)
        )

    def _chunks(self) -> list[list[tuple[str, str]]]:
        named = list(self.compiled.deficiencies.items())
        return [named[at : at + _BITS] for at in range(0, len(named), _BITS)]

    def finished(self, rows: pl.DataFrame, remedies: pl.Series | None) -> pl.DataFrame:
        """The rows of the result. `remedies` are those that were found row by row."""
        policy = self.compiled.policy
        lists = [self._spelt(rows[f"m_{n}"], [rule for rule, _ in several]) for n, several in enumerate(self._chunks())]
        if remedies is None:
            assert self.compiled.remedy is not None
            remedies = self._of_numbers(rows[REMEDY], self.compiled.remedy)
        return rows.select(
            CASE_ID,
            *constants(policy),
            OUTCOME,
            *(of_rule(rule) for rule in self.rules),
            _joined(lists).alias(DEFICIENCIES),
            remedies.alias(REMEDIES),
        )

    def _spelt(self, masks: pl.Series, names: Sequence[str]) -> pl.Series:
        def spell(mask: int) -> str | None:
            return BETWEEN.join(name for bit, name in enumerate(names) if mask >> bit & 1) or None

        return self._translated(masks, spell)

    def _of_numbers(self, numbers: pl.Series, names: Sequence[str]) -> pl.Series:
        return self._translated(numbers, lambda one: BETWEEN.join(criteria_of(one, names)) or None)

    def _translated(self, numbers: pl.Series, spell: Callable[[int], str | None]) -> pl.Series:
        """Each different number of a column is spelt once."""
        known = numbers.unique()
        for one in known:
            if (numbers.name, one) not in self._texts:
                self._texts[numbers.name, one] = spell(one)
        if known.is_empty():
            return pl.Series(numbers.name, [], pl.String)
        texts = [self._texts[numbers.name, one] for one in known]
        return numbers.replace_strict(known, texts, return_dtype=pl.String)


def _joined(lists: Sequence[pl.Series]) -> pl.Expr:
    """Several lists of a row as one; NULL where all of them are empty."""
    if not lists:
        return pl.lit(None, pl.String)
    joined = pl.concat_str([pl.lit(one) for one in lists], separator=BETWEEN, ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _mask(several: Sequence[tuple[str, str]]) -> pl.Expr:
    bits = (pl.when(pl.col(name)).then(1 << bit).otherwise(0) for bit, (_, name) in enumerate(several))
    return pl.sum_horizontal(*bits)


def constants(policy: Policy) -> Iterator[pl.Expr]:
    """What is the same for each row of a version."""
    yield pl.lit(policy.id, pl.Enum([policy.id])).alias("policy")
    yield pl.lit(policy.effective).alias("effective")
    yield pl.lit(policy.hash).alias("hash")
