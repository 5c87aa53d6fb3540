"""Medical-necessity criteria as declarative policy.

    from harness import assess, read_case, read_policies

    policies = read_policies("policies")
    assessments = assess(policies, read_case("examples/founding/case.yaml", policies))

What is named here is what the project promises; the rest may change.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.assessment.assess import assess
    from harness.cases import read_case
    from harness.errors import BadInputError, InternalError
    from harness.policies import read_policies
    from harness.report import render

__all__ = ["BadInputError", "InternalError", "assess", "read_case", "read_policies", "render"]

_ROOMS = {
    "BadInputError": "harness.errors",
    "InternalError": "harness.errors",
    "assess": "harness.assessment",
    "read_case": "harness.cases",
    "read_policies": "harness.policies",
    "render": "harness.report",
}


def __getattr__(name: str) -> object:
    """What is promised is imported when it is asked for: the pytest plugin is loaded where no policy is in sight."""
    if name not in _ROOMS:
        raise AttributeError(f"module `harness` has no `{name}`")
    return getattr(importlib.import_module(_ROOMS[name]), name)
