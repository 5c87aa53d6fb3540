"""The parameters, facts and rules of one side, key by key in words, so that two sides can be laid beside each other."""

from __future__ import annotations

import re

from harness.difference.change import Bearing, Facet, Item
from harness.difference.facets import OUTCOMES, Facets, citations, condition, listed, text, word, words
from harness.difference.reach import Reach, fact_readers, parameter_readers
from harness.difference.side import Side
from harness.model.builtin import BUILT_IN
from harness.model.policy import Fact, Measure, Parameter, Policy, Rule
from harness.model.values import Interval
from harness.model.wording import fill, value_text, window_words

_LIKE_ANOTHER = re.compile(r"(?i)yes|no|true|false|[-+.0-9].*")


def parameters(side: Side, other: Side, reach: Reach) -> dict[str, Item]:
    return {id_: _parameter(id_, side, other.policy, reach) for id_ in side.policy.parameters}


def _parameter(id_: str, side: Side, other: Policy, reach: Reach) -> Item:
    one = side.policy.parameters[id_]
    facets = {"value": _value(one, reach.parameter(id_)), "title": text(one.title), **citations(one.references)}
    readers = parameter_readers(id_, side.policy, other)
    return Item(id_, one.title, facets, one.place, side.shelf.module_of(one.place), readers)


def _value(one: Parameter, bearing: Bearing) -> Facet:
    if isinstance(one.value, tuple):
        return listed(one.value, bearing)
    return Facet((value_text(one.value, None, one.unit),), (one.value, one.unit), bearing, sense=one.value)


def facts(side: Side, reach: Reach) -> dict[str, Item]:
    """The facts that the policy declares; those that every request has are the same on both sides."""
    return {id_: _fact(fact, side, reach) for id_, fact in side.policy.facts.items() if id_ not in BUILT_IN}


def _fact(fact: Fact, side: Side, reach: Reach) -> Item:
    measured = reach.fact(fact.id, Bearing.READS)
    module = side.shelf.module_of(fact.place)
    bounds = {
        key: value_text(Interval.point(number), fact)
        for key, number in (("minimum", fact.minimum), ("maximum", fact.maximum))
        if number is not None
    }
    facets = {"question": text(fact.question)} | ({"look_for": text(fact.look_for)} if fact.look_for else {})
    facets |= words({"module": module})
    facets |= words({"type": fact.type, **bounds, "system": fact.system}, Bearing.READS)
    facets |= words({"unit": fact.unit, "when_several": fact.when_several}, measured)
    if fact.choices:
        facets["choices"] = listed(fact.choices, Bearing.READS)
    if fact.presumed is not None:
        presumed = (value_text(fact.presumed, fact),)
        facets["presumed"] = Facet(presumed, fact.presumed, reach.fact(fact.id, Bearing.DECIDES))
    if fact.measure is not None:
        facets |= _measure(fact.measure, measured)
    return Item(fact.id, fact.question, facets, fact.place, module, fact_readers(fact.id, side.policy))


def _measure(measure: Measure, reads: Bearing) -> Facets:
    within = window_words(measure.within) if measure.within else None
    facets = words({"measure.of": measure.of, "measure.within": within, "measure.fact": measure.date_fact}, reads)
    if measure.episodes:
        facets["measure.episodes"] = listed(measure.episodes, reads)
    for name, values in sorted(measure.where.items()):
        facets[f"measure.where.{name}"] = listed(map(_as_word, values), reads)
    return facets


def _as_word(value: object) -> str:
    """A word that no value of another type has: a text that reads as yes, no or a number is quoted."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{value}"' if isinstance(value, str) and _LIKE_ANOTHER.fullmatch(value) else str(value)


def rules(side: Side, reach: Reach) -> dict[str, Item]:
    return {id_: _rule(rule, side.policy, reach) for id_, rule in side.policy.rules.items()}


def _rule(rule: Rule, policy: Policy, reach: Reach) -> Item:
    bearing = reach.rule(rule.id)
    facets = {"when": condition(rule.when, policy, bearing), "title": text(rule.title, policy)}
    if rule.when_undocumented is not None:
        facets["when_undocumented"] = word(OUTCOMES[rule.when_undocumented], bearing)
    facets["kind"] = word(rule.kind, reach.kind(rule.id))
    facets |= words({"urgency": rule.urgency, "topic": rule.topic, "module": rule.module})
    facets |= words({"basis": rule.basis, "relation": rule.relation})
    facets |= {f"says.{status.word}": text(said, policy) for status, said in rule.says.items()}
    if rule.submit:
        facets["submit"] = text(rule.submit, policy)
    facets |= citations(rule.references)
    return Item(rule.id, fill(rule.title, policy), facets, rule.place, rule.module)
