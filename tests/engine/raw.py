"""durable_rules as it is, to show what it does when nothing guards it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from durable import engine

PRELUDE = """
from durable import engine
class Quiet(engine.Host):
    def _run(self):
        pass
"""


class Quiet(engine.Host):
    def _run(self) -> None:
        pass


def pattern(*tests: Mapping[str, Any]) -> dict[str, Any]:
    return {"all": [{"m": {"$and": list(tests)}}]}


class Raw:
    """A quiet host with rules that note their names when they fire."""

    def __init__(self, rules: Mapping[str, dict[str, Any]]) -> None:
        self.fired: list[str] = []
        self.host = Quiet({"raw": {name: {**rule, "run": self._note(name)} for name, rule in rules.items()}})

    def _note(self, name: str) -> Any:
        return lambda _: self.fired.append(name)

    def tell(self, sid: str = "1", **fact: object) -> list[str]:
        """What fires on one fact."""
        self.fired.clear()
        self.host.assert_fact("raw", {"sid": sid, **fact})
        return sorted(self.fired)

    def forget(self, sid: str = "1") -> None:
        self.host.delete_state("raw", sid)


def ends(script: str, seconds: float = 20) -> int | None:
    """How a script that may crash or hang ends: its return code, None when it did not end in time."""
    command = [sys.executable, "-c", PRELUDE + script]
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=False).returncode
    except subprocess.TimeoutExpired:
        return None
