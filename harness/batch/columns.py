"""How the facts of a case are named and held as columns.

In a file a fact's column bears its id (`physical_therapy.weeks`), with `.at_least` and `.at_most` for a range. Inside,
dots are not allowed by every database, so the canonical table writes them as `__` (an id never has two underscores
together) and the bounds with three.

The canonical table holds a boolean as boolean, a choice or text as text, a number as a 64-bit float in the fact's own
unit, a date as date, and a set as text with its members sorted between semicolons (`;A;B;`, the empty set `;`). NULL is
undocumented. Numbers of a case have at most nine digits before the point and six behind it, so that two different ones
are two different floats in the same order, and comparing floats compares the decimals exactly.
"""

from __future__ import annotations

from harness.model.values import FactType

CASE_ID = "case_id"
REQUEST_DATE = "request_date"
ROW = "row"  # the row's number in its file, from 0

LARGEST = 1_000_000_000  # of a number, as a case has it

RANGED = frozenset({FactType.NUMBER, FactType.DATE})

SET_SEPARATOR = ";"

TYPES = {  # of the canonical column, in the words of Ibis
    FactType.BOOLEAN: "boolean",
    FactType.NUMBER: "float64",
    FactType.CHOICE: "string",
    FactType.SET: "string",
    FactType.DATE: "date",
    FactType.TEXT: "string",
}


def column(fact: str) -> str:
    """The canonical column of a fact's value."""
    return REQUEST_DATE if fact == "request.date" else fact.replace(".", "__")


def low(fact: str) -> str:
    """The canonical column of the lower bound of a fact's range."""
    return f"{column(fact)}___at_least"


def high(fact: str) -> str:
    """The canonical column of the upper bound of a fact's range."""
    return f"{column(fact)}___at_most"


def possible(fact: str) -> str:
    """The column that says whether a case has episodes that may count: where none surely does, nothing is presumed."""
    return f"{column(fact)}___possible"


def presumed_low(fact: str) -> str:
    """The column of the lower bound of days since a presumed date; NULL in both when none is presumed."""
    return f"{column(fact)}___presumed_low"


def presumed_high(fact: str) -> str:
    """The column of the upper bound of days since a presumed date."""
    return f"{column(fact)}___presumed_high"


def at_least(fact: str) -> str:
    """The column of the lower bound of a fact's range, as a file names it."""
    return f"{fact}.at_least"


def at_most(fact: str) -> str:
    """The column of the upper bound of a fact's range, as a file names it."""
    return f"{fact}.at_most"


def of_rule(rule: str) -> str:
    """The column of a rule's status, as the result names it."""
    return f"rule.{rule}"
