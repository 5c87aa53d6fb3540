"""How the facts of a case are named as columns."""

from __future__ import annotations


def column(fact: str) -> str:
    """The canonical column of a fact's value."""
    return "request_date" if fact == "request.date" else fact.replace(".", "__")


def low(fact: str) -> str:
    """The canonical column of the lower bound of a fact's range."""
    return f"{column(fact)}___at_least"


def high(fact: str) -> str:
    """The canonical column of the upper bound of a fact's range."""
    return f"{column(fact)}___at_most"
