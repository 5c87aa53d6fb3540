"""Medical-necessity criteria as declarative policy.

    from harness import assess, read_case, read_policies

    policies = read_policies("policies")
    assessments = assess(policies, read_case("examples/founding/case.yaml", policies))

What is named here is what the project promises; the rest may change.
"""

from harness.assessment import assess
from harness.cases import read_case
from harness.errors import BadInputError, InternalError
from harness.policies import read_policies
from harness.report import render

__all__ = ["BadInputError", "InternalError", "assess", "read_case", "read_policies", "render"]
