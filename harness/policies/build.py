"""One policy file, with the modules it uses, into the model; its meaning is checked on the way."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from harness.errors import Mistake, Mistakes, Place, did_you_mean, with_article
from harness.model.builtin import BUILT_IN
from harness.model.codes import code_help, is_code
from harness.model.condition import Condition, RuleStatus, children, rules_read
from harness.model.policy import (
    Approval,
    Codes,
    Decision,
    Fact,
    Kind,
    Parameter,
    Policy,
    Reference,
    Rule,
    Topic,
    Urgency,
)
from harness.model.values import Outcome, Status
from harness.policies.conditions import ConditionReader, places_of
from harness.policies.facts import read_fact
from harness.policies.overlays import Change, decision_under, lay_over, rules_under
from harness.policies.parameters import check_parameter, parameter
from harness.policies.properties import PropertyReader
from harness.policies.references import citations
from harness.policies.scope import ALONE, Part, Scope, data, read_date, scope_of
from harness.strict_yaml import Located

MOST_DEEP = 200

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SPEAKS_WHEN_MET = {Kind.EXCEPTION, Kind.CONSIDERATION, Kind.PITFALL}


class Builder:
    """Builds the model of one file; `module` alone may be checked the same way, without a decision."""

    def __init__(
        self,
        located: Located,
        modules: Mapping[str, Located | None],
        references: Mapping[str, Reference] | None,
        mistakes: Mistakes,
        lost: AbstractSet[str] = frozenset(),
        change: Change | None = None,
    ) -> None:
        """`lost` are the ids whose declaration has the wrong shape; that they are missing is no news.

        `change` is what an overlay changes.
        """
        self.located = located
        self.modules = modules
        self.known = references
        self.lost = set(lost)
        self.mistakes = Mistakes()
        self._all_mistakes = mistakes
        self.change = change
        self.scope: Scope = scope_of(located, modules, self.mistakes)
        if change is not None:
            lay_over(self.scope, change, self.mistakes)
        read = {id_: self._parameter(id_, part) for id_, part in self.scope.parameters.items()}
        self.parameters = {id_: one for id_, one in read.items() if one is not None}
        self.lost |= read.keys() - self.parameters.keys()
        self.facts: dict[str, Fact] = dict(BUILT_IN)
        for id_, part in self.scope.facts.items():
            self.facts[id_] = read_fact(id_, part, self.scope, self.parameters, self.mistakes)
        self.conditions = ConditionReader(
            self.facts, self.parameters, self.scope.rules, self.mistakes, self.scope.parameters | self.scope.values
        )
        self.rules = {id_: rule for id_, part in self.scope.rules.items() if (rule := self._rule(part)) is not None}
        if change is not None:
            self.rules = rules_under(self.rules, change, self.mistakes)

    def finish(self) -> bool:
        """Hand on what was found wrong; whether nothing was."""
        told = {mistake.place for mistake in self._all_mistakes}
        self._all_mistakes.extend(m for m in self.mistakes if m.place not in told and not self._no_news(m))
        return not self.mistakes and self.scope.complete and not self.lost

    def _no_news(self, mistake: Mistake) -> bool:
        """Whether a name is only unknown because what declares it is broken, which has been told."""
        unknown = mistake.message.endswith(("is not declared", "names nothing"))
        names = set(re.findall(r"`\{?([^`{}]*)\}?`", mistake.message))
        return unknown and (not self.scope.complete or bool(names & self.lost))

    def policy(self) -> Policy | None:
        """The policy; None, with every mistake noted, when something is wrong with it."""
        raw = data(self.located)
        if not raw.keys() >= ALONE:
            self._order()
            self.finish()
            return None
        whole = Part(raw, self.located, ())
        dated = self.change.part if self.change is not None and "effective" in self.change.part.raw else whole
        effective = read_date(dated.raw["effective"]["from"], dated.place("effective", "from"), self.mistakes)
        until = self._until(dated, effective)
        decision = self._decision(raw["decision"])
        if decision is not None and self.change is not None:
            decision = decision_under(decision, self.rules, self.change)
        properties = PropertyReader(self.conditions, self.facts, self.mistakes).read(whole)
        order = self._order()
        if order is not None:
            self._check_depth(order)
        approval = self._approval(whole)
        self._check_codes(whole)
        if not self.finish() or self.known is None or effective is None or decision is None or order is None:
            return None
        cited = self._cited(self.known)
        return Policy(
            id=raw["policy"],
            title=raw["title"].strip(),
            summary=" ".join(raw["summary"].split()),
            status=raw["status"],
            effective=effective,
            until=until,
            approval=approval,
            applies_to=tuple(Codes(c["system"], tuple(c["codes"])) for c in raw.get("applies_to", [])),
            topics=tuple(Topic(id_, part.raw["title"], part.own_place) for id_, part in self.scope.topics.items()),
            parameters=self.parameters,
            facts=self.facts,
            rules=self.rules,
            order=order,
            decision=decision,
            references=cited,
            hash=self._hash(cited),
            place=self.located.place(()),
            properties=properties,
            medicare_established=raw.get("medicare_criteria") == "established",
            overlay=None if self.change is None else self.change.overlay,
            summary_of_evidence=" ".join(raw.get("summary_of_evidence", "").split()),
            rationale=" ".join(raw.get("rationale", "").split()),
        )

    def _parameter(self, id_: str, part: Part) -> Parameter | None:
        given = self.scope.values.get(id_)
        right = check_parameter(id_, part, given, self.mistakes)
        holder = given if given is not None and "references" in given.raw else part
        cited = citations(
            holder.located, (*holder.path, "references"), holder.raw.get("references", []), self.known, self.mistakes
        )
        return parameter(id_, part, given, cited) if right else None

    def _rule(self, part: Part) -> Rule | None:
        raw = part.raw
        kind = Kind(raw["kind"])
        self._check_rule(part, kind)
        when = self.conditions.read(raw["when"], part, ("when",))
        says = {Status.of(word): text.strip() for word, text in raw.get("says", {}).items()}
        for word in raw.get("says", {}):
            self._check_placeholders(part, ("says", word), facts=True)
        for key in ("title", "submit"):
            if key in raw:
                self._check_placeholders(part, (key,), facts=False)
        cited = citations(
            part.located, (*part.path, "references"), raw.get("references", []), self.known, self.mistakes
        )
        if when is None:
            return None
        asked = raw.get("when_undocumented")
        return Rule(
            id=raw["id"],
            kind=kind,
            topic=raw.get("topic"),
            title=raw["title"].strip(),
            says=says,
            submit=raw.get("submit", "").strip(),
            references=cited,
            when=when,
            place=part.own_place,
            places=dict(places_of(raw["when"], part, ("when",))),
            module=part.module,
            urgency=Urgency(raw["urgency"]) if "urgency" in raw else None,
            when_undocumented=Outcome(asked) if asked else None,
            basis=raw.get("basis"),
            relation=raw.get("relation"),
        )

    def _check_rule(self, part: Part, kind: Kind) -> None:
        raw = part.raw
        if "topic" in raw and raw["topic"] not in self.scope.topics:
            help_ = did_you_mean(raw["topic"], self.scope.topics, "declare it under `topics`")
            self.mistakes.add(part.place("topic"), f"topic `{raw['topic']}` is not declared", help_)
        if "urgency" in raw and kind not in _SPEAKS_WHEN_MET:
            self.mistakes.add(part.place("urgency"), f"{with_article(kind)} has no urgency", "leave it out")
        if "when_undocumented" in raw and kind is not Kind.CRITERION:
            message = f"`when_undocumented` is for a criterion, and `{raw['id']}` is {with_article(kind)}"
            self.mistakes.add(part.place("when_undocumented"), message, "leave it out")

    def _check_placeholders(self, part: Part, below: tuple[str, ...], *, facts: bool) -> None:
        text: Any = part.raw
        for key in below:
            text = text[key]
        known = {*self.parameters, *(self.facts if facts else ())}
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                only = "a parameter or a fact" if facts else "a parameter"
                help_ = did_you_mean(name, known, f"name {only} of this policy")
                wrong = "is a fact, and only parameters can stand here" if name in self.facts else "names nothing"
                self.mistakes.add(part.place(*below), f"`{{{name}}}` {wrong}", help_)
        if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
            self.mistakes.add(part.place(*below), "a brace stands alone", "braces hold the id of a parameter or fact")

    def _decision(self, raw: dict[str, Any]) -> Decision | None:
        part = Part(raw, self.located, ("decision",))
        for word in raw.get("says", {}):
            self._check_placeholders(part, ("says", word), facts=True)
        condition = self.conditions.read(raw["necessary_when"], part, ("necessary_when",))
        if condition is None:
            return None
        return Decision(
            says={Outcome(word): text.strip() for word, text in raw.get("says", {}).items()},
            when_undocumented=Outcome(raw.get("when_undocumented", Outcome.MORE_INFORMATION)),
            necessary_when=condition,
            place=part.own_place,
            places=dict(places_of(raw["necessary_when"], part, ("necessary_when",))),
        )

    def _order(self) -> tuple[str, ...] | None:
        """The rules, each behind those it reads; None, with the circle shown, when there is no such order."""
        done: dict[str, None] = {}
        circles: set[frozenset[str]] = set()
        reads = {id_: [r for r in rules_read(rule.when) if r in self.rules] for id_, rule in self.rules.items()}
        for start in self.rules:
            # An explicit stack: a chain of rules may be longer than Python's own.
            path = [(start, iter(reads[start]))] if start not in done else []
            while path:
                rule, rest = path[-1]
                follows = next((one for one in rest if one not in done), None)
                names = [name for name, _ in path]
                if follows is None:
                    done[rule] = None
                    path.pop()
                elif follows in names:
                    self._circle([*names[names.index(follows) :], follows], circles)
                else:
                    path.append((follows, iter(reads[follows])))
        return None if circles else tuple(done)

    def _check_depth(self, order: tuple[str, ...]) -> None:
        """Every face of the project walks from the decision down to the facts; how far must be bounded."""
        deep: dict[str, int] = {}
        for id_ in order:
            deep[id_] = depth_of(self.rules[id_].when, deep)
            if deep[id_] > MOST_DEEP:
                message = f"rule `{id_}` stands on a chain of rules more than {MOST_DEEP} conditions deep"
                self.mistakes.add(self.rules[id_].place, message, "let it read facts, or rules nearer to them")
                return

    def _circle(self, names: list[str], told: set[frozenset[str]]) -> None:
        if frozenset(names) not in told:
            told.add(frozenset(names))
            path = " -> ".join(f"`{name}`" for name in names)
            place = self.rules[names[0]].place
            self.mistakes.add(place, f"rules read each other in a circle: {path}", "let one of them read facts only")

    def _until(self, whole: Part, effective: date | None) -> date | None:
        raw = whole.raw["effective"]
        if "until" not in raw:
            return None
        place = whole.place("effective", "until")
        until = read_date(raw["until"], place, self.mistakes)
        if until is not None and effective is not None and until < effective:
            self.mistakes.add(place, "the policy ends before it begins", "write a date on or after `from`")
        return until

    def _approval(self, whole: Part) -> Approval | None:
        raw = whole.raw.get("approval")
        if raw is None:
            return None
        when = read_date(raw["date"], whole.place("approval", "date"), self.mistakes)
        review = None
        if "next_review" in raw:
            review = read_date(raw["next_review"], whole.place("approval", "next_review"), self.mistakes)
        return None if when is None else Approval(raw["body"], when, review)

    def _check_codes(self, whole: Part) -> None:
        seen: dict[tuple[str, str], Place] = {}
        for number, entry in enumerate(whole.raw.get("applies_to", [])):
            for index, code in enumerate(entry["codes"]):
                place, system = whole.place("applies_to", number, "codes", index), entry["system"]
                first = seen.setdefault((system, code), place)
                if first != place:
                    self.mistakes.add(place, f"code `{code}` is listed twice", f"the first is at {first}; keep one")
                elif not is_code(code, system):  # no request could ever name the policy by it
                    self.mistakes.add(place, f"`{code}` is not a code of {system}", code_help(code, system))
        for number, revision in enumerate(whole.raw.get("revisions", [])):
            read_date(revision["date"], whole.place("revisions", number, "date"), self.mistakes)

    def _cited(self, known: Mapping[str, Reference]) -> dict[str, Reference]:
        cites = [c.cite for rule in self.rules.values() for c in rule.references]
        cites += [c.cite for p in self.parameters.values() for c in p.references]
        return {cite: known[cite] for cite in dict.fromkeys(cites)}

    def _hash(self, cited: Mapping[str, Reference]) -> str:
        """SHA-256 over what decides and what is cited; comments, key order, revisions and properties do not count."""
        policy = {key: value for key, value in data(self.located).items() if key not in {"revisions", "properties"}}
        used = {
            use["module"]: data(module) for use in policy.get("uses", []) if (module := self.modules[use["module"]])
        }
        sources = {id_: [ref.csl, ref.status, ref.verified, ref.note] for id_, ref in cited.items()}
        content = {"policy": policy, "modules": used, "references": sources}
        if self.change is not None:
            content["overlay"] = self.change.content
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_exact)
        return hashlib.sha256(canonical.encode()).hexdigest()


def depth_of(condition: Condition, rules: Mapping[str, int]) -> int:
    """How many conditions stand above each other down to a fact; `rules` has that of each rule that is read."""
    if isinstance(condition, RuleStatus):
        return 1 + rules.get(condition.rule, 0)
    return 1 + max((depth_of(child, rules) for child in children(condition)), default=0)


def _exact(number: object) -> dict[str, str]:
    """A decimal in canonical content, told apart from a text of the same letters."""
    return {"decimal": str(number)}
