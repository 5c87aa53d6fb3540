"""The episodes of a case, checked against what the measures of the requested policies read of them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from harness.cases.evidence import Documents
from harness.cases.measures import Attribute, same_attribute
from harness.cases.nodes import Dates, Node
from harness.cases.statements import interval_of, kind_of
from harness.errors import Mistakes, did_you_mean
from harness.model.case import Episode
from harness.model.policy import Fact, Policy
from harness.model.values import Interval

_NEAR = 0.8  # as alike as a slip of the finger leaves two names; a name less alike is information of its own


@dataclass(frozen=True, slots=True)
class Readable:
    """The kinds of episode that measures read: for each, the attributes they ask for and how those are written."""

    kinds: Mapping[str, Mapping[str, frozenset[str]]]
    words: Mapping[str, frozenset[str]]  # for each attribute, the words that a measure looks for
    complete: bool  # whether every requested policy is known, so that another kind is a mistake
    facts: Mapping[str, Fact]  # for each kind, and each attribute of a kind, the first fact that reads it

    @classmethod
    def of(cls, policies: Iterable[Policy], *, complete: bool) -> Readable:
        kinds: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        words: dict[str, frozenset[str]] = {}
        facts: dict[str, Fact] = {}
        measured = (fact for policy in policies for fact in policy.facts.values())
        for fact, measure in ((fact, fact.measure) for fact in measured if fact.measure is not None):
            for kind in measure.episodes:
                attributes = kinds[kind]
                facts.setdefault(kind, fact)
                for name, values in measure.where.items():
                    facts.setdefault(f"{kind}.{name}", fact)
                    attributes[name] = attributes.get(name, frozenset()) | {kind_of(value) for value in values}
                    texts = {value for value in values if isinstance(value, str)}
                    words[name] = words.get(name, frozenset()) | texts
        return cls(kinds, words, complete, facts)


_SHORTEST_SLIP = 5  # in letters: of shorter words (`L4`, `L5`) the neighbour is another word, not a slip


def one_slip(word: str, other: str) -> bool:
    """Whether two longer words without digits differ by one letter: added, left out, changed, or swapped with the next.

    `NSAIDs` for `NSAID`; never one level, side or dose for another.
    """
    if max(len(word), len(other)) <= _SHORTEST_SLIP or any(letter.isdigit() for letter in word + other):
        return False
    same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, others = word[same:], other[same:]
    return (
        rest[1:] == others
        or rest == others[1:]
        or rest[1:] == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )


@dataclass(frozen=True, slots=True)
class EpisodeReader:
    readable: Readable
    documents: Documents
    of_test: bool = False  # of a policy's own test, whose author may as well have misspelt the policy

    @property
    def dates(self) -> Dates:
        return self.documents.dates

    @property
    def mistakes(self) -> Mistakes:
        return self.documents.mistakes

    def read(self, number: int, node: Node) -> Episode:
        """One entry of `episodes`; what is wrong in it is told and left out."""
        self._check_kind(node)
        start = self.dates.read(node.get("start"), "`start`")
        end = self.dates.read(node.get("end"), "`end`")
        if start is not None and end is not None and end < start:
            place = node.located.place((*node.path, "end"))
            self.mistakes.add(place, "`end` is before `start`", "write the first day as `start`, the last as `end`")
        return Episode(
            number=number,
            kind=node.text("kind"),
            start=start,
            end=end,
            sessions=self._sessions(node.get("sessions")),
            attributes=self._attributes(node),
            outcome=node.text("outcome").strip(),
            evidence=self.documents.evidence(node.get("evidence")),
            place=node.place,
        )

    def _check_kind(self, node: Node) -> None:
        kind, kinds = node.get("kind"), self.readable.kinds
        if not self.readable.complete or kind is None or not isinstance(kind.data, str) or kind.data in kinds:
            return
        known = ", ".join(f"`{one}`" for one in sorted(kinds))
        otherwise = f"the kinds are {known}" if known else "they measure nothing over episodes; leave it out"
        message = f"no policy requested here reads episodes of kind `{kind.data}`"
        near = difflib.get_close_matches(kind.data, sorted(kinds), n=1) if self.of_test else []
        cure = self._read_by(near[0], near[0]) if near else did_you_mean(kind.data, kinds, otherwise)
        self.mistakes.add(kind.place, message, cure)

    def _read_by(self, meant: str, key: str) -> str:
        """The help for a name that is nearly one that a policy reads."""
        fact = self.readable.facts[key]
        both = f"fact `{fact.id}` reads `{meant}` ({fact.place}); one of the two is misspelt"
        return both if self.of_test else f"did you mean `{meant}`?"

    def _sessions(self, node: Node | None) -> Interval | None:
        def bound(one: Node) -> Decimal | None:
            if isinstance(one.data, int) and not isinstance(one.data, bool) and one.data >= 0:
                return Decimal(one.data)
            self.mistakes.add(one.place, "`sessions` is not a whole number", "write how many, or a range of them")
            return None

        return None if node is None else interval_of(node, "`sessions`", bound, self.mistakes)

    def _attributes(self, node: Node) -> Mapping[str, Attribute]:
        read = self.readable.kinds.get(node.text("kind"), {})
        attributes: dict[str, Attribute] = {}
        for entry in node.entries("attributes"):
            self._check_attribute(entry, read, node.text("kind"))
            if isinstance(entry.data, int) and not isinstance(entry.data, bool):
                attributes[entry.name] = Decimal(entry.data)
            elif isinstance(entry.data, bool | Decimal | str):
                attributes[entry.name] = entry.data
        return attributes

    def _check_attribute(self, entry: Node, read: Mapping[str, frozenset[str]], kind: str) -> None:
        name = entry.name
        if name == "outcome":
            self.mistakes.add(entry.key_place, "`outcome` is not an attribute", "write it beside `attributes`")
        elif name not in read:
            near = difflib.get_close_matches(name, sorted(set(read) - {"outcome"}), n=1, cutoff=_NEAR)
            if near:
                message = f"no policy requested here reads an attribute `{name}` of such an episode"
                self.mistakes.add(entry.key_place, message, self._read_by(near[0], f"{kind}.{near[0]}"))
        elif kind_of(entry.data) not in read[name]:
            asked = " or ".join(sorted(read[name]))
            message = f"attribute `{name}` is {kind_of(entry.data)}, not {asked}"
            self.mistakes.add(entry.place, message, f"write {asked}, {'in' if asked == 'text' else 'without'} quotes")
        elif isinstance(entry.data, str):
            self._check_word(entry, entry.data)

    def _check_word(self, entry: Node, word: str) -> None:
        """A word that is nearly one that counts would be passed over in silence: `NSAIDs` for `NSAID`."""
        words = self.readable.words.get(entry.name, frozenset())
        if any(same_attribute(word, one) for one in words):
            return
        if any(one_slip(word.casefold(), one.casefold()) for one in words):
            listed = ", ".join(f"`{one}`" for one in sorted(words))
            message = f"attribute `{entry.name}` is nearly a word that counts, and not quite"
            self.mistakes.add(entry.place, message, f"the words that count are {listed}; or use another word")
