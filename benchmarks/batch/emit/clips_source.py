"""The policy as CLIPS rules that chain forward: each asserts the status of one rule."""

from __future__ import annotations

import json

from batch.emit import plan, scalar_source
from harness.model.policy import Policy
from harness.model.values import FactType


class Clips:
    def choose(self, test: str, yes: str, no: str) -> str:
        return f"(if {test} then {yes} else {no})"

    def test(self, sign: str, left: str, right: str) -> str:
        return f"({'eq' if sign == '==' else sign} {left} {right})"

    def both(self, *tests: str) -> str:
        return f"(and {' '.join(tests)})"

    def known(self, variable: str) -> str:
        return f"(neq {variable} nil)"

    def known_set(self, variable: str) -> str:
        return f"(neq (nth$ 1 ?{variable}) nil)"

    def holds(self, variable: str, item: str) -> str:
        return f"(member$ {item} ?{variable})"

    def fold(self, word: str, items: list[str]) -> str:
        return items[0] if len(items) == 1 else f"({word} {' '.join(items)})"

    def minus(self, item: str) -> str:
        return f"(- 2 {item})"

    def variable(self, name: str) -> str:
        return f"?{name}"

    def step(self, name: str) -> str:
        return f"?s_{plan.name(name)}"

    def literal(self, value: object) -> str:
        return str(value).upper() if isinstance(value, bool) else json.dumps(value)


def sets(policy: Policy) -> set[str]:
    """The names of slots that hold several values; `nil` alone is an undocumented set."""
    return {plan.name(fact.id) for fact in policy.facts.values() if fact.type is FactType.SET}


def source(policy: Policy) -> str:
    """A template of the case and a rule a step, divided by empty lines."""
    clips, several = Clips(), sets(policy)
    read: dict[str, None] = {}
    made = []
    for step in plan.steps(policy):
        names = scalar_source.variables(policy, step.when)
        read.update(dict.fromkeys(names))
        slots = [f"({name} {'$' if name in several else ''}?{name})" for name in names]
        patterns = [f"  (case {' '.join(slots)})"] if slots else []
        patterns += [f"  (status {one} {clips.step(one)})" for one in dict.fromkeys(step.reads)]
        text = scalar_source.expression(policy, step.when, clips)
        if step.asked:
            text = clips.choose(clips.test("==", clips.step(step.asked), "1"), "2", text)
        made.append("\n".join([f"(defrule {step.name}", *patterns, "  =>", f"  (assert (status {step.name} {text})))"]))
    slots = [f"  ({'multislot' if name in several else 'slot'} {name})" for name in read]
    return "\n\n".join(["\n".join(["(deftemplate case", *slots, ")"]), *made]) + "\n"
