"""One question about every possible case, answered with a smallest case or the proof that there is none."""

from __future__ import annotations

from collections.abc import Collection

import z3

from harness.proof.answers import Answer, Proved, Refuted, Unknown, Witness
from harness.proof.encode import Encoded
from harness.proof.logic import Truth
from harness.proof.smallest import wishes
from harness.proof.solver import Solver, UnsettledError
from harness.proof.witness import case_under

ONLY_BY_RECORDS = "no case that states its facts is one; only a case whose treatment records measure otherwise could be"


def ask(
    solver: Solver,
    old: Encoded,
    new: Encoded,
    *wanted: Truth,
    smallest: bool = True,
    of: Collection[str] | None = None,
) -> Answer:
    """Whether there is a case in which all that is wanted holds: the first as `old`, the second as `new` reads it.

    Where there is only a case that facts alone cannot state, the answer is unknown. Without `smallest` the witness is
    any case, which is faster to find; `of` names the facts in which alone it is to be smallest.
    """
    cases = list({id(one.case): one.case for one in (old, new)}.values())
    ordinary = [case.ordinary for case in cases]
    try:
        with solver.supposing(*wanted):
            with solver.supposing(*ordinary):
                model = solver.case()
                if model is not None:
                    shown = solver.smallest(model, wishes(cases, of)) if smallest else model
                    return Refuted(_witness(shown, old, new))
            if (old.read.is_odd or new.read.is_odd) and solver.case() is not None:
                return Unknown(ONLY_BY_RECORDS)
            return Proved()
    except UnsettledError as error:
        return Unknown(str(error))


def _witness(model: z3.ModelRef, old: Encoded, new: Encoded) -> Witness:
    first = case_under(old, model)
    second = first if new is old else case_under(new, model)
    return Witness(first, second)
