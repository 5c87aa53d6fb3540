"""Both versions over all cases, and what is counted of the two results, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from harness.batch.columns import ROW, of_rule
from harness.batch.edge import DEFICIENCIES
from harness.batch.parts import REJECTED, spans
from harness.batch.run import ROWS, Job, Watch, run
from harness.batch.source import Source, opened
from harness.batch.statuses import OUTCOME
from harness.batch.versions import Version
from harness.difference.side import Side
from harness.impact import groups
from harness.impact.causes import NEW, OLD, WORSE, because, changes_that_decide, decisive, turns_on
from harness.impact.count import ORDER, Cause, Grouping, Impact, Tally
from harness.model.wording import rule_title

_RANKS = {outcome.value: rank for rank, outcome in enumerate(ORDER)}
_REASON = "reason"


@dataclass(frozen=True, slots=True)
class Question:
    """Two versions, over cases; `by` are columns to group by."""

    old: Side
    new: Side
    named: tuple[str, str]
    cases: str
    by: Sequence[str] = ()
    table: str | None = None
    episodes: str | None = None
    engine: str = "polars"
    rows: int = ROWS


@dataclass(slots=True)
class _Counts:
    """What is added up over the parts."""

    whole: Tally = field(default_factory=Tally)
    groups: dict[str, dict[str | None, Tally]] = field(default_factory=dict)
    worse: Counter[str] = field(default_factory=Counter)
    better: Counter[str] = field(default_factory=Counter)
    unexplained: int = 0
    other_reasons: int = 0


def impact_of(question: Question, folder: Path, watch: Watch | None = None) -> Impact:
    """Run both versions over all rows, whatever their request date, and compare the results. `folder` is for both.

    Raises BadInputError for cases that cannot be used; KeyboardInterrupt when `watch` ends early.
    """
    old, new = question.old, question.new
    policies = [old.policy, new.policy]
    source = opened(question.cases, question.table, policies, folder, question.by)
    groups.check(question.by, source.schema, question.cases)
    for side, name in ((old, OLD), (new, NEW)):
        job = Job(
            [Version(side.policy)],
            str(source.file),
            str(folder / name),
            episodes=question.episodes,
            engine=question.engine,
            rows=question.rows,
            beside=policies,
            numbered=True,
        )
        run(job, watch=watch)
    rules = tuple(dict.fromkeys((*decisive(new.policy), *decisive(old.policy))))
    counts = _Counts(groups={column: {} for column in question.by})
    for number, span in enumerate(spans(source.rows, question.rows)):
        both = _both(source, question, folder, f"part-{number:05}.parquet", span)
        _count(both, question, rules, counts)
    return _impact(question, rules, counts, folder)


def _both(source: Source, question: Question, folder: Path, part: str, span: tuple[int, int]) -> pl.DataFrame:
    """The rows of a part with their groups and the results of both sides; NULL where a side rejected them.

    Both runs are cut at the same rows, so that a part is joined by itself and no more than it is held.
    """
    by = [groups.group_of(one, source.schema[one]).alias(f"by_{at}") for at, one in enumerate(question.by)]
    rows = source.scan(question.by).slice(*span).select(ROW, *by)
    for prefix, side in ((OLD, question.old), (NEW, question.new)):
        wanted = [OUTCOME, DEFICIENCIES, *map(of_rule, decisive(side.policy))]
        result = pl.scan_parquet(folder / prefix / part).select(ROW, pl.col(wanted).name.prefix(prefix))
        rows = rows.join(result, on=ROW, how="left")
    return rows.collect(engine="streaming")


def _count(both: pl.DataFrame, question: Question, rules: Sequence[str], counts: _Counts) -> None:
    ways = [OLD + OUTCOME, NEW + OUTCOME]
    for was, now, number in both.group_by(ways).len().iter_rows():
        counts.whole.ways[was, now] += number
    for at, column in enumerate(question.by):
        held = counts.groups[column]
        for group, was, now, number in both.group_by(f"by_{at}", *ways).len().iter_rows():
            held.setdefault(group, Tally()).ways[was, now] += number
            if len(held) > groups.MOST:
                raise groups.too_many(column, question.cases)
    same = pl.col(ways[0]) == pl.col(ways[1])
    other = pl.col(OLD + DEFICIENCIES).ne_missing(pl.col(NEW + DEFICIENCIES))
    counts.other_reasons += both.select((same & other).sum()).item() or 0
    rank = [pl.col(way).cast(pl.String).replace_strict(_RANKS, return_dtype=pl.Int8) for way in ways]
    changed = both.filter(~same).with_columns((rank[0] < rank[1]).alias(WORSE))  # NULL, of a rejected row, is left out
    _add_causes(changed, question, rules, counts)


def _add_causes(changed: pl.DataFrame, question: Question, rules: Sequence[str], counts: _Counts) -> None:
    old, new = question.old.policy, question.new.policy
    turned = changed.select(WORSE, *(turns_on(rule, old, new).fill_null(value=False).alias(rule) for rule in rules))
    sums = turned.group_by(WORSE).agg(pl.col(rules).sum()) if rules else turned.select(WORSE).unique()
    for row in sums.iter_rows(named=True):
        into = counts.worse if row[WORSE] else counts.better
        into.update({rule: row[rule] for rule in rules})
    counts.unexplained += turned.select((~pl.any_horizontal(pl.lit(value=False), *rules)).sum()).item()


def _impact(question: Question, rules: Sequence[str], counts: _Counts, folder: Path) -> Impact:
    old, new = question.old, question.new
    changes = changes_that_decide(old, new)
    order = [*new.policy.order, *old.policy.order]  # a rule before those that read it
    causes = [
        Cause(rule, _title(rule, old, new), counts.worse[rule], counts.better[rule], because(rule, old, new, changes))
        for rule in rules
        if counts.worse[rule] or counts.better[rule]
    ]
    groupings = [
        Grouping(column, {group: held[group] for group in sorted(held, key=groups.in_order)})
        for column, held in counts.groups.items()
    ]
    return Impact(
        old.policy,
        new.policy,
        *question.named,
        counts.whole,
        tuple(sorted(causes, key=lambda cause: (-cause.rows, order.index(cause.rule)))),
        counts.unexplained,
        counts.other_reasons,
        tuple(groupings),
        _rejected(folder),
    )


def _title(rule: str, old: Side, new: Side) -> str:
    return rule_title(rule, (new if rule in new.policy.rules else old).policy)


def _rejected(folder: Path) -> dict[str, int]:
    """How many rows were rejected for which reason; a row that both sides reject for the same one counts once."""
    files = [file for side in (OLD, NEW) if (file := folder / f"{side}{REJECTED}").is_file()]
    if not files:
        return {}
    told = pl.concat([pl.read_parquet(file).select(ROW, _REASON) for file in files]).unique()
    counted = told.group_by(_REASON).len().sort(["len", _REASON], descending=[True, False])
    return {str(why): int(number) for why, number in counted.iter_rows()}
