"""The shape of a file, checked against its JSON Schema and told in the words of the field.

The schemas are those that editors use. `errorMessage`, a key that editors know too, says what was meant where the
keyword alone would not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from harness.errors import Mistakes, Place, one_of
from harness.model.values import unit_meant
from harness.strict_yaml import Located, Path_, nearest_key

NAMES = ("policy", "module", "references", "case", "tests", "overlay", "assessment", "compiled", "questions")

_INSTALLED = Path(__file__).parent / "schemas"
FOLDER = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "schemas"

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping (`key: value`)",
}
# An object that breaks one of these has the wrong keys altogether; its other complaints would only repeat that.
_ABOUT_KEYS = {"oneOf", "minProperties", "maxProperties", "dependentRequired", "not"}
_SHOWN = 60
# What people write for an operator or a key of a condition.
_MEANT = {
    "minimum": "at_least", "min": "at_least", "maximum": "at_most", "max": "at_most", "equals": "is", "equal": "is",
    "greater_than": "more_than", "above": "more_than", "below": "less_than", "contains": "includes",
    "and": "all", "or": "any",
}  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MOST_ERRORS = 300  # of one file; nobody mends more at once


@cache
def load(name: str) -> Mapping[str, object]:
    """One of the project's schemas, by name."""
    schema: Mapping[str, object] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return schema


def _pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    """The keyword `pattern`, whose `$` is the end of the text as in editors, and not before a last line break."""
    if validator.is_type(instance, "string") and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _items(validator: Any, items: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    """The keyword `items`; no schema here has `prefixItems` beside it."""
    if validator.is_type(instance, "array"):
        for index, item in enumerate(instance):
            yield from _within(validator, item, items, index, None)


def _properties(validator: Any, properties: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "object"):
        for key, schema in properties.items():
            if key in instance:
                yield from _within(validator, instance[key], schema, key, key)


# The single values found right, by the schema that they are right under: the cells of a table of tests repeat a few.
_RIGHT: set[tuple[int, type, object]] = set()
_MOST_RIGHT = 50_000
_SINGLE = (str, bool, int, Decimal)


def _within(
    validator: Any, value: Any, schema: Any, path: str | int, schema_path: str | None
) -> Iterator[ValidationError]:
    key = (id(schema), type(value), value) if isinstance(value, _SINGLE) and isinstance(schema, dict) else None
    if key in _RIGHT:
        return
    is_right = True
    for error in validator.descend(value, schema, path=path, schema_path=schema_path):
        is_right = False
        yield error
    if is_right and key is not None and len(_RIGHT) < _MOST_RIGHT:
        _RIGHT.add(key)


_KEYWORDS = {"pattern": _pattern, "items": _items, "properties": _properties}
_Validator: Any = validators.extend(Draft202012Validator, _KEYWORDS)  # type: ignore[no-untyped-call]


@cache
def _validator(name: str) -> Any:
    files = sorted(FOLDER.glob("*.schema.json"))
    registry: Registry[Any] = Registry().with_resources(
        (file.name, Resource.from_contents(json.loads(file.read_text("utf-8")))) for file in files
    )
    return _Validator(_inlined(load(name), name, {}), registry=registry)


_ANNOTATIONS = {"title", "description", "examples", "default", "errorMessage"}


def _inlined(schema: Any, home: str, within: dict[str, bool]) -> Any:
    """A schema with what it refers to written in its place, which is checked twice as fast; but for what holds itself.

    `within` are the references that are being followed, and whether one of them came back to itself.
    """
    if isinstance(schema, list):
        return [_inlined(one, home, within) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" not in schema:
        # Examples are data, whatever they hold.
        return {key: raw if key == "examples" else _inlined(raw, home, within) for key, raw in schema.items()}
    file, _, path = schema["$ref"].partition("#")
    home = file.removesuffix(".schema.json") or home
    whole = {**schema, "$ref": f"{home}.schema.json#{path}"}
    if whole["$ref"] in within:
        within[whole["$ref"]] = True
    if whole["$ref"] in within or schema.keys() - {"$ref"} - _ANNOTATIONS:
        return whole
    target: Any = load(home)
    for step in filter(None, path.split("/")):
        target = target[step]
    within[whole["$ref"]] = False
    found = _inlined(target, home, within)
    holds_itself = within.pop(whole["$ref"])
    own = {key: raw for key, raw in schema.items() if key != "$ref"}
    return whole if holds_itself or not isinstance(found, dict) else {**found, **own}


def check(located: Located, name: str, mistakes: Mistakes, *, private: bool = False) -> tuple[Path_, ...]:
    """The paths at which a file has not the shape of a schema, none if it has; each is noted, once a place.

    With `private` no value of the file stands in a message, only its keys: for the files that hold health data.
    """
    before, told = {mistake.place for mistake in mistakes}, set[Place]()
    errors = list(islice(_validator(name).iter_errors(located.data), MOST_ERRORS))
    wrong_keys = {tuple(e.absolute_path) for e in errors if e.validator == "additionalProperties"}
    teller = _Teller(located, private)
    for error in errors:
        path = tuple(error.absolute_path)
        if error.validator in _ABOUT_KEYS and path in wrong_keys:
            continue
        for where, message, cure in teller.tell(error, path):
            if where not in told | before:
                mistakes.add(where, message, cure)
            elif where in before - told and _says_more(error):
                mistakes.instead(where, message, cure)
            told.add(where)
    return tuple(tuple(error.absolute_path) for error in errors)


def _says_more(error: ValidationError) -> bool:
    """Whether a mistake says more than that a plain word could be read as true or false, which is never meant here."""
    words: Any = error.validator_value
    return error.validator == "enum" and error.instance != "" and not any(isinstance(word, bool) for word in words)


def key_order(name: str, path: Path_ = ()) -> tuple[str, ...]:
    """The canonical order of the keys of the mapping at a path of such a file: that of the schema's properties.

    Empty where authors name the keys (facts, parameters, the values of a `with:`).
    """
    found = list(_branches({"$ref": f"{name}.schema.json"}, name))
    for step in path:
        found = [inner for schema, home in found for inner in _below(schema, home, step)]
    return tuple(dict.fromkeys(key for schema, _ in found for key in _known_keys(schema)))


def _below(schema: Mapping[str, Any], home: str, step: str | int) -> Iterator[tuple[Mapping[str, Any], str]]:
    inner = schema.get("items") if isinstance(step, int) else _known_keys(schema).get(step)
    if inner is None and isinstance(step, str):
        inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        yield from _branches(inner, home)


def _branches(schema: Mapping[str, Any], home: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """A schema with what it refers to, or its branches where a value has one of several shapes; each with its file."""
    if "$ref" in schema:
        file, _, path = schema["$ref"].partition("#")
        home = file.removesuffix(".schema.json") or home
        target: Any = load(home)
        for step in filter(None, path.split("/")):
            target = target[step]
        yield from _branches(target, home)
    elif "properties" in schema or "if" not in schema:
        yield schema, home
    else:
        for word in ("then", "else"):
            yield from _branches(schema.get(word, {}), home)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what is wrong in the words of the field."""

    located: Located
    private: bool

    def tell(self, error: ValidationError, path: Path_) -> Iterator[tuple[Place, str, str]]:
        schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
        limit: Any = error.validator_value
        instance: Any = error.instance
        if error.validator == "additionalProperties":
            known = _known_keys(schema)
            for key in sorted(set(instance) - set(known)):
                place = self.located.key_place((*path, key))
                yield place, f"unknown key `{_short(key)}`{_inside(path)}", _key_meant(key, known, instance)
        elif error.validator == "required":
            for key in limit:
                if key not in instance and error.message.startswith(f"'{key}'"):
                    lacking = f"{_subject(path, instance)} lacks `{key}`"
                    yield self.located.place(path), lacking, _described(schema, key)
        elif "propertyNames" in error.absolute_schema_path and isinstance(instance, str):
            cure = str(schema.get("errorMessage", ""))
            yield (
                self.located.key_place((*path, instance)),
                f"`{_short(instance)}` cannot be a key here",
                cure,
            )
        elif error.schema is False or error.validator is None:
            yield self.located.key_place(path), f"`{path[-1] if path else ''}` does not belong here", "leave it out"
        else:
            yield self.located.place(path), *self._value(error, path, schema, limit)

    def _value(self, error: ValidationError, path: Path_, schema: Mapping[str, Any], limit: Any) -> tuple[str, str]:
        value, meant = error.instance, str(schema.get("errorMessage", ""))
        name, shown = _name(path), self._shown(value)
        match error.validator:
            case "type":
                cure = self._type_cure(value, limit, meant, _known_keys(schema))
                return f"{name} is {self._kind(value)}, not {_one_of_types(limit)}", cure
            case "enum":
                words = [_written(word) for word in limit]
                # The nearest word would say what the value is.
                return f"{name}{shown} is not one of those known", one_of("" if self.private else str(value), words)
            case "const":
                return f"{name}{shown} cannot be", f"write `{limit}`"
            case "pattern":
                return f"{name}{shown} has the wrong form", self._mended(path, value, limit, meant)
            case "minimum":
                return f"{name}{shown} is less than {limit}", meant
            case "maximum":
                return f"{name}{shown} is more than {limit}", meant
            case "minLength":
                return f"{name} is empty", "write it, or leave the key out"
            case "maxLength":
                return f"{name} is longer than {limit} characters", "say it in fewer words"
            case "minItems" | "minProperties" if not meant and not value:
                return f"{name} is empty", "name at least one"
            case "minItems" | "minProperties" if not meant:
                return f"{name} has fewer than {limit} entries", "add what is missing"
            case "maxItems" | "maxProperties" if not meant:
                return f"{name} has more than {limit} entries", "split it, or leave some out"
            case "uniqueItems":
                return f"{name} names something twice", "name each once"
            case _:
                return f"{name} has the wrong form", meant or str(schema.get("description", ""))

    def _mended(self, path: Path_, value: Any, pattern: str, meant: str) -> str:
        """What to write for a value that is only spelled otherwise, else the form that is meant."""
        meant = meant or f"match `{pattern}`"
        spelled = "-".join(re.findall(r"[^\W_]+", value.lower()))
        is_unit = path[-1:] == ("unit",)
        tries = (unit_meant(value), f"{{{value}}}") if is_unit else (spelled, spelled.replace("-", "_"))
        mended = next((one for one in tries if one and re.search(pattern, one)), None)
        if mended is None or self.private:
            return meant
        return f"write `{mended}`" if is_unit else f"write `{mended}`: {meant}"

    def _shown(self, value: object) -> str:
        return "" if self.private else f" `{_short(value)}`"

    def _kind(self, value: object) -> str:
        match value:
            case bool():
                return "`true` or `false`" if self.private else f"`{str(value).lower()}`"
            case int() | Decimal():
                return f"the number{self._shown(value)}" if not self.private else "a number"
            case str():
                return f"the text{self._shown(value)}" if not self.private else "text"
            case list():
                return "a list"
            case _:
                return "a mapping"

    def _type_cure(self, value: object, limit: Any, meant: str, known: Mapping[str, Any]) -> str:
        wanted = [limit] if isinstance(limit, str) else list(limit)
        shown = "" if self.private else f": `{_short(value)}`"
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and "string" in wanted:
            return "write it in quotes" if self.private else f'write it in quotes: `"{value}"`'
        if isinstance(value, str) and {"number", "integer"} & set(wanted) and value.replace(".", "", 1).isdigit():
            return f"write it without quotes{shown}"
        if wanted == ["array"] and isinstance(value, str) and re.match(r"-\S", value):
            return "begin each entry with `- `, a dash and a space"
        if wanted == ["array"]:
            return "write a list, in brackets" if self.private else f"write it in brackets: `[{_short(value)}]`"
        if wanted == ["object"] and "rule" in known and isinstance(value, str) and _ID.fullmatch(value):
            return f"write `{{rule: {value}}}`, if it is a rule"
        return meant or f"write {_one_of_types(wanted)}"


def _known_keys(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    known: Mapping[str, Any] = schema.get("properties", {})
    return known


def _described(schema: Mapping[str, Any], key: str) -> str:
    text = _known_keys(schema).get(key, {}).get("description", "")
    return f"`{key}`: {text[:1].lower()}{text[1:].rstrip('.')}" if text else ""


def _subject(path: Path_, instance: Mapping[str, object]) -> str:
    """What the user would call an object: by its own id where it has one."""
    for key in ("id", "policy", "module", "case"):
        if isinstance(instance.get(key), str) and path:
            return f"{_singular(path)} `{_short(instance[key])}`"
    return _name(path)


def _singular(path: Path_) -> str:
    holder = next((str(p) for p in reversed(path) if isinstance(p, str)), "entry")
    return {"rules": "rule", "topics": "topic", "uses": "use of", "services": "service", "documents": "document"}.get(
        holder, holder
    )


def _name(path: Path_) -> str:
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        holder = next((p for p in reversed(path) if isinstance(p, str)), "the list")
        return f"entry {path[-1] + 1} of `{_short(holder)}`"
    return f"`{_short(path[-1])}`"


def _inside(path: Path_) -> str:
    return f" in {_name(path)}" if path else ""


def _one_of_types(limit: Any) -> str:
    names = [limit] if isinstance(limit, str) else limit
    return " or ".join(_TYPES.get(str(name), str(name)) for name in names)


def _short(value: object) -> str:
    text = " ".join(_written(value).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _written(value: object) -> str:
    """A value as YAML has it within brackets."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case _:
            return str(value)


def _key_meant(key: str, known: Mapping[str, object], instance: Mapping[str, object]) -> str:
    """The help for an unknown key: another word for one that is known, else the nearest."""
    meant = _MEANT.get(key.lower())
    return f"write `{meant}`" if meant in known and meant not in instance else nearest_key(key, known)
