"""What a test expects, held to the policy: a rule that it does not have, or that cannot be a reason, is a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.assessment.findings import DECISION
from harness.cases.nodes import Node
from harness.errors import Mistakes, did_you_mean, one_of, with_article
from harness.model.policy import Kind, Policy
from harness.model.values import Outcome, Status
from harness.suite.model import Expected

_NAMEABLE = {Kind.CRITERION, Kind.DEFINITION}  # an exception or advice is never a reason


@dataclass(frozen=True, slots=True)
class ExpectedReader:
    """Reads expectations of cases that run under one version of a policy."""

    policy: Policy
    mistakes: Mistakes

    def read(self, node: Node) -> Expected:
        """The mapping under `expect`, its shape checked already."""
        outcome, remedies = node.get("outcome"), node.get("remedies")
        rules = {one.name: self.status(one) for one in node.entries("rules") if self.is_rule(one)}
        return Expected(
            outcome=None if outcome is None else self.outcome(outcome),
            rules={rule: status for rule, status in rules.items() if status is not None},
            deficiencies=self.deficiencies(node.get("deficiencies")),
            remedies=None
            if remedies is None
            else frozenset(frozenset(self._named(remedy.inner(), "remedy")) for remedy in remedies.inner()),
        )

    def of_row(self, cells: Mapping[str, Node]) -> Expected:
        """The cells of one row that say what is expected, by column; the columns are checked already."""
        outcome, deficiencies = cells.get("outcome"), cells.get("deficiencies")
        statuses = {name: self.status(cell) for name, cell in cells.items() if name in self.policy.rules}
        return Expected(
            outcome=None if outcome is None else self.outcome(outcome),
            rules={rule: status for rule, status in statuses.items() if status is not None},
            deficiencies=self.deficiencies(deficiencies),
        )

    def outcome(self, node: Node) -> Outcome | None:
        words = [outcome.value for outcome in Outcome]
        if node.data in words:
            return Outcome(str(node.data))
        self._tell_word(node, "outcome", words)
        return None

    def status(self, node: Node) -> Status | None:
        words = ["met", "not_met", "undocumented"]
        if node.data in words:
            return Status.of(str(node.data))
        self._tell_word(node, "status", words)
        return None

    def deficiencies(self, node: Node | None) -> frozenset[str] | None:
        if node is None:
            return None
        if not isinstance(node.data, list):
            message = "`deficiencies` is not a list of rules"
            self.mistakes.add(node.place, message, "write it in brackets: `[physical-therapy]`, or `[]` for none")
            return None
        return frozenset(self._named(node.inner(), "deficiency"))

    def is_rule(self, node: Node) -> bool:
        """Whether the key of a node is a rule of the policy; told if not."""
        if node.name in self.policy.rules:
            return True
        self.mistakes.add(node.key_place, *self._no_rule(node.name))
        return False

    def _named(self, nodes: Iterable[Node], role: str) -> Iterable[str]:
        for node in nodes:
            name = str(node.data)
            if name == DECISION and role == "deficiency":
                yield name
            elif name not in self.policy.rules:
                self.mistakes.add(node.place, *self._no_rule(name))
            elif (kind := self.policy.rules[name].kind) not in _NAMEABLE:
                message = f"`{name}` is {with_article(kind)}, which is never a {role}"
                self.mistakes.add(node.place, message, "name criteria; the status of another rule goes under `rules`")
            else:
                yield name

    def _no_rule(self, name: str) -> tuple[str, str]:
        known = self.policy.rules
        cure = did_you_mean(name, known, f"`necessity explain {self.policy.id}` lists the rules")
        return f"policy `{self.policy.version}` has no rule `{name}`", cure

    def _tell_word(self, node: Node, what: str, words: list[str]) -> None:
        word = str(node.data).lower() if isinstance(node.data, bool) else node.data
        held = f"`{word}`" if isinstance(word, str | int) else "this"
        # Instead of what was told of a plain word such as `yes`, which is no true or false here.
        self.mistakes.instead(node.place, f"{held} is not {with_article(what)}", one_of(str(node.data), words))
