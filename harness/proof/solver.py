"""Questions put to z3, each with a time limit; an answer that was not reached says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

import z3

from harness.interrupt import heed, is_asked
from harness.proof.logic import Truth, implies

SECONDS = 10.0  # for one question, unless more or less is asked for
_MOST_SECONDS = 4_000_000  # z3 counts milliseconds in 32 bits
_EFFORT = 3_000_000  # of one step of making a case smaller, in the solver's own count: about a second, on any machine
_A_MOMENT = 0.05  # seconds, in which Ctrl-C is heard


class UnsettledError(Exception):
    """The solver could not tell whether there is such a case. The message is why, in words."""


class Solver:
    """What holds of every case, and the questions asked beyond it."""

    def __init__(self, always: Iterable[Truth], seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._z3 = z3.Solver()
        self._z3.set("ctrl_c", False)
        self._z3.add(*always)

    def case(self) -> z3.ModelRef | None:
        """A case; None when there is none."""
        found = self._check()
        if found == z3.unknown:
            raise UnsettledError(self._why())
        return self._z3.model() if found == z3.sat else None

    def conflict(self, wanted: Sequence[Truth]) -> list[int] | None:
        """Some of several formulas, by number, that cannot hold together; None when all of them can."""
        names = [z3.FreshBool() for _ in wanted]
        with self.supposing(*(implies(name, one) for name, one in zip(names, wanted, strict=True))):
            found = self._check(*names)
            if found == z3.unknown:
                raise UnsettledError(self._why())
            core = [] if found == z3.sat else self._z3.unsat_core()
        if found == z3.sat:
            return None
        return [number for number, name in enumerate(names) if any(name.eq(one) for one in core)]

    @contextmanager
    def supposing(self, *formulas: Truth) -> Iterator[None]:
        """Within this context, these hold of every case as well."""
        self._z3.push()
        try:
            self._z3.add(*formulas)
            yield
        finally:
            self._z3.pop()

    def smallest(self, model: z3.ModelRef, wishes: Iterable[tuple[Truth, ...]]) -> z3.ModelRef:
        """A case in which, of each group of wishes in turn, the first is granted that can be.

        Which case that is depends on the wishes alone and not on the `model` that one begins with. When the solver
        gives up on one, the case stays as it is by then.
        """
        self._z3.set("timeout", 0)
        self._z3.set("rlimit", _EFFORT)
        with self.supposing(), suppress(UnsettledError):
            for group in wishes:
                for wish in group:
                    found = model if holds(model, wish) else self._with(wish)
                    if found is not None:
                        model = found
                        self._z3.add(wish)
                        break
        return model

    def _with(self, wish: Truth) -> z3.ModelRef | None:
        with self.supposing(wish):
            found = self._run()
            if found == z3.unknown:
                raise UnsettledError(self._why())
            return self._z3.model() if found == z3.sat else None

    def _check(self, *named: z3.BoolRef) -> z3.CheckSatResult:
        self._z3.set("rlimit", 0)
        self._z3.set("timeout", max(1, int(1000 * min(self.seconds, _MOST_SECONDS))))
        return self._run(*named)

    def _run(self, *named: z3.BoolRef) -> z3.CheckSatResult:
        """Ask z3 in a thread of its own: only so can it be told that the user has had enough."""
        found: list[z3.CheckSatResult] = []

        def check() -> None:
            with suppress(z3.Z3Exception):  # it gave up, and says why when asked
                found.append(self._z3.check(*named))

        worker = Thread(target=check, daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(_A_MOMENT)
            if is_asked():
                self._z3.interrupt()
                worker.join()
        heed()
        return found[0] if found else z3.unknown

    def _why(self) -> str:
        reason = self._z3.reason_unknown()
        if reason in {"timeout", "canceled"}:
            return f"the time limit of {self.seconds:g} second{'' if self.seconds == 1 else 's'} was reached"
        return f"the solver gave up: {reason}"


def holds(model: z3.ModelRef, formula: Truth) -> bool:
    """Whether a formula holds of the case of a model."""
    return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))
