"""Every mutant of a policy: the policy with one small mistake put in, of each sort and in each place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from harness.errors import Place
from harness.model.condition import Compare, Condition, Constant, Count, Documented, Step
from harness.model.policy import Kind, Parameter, Policy, Rule
from harness.model.values import FactType, Interval, Outcome
from harness.model.wording import value_text
from harness.mutation.conditions import counts_beside, mistakes, shift_words, shifts
from harness.mutation.mutant import Mutant, Sort, changed, steps

# The request date is always documented, so this is never met.
_NEVER = Documented("request.date", expected=False)
_OTHERWISE = {
    Outcome.MORE_INFORMATION: Outcome.NOT_MEDICALLY_NECESSARY,
    Outcome.NOT_MEDICALLY_NECESSARY: Outcome.MORE_INFORMATION,
}


def mutants(policy: Policy) -> Iterator[Mutant]:
    """The mutants of a policy in the order of its parameters, facts, rules and decision; no two are the same policy."""
    seen: list[Policy] = [policy]
    for mutant in _all(policy):
        if mutant.policy not in seen:
            seen.append(mutant.policy)
            yield mutant


def _all(policy: Policy) -> Iterator[Mutant]:
    for parameter in policy.parameters.values():
        yield from _of_parameter(policy, parameter)
    for name in policy.facts:
        yield from _of_presumption(policy, name)
    for rule in policy.rules.values():
        yield from _of_rule(policy, rule)
    yield from _of_decision(policy)


def _of_parameter(policy: Policy, parameter: Parameter) -> Iterator[Mutant]:
    """The value of a parameter shifted, or one of its choices dropped, wherever it is read."""

    def mutant(sort: Sort, what: str, value: Interval | tuple[str, ...]) -> Mutant:
        def swap(node: Condition) -> Condition:
            match node:
                case Compare(operand=Constant(parameter=parameter.id)):
                    return replace(node, operand=Constant(value, parameter.id))
                case Count(parameter=parameter.id) if isinstance(value, Interval) and value.low is not None:
                    return replace(node, at_least=int(value.low))
            return node

        parameters = {**policy.parameters, parameter.id: replace(parameter, value=value)}
        made = replace(_everywhere(policy, swap), parameters=parameters)
        return Mutant(sort, f"parameter `{parameter.id}`", what, parameter.place, made)

    if not any(_reads(node, parameter.id) for _, node in _nodes(policy)):
        return  # only a measure or a text reads it

    match parameter.value:
        case Interval() as number:
            counts = [node for _, node in _nodes(policy) if isinstance(node, Count) and node.parameter == parameter.id]
            for shifted in shifts(number, parameter.unit):
                if all(shifted.low in counts_beside(count) for count in counts):
                    yield mutant(Sort.THRESHOLD, shift_words(number, shifted, parameter.unit), shifted)
        case tuple() as listed if len(listed) > 1:
            for number_, choice in enumerate(listed):
                yield mutant(Sort.CHOICE, f"without `{choice}`", listed[:number_] + listed[number_ + 1 :])


def _of_presumption(policy: Policy, name: str) -> Iterator[Mutant]:
    """The presumption of a fact dropped or turned over; a boolean without one presumed false."""
    fact = policy.facts[name]
    values: list[tuple[bool | None, str]] = []
    if fact.presumed is not None:
        values.append((None, f"no longer presumed {value_text(fact.presumed, fact)}"))
        if isinstance(fact.presumed, bool):
            turned = not fact.presumed
            values.append((turned, f"presumed {value_text(turned)} instead of {value_text(fact.presumed)}"))
    elif fact.type is FactType.BOOLEAN:
        values.append((False, "presumed no when undocumented"))
    for value, what in values:
        facts = {**policy.facts, name: replace(fact, presumed=value)}
        yield Mutant(Sort.PRESUMED, f"fact `{name}`", what, fact.place, replace(policy, facts=facts))


def _of_rule(policy: Policy, rule: Rule) -> Iterator[Mutant]:
    where = f"{rule.kind} `{rule.id}`"
    for step, node in steps(rule.when):
        for sort, what, other, below in mistakes(node, policy):
            made = _with_rule(policy, replace(rule, when=changed(rule.when, step, other)))
            yield Mutant(sort, where, what, _place(rule.places, (*step, *below), rule.place), made)
    if rule.kind is Kind.EXCEPTION:
        made = _with_rule(policy, replace(rule, when=_NEVER))
        yield Mutant(Sort.EXCEPTION, where, "never applies", rule.place, made)
    if rule.kind is Kind.CRITERION:
        asked = Outcome.MORE_INFORMATION if rule.when_undocumented is None else None
        what = "asked for when undocumented" if asked else "no longer asked for when undocumented"
        made = _with_rule(policy, replace(rule, when_undocumented=asked))
        yield Mutant(Sort.UNDOCUMENTED, where, what, rule.place, made)


def _of_decision(policy: Policy) -> Iterator[Mutant]:
    decision = policy.decision
    for step, node in steps(decision.necessary_when):
        for sort, what, other, below in mistakes(node, policy):
            made = replace(decision, necessary_when=changed(decision.necessary_when, step, other))
            place = _place(decision.places, (*step, *below), decision.place)
            yield Mutant(sort, "the decision", what, place, replace(policy, decision=made))
    otherwise = _OTHERWISE[decision.when_undocumented]
    made = replace(decision, when_undocumented=otherwise)
    what = f"when undocumented: {otherwise}"
    yield Mutant(Sort.UNDOCUMENTED, "the decision", what, decision.place, replace(policy, decision=made))


def _nodes(policy: Policy) -> Iterator[tuple[Step, Condition]]:
    for rule in policy.rules.values():
        yield from steps(rule.when)
    yield from steps(policy.decision.necessary_when)


def _reads(node: Condition, parameter: str) -> bool:
    match node:
        case Compare(operand=Constant(parameter=name)) | Count(parameter=name):
            return name == parameter
    return False


def _everywhere(policy: Policy, swap: Callable[[Condition], Condition]) -> Policy:
    """The policy with every node of every condition handed through `swap`, which keeps its children."""

    def swapped(condition: Condition) -> Condition:
        for step, node in steps(condition):
            if swap(node) != node:
                condition = changed(condition, step, swap(node))
        return condition

    rules = {id_: replace(rule, when=swapped(rule.when)) for id_, rule in policy.rules.items()}
    decision = replace(policy.decision, necessary_when=swapped(policy.decision.necessary_when))
    return replace(policy, rules=rules, decision=decision)


def _with_rule(policy: Policy, rule: Rule) -> Policy:
    return replace(policy, rules={**policy.rules, rule.id: rule})


def _place(places: Mapping[Step, Place], step: Step, otherwise: Place) -> Place:
    return places.get(step, otherwise)
