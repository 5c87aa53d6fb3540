"""Values, statuses and units: the smallest words of the field.

Numbers are exact decimals. A number or a date may be known only as a range, so both are an `Interval`: a known value
is an interval of one point. Lengths in days and weeks are both held in days (a week is 7 elapsed days), dates as days
since 0001-01-01 (`date.toordinal`), so that one comparison serves all of them. Months are never turned into days.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum


class Status(IntEnum):
    """Strong Kleene truth: `all` is the minimum, `any` the maximum, `not` swaps the ends."""

    NOT_MET = 0
    UNDOCUMENTED = 1
    MET = 2

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def negated(self) -> Status:
        return Status(2 - self)

    @classmethod
    def of(cls, word: str) -> Status:
        """Status of its word in a file: `met`, `not_met` or `undocumented`."""
        return cls[word.upper()]


class Outcome(StrEnum):
    MEDICALLY_NECESSARY = "medically_necessary"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    MORE_INFORMATION = "more_information"


class FactType(StrEnum):
    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Interval:
    """A number or date between two inclusive bounds; None is no bound. At least one bound is given."""

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def point(cls, value: Decimal | int) -> Interval:
        exact = Decimal(value)
        return cls(exact, exact)

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


# What a fact can hold: text and choice are str, a set is a frozenset of choices or codes. None is undocumented.
Value = bool | Interval | str | frozenset[str]

DAYS = {"d": 1, "wk": 7}  # the units that convert into each other, in days

_UNIT_WORDS = {
    "d": ("day", "days"),
    "wk": ("week", "weeks"),
    "mo": ("month", "months"),
    "a": ("year", "years"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
}

# How else people write a unit, beside its words: what is proposed to one who does.
_UNIT_SLIPS = {
    "w": "wk", "wks": "wk", "mos": "mo", "y": "a", "yr": "a", "yrs": "a", "hr": "h", "hrs": "h", "mins": "min",
    "percent": "%", "ml": "mL", "l": "L", "mmhg": "mm[Hg]", "degrees": "deg", "mg/dl": "mg/dL",
}  # fmt: skip


def unit_meant(word: str) -> str | None:
    """The unit that a word stands for which is none as it is written: `d` for `days`."""
    plain = word.strip().lower()
    units = {name: unit for unit, names in _UNIT_WORDS.items() for name in (unit, *names)}
    return (_UNIT_SLIPS | units).get(plain)


def to_canonical(number: Decimal, unit: str | None) -> Decimal:
    """A number in its unit, as it is held and compared: days for `d` and `wk`, itself for every other unit."""
    return number * DAYS[unit] if unit in DAYS else number


def same_quantity(unit: str | None, other: str | None) -> bool:
    """Whether numbers in the two units may be compared: the same unit, or both of `d` and `wk`."""
    return unit == other or (unit in DAYS and other in DAYS)


def plain_number(number: Decimal) -> str:
    """A number without exponent or needless zeros: 6, 2.5, 1800."""
    text = format(number or Decimal(0), "f")  # no negative zero
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(number: Decimal, unit: str | None) -> str:
    """A canonical number with its unit, in words: `6 weeks`, `5 weeks 6 days`, `1 month`, `450 mL`, `18 visits`."""
    if number < 0:
        return f"-{quantity(-number, unit)}"
    if unit == "wk" and number % 7:
        weeks, days = divmod(number, 7)
        rest = _with_words(days, "d")
        return f"{_with_words(weeks, 'wk')} {rest}" if weeks else rest
    return _with_words(number / 7 if unit == "wk" else number, unit)


def _with_words(number: Decimal, unit: str | None) -> str:
    text = plain_number(number)
    if unit is None:
        return text
    if unit in _UNIT_WORDS:
        return f"{text} {_UNIT_WORDS[unit][number != 1]}"
    if unit.startswith("{"):  # a UCUM annotation: {visits}
        word = unit.strip("{}")
        return f"{text} {word.removesuffix('s') if number == 1 else word}"
    return f"{text}%" if unit == "%" else f"{text} {unit}"
