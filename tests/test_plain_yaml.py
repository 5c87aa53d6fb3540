"""What is written is read back as it was, by the strict reader and without a complaint."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from harness.errors import Mistakes
from harness.plain_yaml import written
from harness.strict_yaml import parse_yaml

WORDS = st.sampled_from(
    ["yes", "No", "2026-01-02", "63056", "1e3", "0x1F", "a: b", "# c", "-", "", "~", "null", "M51.1-"]
)
NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(-999, 999, places=6)
TEXTS = WORDS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=200)
KEYS = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True).filter(
    lambda key: key not in {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
)
CONTENTS = st.recursive(
    TEXTS | NUMBERS | st.booleans(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, CONTENTS, min_size=1))
def test_content_survives(content: dict[str, object]) -> None:
    mistakes = Mistakes()
    located = parse_yaml(written(content), "x.yaml", mistakes)  # type: ignore[arg-type]
    assert located is not None
    assert not mistakes
    assert located.data == content


def test_the_style_is_that_of_the_shipped_files() -> None:
    facts = {"a.level": "T12/L1", "a.date": "2026-01-02", "a.days": {"value": Decimal("2.5"), "unit": "wk"}}
    assert written({"case": "x", "facts": facts}) == (  # type: ignore[dict-item]
        'case: x\nfacts: {a.level: T12/L1, a.date: "2026-01-02", a.days: {value: 2.5, unit: wk}}\n'
    )
