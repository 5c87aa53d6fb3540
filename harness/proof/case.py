"""One symbolic case: what it states of each fact is a variable, and what no file could state is ruled out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import z3

from harness.model.builtin import BUILT_IN
from harness.model.policy import Fact
from harness.model.values import FactType
from harness.proof.logic import Truth
from harness.proof.values import MILLION, Span, SymbolicValue, Words, YesNo
from harness.proof.vocabulary import Key, Vocabulary, key_of

REQUEST_DATE = "request.date"
AGE = "patient.age"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # of a request, as the schema of a case has it


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What a case states of one fact. `value` says something only where it is `stated`."""

    fact: Fact
    stated: Truth
    value: SymbolicValue


class SymbolicCase:
    """Every case at once. Policies that read the same fact read the same variables.

    `ordinary` holds of the cases that can be written with facts alone. What can come about by treatment records only
    (a measure beyond the bounds of its fact, records that may count) is in the model too, so that nothing is taken for
    proved that such a case refutes.
    """

    def __init__(self, vocabulary: Vocabulary, first: date = FIRST_DAY, last: date = LAST_DAY) -> None:
        self.vocabulary = vocabulary
        self.days = (first, last)
        self.preferred: tuple[int, ...] = ()  # request dates that a reader expects, as ordinals
        self.ordinary: Truth = z3.Bool("ordinary")
        self.facts: dict[Key, Stated] = {}
        self.records: dict[Key, Truth] = {}
        self._mark = ""

    def but(self, mark: str) -> SymbolicCase:
        """A second case that is not yet like this one in anything; `share` makes it so."""
        other = SymbolicCase(self.vocabulary, *self.days)
        other.preferred, other._mark = self.preferred, f"{self._mark}{mark}"
        return other

    def share(self, other: SymbolicCase, fact: Fact) -> None:
        """Let this case state of a fact what another one does."""
        key = key_of(fact)
        self.facts[key], self.records[key] = other.stated(fact), other.records_may_count(fact)

    def stated(self, fact: Fact) -> Stated:
        key = key_of(fact)
        if key not in self.facts:
            self.facts[key] = self._new(fact, key)
        return self.facts[key]

    def records_may_count(self, fact: Fact) -> Truth:
        """Whether there are treatment records that may count towards a fact, and none that surely does."""
        key = key_of(fact)
        if key not in self.records:
            self.records[key] = self._bool(key, "records")
        return self.records[key]

    @property
    def request_day(self) -> z3.ArithRef:
        value = self.stated(BUILT_IN[REQUEST_DATE]).value
        assert isinstance(value, Span)
        return value.low

    def _bool(self, key: Key, part: str) -> z3.BoolRef:
        return z3.Bool(f"{key[0]} ({key[1]}) {part}{self._mark}")

    def _int(self, key: Key, part: str) -> z3.ArithRef:
        return z3.Int(f"{key[0]} ({key[1]}) {part}{self._mark}")

    def _new(self, fact: Fact, key: Key) -> Stated:
        if fact.id == REQUEST_DATE:
            day = self._int(key, "day")
            return Stated(fact, True, Span(True, day, True, day))
        stated = self._bool(key, "stated")
        match fact.type:
            case FactType.BOOLEAN:
                return Stated(fact, stated, YesNo(self._bool(key, "value")))
            case FactType.CHOICE | FactType.SET:
                words = self.vocabulary.words.get(key, ())
                return Stated(fact, stated, Words({word: self._bool(key, f"holds {word}") for word in words}))
            case FactType.TEXT:
                return Stated(fact, stated, Words({}))
            case _ if fact.id == AGE:
                age = MILLION * self._int(key, "years")
                return Stated(fact, stated, Span(stated, age, stated, age))
            case _:
                low, high = (self._int(key, bound) for bound in ("low", "high"))
                return Stated(fact, stated, Span(self._bool(key, "has low"), low, self._bool(key, "has high"), high))
