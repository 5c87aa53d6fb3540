"""A case file -> Case: its shape, then documents, services, statements, episodes, and last the facts by policy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from harness import schema
from harness.cases.episodes import EpisodeReader, Readable
from harness.cases.evidence import Documents
from harness.cases.facts import FactReader, Stated
from harness.cases.nodes import Dates, Node
from harness.cases.request import Readings, patient_facts, request_facts
from harness.cases.services import policy_of
from harness.cases.statements import Statement, statements
from harness.errors import Mistakes, did_you_mean
from harness.model.builtin import BUILT_IN
from harness.model.case import Case, Request
from harness.model.policy import Policies, Policy
from harness.strict_yaml import Located, read_yaml

_MOST_FACTS = 1000  # the schema has told of more
_HOPELESS = 100  # mistakes of shape in one file; beyond them its meaning is not looked at, since that takes time


def read_case(path: str | os.PathLike[str], policies: Policies) -> Case:
    """A case read from a YAML file, its facts as the policy version in force for each service reads them.

    Documents lie in the file's folder, and every quote of one that has a text file must occur in it. Lengths are held
    in days or in calendar months, dates as ordinals (`harness.model.values`). No clock is read: all counts from the
    request date.

    Raises BadInputError with every mistake of the file at once; but for the nearest passage to a quote that does not
    occur, no message holds health data beyond ids.
    """
    file, shown, mistakes = Path(path), os.fspath(path), Mistakes()
    located = read_yaml(file, shown, file.parent, mistakes, private=True)
    case = None if located is None else case_of(located, file.parent, policies, mistakes)
    mistakes.raise_any()
    assert case is not None  # only a case that could not be read is none, and that is noted
    return case


def case_of(
    located: Located, folder: Path, policies: Policies, mistakes: Mistakes, *, of_test: bool = False
) -> Case | None:
    """As `read_case`, of content that is already at hand; `folder` is where its documents lie.

    `of_test` says that it is a test of a policy, held to its schema where it was written, and that either may be
    mistaken about what an episode is called. None when there is no saying what the case is; anything
    wrong in it goes to `mistakes`.
    """
    before = len(mistakes)
    if not of_test and (other := _what_else(located)) is not None:
        mistakes.add(located.place(()), f"the file is {other}, not a case", "name a file that begins with `case:`")
        return None
    if not of_test:
        schema.check(located, "case", mistakes, private=True)
    if len(mistakes) - before > _HOPELESS:
        return None
    told = {mistake.place for mistake in mistakes}
    root, meaning = Node.root(located), Mistakes()
    request = root.get("request")
    on = Dates(None, meaning).read(request.get("date"), "the request") if request is not None else None
    case = _case(root, Documents(Dates(on, meaning), folder), policies, of_test=of_test)
    # What the shape has told, its meaning would only repeat.
    mistakes.extend(mistake for mistake in meaning if mistake.place not in told)
    return case


# What a file is that is no case, by keys that it has and a case has not.
_ELSE = {
    ("policy", "rules"): "a policy",
    ("policy", "tests"): "the tests of a policy",
    ("module", "rules"): "a module of policies",
    ("overlay", "policies"): "an overlay",
    ("references",): "the bibliography of policies",
}


def _what_else(located: Located) -> str | None:
    """What a file is that is no case at all, but something else that is known."""
    keys = located.data.keys() if isinstance(located.data, dict) else set()
    found = next((what for wanted, what in _ELSE.items() if keys >= set(wanted)), None)
    return None if "case" in keys else found


def _case(root: Node, documents: Documents, policies: Policies, *, of_test: bool) -> Case | None:
    """The case as far as it can be read; what is wrong in it goes to the mistakes of `documents`."""
    on, mistakes = documents.dates.request, documents.mistakes
    for node in root.entries("documents"):
        documents.declare(node)
    request = root.get("request")
    services = [] if request is None else list(request.entries("services"))
    found = [None if on is None else policy_of(service, policies, on, mistakes) for service in services]
    known, complete = [policy for policy in found if policy is not None], bool(found) and None not in found
    everywhere = _stated(root, documents, known, complete=complete)
    of_service = [
        _stated(service, documents, _just(policy), complete=policy is not None)
        for service, policy in zip(services, found, strict=True)
    ]
    episode_reader = EpisodeReader(Readable.of(known, complete=complete), documents, of_test=of_test)
    episodes = tuple(episode_reader.read(n, node) for n, node in enumerate(root.entries("episodes")))
    patient = patient_facts(root, documents.dates)
    documents.check_quotes()
    if on is None:
        return None
    facts = FactReader(documents, episodes, on)
    requests = tuple(
        _request(service, policy, facts.read(policy, {**request_facts(service, on), **patient}, everywhere, stated))
        for service, policy, stated in zip(services, found, of_service, strict=True)
        if policy is not None
    )
    return Case(root.text("case"), root.text("title"), on, requests, episodes, documents.declared)


def _just(policy: Policy | None) -> Sequence[Policy]:
    return () if policy is None else (policy,)


def _request(service: Node, policy: Policy, facts: Readings) -> Request:
    return Request(
        policy=policy.id,
        description=service.text("description"),
        level=service.text("level") or None,
        side=service.text("side") or None,
        setting=service.text("setting") or None,
        facts=facts,
        place=service.place,
    )


def _stated(holder: Node, documents: Documents, policies: Sequence[Policy], *, complete: bool) -> Stated:
    """The statements under a `facts` key, by fact.

    With `complete` the policies are all that will read them, so that a fact which none of them knows is a mistake.
    """
    known = {fact for policy in policies for fact in policy.facts if fact not in BUILT_IN}
    stated: dict[str, tuple[Statement, ...]] = {}
    for node in islice(holder.entries("facts"), _MOST_FACTS):
        if node.name in BUILT_IN:
            owner, _, key = node.name.partition(".")
            source = owner if owner == "patient" or key == "date" else "requested service"
            message = f"`{node.name}` does not belong under `facts`"
            documents.mistakes.add(node.key_place, message, f"write it as `{key}` of the {source}")
        elif complete and node.name not in known:
            message = f"no policy requested here reads a fact `{node.name}`"
            documents.mistakes.add(node.key_place, message, did_you_mean(node.name, known, _declared_by(policies)))
        stated[node.name] = statements(node, documents)
    return stated


def _declared_by(policies: Iterable[Policy]) -> str:
    names = " and ".join(sorted({f"`{policy.id}`" for policy in policies}))
    return f"see the facts of {names}, or leave it out"
