"""How the cases of one policy are drawn: its facts in order, the values of each, and how often each is documented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from harness.model.builtin import BUILT_IN, facts_of
from harness.model.policy import Fact, Policy
from harness.model.values import FactType
from harness.proof.vocabulary import Vocabulary
from harness.sampling.leaning import Leaning, leanings
from harness.sampling.links import Link, links_of
from harness.sampling.numbers import AGE
from harness.sampling.values import Palette, is_since, palette_of

REQUEST_DATE = "request.date"

_DOCUMENTED, _DOCUMENTED_IF_PRESUMED, _DOCUMENTED_TEXT, _DOCUMENTED_BUILT_IN = 0.82, 0.55, 0.6, 0.98


@dataclass(frozen=True, slots=True)
class Drawn:
    """How one fact is drawn. `group` is the first word of its id: what goes together in the record."""

    palette: Palette
    group: str
    rare: bool
    cut: float  # above this normal number it is undocumented
    source: str | None  # the date that gives it, where that is documented

    @property
    def has_range(self) -> bool:
        """Whether it may be known as a range."""
        fact = self.palette.fact
        return fact.type in {FactType.NUMBER, FactType.DATE} and fact.id != AGE


@dataclass(frozen=True, slots=True)
class Plan:
    policy: Policy
    facts: Mapping[str, Drawn]  # but the request date, which every case has
    links: tuple[Link, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.group for one in self.facts.values()))


def plan_of(policy: Policy) -> Plan:
    """The plan of a policy, made of nothing but the policy."""
    facts = {id_: fact for id_, fact in facts_of(policy).items() if id_ != REQUEST_DATE}
    leaning, vocabulary = leanings(policy), Vocabulary.of([policy])
    palettes = {}
    for fact in facts.values():
        since = [leaning[other.id] for other in facts.values() if is_since(other, fact) and other.id in leaning]
        own = _joined(leaning.get(fact.id), since) if fact.type is FactType.DATE else leaning.get(fact.id)
        palettes[fact.id] = palette_of(policy, fact, own or Leaning(rare=False), vocabulary)
    drawn = {id_: _drawn(fact, palettes[id_], leaning.get(id_), facts) for id_, fact in facts.items()}
    return Plan(policy, drawn, tuple(links_of(leaning, palettes)))


def _joined(own: Leaning | None, since: list[Leaning]) -> Leaning:
    """What is asked of a date: of days since it alone, for a day of the calendar says nothing of how long ago it is."""
    constants = [one for leaning in since for one in leaning.constants]
    rare = bool(since) and all(leaning.rare for leaning in since)
    return Leaning(constants, [] if own is None else own.others, rare)


def _drawn(fact: Fact, palette: Palette, leaning: Leaning | None, facts: Mapping[str, Fact]) -> Drawn:
    source = next((day.id for day in facts.values() if is_since(fact, day)), None)
    rare = leaning is not None and leaning.rare
    return Drawn(palette, fact.id.partition(".")[0], rare, NormalDist().inv_cdf(_rate(fact)), source)


def _rate(fact: Fact) -> float:
    if fact.id in BUILT_IN:
        return _DOCUMENTED_BUILT_IN
    if fact.type is FactType.TEXT:
        return _DOCUMENTED_TEXT
    return _DOCUMENTED if fact.presumed is None else _DOCUMENTED_IF_PRESUMED
