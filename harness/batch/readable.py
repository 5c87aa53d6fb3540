"""The result of an expression in plain Ibis, for engines behind which no Polars stands: words and lists as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

from harness.batch.canonical import BAD, Fault, reason
from harness.batch.columns import CASE_ID, ROW, of_rule
from harness.batch.expression import Compiled
from harness.batch.held import Expression
from harness.batch.remedy import NEVER, REMEDY
from harness.batch.statuses import OUTCOME
from harness.model.values import Status

BETWEEN = ";"
REASON = "reason"  # why a row is rejected


def with_dots(rule: str) -> str:
    """The column of a rule's status, as the result names it."""
    return of_rule(rule)


def without_dots(rule: str) -> str:
    """The same where no column may have dots or hyphens in its name (BigQuery)."""
    return f"rule__{rule.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class Readable:
    """The columns of the result over a table with all that is computed of it (`Compiled.on`)."""

    compiled: Compiled
    rules: Sequence[str]  # of all versions, in the order of the result
    named: Callable[[str], str] = with_dots

    def results(self, computed: Table) -> Table:
        """The rows that can be assessed."""
        columns = self.columns()
        return computed.filter(~ibis._[BAD]).mutate(**columns).select(CASE_ID, *columns)

    def rejected(self, computed: Table, faults: Sequence[Fault]) -> Table:
        """The rows that cannot, each with what is wrong in it."""
        told = computed.filter(ibis._[BAD]).mutate(**{REASON: reason(faults)})
        return told.select(ROW, CASE_ID, REASON)

    def together(self, computed: Table) -> Table:
        """All rows of a table with a column REASON; of one that cannot be assessed nothing but its reason is told."""
        none = ibis.null()
        told = {name: ibis.ifelse(ibis._[REASON].isnull(), value, none) for name, value in self.columns().items()}
        return computed.mutate(**told).select(CASE_ID, *told, REASON)

    def columns(self) -> Mapping[str, Expression]:
        """Each column but the case's own, by name. A remedy stands among them where it is a column."""
        policy, remedy = self.compiled.policy, self.compiled.remedy
        reasons = ((ibis._[name], rule) for rule, name in self.compiled.deficiencies.items())
        return {
            "policy": ibis.literal(policy.id),
            "effective": ibis.literal(policy.effective),
            "hash": ibis.literal(policy.hash),
            OUTCOME: ibis._[OUTCOME],
            **{self.named(rule): self._status(rule) for rule in self.rules},
            "deficiencies": _listed(reasons),
            **({} if remedy is None else {"remedy": _of_number(remedy)}),
        }

    def _status(self, rule: str) -> Expression:
        if rule not in self.compiled.rules:
            return ibis.null("string")
        status = ibis._[self.compiled.rules[rule]]
        return ibis.cases(
            (status, Status.MET.word), (status.isnull(), Status.UNDOCUMENTED.word), else_=Status.NOT_MET.word
        )


def _of_number(names: Sequence[str]) -> Expression:
    bits = ((ibis._[REMEDY] & ibis.literal(1 << bit, "int64")) != 0 for bit in range(len(names)))
    listed = _listed(zip(bits, names, strict=True))
    return ibis.ifelse(ibis._[REMEDY] < NEVER, listed, ibis.null("string"))


def _listed(several: Iterable[tuple[Expression, str]]) -> Expression:
    """The names whose truth holds, in one text; NULL without any."""
    parts = [ibis.ifelse(truth, BETWEEN + name, "") for truth, name in several]
    if not parts:
        return ibis.null("string")
    first, *rest = parts
    joined = first.concat(*rest) if rest else first
    return joined.substr(len(BETWEEN)).nullif("")
