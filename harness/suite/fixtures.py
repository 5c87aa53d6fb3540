"""The fixtures of a suite: which extends which, and what each leaves."""

from __future__ import annotations

from harness.cases.nodes import Node
from harness.errors import Mistakes, did_you_mean
from harness.suite.merge import Content


class Fixtures:
    """The fixtures of one file. What is wrong in them is told once, however many tests use them."""

    def __init__(self, suite: Node, mistakes: Mistakes) -> None:
        self.nodes = {node.name: node for node in suite.entries("fixtures") if isinstance(node.data, dict)}
        self.located = suite.located
        self.mistakes = mistakes
        self.used: set[str] = set()
        self.known: dict[str, Content | None] = {}

    def content(self, name: Node | None) -> Content | None:
        """What a test begins with: the fixture named, or nothing; None, with the mistake noted, when it has none."""
        if name is None:
            return Content(self.located)
        found = self._named(name, ())
        return None if found is None else found.copy()

    def tell_unused(self) -> None:
        for name, node in self.nodes.items():
            if name not in self.used:
                cure = "begin a test with it, or leave it out"
                self.mistakes.add(node.key_place, f"no test uses the fixture `{name}`", cure)

    def _named(self, node: Node, above: tuple[str, ...]) -> Content | None:
        name = node.data
        if not isinstance(name, str):
            return None  # the schema has told
        self.used.add(name)
        if name not in self.nodes:
            cure = did_you_mean(name, self.nodes, "write it under `fixtures`")
            self.mistakes.add(node.place, f"there is no fixture `{name}`", cure)
            return None
        if name in above:
            circle = " -> ".join(f"`{one}`" for one in (*above[above.index(name) :], name))
            self.mistakes.add(node.place, f"fixtures extend each other in a circle: {circle}", "cut it in one place")
            return None
        if name not in self.known:
            self.known[name] = self._made(self.nodes[name], (*above, name))
        return self.known[name]

    def _made(self, fixture: Node, above: tuple[str, ...]) -> Content | None:
        extends = fixture.get("extends")
        base = Content(self.located) if extends is None else self._named(extends, above)
        if base is None:
            return None
        content = base.copy()
        content.lay(fixture.path, "facts")
        return content
