"""Coverage on the lines of the policy files, in the LCOV format that editors and coverage services read.

A line is a rule, a comparison or the decision; the branches of a line are the statuses, sides or outcomes. What several
policies share, the rules of a module, is counted for all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harness.suite.coverage import Coverage
from harness.suite.items import Item

_Branch = tuple[int, str, str]  # column, which condition, what is to be reached


@dataclass(slots=True)
class _Line:
    tests: dict[str, int] = field(default_factory=dict)  # by policy version: each test reads each line
    branches: dict[_Branch, int] = field(default_factory=dict)


def lcov(several: Sequence[Coverage]) -> str:
    """The coverage of several policies as one LCOV file."""
    files: dict[str, dict[int, _Line]] = {}
    for one in several:
        for item, hits in one.hits.items():
            line = files.setdefault(item.place.file, {}).setdefault(item.place.line, _Line())
            line.tests[one.policy.version] = one.tests
            branch = _branch(item)
            line.branches[branch] = line.branches.get(branch, 0) + hits
    return "".join(f"{record}\n" for file in sorted(files) for record in _file(file, files[file]))


def _branch(item: Item) -> _Branch:
    step = ".".join(map(str, item.step))
    return item.place.column, f"{item.rule or 'decision'} {item.kind.value} {step}", item.text


def _file(file: str, lines: dict[int, _Line]) -> Iterator[str]:
    yield "TN:"
    yield f"SF:{file}"
    branches = [hits for line in lines.values() for hits in line.branches.values()]
    for number in sorted(lines):
        line, run = lines[number], sum(lines[number].tests.values())
        blocks: dict[tuple[int, str], int] = {}
        for branch, hits in line.branches.items():
            block = blocks.setdefault(branch[:2], len(blocks))
            name = list(line.branches).index(branch)
            yield f"BRDA:{number},{block},{name},{hits if run else '-'}"
    yield f"BRF:{len(branches)}"
    yield f"BRH:{sum(map(bool, branches))}"
    counts = {number: _hits(lines[number]) for number in sorted(lines)}
    yield from (f"DA:{number},{hits}" for number, hits in counts.items())
    yield f"LF:{len(counts)}"
    yield f"LH:{sum(map(bool, counts.values()))}"
    yield "end_of_record"


def _hits(line: _Line) -> int:
    """How often a line was tried: none of its branches reached is a line that was not."""
    return sum(line.tests.values()) if any(line.branches.values()) else 0
