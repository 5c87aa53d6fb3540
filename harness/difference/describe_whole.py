"""What a policy has beside parameters, facts and rules, in words: when it runs, what it decides and cites."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.difference.change import Bearing, Facet, Item
from harness.difference.facets import OUTCOMES, Facets, condition, listed, text, word, words
from harness.difference.side import Side
from harness.model.condition import Condition
from harness.model.policy import Always, Monotone, Never, Policy, Property, Reference
from harness.model.values import Outcome
from harness.model.wording import date_words


def policy_keys(side: Side, other: Side) -> dict[str, Item]:
    """The keys at the top of the file, each a part of its own."""
    policy = side.policy
    runs: dict[str, object] = {
        "policy": policy.id,
        "effective.from": date_words(policy.effective),
        "effective.until": date_words(policy.until) if policy.until else None,
    }
    facets = words(runs, Bearing.RUNS)
    # A draft never runs; one that is retired runs up to its last day, as an active one does.
    facets["status"] = replace(word(policy.status, Bearing.RUNS), sense=policy.status == "draft")
    facets |= {f"applies_to.{codes.system}": listed(codes.codes, Bearing.RUNS) for codes in policy.applies_to}
    facets |= {"title": text(policy.title), "summary": text(policy.summary), **words(_approval(policy))}
    facets |= words({"medicare_criteria": "established" if policy.medicare_established else None})
    evidence = {"summary_of_evidence": policy.summary_of_evidence, "rationale": policy.rationale}
    facets |= {key: text(whole) for key, whole in evidence.items() if whole}
    facets["order of rules"] = _order(list(policy.rules), list(other.policy.rules))
    facets["order of topics"] = _order([t.id for t in policy.topics], [t.id for t in other.policy.topics])
    return {key: Item(key, "", {key: facet}, policy.place) for key, facet in facets.items()}


def _approval(policy: Policy) -> dict[str, object]:
    approval = policy.approval
    if approval is None:
        return {}
    review = date_words(approval.next_review) if approval.next_review else None
    return {"approval.body": approval.body, "approval.date": date_words(approval.date), "approval.next_review": review}


def _order(ids: Sequence[str], others: Sequence[str]) -> Facet:
    """The order of what both sides have, as far as it differs."""
    both = set(ids) & set(others)
    mine, theirs = ([one for one in some if one in both] for some in (ids, others))
    moved = [number for number, (here, there) in enumerate(zip(mine, theirs, strict=True)) if here != there]
    return listed(mine[moved[0] : moved[-1] + 1] if moved else ())


def decision(side: Side) -> dict[str, Item]:
    policy, made = side.policy, side.policy.decision
    facets = {
        "necessary_when": condition(made.necessary_when, policy, Bearing.DECIDES),
        "when_undocumented": word(OUTCOMES[made.when_undocumented], Bearing.DECIDES),
    }
    facets |= {f"says.{outcome}": text(said, policy) for outcome, said in made.says.items()}
    return {"decision": Item("decision", "", facets, made.place)}


def properties(side: Side) -> dict[str, Item]:
    return {one.id: Item(one.id, one.title, _claim(one, side.policy), one.place) for one in side.policy.properties}


def _claim(one: Property, policy: Policy) -> Facets:
    facets = {"title": text(one.title)}
    match one.claim:
        case Monotone(fact, toward):
            return facets | {"monotone": word(f"{fact} toward {toward}")}
        case Always(when, then):
            return facets | _said("always", when, then, policy)
        case Never(when, then):
            return facets | _said("never", when, then, policy)


def _said(claim: str, when: Condition, then: Outcome | Condition, policy: Policy) -> Facets:
    held = word(OUTCOMES[then]) if isinstance(then, Outcome) else condition(then, policy, Bearing.SAYS)
    return {f"{claim}.when": condition(when, policy, Bearing.SAYS), f"{claim}.then": held}


def topics(side: Side) -> dict[str, Item]:
    found = side.policy.topics
    return {t.id: Item(t.id, t.title, {"title": word(t.title)}, t.place, side.shelf.module_of(t.place)) for t in found}


def references(side: Side) -> dict[str, Item]:
    """The entries of the bibliography that the policy cites."""
    return {id_: _entry(reference) for id_, reference in side.policy.references.items()}


def _entry(reference: Reference) -> Item:
    fields = {key: _text(value) for key, value in reference.csl.items() if key != "id"}
    facets = words({"status": reference.status, "verified": reference.verified, "note": reference.note, **fields})
    return Item(reference.id, str(reference.csl.get("title", "")), facets, reference.place)


def _text(value: object) -> str:
    match value:
        case {"date-parts": [parts]}:
            return "-".join(f"{part:02}" for part in parts)
        case {"literal": str() as name}:
            return name
        case {"family": str() as family, **rest}:
            return " ".join((family, *map(str, rest.values())))
        case list():
            return ", ".join(map(_text, value))
        case Mapping():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        case _:
            return str(value)
