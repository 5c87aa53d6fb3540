from __future__ import annotations

import json
from typing import Any

import pytest
from durable import engine


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every message as it crosses into the engine."""
    found: list[dict[str, Any]] = []
    assert_fact = engine.durable_rules_engine.assert_fact

    def spy(handle: int, text: str) -> Any:
        found.append(json.loads(text))
        return assert_fact(handle, text)

    monkeypatch.setattr(engine.durable_rules_engine, "assert_fact", spy)
    return found
