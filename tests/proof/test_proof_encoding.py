"""The formulas say of one case what the evaluator says of it: every status and the outcome."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from harness.evaluate import evaluate, outcome_of
from harness.model.policy import Policy
from harness.proof.case import SymbolicCase
from harness.proof.encode import encode
from harness.proof.solver import Solver, holds
from harness.proof.vocabulary import Vocabulary
from harness.proof.witness import case_under
from tests.generate import Readings
from tests.proof.kit import held_to, worlds

CI = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("part", range(4))
def test_the_formulas_agree_with_the_evaluator_on_every_status_and_outcome(part: int) -> None:
    @seed(part)
    @settings(CI, max_examples=30)
    @given(worlds())
    def run(world: tuple[Policy, tuple[Readings, ...]]) -> None:
        policy, cases = world
        case = SymbolicCase(Vocabulary.of([policy]))
        encoded = encode(policy, case)
        solver = Solver(limit.formula for limit in encoded.read.limits)
        for facts in cases:
            statuses = evaluate(policy, facts)
            with solver.supposing(*held_to(case, policy, facts), case.ordinary):
                model = solver.case()
                assert model is not None, "the case can be stated"
                for rule, status in statuses.items():
                    assert holds(model, encoded.statuses[rule].is_(status)), rule
                found = case_under(encoded, model)  # raises when they disagree
            assert found.outcome is outcome_of(policy, facts, statuses)
            assert {id_: (r.state, r.value) for id_, r in found.facts.items() if r.value != "as documented"} == {
                id_: (r.state, r.value) for id_, r in facts.items() if found.facts[id_].value != "as documented"
            }

    run()
