"""What the tests of a policy should reach: the statuses of each rule, the sides of each comparison, the outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.errors import Place
from harness.model.condition import Compare, Condition, Documented, Operator, Step, children
from harness.model.policy import Decision, Kind, Policy, Rule
from harness.model.values import Outcome, Status
from harness.model.wording import fact_name, label, threshold
from harness.suite.possible import Statuses as Possible
from harness.suite.possible import possible, possible_statuses

_UNFIRED = frozenset({Status.NOT_MET, Status.UNDOCUMENTED})
_ADVICE = {Kind.CONSIDERATION, Kind.PITFALL}  # they speak when met, so any other status is that they do not
_OPPOSITE = {
    Operator.IS: Operator.IS_NOT,
    Operator.IN: Operator.NOT_IN,
    Operator.AT_LEAST: Operator.LESS_THAN,
    Operator.AT_MOST: Operator.MORE_THAN,
    Operator.INCLUDES_ANY: Operator.EXCLUDES,
}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}


class ItemKind(StrEnum):
    STATUS = "status"  # a status that a rule ends in
    SIDE = "side"  # a side of a comparison within a rule or the decision
    OUTCOME = "outcome"  # an outcome that the decision makes


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that some test must reach. Of a rule or a comparison any one of `statuses` reaches it."""

    kind: ItemKind
    rule: str | None  # None is the decision
    step: Step  # of the comparison within the rule; empty for the rule itself
    statuses: frozenset[Status]
    outcome: Outcome | None
    place: Place
    text: str  # what is to be reached, in words


def condition_at(policy: Policy, item: Item) -> Condition:
    """The condition that an item is about."""
    condition = policy.decision.necessary_when if item.rule is None else policy.rules[item.rule].when
    for index in item.step:
        condition = children(condition)[index]
    return condition


def items_of(policy: Policy) -> Iterator[Item]:
    """All that tests of a policy should reach, without what a look at its conditions rules out."""
    statuses = possible_statuses(policy)
    for rule in policy.rules.values():
        yield from _of_rule(rule, statuses[rule.id])
        yield from _sides(policy, rule, rule.when, statuses)
    decision = policy.decision
    yield from _sides(policy, decision, decision.necessary_when, statuses)
    for outcome in _outcomes(policy, possible(decision.necessary_when, policy, statuses)):
        words = outcome.value.replace("_", " ")
        yield Item(ItemKind.OUTCOME, None, (), frozenset(), outcome, decision.place, f"ends in {words}")


def _of_rule(rule: Rule, statuses: Possible) -> Iterator[Item]:
    if rule.kind in _ADVICE:
        wanted = [("is given", frozenset({Status.MET})), ("is not given", _UNFIRED)]
    else:
        words = {Status.MET: "is met", Status.NOT_MET: "is not met", Status.UNDOCUMENTED: "is undocumented"}
        wanted = [(text, frozenset({status})) for status, text in words.items()]
    for text, some in wanted:
        if some & statuses:
            yield Item(ItemKind.STATUS, rule.id, (), some & statuses, None, rule.place, text)


def _outcomes(policy: Policy, statuses: Possible) -> Iterator[Outcome]:
    """The outcomes that the decision can make (see `harness.evaluate.outcome_of`)."""
    decision = policy.decision
    asked = any(rule.when_undocumented is Outcome.MORE_INFORMATION for rule in policy.rules.values())
    if Status.MET in statuses:
        yield Outcome.MEDICALLY_NECESSARY
    unsettled = Status.UNDOCUMENTED in statuses
    if Status.NOT_MET in statuses or (unsettled and decision.when_undocumented is Outcome.NOT_MEDICALLY_NECESSARY):
        yield Outcome.NOT_MEDICALLY_NECESSARY
    if unsettled and (asked or decision.when_undocumented is Outcome.MORE_INFORMATION):
        yield Outcome.MORE_INFORMATION


def _sides(
    policy: Policy, holder: Rule | Decision, condition: Condition, rules: Mapping[str, Possible], step: Step = ()
) -> Iterator[Item]:
    """Both sides of each comparison within a condition, in reading order."""
    if isinstance(condition, Compare | Documented):
        can = possible(condition, policy, rules)
        for status in (Status.MET, Status.NOT_MET):
            if status in can:
                id_ = holder.id if isinstance(holder, Rule) else None
                place = holder.places.get(step, holder.place)
                text = side_text(condition, status, policy)
                yield Item(ItemKind.SIDE, id_, step, frozenset({status}), None, place, text)
    for number, child in enumerate(children(condition)):
        yield from _sides(policy, holder, child, rules, (*step, number))


def side_text(condition: Compare | Documented, status: Status, policy: Policy) -> str:
    """A side of a comparison in words: `physical therapy: less than 6 weeks`."""
    if status is Status.MET:
        return label(condition, policy)
    if isinstance(condition, Documented):
        return label(replace(condition, expected=not condition.expected), policy)
    if condition.operator in _OPPOSITE:
        return label(replace(condition, operator=_OPPOSITE[condition.operator]), policy)
    return f"{fact_name(condition.fact)}: not {threshold(condition, policy)}"
