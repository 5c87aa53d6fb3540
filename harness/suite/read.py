"""A `tests.yaml` -> its tests: the shape first, then what each test gives and expects, held to the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from harness import schema
from harness.cases.nodes import Node
from harness.cases.services import why_not_in_force
from harness.errors import Mistakes, did_you_mean
from harness.model.builtin import BUILT_IN, facts_of
from harness.model.months import is_written_as_date, parse_date
from harness.model.policy import Policies, Policy
from harness.model.values import FactType
from harness.policies.whereabouts import is_beside_policy
from harness.strict_yaml import Located, Path_
from harness.suite.content import DATE, Described, case_of_test
from harness.suite.expected import ExpectedReader
from harness.suite.fixtures import Fixtures
from harness.suite.merge import UNDOCUMENTED, Content
from harness.suite.model import Expected, PolicyTest
from harness.suite.tables import REQUEST_DATE, Row, check_columns, is_given, rows_of

# How people write what a test calls `undocumented`.
_NOT_DOCUMENTED = {"not documented", "un documented", "undocumented", "unknown", "none", "null", "n/a"}

Under = Callable[[str], Policies | None]  # the policies as an overlay changes them; None where there is no such


def read_tests(located: Located, policies: Policies, under: Under, mistakes: Mistakes) -> tuple[PolicyTest, ...]:
    """The tests of a file; what is wrong in it goes to `mistakes`, and a test that is wrong is left out."""
    broken = schema.check(located, "tests", mistakes)
    return tuple(_Reader(Node.root(located), policies, under, mistakes, broken).tests())


def version_on(policies: Policies, id_: str, on: date) -> Policy | None:
    """The version that a test of that date runs under: the one in force, or a draft as if it were."""
    begun = [version for version in policies.versions.get(id_, ()) if version.effective <= on]
    if begun and begun[-1].status == "draft":
        return begun[-1]
    return policies.in_force(id_, on)


@dataclass(slots=True)
class _Reader:
    root: Node
    plain: Policies
    under: Under
    mistakes: Mistakes
    broken: tuple[Path_, ...]
    policies: Policies = field(init=False)  # those of the test that is being read
    fixtures: Fixtures = field(init=False)
    names: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # facts that no version has

    def tests(self) -> Iterator[PolicyTest]:
        self.fixtures = Fixtures(self.root, self.mistakes)
        self.policies = self.plain
        known = self._is_policy_known()
        for node in self.root.entries("tests"):
            self._check_name(node)
            content = self._content(node)
            if content is not None and known and self._is_overlay_known(node):
                yield from self._test(node, content)
        if not self._is_broken_at(("tests",)):
            self.fixtures.tell_unused()

    def _is_broken(self, path: Path_) -> bool:
        """Whether the shape has told of something at a path or below, so that it cannot be read."""
        return any(one[: len(path)] == path for one in self.broken)

    def _is_broken_at(self, path: Path_) -> bool:
        return path in self.broken

    def _is_policy_known(self) -> bool:
        node = self.root.get("policy")
        if node is None or self._is_broken(("policy",)):
            return False
        id_, file = str(node.data), Path(self.root.located.file)
        folder = "/".join(file.absolute().parts[-3:-1])
        if is_beside_policy(file) and folder != id_:
            message = f"the tests are of policy `{id_}`, and lie in the folder of `{folder}`"
            self.mistakes.add(node.place, message, "name the policy of the folder, or move the file")
            return False
        if id_ not in self.policies.versions:
            names = ", ".join(f"`{name}`" for name in self.policies.versions)
            cure = did_you_mean(id_, self.policies.versions, f"the policies are {names}" if names else "")
            self.mistakes.add(node.place, f"`{self.policies.folder}` holds no policy `{id_}`", cure)
            return False
        return True

    def _is_overlay_known(self, node: Node) -> bool:
        """Whether the policies of a test are at hand, which they are then."""
        overlay = node.get("overlay")
        if overlay is None or self._is_broken(overlay.path):
            self.policies = self.plain
            return overlay is None
        found = self.under(str(overlay.data))
        if found is None:
            message = f"there is no overlay `{overlay.data}` that can be read"
            self.mistakes.add(overlay.place, message, "an overlay is `overlays/<name>.yaml` in the folder of policies")
            return False
        self.policies = found
        return True

    def _check_name(self, node: Node) -> None:
        name = node.text("name")
        if name and name in self.names:
            message = f"two tests are called `{name}`"
            place = node.located.place((*node.path, "name"))
            self.mistakes.add(place, message, f"the first is in line {self.names[name]}; say what sets this one apart")
        self.names.setdefault(name, node.place.line)

    def _content(self, node: Node) -> Content | None:
        """What the test begins with and gives itself, without what is broken."""
        if not isinstance(node.data, dict) or self._is_broken((*node.path, "fixture")):
            return None
        content = self.fixtures.content(node.get("fixture"))
        if content is None:
            return None
        content.lay(node.path, "given")
        content.facts = {fact: one for fact, one in content.facts.items() if not self._is_broken(one.path)}
        if content.episodes is not None and self._is_broken(content.episodes.path):
            content.episodes = None
        return content

    def _test(self, node: Node, content: Content) -> Iterator[PolicyTest]:
        table, name = node.get("table"), node.text("name")
        if table is None:
            described = self._described(node, name, self._date(node), content)
            expect = node.get("expect")
            if described is not None and expect is not None:
                reader = ExpectedReader(described.policy, self.mistakes)
                yield from self._made(described, Expected() if self._is_broken(expect.path) else reader.read(expect))
            return
        if any(self._is_broken_at(path) for path in (table.path, (*table.path, "columns"), (*table.path, "rows"))):
            return
        self._check_twice(node, table)
        checked: set[str] = set()
        for row in rows_of(table, self.mistakes):
            if self._is_broken(row.node.path):
                continue
            described = self._row(node, name, row, content)
            if described is None:
                continue
            if described.policy.version not in checked:
                checked.add(described.policy.version)
                check_columns(table, described.policy, self.mistakes)
            yield from self._made(described, ExpectedReader(described.policy, self.mistakes).of_row(row.cells))

    def _check_twice(self, node: Node, table: Node) -> None:
        """What the test gives to all rows while each row gives its own; the former would never be read."""
        columns = {one.data for one in table.entries("columns") if isinstance(one.data, str)}
        beside = [*node.entries("given"), *(one for one in (node.get(REQUEST_DATE),) if one is not None)]
        for given in beside:
            if given.name in columns:
                message = f"`{given.name}` is given beside the table, and a column of it"
                self.mistakes.add(given.key_place, message, "leave one of the two out; each row has its own")

    def _row(self, node: Node, name: str, row: Row, given: Content) -> Described | None:
        content = given.copy()
        for column, cell in row.cells.items():
            if is_given(column):
                content.set(column, cell.path, row.columns[column])
        on = row.cells.get(REQUEST_DATE) or self._date(node)
        return self._described(row.node, f"{name}[{row.name}]" if row.name else name, on, content)

    def _date(self, node: Node) -> Node | None:
        return node.get(REQUEST_DATE) or self.root.get(REQUEST_DATE)

    def _described(self, node: Node, name: str, on: Node | None, content: Content) -> Described | None:
        policy = None if on is None or self._is_broken(on.path) else self._version(on)
        if policy is None or on is None:
            return None
        for fact in list(content.facts):
            if fact == DATE or (fact not in BUILT_IN and fact not in policy.facts):
                self._check_fact(fact, policy, content)
                del content.facts[fact]
            elif self._is_nearly_undocumented(fact, policy, content):
                del content.facts[fact]
        return Described(name, node.place, str(on.data), on.place, content, policy)

    def _is_nearly_undocumented(self, fact: str, policy: Policy, content: Content) -> bool:
        """Whether a fact is given as not documented in other words than `undocumented`, which is told."""
        data, known = content.facts[fact].data, facts_of(policy)[fact]
        if not isinstance(data, str) or data == UNDOCUMENTED or known.type is FactType.TEXT or data in known.choices:
            return False
        if " ".join(data.replace("_", " ").replace("-", " ").split()).casefold() not in _NOT_DOCUMENTED:
            return False
        place = self.root.located.place(content.facts[fact].path)
        self.mistakes.instead(place, f"`{data}` is no value of `{fact}`", f"write `{UNDOCUMENTED}`")
        return True

    def _version(self, on: Node) -> Policy | None:
        """The version that runs on the date of a node."""
        id_ = str(self.root.data["policy"]) if isinstance(self.root.data, dict) else ""
        day = parse_date(on.data) if isinstance(on.data, str) else None
        if day is None:
            written = isinstance(on.data, str) and is_written_as_date(on.data)
            cure = "check the month and the day" if written else 'write `"YYYY-MM-DD"`, in quotes'
            self.mistakes.add(on.place, "the request date is not a day of the calendar", cure)
            return None
        policy = version_on(self.policies, id_, day)
        if policy is None:
            message = f"policy `{id_}` is not in force on {day}"
            self.mistakes.add(on.place, message, why_not_in_force(self.policies.versions[id_], day))
        return policy

    def _check_fact(self, fact: str, policy: Policy, content: Content) -> None:
        """A fact that the version does not have; of a fixture, it may be there for tests of another version."""
        key, of_fixture = content.facts[fact].key, content.facts[fact].path[:1] == ("fixtures",)
        versions = self.policies.versions[policy.id]
        if fact == DATE:
            self.mistakes.add(key, f"`{DATE}` is not given as a fact", "write it as `request_date` of the test")
        elif not of_fixture or not any(fact in version.facts for version in versions):
            cure = did_you_mean(fact, facts_of(policy), "see the facts of the policy, or leave it out")
            self.mistakes.add(key, f"policy `{policy.version}` has no fact `{fact}`", cure)

    def _made(self, described: Described, expected: Expected) -> Iterator[PolicyTest]:
        case = case_of_test(described, self.policies, self.mistakes)
        if case is not None:
            yield PolicyTest(described.name, case, described.policy, expected, described.place)
