"""A file's text -> its canonical text. It says the same to the strict reader, or there is no such text."""

from __future__ import annotations

import re
from collections import Counter

from harness.errors import BadInputError, InternalError, Mistakes, Place
from harness.formatting.build import Source
from harness.formatting.order import arrange
from harness.formatting.write import written
from harness.strict_yaml import Json, Located, parse_yaml

_STRANGE_BREAK = re.compile("[\x85\u2028\u2029]")
_CASE = re.compile(r"""^[\s{]*["']?case["']?\s*:""", re.MULTILINE)  # whatever else the file says
_NO_CASE = re.compile(r"^(policy|module|references)\s*:", re.MULTILINE)
_KINDS = (
    "overlay",
    "case",
    "module",
    "references",
    "tests",
    "policy",
)  # each after a key of it; some name a policy too


def kind_of(located: Located) -> str | None:
    """Which kind of file this is, as its schema is named; None for any other file."""
    return next((kind for kind in _KINDS if isinstance(located.data, dict) and kind in located.data), None)


def formatted(text: str, shown: str) -> str | None:
    """The canonical text of a policy, module, overlay, references, tests or case file; None for a file of another kind.

    Raises BadInputError with what the strict reader finds wrong, and InternalError if the text that was made does not
    say the same or has lost a comment.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    before = _read(text, shown)
    kind = kind_of(before)
    if kind is None:
        return None
    source = Source(text, shown)
    root = source.tree()
    arrange(root, kind)
    result = written(root)
    if result != text:
        _hold(result, before, source)
    return result


def _read(text: str, shown: str) -> Located:
    mistakes = Mistakes()
    strange = _STRANGE_BREAK.search(text)
    if strange is not None:
        at = strange.start()
        place = Place(shown, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        mistakes.add(place, f"a line break that most programs do not show (U+{ord(strange[0]):04X})", "remove it")
        mistakes.raise_any()
    private = _CASE.search(text) is not None or not _NO_CASE.search(text)
    located = parse_yaml(text, shown, mistakes, private=private)
    mistakes.raise_any()
    assert located is not None  # else a mistake was noted
    return located


def _hold(result: str, before: Located, source: Source) -> None:
    """Raise InternalError unless a result says what its source says, comments included."""
    try:
        same = _same(_read(result, source.shown).data, before.data)
        same = same and Counter(Source(result, source.shown).comments) == Counter(source.comments)
    except BadInputError:
        same = False
    if not same:
        raise InternalError(f"{source.shown} cannot be put in order without changing what it says; it was left alone")


def _same(one: Json, other: Json) -> bool:
    """Whether two contents are the same but for the order of keys; `1` and `true` are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other
