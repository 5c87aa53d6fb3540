"""The decision of a policy as a tree for readers: its rules by title, definitions opened, connectives in plain English.

The diagram and the PDF show the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.condition import All, AnyOf, Condition, Count, Not, RuleStatus, children, rules_read
from harness.model.policy import Kind, Policy
from harness.model.values import Outcome, Status
from harness.model.wording import label
from harness.report.wording import capitalised, clean

OPENED_ABOVE = "What it is made of stands above"
ASKED_FOR = "If not documented, it is asked for"

OUTCOMES = {
    Outcome.MEDICALLY_NECESSARY: "Medically necessary",
    Outcome.NOT_MEDICALLY_NECESSARY: "Not medically necessary at this time",
    Outcome.MORE_INFORMATION: "More information needed",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A rule, a comparison of a fact, or a connective alone. `joins` is how its children are joined, in words.

    `any_` tells that one path of several suffices, which the diagram draws as well as says.
    """

    rule: str
    kind: Kind | None
    text: str
    note: str
    joins: str
    any_: bool
    children: tuple[Node, ...]

    @property
    def asked(self) -> str:
        """What it asks for, as the end of a sentence: `all of these are met`."""
        match self.joins:
            case _ if self.text:
                return "this is met"
            case "Not this":
                return "this is not met"
            case "Any of these":
                return "any of these is met"
            case joins:
                return f"{joins[:1].lower()}{joins[1:]} are met"


@dataclass(frozen=True, slots=True)
class Ending:
    outcome: Outcome
    title: str
    when: str


def decision_tree(policy: Policy) -> Node:
    """What must be met for the service to be medically necessary."""
    return _Tree(policy).node(policy.decision.necessary_when, open_=True)


def condition_tree(policy: Policy, condition: Condition) -> Node:
    """One condition, the rules that it reads named and not opened."""
    return _Tree(policy).node(condition, open_=False)


class _Tree:
    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._opened: set[str] = set()
        self._exempt = policy.decision.when_undocumented is Outcome.NOT_MEDICALLY_NECESSARY

    def node(self, condition: Condition, *, open_: bool) -> Node:
        """`open_` is false below what must not be met: that is no part of the decision, and only named."""
        text = capitalised(clean(label(_plainly(condition), self._policy)))
        match condition:
            case RuleStatus(rule, status):
                return self._rule(rule, text, open_=open_ and status in {None, Status.MET})
            case All() | AnyOf() | Count() | Not():
                return Node("", None, "", "", text, _is_any(condition), self._below(condition, open_=open_))
            case _:
                return Node("", None, text, "", "", False, ())

    def _below(self, condition: Condition, *, open_: bool) -> tuple[Node, ...]:
        open_ = open_ and not isinstance(condition, Not)
        return tuple(self.node(child, open_=open_) for child in children(condition))

    def _rule(self, name: str, text: str, *, open_: bool) -> Node:
        rule = self._policy.rules[name]
        if open_ and rule.kind is Kind.DEFINITION and rules_read(rule.when):
            if name in self._opened:
                return Node(name, rule.kind, text, OPENED_ABOVE, "", False, ())
            self._opened.add(name)
            inner = self.node(rule.when, open_=True)
            if inner.text:  # it stands for one other rule
                return Node(name, rule.kind, text, "", "This:", False, (inner,))
            return Node(name, rule.kind, text, "", inner.joins, inner.any_, inner.children)
        asked = self._exempt and rule.when_undocumented is Outcome.MORE_INFORMATION
        return Node(name, rule.kind, text, ASKED_FOR if asked else "", "", False, ())


def _plainly(condition: Condition) -> Condition:
    """`at least 3 of these 3` is all of them."""
    if isinstance(condition, Count) and condition.at_least == len(condition.items):
        return All(condition.items)
    return condition


def _is_any(condition: Condition) -> bool:
    """Whether not all of its items need be met."""
    match condition:
        case AnyOf(items):
            return len(items) > 1
        case Count(at_least, items):
            return at_least < len(items)
        case _:
            return False


def endings(policy: Policy) -> tuple[Ending, ...]:
    """The three outcomes and when a case ends so, with what undocumented means in this policy."""
    refused, asked = (
        "The documents show that the condition is not met.",
        "The condition depends on something that is not documented.",
    )
    if policy.decision.when_undocumented is not Outcome.MORE_INFORMATION:
        refused = (
            "The condition is not met, or it depends on something that is not documented: "
            "in this policy, what is not documented counts as not met."
        )
        asked = "This policy never ends so."
        if any(rule.when_undocumented is Outcome.MORE_INFORMATION for rule in policy.rules.values()):
            refused = refused.removesuffix(".") + ", unless only more information is missing, as said below."
            asked = (
                "Nothing is missing but documents for criteria that this policy asks for where they are not documented."
            )
    words = {
        Outcome.MEDICALLY_NECESSARY: "The documents show that the condition is met.",
        Outcome.NOT_MEDICALLY_NECESSARY: refused,
        Outcome.MORE_INFORMATION: asked,
    }
    return tuple(Ending(outcome, OUTCOMES[outcome], when) for outcome, when in words.items())
