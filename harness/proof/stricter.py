"""Whether an overlay is stricter than the policy it changes: whether it takes a favourable outcome from any case."""

from __future__ import annotations

from harness.model.policy import Policy
from harness.model.values import Outcome
from harness.proof.answers import Answer, Proved, Unknown
from harness.proof.compare import Comparison, OutcomeGoes
from harness.proof.solver import SECONDS


def stricter(policy: Policy, overlaid: Policy, seconds: float = SECONDS) -> Answer:
    """Proved when no case loses a favourable outcome; else a case that does, or why it is not known."""
    comparison = Comparison(policy)
    for other in (Outcome.NOT_MEDICALLY_NECESSARY, Outcome.MORE_INFORMATION):
        wanted = OutcomeGoes(Outcome.MEDICALLY_NECESSARY, other)
        answer = comparison.differing(overlaid, wanted=wanted, seconds=seconds)
        if not isinstance(answer, Proved):
            return answer
    changed = [id_ for id_, fact in policy.facts.items() if id_ in overlaid.facts and fact != overlaid.facts[id_]]
    if changed:
        names = ", ".join(f"`{id_}`" for id_ in changed)
        return Unknown(f"the same record can give another value of {names}")
    return Proved()
