"""What one policy can name: its own parameters, facts and rules and those of its modules, each with its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from harness.errors import Mistakes, Place, did_you_mean
from harness.model.builtin import BUILT_IN
from harness.model.months import is_written_as_date, parse_date
from harness.strict_yaml import Located, Path_


@dataclass(frozen=True, slots=True)
class Part:
    """One parameter, fact, rule or topic as written, and where."""

    raw: dict[str, Any]
    located: Located
    path: Path_
    module: str | None = None

    def place(self, *below: str | int) -> Place:
        return self.located.place((*self.path, *below))

    def key_place(self, *below: str | int) -> Place:
        return self.located.key_place((*self.path, *below))

    @property
    def own_place(self) -> Place:
        """Where the part itself begins: its key in a mapping, else its first line in a list."""
        return self.located.key_place(self.path)


@dataclass(slots=True)
class Scope:
    parameters: dict[str, Part] = field(default_factory=dict)
    facts: dict[str, Part] = field(default_factory=dict)
    rules: dict[str, Part] = field(default_factory=dict)
    topics: dict[str, Part] = field(default_factory=dict)
    values: dict[str, Part] = field(default_factory=dict)  # what a `with:` gives instead, by parameter
    complete: bool = True  # False when a module could not be read: unknown names are then no news


def data(located: Located) -> dict[str, Any]:
    assert isinstance(located.data, dict)
    return located.data


# What names nothing that a rule, fact or parameter reads, so that those can be checked without it.
ALONE = {"title", "summary", "status", "effective", "decision"}
_NAMED = {"policy", "topics", "rules"}
_ALONE_IF_ANY = {"approval", "revisions", "applies_to"}


def without(located: Located, broken: Iterable[Path_]) -> tuple[Located, set[str]] | None:
    """A file without the declarations that have the wrong shape, and their ids; None when more than those is wrong.

    So that the meaning of all the others can still be checked in the same run.
    """
    if not isinstance(located.data, dict):
        return None
    content: dict[str, Any] = dict(located.data)
    lost: set[str] = set()
    for path in broken:
        match path, located.data.get(str(path[0])) if path else None:
            case ("parameters" | "facts" as section, str() as id_, *_), dict():
                content[section] = {key: value for key, value in content[section].items() if key != id_}
                lost.add(id_)
            case ("rules", int() as number, *_), list() as rules:
                content["rules"] = [None if index == number else rule for index, rule in enumerate(content["rules"])]
                rule = rules[number]
                lost.add(str(rule.get("id")) if isinstance(rule, dict) else "")
            case (str() as key, *_), _ if key in ALONE | _ALONE_IF_ANY:
                content.pop(key, None)
                lost.add(key)
            case (), dict() | None if content.keys() >= _NAMED:  # a key too many, or one of those above too few
                lost.add("")
            case _:
                return None
    return replace(located, data=content), lost


def scope_of(located: Located, modules: Mapping[str, Located | None], mistakes: Mistakes) -> Scope:
    """The scope of a policy (or of a module alone). `modules` maps a name to its file, None where it is broken."""
    scope = Scope()
    _add_all(scope, located, None, mistakes)
    for number, use in enumerate(data(located).get("uses", [])):
        name, path = use["module"], ("uses", number)
        if name not in modules:
            place = located.place((*path, "module"))
            mistakes.add(
                place, f"module `{name}` does not exist", did_you_mean(name, modules, "see `policies/modules`")
            )
            scope.complete = False
        elif (module := modules[name]) is None:
            scope.complete = False
        elif any(part.module == name for part in (*scope.rules.values(), *scope.facts.values())):
            mistakes.add(located.place(path), f"module `{name}` is used twice", "use it once")
        else:
            _add_all(scope, module, name, mistakes)
            _add_values(scope, located, (*path, "with"), use.get("with", {}), name, mistakes)
    return scope


def _add_all(scope: Scope, located: Located, module: str | None, mistakes: Mistakes) -> None:
    content = data(located)
    for word, kept in (("parameter", scope.parameters), ("fact", scope.facts)):
        for id_, raw in content.get(f"{word}s", {}).items():
            _add(kept, word, id_, Part(raw, located, (f"{word}s", id_), module), mistakes)
    for number, raw in enumerate(content.get("rules", [])):
        if raw is None:  # its shape is wrong and told
            continue
        _add(scope.rules, "rule", raw["id"], Part(raw, located, ("rules", number), module), mistakes)
    for number, raw in enumerate(content.get("topics", [])):
        part = Part(raw, located, ("topics", number), module)
        if module is None:
            _add(scope.topics, "topic", raw["id"], part, mistakes)
        else:
            scope.topics.setdefault(raw["id"], part)  # the policy's own title and place come first


def _add(kept: dict[str, Part], word: str, id_: str, part: Part, mistakes: Mistakes) -> None:
    place = part.place("id") if "id" in part.raw else part.own_place
    if id_ in BUILT_IN:
        mistakes.add(place, f"every request has `{id_}` already", "leave it out; rules can read it undeclared")
    elif id_ in kept:
        first = kept[id_].own_place
        mistakes.add(place, f"{word} `{id_}` is declared twice", f"the first is at {first}; rename or remove one")
    else:
        kept[id_] = part


def _add_values(
    scope: Scope, located: Located, path: Path_, given: dict[str, Any], module: str, mistakes: Mistakes
) -> None:
    of_module = {id_ for id_, part in scope.parameters.items() if part.module == module}
    for id_, value in given.items():
        if id_ not in of_module:
            message = f"module `{module}` has no parameter `{id_}`"
            mistakes.add(located.key_place((*path, id_)), message, did_you_mean(id_, of_module))
            continue
        raw = value if isinstance(value, dict) else {"value": value}
        scope.values[id_] = Part(raw, located, (*path, id_))


def read_date(text: str, place: Place, mistakes: Mistakes) -> date | None:
    """A calendar date; None, noted, for one that does not exist."""
    day = parse_date(text)
    if day is None:
        cure = "check the month and the day" if is_written_as_date(text) else 'write `"YYYY-MM-DD"`'
        mistakes.add(place, f"`{text}` is not a date of the calendar", cure)
    return day
