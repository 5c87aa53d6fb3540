"""Conditions, thresholds and values in plain English: the one place where the words are chosen.

The report, the site, the questionnaire and `necessity explain` say the same thing about the same condition because they
ask here. Nothing is escaped: a room that writes HTML or Markdown escapes what it gets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from harness.model.case import Reading, State
from harness.model.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Documented,
    Not,
    Operator,
    OtherFact,
    RuleStatus,
)
from harness.model.policy import Fact, Policy, Window
from harness.model.values import FactType, Interval, Status, Value, quantity

NOT_DOCUMENTED = "not documented"

STATUS_WORDS = {Status.MET: "met", Status.NOT_MET: "not met", Status.UNDOCUMENTED: NOT_DOCUMENTED}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_BUILT_IN = {
    "request.date": "request date",
    "request.level": "requested level",
    "request.side": "requested side",
    "request.setting": "requested setting",
    "patient.age": "patient's age",
    "patient.sex": "patient's sex",
}

_LENGTHS = {"days", "weeks", "months", "years"}

_COMPARISONS = {
    Operator.AT_LEAST: ("at least", "on or after"),
    Operator.MORE_THAN: ("more than", "after"),
    Operator.AT_MOST: ("at most", "on or before"),
    Operator.LESS_THAN: ("less than", "before"),
}

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\}")


def date_words(day: date) -> str:
    """A date that nobody reads the other way round: `24 November 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def fact_name(fact: str) -> str:
    """A fact's id as words: `physical_therapy.days` is `physical therapy days`."""
    return _BUILT_IN.get(fact) or fact.replace(".", " ").replace("_", " ")


def rule_title(rule: str, policy: Policy) -> str:
    """A rule's title with its parameters filled in."""
    return fill(policy.rules[rule].title, policy)


def value_text(value: Value | tuple[str, ...] | None, fact: Fact | None = None, unit: str | None = None) -> str:
    """A value in words: `41 days`, `at most 14 days`, `between 2 and 14 days`, `yes`, `24 November 2025`.

    `unit` is the unit to say it in; without it the fact's own.
    """
    if value is None:
        return NOT_DOCUMENTED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Interval):
        is_date = fact is not None and fact.type is FactType.DATE
        return _interval_text(value, is_date, unit or (fact.unit if fact else None))
    if isinstance(value, str):
        return value
    several = sorted(value) if isinstance(value, frozenset) else value
    return ", ".join(several) or "none"


def reading_text(reading: Reading, fact: Fact) -> str:
    """A fact's value as read, in words, a presumption said openly: `no (presumed)`.

    Of a measured fact, the window it was measured in, and the records that may count but do not say enough.
    """
    text = value_text(reading.value, fact)
    if reading.state is State.PRESUMED:
        return f"{text} (presumed)"
    if reading.state is State.UNDOCUMENTED and reading.episodes:
        records = "1 record" if len(reading.episodes) == 1 else f"{len(reading.episodes)} records"
        return f"{text} ({records} may count, without saying enough)"
    if reading.episodes and fact.measure is not None and fact.measure.within is not None:
        return f"{text} within the last {window_words(fact.measure.within)}"
    return text


def window_words(window: Window) -> str:
    """A look-back window in words: `12 months`."""
    named = ((window.months, "month"), (window.weeks, "week"), (window.days, "day"))
    return next(f"{number} {word}{'' if number == 1 else 's'}" for number, word in named if number)


def fill(template: str, policy: Policy, facts: Mapping[str, Reading] | None = None) -> str:
    """A sentence with its `{parameter}` and `{fact.id}` placeholders replaced by values in words.

    Without a case's facts, a fact's placeholder becomes its name in brackets.
    """

    def words(found: re.Match[str]) -> str:
        name = found[1]
        if name in policy.parameters:
            return _parameter_text(name, policy)
        fact = policy.facts.get(name)
        if fact is None:
            return found[0]
        if facts is None:
            return f"[{fact_name(name)}]"
        return reading_text(facts[name], fact) if name in facts else NOT_DOCUMENTED

    return _PLACEHOLDER.sub(words, template)


def threshold(compare: Compare, policy: Policy) -> str:
    """What a comparison asks of its fact: `at least 6 weeks`, `left`, `one of moderate, severe`, `yes`."""
    fact = policy.facts.get(compare.fact)
    if isinstance(compare.operand, OtherFact):
        return _beside(compare.operator, fact_name(compare.operand.fact), fact)
    value, parameter = compare.operand.value, compare.operand.parameter
    if isinstance(value, bool):
        return "yes" if value is (compare.operator is Operator.IS) else "no"
    unit = policy.parameters[parameter].unit if parameter is not None and parameter in policy.parameters else None
    several = (value,) if isinstance(value, str) else value
    if isinstance(several, tuple | frozenset):
        return _among(compare.operator, tuple(several))
    text = value_text(value, fact, unit)
    if compare.operator in _COMPARISONS:
        return f"{_comparison(compare.operator, fact)} {text}"
    return text if compare.operator is Operator.IS else f"other than {text}"


def label(condition: Condition, policy: Policy) -> str:
    """One node of a condition in words, its children left out: `all of these`, `side: left`, the title of a rule."""
    match condition:
        case All() | AnyOf():
            return f"{_group(condition)} these"
        case Count(items=items):
            return f"{_group(condition)} these {len(items)}"
        case Not():
            return "not this"
        case RuleStatus(rule, status):
            title = rule_title(rule, policy)
            return title if status is None else f"{title}: {STATUS_WORDS[status]}"
        case Documented(fact, expected):
            return f"{fact_name(fact)}: {'documented' if expected else NOT_DOCUMENTED}"
        case Compare(fact):
            return f"{_subject(fact, policy)}: {threshold(condition, policy)}"


def _group(condition: All | AnyOf | Count) -> str:
    match condition:
        case All():
            return "all of"
        case AnyOf():
            return "any of"
        case Count(at_least):
            return f"at least {at_least} of"


def _subject(fact: str, policy: Policy) -> str:
    """The fact's name without a word for its unit, which the threshold says: `physical therapy: at least 6 weeks`."""
    name = fact_name(fact)
    shorter, _, last = name.rpartition(" ")
    declared = policy.facts.get(fact)
    return shorter if declared and declared.type is FactType.NUMBER and last in _LENGTHS and shorter else name


def _comparison(operator: Operator, fact: Fact | None) -> str:
    return _COMPARISONS[operator][fact is not None and fact.type is FactType.DATE]


def _beside(operator: Operator, other: str, fact: Fact | None) -> str:
    """A comparison with another fact: `the same as the requested level`."""
    if operator in _COMPARISONS:
        return f"{_comparison(operator, fact)} the {other}"
    words = {
        Operator.IS: "the same as",
        Operator.IS_NOT: "other than",
        Operator.IN: "one of",
        Operator.NOT_IN: "none of",
        Operator.INCLUDES: "including",
        Operator.INCLUDES_ANY: "including any of",
        Operator.EXCLUDES: "without",
    }
    return f"{words[operator]} the {other}"


def _among(operator: Operator, several: tuple[str, ...]) -> str:
    """A comparison with choices or codes, one or several."""
    one = len(several) == 1
    words = {
        Operator.IS: "",
        Operator.IS_NOT: "other than ",
        Operator.IN: "" if one else "one of ",
        Operator.NOT_IN: "other than " if one else "none of ",
        Operator.INCLUDES: "including " if one else "including all of ",
        Operator.INCLUDES_ANY: "including " if one else "including any of ",
        Operator.EXCLUDES: "without " if one else "without any of ",
    }
    return words[operator] + ", ".join(_family(code) for code in several)


def _family(code: str) -> str:
    """A code family in words: `M51.1-` is any code that begins so."""
    return f"{code} (any)" if code.endswith("-") else code


def _interval_text(value: Interval, is_date: bool, unit: str | None) -> str:
    def say(bound: Decimal) -> str:
        return date_words(date.fromordinal(int(bound))) if is_date else quantity(bound, unit)

    if value.low is None:
        assert value.high is not None
        return f"{'on or before' if is_date else 'at most'} {say(value.high)}"
    if value.high is None:
        return f"{'on or after' if is_date else 'at least'} {say(value.low)}"
    low, high = say(value.low), say(value.high)
    if value.is_point:
        return low
    number, _, low_unit = low.partition(" ")
    if not is_date and low_unit.removesuffix("s") == high.partition(" ")[2].removesuffix("s"):
        low = number
    return f"between {low} and {high}"


def _parameter_text(name: str, policy: Policy) -> str:
    parameter = policy.parameters[name]
    return value_text(parameter.value, None, parameter.unit)
