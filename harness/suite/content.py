"""What a test gives -> Case, by the reader of cases, so that a test is held to all that a case is held to.

A fact that is measured may be given as well. Given beside the records, the two must agree, as in a case. Given later
(in a test, with the records in its fixture), the value stands, or `undocumented` does, and the records do not count for
that fact; the case is then read a second time without the records, and such facts are taken from there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from harness import schema
from harness.cases import case_of
from harness.errors import Mistakes, Place
from harness.model.builtin import BUILT_IN
from harness.model.case import Case
from harness.model.policy import Policies, Policy
from harness.strict_yaml import Json
from harness.suite.merge import Content, Draft, Written

DATE = "request.date"  # a fact of every request, and written as `request_date`

_RIGHT: set[str] = set()  # what requests and patients have been found to have the right shape; most tests share one

_SERVICE = ("request", "services", 0)
_OF_THE_REQUEST = {
    **{f"request.{key}": (*_SERVICE, key) for key in ("level", "side", "setting")},
    **{f"patient.{key}": ("patient", key) for key in ("age", "sex")},
}


@dataclass(frozen=True, slots=True)
class Described:
    """One test, or one row of its table, as its file describes it."""

    name: str
    place: Place
    date: str
    date_place: Place
    content: Content
    policy: Policy


def case_of_test(test: Described, policies: Policies, mistakes: Mistakes) -> Case | None:
    """The case that a test describes; None with the mistakes noted when it cannot be read."""
    alone = _standing_alone(test.content, test.policy)
    only = Policies({test.policy.id: (replace(test.policy, status="active"),)}, policies.folder)
    content = test.content
    told, already = Mistakes(), {mistake.place for mistake in mistakes}
    stated = {fact: written for fact, written in content.facts.items() if fact not in alone}
    case = _read(test, stated, content.episodes, only, told)
    if alone and case is not None:
        sources = {_source(test.policy, fact) for fact in alone}
        stated = {fact: written for fact, written in content.facts.items() if fact not in sources}
        by_itself = _read(test, stated, None, only, told)
        if by_itself is not None:
            facts = by_itself.services[0].facts
            request = case.services[0]
            mixed = {fact: facts[fact] if fact in alone else held for fact, held in request.facts.items()}
            case = replace(case, services=(replace(request, facts=mixed),))
    mistakes.extend(mistake for mistake in told if mistake.place not in already)
    return None if told else case


def _read(
    test: Described, stated: Mapping[str, Written], episodes: Written | None, policies: Policies, mistakes: Mistakes
) -> Case | None:
    source = test.content.located
    draft = Draft(source.file, test.place)

    def put(path: tuple[str | int, ...], value: Json, place: Place = test.place) -> None:
        draft.put(path, value, place)

    put(("case",), f"line-{test.place.line}")
    if test.name:
        put(("title",), test.name[:200])
    put(("request", "date"), test.date, test.date_place)
    put((*_SERVICE, "policy"), test.policy.id)
    documented = {fact: written for fact, written in stated.items() if not test.content.is_undocumented(fact)}
    for fact in [fact for fact in documented if fact in _OF_THE_REQUEST]:
        draft.take(_OF_THE_REQUEST[fact], source, documented.pop(fact))
    # The facts and episodes have been held to the same schema where they were written, once and not test by test.
    head = json.dumps([draft.data["request"], draft.data.get("patient")], default=str)
    if head not in _RIGHT:
        before = len(mistakes)
        schema.check(draft.located(), "case", mistakes, private=True)
        if len(mistakes) == before:
            _RIGHT.add(head)
    for fact, written in documented.items():
        draft.take(("facts", fact), source, written)
    if episodes is not None:
        draft.take(("episodes",), source, episodes)
    return case_of(draft.located(), Path(source.file).parent, policies, mistakes, of_test=True)


def _standing_alone(content: Content, policy: Policy) -> set[str]:
    """The measured facts that are given where the records, or the date, they would be measured from do not count."""
    alone = set()
    for fact, written in content.facts.items():
        declared = policy.facts.get(fact)
        if declared is None or declared.measure is None or fact in BUILT_IN:
            continue
        source = content.facts.get(declared.measure.date_fact or "") if declared.measure.date_fact else content.episodes
        if source is not None and written.layer > source.layer:
            alone.add(fact)
    return alone


def _source(policy: Policy, fact: str) -> str | None:
    measure = policy.facts[fact].measure
    return None if measure is None else measure.date_fact
