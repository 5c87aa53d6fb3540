"""A witness in words: what it documents, what each side makes of it, and which rules tell the two apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.difference.change import Bearing, Change, Sort
from harness.difference.conditions import deciding_rules, parameters_read
from harness.model.case import State
from harness.model.condition import Condition, children, facts_read, walk
from harness.model.policy import Policy
from harness.model.values import Status
from harness.model.wording import STATUS_WORDS, fact_name, reading_text, rule_title
from harness.proof import CaseUnder, Witness

MOST_NAMED = 3  # facts in the one sentence of a summary


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of a witness as each side reads it; empty on a side that does not declare it."""

    fact: str
    name: str
    old: str
    new: str
    is_presumed: bool  # on both sides, so that the case itself does not state it

    @property
    def differs(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule whose status differs; None on a side that does not have it."""

    rule: str
    title: str
    old: Status | None
    new: Status | None
    decides: bool


def fact_lines(witness: Witness, changes: tuple[Change, ...]) -> tuple[FactLine, ...]:
    """The facts that either side reads as anything, those that what has changed reads first.

    What is not here is not documented.
    """
    found = []
    for fact in {**witness.old.facts, **witness.new.facts}:
        states = {under.facts[fact].state for under in (witness.old, witness.new) if fact in under.facts}
        old, new = _said(fact, witness.old), _said(fact, witness.new)
        if states != {State.UNDOCUMENTED}:
            found.append(FactLine(fact, fact_name(fact), old, new, old == new and states == {State.PRESUMED}))
    touched = _touched(changes, witness)
    return tuple(sorted(found, key=lambda line: line.fact not in touched))


def _said(fact: str, under: CaseUnder) -> str:
    declared = under.policy.facts.get(fact)
    return reading_text(under.facts[fact], declared) if declared and fact in under.facts else ""


def rule_lines(witness: Witness) -> tuple[RuleLine, ...]:
    """The rules whose status differs; of those that one side alone has, the ones that its decision reads."""
    old, new = witness.old, witness.new
    deciding = deciding_rules(old.policy) | deciding_rules(new.policy)
    found = []
    for rule in {**new.statuses, **old.statuses}:
        was, now = old.statuses.get(rule), new.statuses.get(rule)
        policy = new.policy if rule in new.policy.rules else old.policy
        if was is not now and (rule in deciding or (was is not None and now is not None)):
            found.append(RuleLine(rule, rule_title(rule, policy), was, now, rule in deciding))
    return tuple(found)


def apart_says(rules: Iterable[RuleLine]) -> str:
    """What leads to the rules that differ; where none decides, the decision itself is what differs."""
    if any(rule.decides for rule in rules):
        return "What tells the two apart:"
    return "The decision alone tells the two apart."


def both_statuses(line: RuleLine) -> str:
    """`met -> not met`."""
    return " -> ".join("not there" if one is None else STATUS_WORDS[one] for one in (line.old, line.new))


def both_sides(line: FactLine) -> str:
    """`6 weeks`; where the sides read it differently, both."""
    if not line.differs:
        return line.new
    return f"{line.old or 'not declared'} (old), {line.new or 'not declared'} (new)"


def all_else(lines: Iterable[FactLine]) -> str:
    """What the case leaves out, and how that is read."""
    presumed = [f"{line.name} {line.new.removesuffix(' (presumed)')}" for line in lines if line.is_presumed]
    return "all else: not documented" + (f"; presumed then: {', '.join(presumed)}" if presumed else "")


def example(witness: Witness, changes: tuple[Change, ...]) -> str:
    """The facts of a witness that what has changed reads: `physical therapy length 6 weeks`."""
    touched = _touched(changes, witness)
    lines = [line for line in fact_lines(witness, changes) if line.fact in touched and not line.is_presumed]
    return " and ".join(f"{line.name} {both_sides(line)}" for line in lines[:MOST_NAMED])


def _touched(changes: tuple[Change, ...], witness: Witness) -> set[str]:
    """The facts that are read by what can decide and has changed, on either side."""
    deciding = [change for change in changes if change.bearing is Bearing.DECIDES]
    policies = (witness.old.policy, witness.new.policy)
    return {fact for change in deciding for policy in policies for fact in _facts_of(change, policy)}


def _facts_of(change: Change, policy: Policy) -> Iterator[str]:
    match change.sort:
        case Sort.FACT:
            yield change.id
        case Sort.PARAMETER:
            for when in _conditions(policy):
                for node in walk(when):
                    if not children(node) and change.id in parameters_read(node):
                        yield from facts_read(node)
        case Sort.RULE if change.id in policy.rules:
            yield from facts_read(policy.rules[change.id].when)
        case Sort.DECISION:
            yield from facts_read(policy.decision.necessary_when)


def _conditions(policy: Policy) -> Iterator[Condition]:
    yield policy.decision.necessary_when
    for rule in policy.rules.values():
        yield rule.when
