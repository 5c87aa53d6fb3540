"""Write docs/language.md from the schemas, or with --check tell whether it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.model.builtin import BUILT_IN
from harness.policies.conditions import MAX_NESTING, OPERATORS
from harness.schema import load

PAGE = Path(__file__).parent / "language.md"

HEAD = """\
# Language reference

*Made from the JSON Schemas by `docs/language.py`; the same schemas give an editor its completion and hover texts.
The first line of each shipped file names its schema (`# yaml-language-server: $schema=...`).*

Files are YAML, read strictly: no duplicate keys, no anchors, aliases or tags, no `yes`/`no`/`on`/`off`, dates and codes
in quotes, UTF-8, at most 2 MiB and 40 levels deep. Numbers are exact decimals of at most six places.
"""

FILES = (
    ("policy", "Policy", "policies/&lt;area&gt;/&lt;name&gt;/&lt;YYYY-MM-DD&gt;.yaml"),
    ("module", "Module", "policies/modules/&lt;name&gt;.yaml"),
    ("overlay", "Overlay", "policies/overlays/&lt;name&gt;.yaml"),
    ("references", "References", "policies/references.yaml"),
    ("case", "Case", "case.yaml"),
    ("tests", "Policy tests", "policies/&lt;area&gt;/&lt;name&gt;/tests.yaml"),
)

COMPARED = (
    "| after the operator | what it means |",
    "|---|---|",
    '| `42`, `true`, `severe`, `"2026-01-31"`, `"M51.14"` | That value; a number in the unit of the fact. |',
    "| `[moderate, severe]` | Several, after `in`, `not_in`, `includes`, `includes_any` and `excludes`. |",
    "| `{parameter: care_weeks}` | The value of a parameter of the policy or its modules; days and weeks convert. |",
    "| `{fact: request.level}` | Another fact of the case; where that is not documented, neither is the comparison. |",
    "",
    "So `{fact: imaging.level, is: {fact: request.level}}` asks whether the imaging shows the level that is requested.",
)
BUILT_IN_SAYS = (
    "No policy declares these. They are read as any other fact is, and a case gives them under `request`, its service "
    "or `patient`."
)

Schema = dict[str, Any]


def resolve(schema: Schema, home: str) -> tuple[Schema, str]:
    """A schema with what its $ref names merged below its own words, and the file that name is in."""
    if "$ref" not in schema:
        return schema, home
    file, _, path = schema["$ref"].partition("#")
    name = file.removesuffix(".schema.json") or home
    target: Any = load(name)
    for step in path.strip("/").split("/"):
        target = target[step]
    merged, home = resolve(target, name)
    return {**merged, **{key: value for key, value in schema.items() if key != "$ref"}}, home


def type_words(schema: Schema, home: str) -> str:
    if "enum" in schema:
        return " \\| ".join(f"`{word if isinstance(word, str) else str(word).lower()}`" for word in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "then" in schema and "else" in schema and "type" not in schema:
        either = [branch_words(resolve(schema[word], home)[0], home) for word in ("else", "then")]
        return " or ".join(either) if all(either) else ""
    kinds = schema.get("type", "")
    words = {"string": "text", "integer": "whole number", "array": "list", "object": "mapping", "boolean": "true/false"}
    if set(kinds) == {"number", "string", "boolean"}:
        return "value"
    return " or ".join(words.get(k, k) for k in ([kinds] if isinstance(kinds, str) else kinds))


def branch_words(branch: Schema, home: str) -> str:
    """The words for one of two forms that a value may have; a mapping of one key is shown by its key."""
    keys = branch.get("properties", {})
    if keys and (len(keys) == 1 or branch.get("maxProperties") == 1):
        return " or ".join(f"`{{{key}: ...}}`" for key in keys)
    return type_words(branch, home)


def rows(schema: Schema, home: str) -> Iterator[str]:
    required = set(schema.get("required", ()))
    yield "| key | type | meaning |"
    yield "|---|---|---|"
    for key, raw in schema["properties"].items():
        if raw is False:
            continue
        found, where = resolve(raw, home)
        mark = " **required**" if key in required else ""
        about = found.get("description", "").replace("|", "\\|")
        yield f"| `{key}`{mark} | {type_words(found, where)} | {about} |"


def inner(schema: Schema, home: str) -> tuple[Schema, str] | None:
    """The mapping a property leads to: itself, a list's entries or a mapping's values."""
    for candidate in (schema, schema.get("items"), schema.get("additionalProperties")):
        if isinstance(candidate, dict):
            found, where = resolve(candidate, home)
            if isinstance(found.get("properties"), dict):
                return found, where
    return None


def section(title: str, schema: Schema, home: str, level: int, seen: set[str]) -> Iterator[str]:
    """A mapping's keys, then the mappings below it; one that several keys share is told once in a page."""
    yield from ("", "#" * min(level, 5) + " " + title, "")
    if about := schema.get("description"):
        yield from (about, "")
    yield from rows(schema, home)
    for key, raw in schema["properties"].items():
        if raw is False:
            continue
        found, where = resolve(raw, home)
        below = inner(found, where)
        told = str(below[0]["properties"]) if below else ""
        if below and told not in seen:
            seen.add(told)
            yield from section(f"`{key}`", below[0], below[1], level + 1, seen)


def operators() -> Iterator[str]:
    yield from ("", "## Operators", "", "| type of fact | operators |", "|---|---|")
    for kind, able in OPERATORS.items():
        listed = ", ".join(f"`{one}`" for one in able) or "none: it is shown, never compared"
        yield f"| {kind} | {listed} |"
    yield from ("", f"Every fact also has `documented: true` or `false`. At most {MAX_NESTING} levels of nesting.")
    yield from ("", "### What a fact is compared with", "", *COMPARED)


def built_in() -> Iterator[str]:
    yield from ("", "## Facts that every case can have", "", BUILT_IN_SAYS, "")
    yield from ("| fact | type | question |", "|---|---|---|")
    for fact in BUILT_IN.values():
        of = f" in `{fact.unit}`" if fact.unit else ""
        of = f": {', '.join(f'`{one}`' for one in fact.choices)}" if fact.choices else of
        yield f"| `{fact.id}` | {fact.type}{of} | {fact.question} |"


def page() -> str:
    lines = [HEAD.rstrip()]
    seen: set[str] = set()
    for name, title, file in FILES:
        schema = dict(load(name))
        schema["description"] = f"{schema['description']}\n\nFile: <code>{file}</code>"
        lines += section(title, schema, name, 2, seen)
        if name == "policy":
            lines += [*operators(), *built_in()]
    return "\n".join(lines) + "\n"


def main() -> int:
    text = page()
    if "--check" in sys.argv:
        fresh = PAGE.exists() and PAGE.read_text("utf-8") == text
        if not fresh:
            print(f"{PAGE}:1:1: error: stale; run `python docs/language.py`")
        return 0 if fresh else 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
