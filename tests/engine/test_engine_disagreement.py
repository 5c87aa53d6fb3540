"""A disagreement of the two evaluators is never silent, whichever of them is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness import engine, evaluate
from harness.engine import compile_policy
from harness.errors import InternalError
from harness.model.condition import Not, RuleStatus
from harness.model.policy import Policy
from harness.model.values import Status
from tests.engine.samples import case, chain, statuses


def test_a_wrong_evaluator(monkeypatch: pytest.MonkeyPatch) -> None:
    right = evaluate.evaluate
    monkeypatch.setattr(evaluate, "evaluate", lambda *given: right(*given) | {"rule-1": Status.UNDOCUMENTED})
    with pytest.raises(InternalError) as caught:
        statuses(chain(3), case(a=True), "case-7")
    assert str(caught.value) == (
        "policy `test/random@2026-01-01`, case `case-7`: the engine and the direct evaluator disagree on rule `rule-1`"
    )


def test_a_wrong_ruleset(monkeypatch: pytest.MonkeyPatch) -> None:
    def tampered(policy: Policy) -> engine.Compiled:
        compiled = compile_policy(policy)
        met, not_met = "rule rule-1 is met", "rule rule-1 is not_met"
        swapped = {met: compiled.ruleset[not_met], not_met: compiled.ruleset[met]}
        return replace(compiled, ruleset={**compiled.ruleset, **swapped})

    monkeypatch.setattr(engine, "compile_policy", tampered)
    with pytest.raises(InternalError, match=r"disagree on rules `rule-1`, `rule-2`$"):
        statuses(chain(3), case(a=True))


def test_a_rule_that_settles_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(policy: Policy) -> engine.Compiled:
        compiled = compile_policy(policy)
        twice = {"again": compiled.ruleset["rule rule-0 is met"]}
        firings = {**compiled.firings, "again": ("rule rule-0", Status.MET)}
        return replace(compiled, ruleset={**compiled.ruleset, **twice}, firings=firings)

    monkeypatch.setattr(engine, "compile_policy", doubled)
    with pytest.raises(InternalError, match="the engine settled `rule rule-0` twice"):
        statuses(chain(1), case(a=True))


def test_one_version_under_two_contents_is_noticed() -> None:
    """A ruleset is kept by the policy's hash; a policy changed without a new hash is not run with the old rules."""
    policy = chain(2)
    denied = replace(policy.rules["rule-1"], when=Not(RuleStatus("rule-0")))
    changed = replace(policy, rules={**policy.rules, "rule-1": denied})
    engine.statuses(policy, case(a=True))
    with pytest.raises(InternalError, match="disagree on rule `rule-1`"):
        engine.statuses(changed, case(a=True))
    engine.release(policy)
