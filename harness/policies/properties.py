"""Properties from YAML: what an author says is true of every possible case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import Mistakes
from harness.model.condition import Condition
from harness.model.policy import Always, Fact, Monotone, Never, Property, Toward
from harness.model.values import FactType, Outcome
from harness.policies.conditions import Below, ConditionReader
from harness.policies.scope import Part

_TOWARD = {
    FactType.NUMBER: (Toward.MORE, Toward.LESS),
    FactType.DATE: (Toward.MORE, Toward.LESS),
    FactType.BOOLEAN: (Toward.TRUE, Toward.FALSE),
}


@dataclass(frozen=True, slots=True)
class PropertyReader:
    conditions: ConditionReader
    facts: Mapping[str, Fact]
    mistakes: Mistakes

    def read(self, whole: Part) -> tuple[Property, ...]:
        """The properties of a policy; what is wrong with one is noted, and it is left out."""
        found: dict[str, Property] = {}
        for number, raw in enumerate(whole.raw.get("properties", [])):
            below: Below = ("properties", number)
            place = whole.place(*below)
            if raw["id"] in found:
                first = found[raw["id"]].place
                message = f"property `{raw['id']}` is declared twice"
                self.mistakes.add(whole.place(*below, "id"), message, f"the first is at {first}; rename or remove one")
                continue
            claim = self._claim(raw, whole, below)
            if claim is not None:
                found[raw["id"]] = Property(raw["id"], raw["title"].strip(), claim, place)
        return tuple(found.values())

    def _claim(self, raw: Mapping[str, Any], whole: Part, below: Below) -> Monotone | Always | Never | None:
        # Conditions of a property name the property in their messages, as those of a rule name the rule.
        part = Part({**whole.raw, "kind": "property", "id": raw["id"]}, whole.located, whole.path)
        if "monotone" in raw:
            return self._monotone(raw["monotone"], part, (*below, "monotone"))
        word = "always" if "always" in raw else "never"
        said, at = raw[word], (*below, word)
        when = self.conditions.read(said["when"], part, (*at, "when"))
        then = self._then(said.get("then", Outcome.MEDICALLY_NECESSARY.value), part, (*at, "then"))
        if when is None or then is None:
            return None
        return Always(when, then) if word == "always" else Never(when, then)

    def _then(self, raw: Any, part: Part, below: Below) -> Outcome | Condition | None:
        return Outcome(raw) if isinstance(raw, str) else self.conditions.read(raw, part, below)

    def _monotone(self, raw: Mapping[str, Any], whole: Part, below: Below) -> Monotone | None:
        fact, toward = self.conditions.fact(raw["fact"], whole, (*below, "fact")), str(raw["toward"]).lower()
        if fact is None:
            return None
        able = _TOWARD.get(fact.type, ())
        if toward in able:
            return Monotone(fact.id, Toward(toward))
        words = " or ".join(f"`{one}`" for one in able)
        message = f"a {fact.type} does not move toward `{toward}`, and `{fact.id}` is one"
        cure = f"for a {fact.type} write {words}" if able else "name a number, a date or a boolean; or write `always`"
        self.mistakes.add(whole.place(*below, "toward"), message, cure)
        return None
