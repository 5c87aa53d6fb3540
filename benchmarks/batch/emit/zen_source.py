"""The policy as a JDM document for zen-engine: one expression node, a step a rule, each reading those before it."""

from __future__ import annotations

import json

from batch.emit import plan, scalar_source
from harness.model.policy import Policy


class Zen:
    def choose(self, test: str, yes: str, no: str) -> str:
        return f"({test} ? {yes} : {no})"

    def test(self, sign: str, left: str, right: str) -> str:
        return f"{left} {sign} {right}"

    def both(self, *tests: str) -> str:
        return " and ".join(tests)

    def known(self, variable: str) -> str:
        return f"{variable} != null"

    def known_set(self, variable: str) -> str:
        return self.known(variable)

    def holds(self, variable: str, item: str) -> str:
        return f"{item} in {variable}"

    def fold(self, word: str, items: list[str]) -> str:
        return f"({' + '.join(items)})" if word == "+" else f"{word}([{', '.join(items)}])"

    def minus(self, item: str) -> str:
        return f"(2 - {item})"

    def variable(self, name: str) -> str:
        return name

    def step(self, name: str) -> str:
        return f"$.s_{plan.name(name)}"

    def literal(self, value: object) -> str:
        return str(value).lower() if isinstance(value, bool) else json.dumps(value)


def source(policy: Policy) -> str:
    zen, expressions = Zen(), []
    for step in plan.steps(policy):
        text = scalar_source.expression(policy, step.when, zen)
        if step.asked:
            text = zen.choose(zen.test("==", zen.step(step.asked), "1"), "2", text)
        key = f"s_{plan.name(step.name)}"
        expressions.append({"id": key, "key": key, "value": text})
    here = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "name": "case", "type": "inputNode", **here},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}, **here},
        {"id": "out", "name": "statuses", "type": "outputNode", **here},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges}, indent=1) + "\n"
