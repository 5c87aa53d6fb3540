"""Overlays: other values for named policies, laid over what a policy and its modules declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from harness.errors import Mistakes, Place, did_you_mean
from harness.model.builtin import BUILT_IN
from harness.model.condition import All, Condition, RuleStatus, Step, rules_read
from harness.model.policy import Decision, Kind, Overlay, Rule
from harness.model.values import Outcome
from harness.policies.scope import Part, Scope, data
from harness.strict_yaml import Located

DECISION = "decision"
_SPEAK_ALONE = {Kind.CONSIDERATION, Kind.PITFALL}
_BELOW_RULES = ("when_undocumented", "rules")


@dataclass(frozen=True, slots=True)
class Change:
    """What one overlay changes in one policy: its entry for it."""

    overlay: Overlay
    part: Part

    @property
    def content(self) -> dict[str, Any]:
        """What enters the hash of the policy that it makes."""
        return {"overlay": self.overlay.id, **self.part.raw}

    def concerns(self, policy: str, effective: str) -> bool:
        return bool(self.part.raw["policy"] == policy and self.part.raw.get("version", effective) == effective)


def changes_of(located: Located) -> Iterator[Change]:
    """The entries of an overlay file that has the shape of its schema."""
    raw = data(located)
    for number, entry in enumerate(raw["policies"]):
        part = Part(entry, located, ("policies", number))
        overlay = Overlay(
            id=raw["overlay"],
            title=raw["title"].strip(),
            summary=" ".join(raw["summary"].split()),
            line_of_business=raw.get("line_of_business"),
            place=part.place(),
        )
        yield Change(overlay, part)


def check_target(change: Change, versions: Mapping[str, set[str]], mistakes: Mistakes) -> None:
    """That an entry names a policy there is, a version of it there is, and a version for other dates."""
    raw, part = change.part.raw, change.part
    known = versions.get(raw["policy"])
    if known is None:
        message = f"no policy is called `{raw['policy']}`"
        mistakes.add(part.place("policy"), message, did_you_mean(raw["policy"], versions, "see the folder of policies"))
    elif "version" in raw and raw["version"] not in known:
        listed = ", ".join(f"`{one}`" for one in sorted(known))
        message = f"no version of `{raw['policy']}` takes effect on {raw['version']}"
        mistakes.add(part.place("version"), message, f"there are {listed}")
    if "effective" in raw and "version" not in raw:
        mistakes.add(part.place("effective"), "other dates are for one version", "name it by `version:`")


def check_twice(changes: Iterable[Change], mistakes: Mistakes) -> None:
    """That no two entries of an overlay change one version."""
    seen: dict[str, list[Change]] = {}
    for change in changes:
        policy, version = change.part.raw["policy"], change.part.raw.get("version")
        others = (one.part.raw.get("version") for one in seen.get(policy, ()))
        if any(other is None or version is None or other == version for other in others):
            mistakes.add(change.part.place("policy"), f"`{policy}` is changed twice", "write one entry for it")
        seen.setdefault(policy, []).append(change)


def lay_over(scope: Scope, change: Change, mistakes: Mistakes) -> None:
    """Add what an overlay declares to the scope of a policy, and its values for parameters."""
    raw, part = change.part.raw, change.part
    for id_, value in raw.get("parameters", {}).items():
        below = ("parameters", id_)
        if id_ not in scope.parameters:
            message = f"the policy has no parameter `{id_}`"
            mistakes.add(part.key_place(*below), message, did_you_mean(id_, scope.parameters))
        else:
            given = value if isinstance(value, dict) else {"value": value}
            scope.values[id_] = Part(given, part.located, (*part.path, *below))
    for word, kept in (("fact", scope.facts), ("rule", scope.rules)):
        for one in _declared(part, f"{word}s"):
            id_ = one.raw.get("id", one.path[-1]) if word == "rule" else str(one.path[-1])
            if id_ in BUILT_IN:
                mistakes.add(
                    one.own_place, f"every request has `{id_}` already", "leave it out; rules can read it undeclared"
                )
            elif id_ in kept and kept[id_].located is part.located:
                cure = f"the first is at {kept[id_].own_place}; rename or remove one"
                mistakes.add(one.own_place, f"{word} `{id_}` is declared twice", cure)
            elif id_ in kept:
                message = f"{word} `{id_}` is declared by the policy already"
                mistakes.add(one.own_place, message, "an overlay adds, and changes values; give it another id")
            else:
                kept[id_] = one


def _declared(part: Part, section: str) -> Iterator[Part]:
    content = part.raw.get(section, {})
    entries = content.items() if isinstance(content, dict) else enumerate(content)
    for key, raw in entries:
        yield Part(raw, part.located, (*part.path, section, key))


def rules_under(rules: Mapping[str, Rule], change: Change, mistakes: Mistakes) -> dict[str, Rule]:
    """The rules of a policy with those that an overlay adds joined in, and its reading of what is undocumented."""
    found = dict(rules)
    for id_, wanted in change.part.raw.get("when_undocumented", {}).get("rules", {}).items():
        place = change.part.key_place(*_BELOW_RULES, id_)
        if id_ not in found:
            mistakes.add(place, f"rule `{id_}` is not declared", did_you_mean(id_, found))
        elif found[id_].kind is not Kind.CRITERION:
            mistakes.add(place, f"`{id_}` is no criterion", "only a criterion is asked for first")
        else:
            asked = Outcome.MORE_INFORMATION if wanted == "more_information" else None
            found[id_] = replace(found[id_], when_undocumented=asked)
    own = {raw["id"]: number for number, raw in enumerate(change.part.raw.get("rules", []))}
    for id_, target in change.part.raw.get("joins", {}).items():
        if id_ not in own:
            message = f"`{id_}` is no rule of this overlay"
            mistakes.add(change.part.key_place("joins", id_), message, did_you_mean(id_, own))
        elif target != DECISION and (target not in found or target in own):
            message = f"`{target}` is no rule of the policy"
            cure = did_you_mean(target, set(found) - own.keys(), "name a rule of the policy, or `decision`")
            mistakes.add(change.part.place("joins", id_), message, cure)
        elif target != DECISION and id_ in found:
            rule = found[target]
            when, places = _joined(rule.when, rule.places, id_, change.part.place("joins", id_))
            found[target] = replace(rule, when=when, places=places)
    read = {*change.part.raw.get("joins", {}), *(id_ for rule in found.values() for id_ in rules_read(rule.when))}
    for id_, number in own.items():
        if id_ in found and id_ not in read and found[id_].kind not in _SPEAK_ALONE:
            message = f"nothing reads {found[id_].kind} `{id_}`, so that it changes no outcome"
            cure = "name under `joins` what requires it, or let another rule read it"
            mistakes.add(change.part.place("rules", number, "id"), message, cure)
    return found


def decision_under(decision: Decision, rules: Mapping[str, Rule], change: Change) -> Decision:
    """The decision with the criteria that join it, and its own reading of what is undocumented."""
    raw = change.part.raw
    asked = raw.get("when_undocumented", {}).get("decision")
    if asked is not None:
        decision = replace(decision, when_undocumented=Outcome(asked))
    for id_, target in raw.get("joins", {}).items():
        if target == DECISION and id_ in rules:
            place = change.part.place("joins", id_)
            when, places = _joined(decision.necessary_when, decision.places, id_, place)
            decision = replace(decision, necessary_when=when, places=places)
    return decision


def _joined(
    condition: Condition, places: Mapping[Step, Place], rule: str, place: Place
) -> tuple[Condition, dict[Step, Place]]:
    """A condition that a rule is required beside, and where each part of it stands."""
    added = RuleStatus(rule)
    if isinstance(condition, All):
        return All((*condition.items, added)), {**places, (len(condition.items),): place}
    below = {(0, *step): where for step, where in places.items()}
    return All((condition, added)), {(): place, **below, (1,): place}
