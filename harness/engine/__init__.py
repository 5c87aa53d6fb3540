"""One case through the rule engine, and beside it through the direct evaluator: every rule's status, or an error."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from harness import evaluate
from harness.engine.compile import Compiled, compile_policy
from harness.engine.quantity import Facts
from harness.engine.session import Session
from harness.errors import InternalError
from harness.model.policy import Policy
from harness.model.values import Status

__all__ = ["Compiled", "compile_policy", "release", "statuses"]

MOST_RULESETS = 64  # kept registered; each holds some megabytes until it is freed

_sessions: dict[tuple[str, str], Session] = {}
_lock = threading.Lock()


def statuses(policy: Policy, facts: Facts, case_id: str = "") -> dict[str, Status]:
    """The status of every rule of a policy, in the order of `policy.order`, as two evaluators agree on it.

    `facts` holds a reading for every fact the policy reads. Raises InternalError, naming the policy, the rules and the
    case but no health data, when the engine fails, leaves a rule unsettled or disagrees with the direct evaluator.
    """
    try:
        found = _run(policy, facts)
    except InternalError as error:
        raise InternalError(f"{_where(policy, case_id)}: {error}") from error
    _agree(policy, found, evaluate.evaluate(policy, facts), case_id)
    return {rule: found[rule] for rule in policy.order}


def release(policy: Policy) -> None:
    """Give back the memory of a policy's ruleset, for tools that go through thousands of policies."""
    with _lock:
        session = _sessions.pop(_key(policy), None)
        if session is not None:
            session.free()


def _run(policy: Policy, facts: Facts) -> Mapping[str, Status]:
    with _lock:
        session = _sessions.pop(_key(policy), None) or Session(compile_policy(policy))
        try:
            settled = session.settle(facts)
            if not session.is_complete(settled):  # an action held up for 10 s loses what follows (D16): once more
                settled = session.settle(facts)
        except BaseException:
            session.free()  # the next case starts with a new one
            raise
        _sessions[_key(policy)] = session  # the last in line is the latest used
        while len(_sessions) > MOST_RULESETS:
            _sessions.pop(next(iter(_sessions))).free()
    return {rule: settled[node] for rule, node in session.compiled.rules.items() if node in settled}


def _agree(policy: Policy, found: Mapping[str, Status], expected: Mapping[str, Status], case_id: str) -> None:
    unsettled = [rule for rule in policy.order if rule not in found]
    if unsettled:
        raise InternalError(f"{_where(policy, case_id)}: the engine left {_named(unsettled)} unsettled")
    differing = [rule for rule in policy.order if found[rule] is not expected[rule]]
    if differing:
        raise InternalError(
            f"{_where(policy, case_id)}: the engine and the direct evaluator disagree on {_named(differing)}"
        )


def _named(rules: list[str]) -> str:
    return ("rule " if len(rules) == 1 else "rules ") + ", ".join(f"`{rule}`" for rule in rules)


def _where(policy: Policy, case_id: str) -> str:
    return f"policy `{policy.version}`, case `{case_id}`"


def _key(policy: Policy) -> tuple[str, str]:
    return policy.hash, policy.version
