"""One case through durable_rules: assert the phases, record what fires, delete the state.

The profile that was right in every measurement (engine hazards): a host without its background threads (D5), dict
definitions, one lock, one live session at a time under a fixed id (D3), the state read back after the assert (D13) and
deleted whatever happens. An action records one status and, when it was the last of its message, asserts the next.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from durable import engine

from harness.engine.compile import SID, Compiled, Message
from harness.engine.names import bounds
from harness.engine.quantity import Asserted, Facts
from harness.errors import InternalError
from harness.model.values import Status

# An action is abandoned, and all that follows with it, when the clock says it took 10 s. The library asks the wall
# clock, which daylight saving and time servers move (D16), through a function deprecated since Python 3.12.
engine._unix_now = time.monotonic  # noqa: SLF001

_EngineError = engine.durable_rules_engine.error


class _QuietHost(engine.Host):  # type: ignore[misc]
    """Without the two threads that walk freed memory once a state is deleted (D5)."""

    def _run(self) -> None:
        pass


class _Run:
    """One case while it runs."""

    def __init__(self, compiled: Compiled, facts: Facts) -> None:
        self.settled: dict[str, Status] = {}
        self.failure: BaseException | None = None
        self._messages = iter(compiled.messages)
        self._awaited = 0
        self._values: dict[str, Asserted] = {}
        for quantity in compiled.quantities:
            self._values.update(zip(quantity.properties, quantity.read(facts), strict=True))

    def record(self, node: str, status: Status) -> dict[str, Asserted] | None:
        """Keep a status; the next message if it was the last one awaited."""
        if node in self.settled:
            raise InternalError(f"the engine settled `{node}` twice")
        self.settled[node] = status
        self._values[node] = status.word
        self._awaited -= 1
        return None if self._awaited else self.next_message()

    def next_message(self) -> dict[str, Asserted] | None:
        message = next(self._messages, None)
        if message is None:
            return None
        self._awaited = len(message.nodes)
        asserted: dict[str, Asserted] = {"id": message.id, "sid": SID, "kind": message.id}
        for name in message.facts + message.statuses:
            asserted[name] = self._values[name]
        return asserted | self._tallied(message)

    def _tallied(self, message: Message) -> dict[str, Asserted]:
        found: dict[str, Asserted] = {}
        for tally in message.tallies:
            counted = [self.settled[node] for node in tally.nodes]
            low, high = bounds(tally.name)
            found[low] = counted.count(Status.MET)
            found[high] = len(counted) - counted.count(Status.NOT_MET)
        return found


class Session:
    """A registered ruleset, run for one case at a time; the caller holds the lock."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._run: _Run | None = None
        # Copies, because registering takes the actions out of the definition it is given (D22).
        definition = {
            name: {**rule, "run": self._action(*compiled.firings[name])} for name, rule in compiled.ruleset.items()
        }
        try:
            self._host = _QuietHost({compiled.name: definition})
        except _EngineError as error:
            raise InternalError(f"the engine refused the ruleset: {error}") from None

    def _action(self, node: str, status: Status) -> Callable[[Any], None]:
        def act(context: Any) -> None:
            run = self._run
            if run is None or run.failure is not None:
                return
            try:
                following = run.record(node, status)
                if following is not None:
                    context.assert_fact(following)
            except BaseException as failure:  # noqa: BLE001 - the library would swallow it; raised again by `settle`
                run.failure = failure

        return act

    def settle(self, facts: Facts) -> Mapping[str, Status]:
        """The status of each node that fired. Any failure, also inside an action, is raised here."""
        run = self._run = _Run(self.compiled, facts)
        first = run.next_message()
        if first is None:
            return {}
        try:
            self._tell(first, run)
        except BaseException:
            with contextlib.suppress(_EngineError):  # there may be no state yet; what happened first is what counts
                self._host.delete_state(self.compiled.name, SID)
            raise
        finally:
            self._run = None
        try:
            self._host.delete_state(self.compiled.name, SID)
        except _EngineError as error:
            raise InternalError(f"the engine kept the state of a case: {error}") from None
        return run.settled

    def _tell(self, first: dict[str, Asserted], run: _Run) -> None:
        try:
            self._host.assert_fact(self.compiled.name, first)
            self._raise_failure(run)
        except InternalError:
            raise
        except Exception as error:  # noqa: BLE001 - of the library; its text may hold the message, and so health data
            raise InternalError(f"the engine failed with {type(error).__name__}") from None

    def is_complete(self, settled: Mapping[str, Status]) -> bool:
        return len(settled) == sum(len(message.nodes) for message in self.compiled.messages)

    def _raise_failure(self, run: _Run) -> None:
        if run.failure is not None:
            raise run.failure
        if self._host.get_state(self.compiled.name, SID).get("exception"):
            raise InternalError("an action of the engine failed")

    def free(self) -> None:
        """Give the ruleset's memory back; the session cannot be used afterwards."""
        ruleset = self._host.get_ruleset(self.compiled.name)
        engine.durable_rules_engine.delete_ruleset(ruleset._handle)  # noqa: SLF001 - the library never calls it
