"""What a policy discloses of its grounds, of what a published criterion has to disclose: 42 CFR 422.101(b)(6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.model.policy import Kind, Policy, Rule


class Section(StrEnum):
    """What a part belongs to, as the table of `necessity check --disclosure` has it."""

    CRITERIA = "criteria"  # and exceptions: what decides for or against
    OTHER_RULES = "other rules"
    THRESHOLDS = "thresholds"
    EVIDENCE = "summary of evidence"
    RATIONALE = "rationale"


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is asked for: of a rule or parameter, by its id, or of the policy itself.

    `key` is where an author writes it.
    """

    section: Section
    subject: str
    key: str
    met: bool


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The parts asked of one policy version, in the order of its file."""

    parts: tuple[Part, ...]

    @property
    def met(self) -> int:
        return sum(part.met for part in self.parts)

    @property
    def asked(self) -> int:
        return len(self.parts)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means that nothing is missing."""
        return 100 * self.met // self.asked

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.met)

    def whole(self, section: Section) -> tuple[int, int]:
        """Of the rules, parameters or texts of a section: how many disclose all that is asked of them, of how many."""
        subjects = {part.subject: True for part in self.parts if part.section is section}
        for part in self.missing:
            if part.section is section:
                subjects[part.subject] = False
        return sum(subjects.values()), len(subjects)


def completeness(policy: Policy) -> Disclosure:
    """The parts that a policy discloses, of those asked of it."""
    return Disclosure(tuple(_parts(policy)))


def states_relations(policy: Policy) -> bool:
    """Whether there is a text of Medicare for the service: then a rule of the policy itself says how it relates to it.

    The rules of modules do not tell, since a module is shared with services for which there is none.
    """
    return any(rule.relation for rule in policy.rules.values() if rule.module is None)


def _parts(policy: Policy) -> Iterator[Part]:
    yield Part(Section.EVIDENCE, "", "summary_of_evidence", bool(policy.summary_of_evidence))
    yield Part(Section.RATIONALE, "", "rationale", bool(policy.rationale))
    for id_, parameter in policy.parameters.items():
        yield Part(Section.THRESHOLDS, id_, "references", bool(parameter.references))
    related = states_relations(policy)
    for rule in policy.rules.values():
        yield from _parts_of(rule, related=related)


def _parts_of(rule: Rule, *, related: bool) -> Iterator[Part]:
    """A rule that decides has a basis and sources; another needs a basis only where it cites some."""
    decides = rule.kind in {Kind.CRITERION, Kind.EXCEPTION}
    section = Section.CRITERIA if decides else Section.OTHER_RULES
    if decides or rule.references:
        yield Part(section, rule.id, "basis", rule.basis is not None)
    if decides:
        yield Part(section, rule.id, "references", bool(rule.references))
    if rule.kind is Kind.CRITERION and related:
        yield Part(section, rule.id, "relation", rule.relation is not None)
