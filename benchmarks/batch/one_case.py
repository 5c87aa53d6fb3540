"""What a user would otherwise pick: engines that are given one case at a time, each behind one function of a case."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

from batch import cases
from batch.emit import clips_source, plan, zen_source
from harness import engine
from harness.evaluate import evaluate, outcome_of
from harness.model.policy import Policy
from harness.model.values import Outcome, Status

Answer = tuple[dict[str, Status], Outcome]
Prepare = Callable[[Policy, cases.Row], Any]  # a row as the engine is given it; not timed
Run = Callable[[Any], Any]  # timed
Read = Callable[[Any], Answer]  # what it answered; not timed


def direct(policy: Policy) -> tuple[Prepare, Run, Read]:
    def run(facts: Any) -> Answer:
        statuses = evaluate(policy, facts)
        return statuses, outcome_of(policy, facts, statuses)

    return cases.readings, run, lambda answer: answer


def durable(policy: Policy) -> tuple[Prepare, Run, Read]:
    """As `necessity assess` runs it: the engine, and the direct evaluator beside it."""

    def run(facts: Any) -> Answer:
        statuses = engine.statuses(policy, facts)
        return statuses, outcome_of(policy, facts, statuses)

    return cases.readings, run, lambda answer: answer


def zen(policy: Policy) -> tuple[Prepare, Run, Read]:
    import zen as engine_of_zen  # noqa: PLC0415 - only where it is installed

    decision = engine_of_zen.ZenEngine().create_decision(zen_source.source(policy))

    def read(answer: Any) -> Answer:
        result = answer["result"]
        return _answer(policy, {step.name: int(result[f"s_{plan.name(step.name)}"]) for step in plan.steps(policy)})

    return cases.plain, decision.evaluate, read


def clips(policy: Policy) -> tuple[Prepare, Run, Read]:
    import clips as engine_of_clips  # noqa: PLC0415 - only where it is installed

    environment = engine_of_clips.Environment()
    _KEPT.append(environment)
    template, *rules = clips_source.source(policy).strip().split("\n\n")
    for one in (template, *rules):
        environment.build(one)
    case = environment.find_template("case")
    slots = {slot.name for slot in case.slots}
    several = clips_source.sets(policy)
    nil = engine_of_clips.Symbol("nil")

    def prepare(of: Policy, row: cases.Row) -> Any:
        given = {name: value for name, value in cases.plain(of, row).items() if name in slots}
        return {
            name: ([nil] if value is None else value) if name in several else _symbol(engine_of_clips, value)
            for name, value in given.items()
        }

    def run(given: Any) -> dict[str, int]:
        environment.reset()
        case.assert_fact(**given)
        environment.run()
        return {str(fact[0]): fact[1] for fact in environment.facts() if fact.template.name == "status"}

    return prepare, run, lambda found: _answer(policy, found)


def _symbol(engine_of_clips: Any, value: Any) -> Any:
    if value is None:
        return engine_of_clips.Symbol("nil")
    return engine_of_clips.Symbol(str(value).upper()) if isinstance(value, bool) else value


def _answer(policy: Policy, found: dict[str, int]) -> Answer:
    status = found[plan.DECISION]
    outcome = policy.decision.when_undocumented
    if status == Status.MET:
        outcome = Outcome.MEDICALLY_NECESSARY
    elif status == Status.NOT_MET:
        outcome = Outcome.NOT_MEDICALLY_NECESSARY
    elif found.get(plan.IF_MET) == Status.MET:
        outcome = Outcome.MORE_INFORMATION
    return {rule: Status(found[rule]) for rule in policy.order}, outcome


ENGINES: dict[str, Callable[[Policy], tuple[Prepare, Run, Read]]] = {
    "direct evaluator": direct,
    "durable_rules, with the direct evaluator": durable,
    "zen-engine": zen,
    "clipspy": clips,
}
_KEPT: list[Any] = []  # CLIPS prints how much memory is left over when it is closed: not amid a table, then
_MODULES = {"zen-engine": "zen", "clipspy": "clips"}


def installed(name: str) -> bool:
    return name not in _MODULES or importlib.util.find_spec(_MODULES[name]) is not None
