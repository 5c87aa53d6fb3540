"""From a model of the solver to the facts of a case, evaluated again by the semantics that assessments use."""

from __future__ import annotations

from decimal import Decimal

import z3

from harness.errors import InternalError
from harness.evaluate import evaluate, outcome_of
from harness.model.case import UNDOCUMENTED, Reading, State
from harness.model.values import FactType, Interval, Value
from harness.proof.answers import CaseUnder
from harness.proof.encode import Encoded
from harness.proof.solver import holds
from harness.proof.values import Number, Span, SymbolicReading, Words, YesNo, unscaled

ANY_TEXT = "as documented"  # what a text holds decides nothing


def case_under(encoded: Encoded, model: z3.ModelRef) -> CaseUnder:
    """The case of a model as a policy reads it.

    Raises InternalError, naming the policy and the rule, when `harness.evaluate` does not agree with the formulas.
    """
    policy = encoded.policy
    facts = {fact: _reading(reading, model) for fact, reading in encoded.readings.items()}
    statuses = evaluate(policy, facts)
    for rule, status in statuses.items():
        if not holds(model, encoded.statuses[rule].is_(status)):
            raise InternalError(f"proof and evaluation disagree on rule `{rule}` of policy `{policy.version}`")
    outcome = outcome_of(policy, facts, statuses)
    if not holds(model, encoded.outcomes[outcome]):
        raise InternalError(f"proof and evaluation disagree on the outcome of policy `{policy.version}`")
    return CaseUnder(policy, facts, statuses, outcome)


def _reading(reading: SymbolicReading, model: z3.ModelRef) -> Reading:
    if not holds(model, reading.present):
        return UNDOCUMENTED
    state = State.DOCUMENTED if holds(model, reading.documented) else State.PRESUMED
    return Reading(state, _value(reading, model))


def _value(reading: SymbolicReading, model: z3.ModelRef) -> Value:
    match reading.value:
        case YesNo(value):
            return holds(model, value)
        case Words(held) if reading.kind is FactType.SET:
            return frozenset(word for word, one in held.items() if holds(model, one))
        case Words(held) if reading.kind is FactType.CHOICE:
            return next(word for word, one in held.items() if holds(model, one))
        case Words():
            return ANY_TEXT
        case Span() as span:
            low = _number(span.low, reading.kind, model) if holds(model, span.has_low) else None
            high = _number(span.high, reading.kind, model) if holds(model, span.has_high) else None
            return Interval(low, high)


def _number(number: Number, kind: FactType, model: z3.ModelRef) -> Decimal:
    exact = number if isinstance(number, int) else model.eval(number, model_completion=True).as_long()
    return unscaled(exact, kind)
