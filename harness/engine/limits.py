"""What one ruleset may ask of the engine, checked on the ruleset itself before the engine sees it.

Beyond these the engine hangs, misfires or goes silent instead of refusing (docs: engine hazards). The compiler folds
and packs so that ordinary policies stay far below; what still does not fit is refused with the name of the rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.engine.literal import Written
from harness.errors import Mistakes
from harness.model.policy import Policy

MOST_KINDS = 500  # distinct tests directly below the root: 511 run, 512 hang
MOST_TESTS = 500  # distinct tests of one kind of message, wherever they stand
MOST_NODES = 60  # rules of which one may be true of one message: 64 run, 65 silence all
MOST_PROPERTIES = 200  # 252 run
MOST_PATTERNS = 16
MOST_RULES = 4000  # of one ruleset: 4,096 run
MOST_ALIKE = 250  # rules on one identical condition: 256 run

_Test = tuple[str, str, object]


def check(ruleset: Mapping[str, Written], owners: Mapping[str, str], policy: Policy) -> None:
    """`owners` names the policy's rule behind each rule of the ruleset."""
    mistakes = Mistakes()
    for name, why in _too_much(ruleset):
        rule = policy.rules[owners[name]]
        mistakes.add(rule.place, f"rule `{rule.id}` {why}", "split the policy or the rule")
    mistakes.raise_any()


@dataclass(slots=True)
class _Kind:
    """What all rules on one kind of message ask together."""

    tests: set[_Test] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)


def _too_much(ruleset: Mapping[str, Written]) -> Iterator[tuple[str, str]]:
    kinds: dict[object, _Kind] = defaultdict(_Kind)
    alike: Counter[str] = Counter()
    for number, (rule, definition) in enumerate(ruleset.items(), 1):
        if number == MOST_RULES + 1:
            yield rule, f"is beyond the {MOST_RULES:,} rules that the engine takes"
        patterns = definition["all"]
        assert isinstance(patterns, list)
        if len(patterns) > MOST_PATTERNS:
            yield rule, f"needs more than {MOST_PATTERNS} patterns in the engine"
        alike[repr(patterns)] += 1
        if alike[repr(patterns)] > MOST_ALIKE:
            yield rule, f"is one of more than {MOST_ALIKE} rules with the same condition"
        for pattern in patterns:
            (_, _, kind), *tests = _tests(pattern["m"])
            if len(tests) > MOST_TESTS:
                yield rule, f"needs more than {MOST_TESTS} tests in the engine"
            found = kinds[kind]
            found.tests.update(tests)
            found.properties.update(name for _, name, _ in tests)
            found.nodes.add(rule.rsplit(" is ", 1)[0])
            yield from ((rule, why) for why in _full(found, len(kinds)))


def _full(found: _Kind, kinds: int) -> Iterator[str]:
    if kinds > MOST_KINDS:
        yield f"ends a chain of more than {MOST_KINDS} messages in the engine"
    if len(found.tests) > MOST_TESTS:
        yield f"brings one message to more than {MOST_TESTS} distinct tests in the engine"
    if len(found.properties) > MOST_PROPERTIES:
        yield f"brings one message to more than {MOST_PROPERTIES} properties in the engine"
    if len(found.nodes) > MOST_NODES:
        yield f"brings one message to more than {MOST_NODES} rules in the engine"


def _tests(pattern: Written) -> Iterator[_Test]:
    """The tests of a pattern in order: operator, name of the property, value."""
    for operator, inside in pattern.items():
        if isinstance(inside, list):  # $and, $or
            for one in inside:
                yield from _tests(one)
        elif isinstance(inside, dict):
            ((name, value),) = inside.items()
            yield operator, name, value
        else:
            yield "$eq", operator, inside
