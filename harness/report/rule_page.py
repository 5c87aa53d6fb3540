"""One rule as the site shows it, for `necessity explain`: what it asks, what it says, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from harness.model.condition import (
    Compare,
    Condition,
    Constant,
    Count,
    RuleStatus,
    children,
    facts_read,
    rules_read,
    walk,
)
from harness.model.disclosure import states_relations
from harness.model.policy import Fact, Measure, MeasureOf, Policy, Rule
from harness.model.values import Status
from harness.model.wording import date_words, fact_name, fill, label, rule_title, value_text, window_words
from harness.report.citations import ama, plain
from harness.report.items import Numbers
from harness.report.page import WIDEST, Page
from harness.report.view import SourceLine
from harness.report.wording import (
    KINDS,
    NOT_APPROVED,
    RELATIONS,
    STATUSES,
    URGENCIES,
    clean,
    humanise,
    overlay_words,
    remarks,
    sentence,
)

_MEASURES = {
    MeasureOf.DAYS_SPANNED: "days from the first start to the last end",
    MeasureOf.WEEKS_SPANNED: "weeks from the first start to the last end",
    MeasureOf.MONTHS_SPANNED: "complete calendar months from the first start to the last end",
    MeasureOf.DAYS_COVERED: "days with care",
    MeasureOf.WEEKS_COVERED: "weeks with care",
    MeasureOf.SESSIONS: "sessions, added up",
    MeasureOf.COUNT: "number of episodes",
    MeasureOf.DAYS_SINCE_LAST: "days from the last end to the request",
    MeasureOf.DAYS_SINCE: "days to the request",
}


def rule_page(policy: Policy, rule: Rule, *, colour: bool = False, width: int = WIDEST) -> str:
    """One rule of one policy version, as plain text."""
    page = Page(width, colour)
    numbers = Numbers(policy.references)
    _head(policy, rule, page)
    page.heading("What it asks")
    _condition(rule.when, policy, page, 1, {one.id for one in policy.made_of(rule)} - {rule.id})
    made_of = tuple(node for one in policy.made_of(rule) for node in walk(one.when))
    _parameters(policy, made_of, numbers, page)
    _says(policy, rule, numbers, page)
    _facts(policy, made_of, page)
    _readers(policy, rule, page)
    _references(policy, numbers, page)
    page.heading("Where it stands")
    page.para(f"{rule.place.file}:{rule.place.line}{f' (module {rule.module})' if rule.module else ''}")
    return str(page)


def _head(policy: Policy, rule: Rule, page: Page) -> None:
    page.title(clean(rule_title(rule.id, policy)))
    page.para(f"Rule {rule.id} of {policy.title} ({policy.id}), effective {date_words(policy.effective)}")
    if policy.overlay is not None:
        page.para(f"Overlay: {overlay_words(policy.overlay)}")
    page.para(f"Kind: {KINDS[rule.kind]}")
    topic = next((t.title for t in policy.topics if t.id == rule.topic), "")
    if topic:
        page.para(f"Topic: {clean(topic)}")
    if rule.urgency:
        page.para(f"Urgency when met: {URGENCIES[rule.urgency].lower()}")
    if rule.basis:
        page.para(f"Basis: {rule.basis}")
    if rule.relation and states_relations(policy):
        page.para(f"To the text of Medicare: {RELATIONS[rule.relation]}")
    if policy.approval is None:
        page.para(NOT_APPROVED)


def _condition(condition: Condition, policy: Policy, page: Page, depth: int, closed: set[str]) -> None:
    """The condition as nested lines: each line one node, what it is made of below it; a definition is opened once."""
    page.bullet(clean(label(condition, policy)), depth)
    for child in children(condition):
        _condition(child, policy, page, depth + 1, closed)
    if isinstance(condition, RuleStatus) and condition.rule in closed:
        closed.remove(condition.rule)
        _condition(policy.rules[condition.rule].when, policy, page, depth + 1, closed)


def _parameters(policy: Policy, made_of: Iterable[Condition], numbers: Numbers, page: Page) -> None:
    names = dict.fromkeys(name for node in made_of if (name := _parameter(node)) in policy.parameters)
    if not names:
        return
    page.heading("Thresholds")
    for name in names:
        parameter = policy.parameters[str(name)]
        page.bullet(f"{clean(parameter.title)}: {clean(fill(f'{{{name}}}', policy))} (parameter {name})")
        _sources(numbers.of(parameter.references), page)


def _parameter(node: Condition) -> str | None:
    match node:
        case Compare(operand=Constant(parameter=parameter)) | Count(parameter=parameter):
            return parameter
        case _:
            return None


def _says(policy: Policy, rule: Rule, numbers: Numbers, page: Page) -> None:
    if rule.says:
        page.heading("What the report says")
        for status in (Status.MET, Status.NOT_MET, Status.UNDOCUMENTED):
            if status in rule.says:
                page.bullet(f"{STATUSES[status]}: {clean(fill(rule.says[status], policy))}")
    if rule.submit:
        page.heading("What to submit")
        page.para(sentence(clean(fill(rule.submit, policy))))
    sources = numbers.of(rule.references)
    if sources:
        page.heading("What the sources say")
        _sources(sources, page)


def _sources(sources: Iterable[SourceLine], page: Page) -> None:
    for source in sources:
        page.bullet(source.words, 1, mark=f"[{source.number}]")


def _facts(policy: Policy, made_of: Iterable[Condition], page: Page) -> None:
    read = dict.fromkeys(fact for node in made_of if not children(node) for fact in facts_read(node))
    facts = [policy.facts[fact] for fact in read if fact in policy.facts]
    if not facts:
        return
    page.heading("Facts it reads")
    for fact in facts:
        page.bullet(f"{clean(fact.question)} ({fact.id})")
        for line in about_fact(fact):
            page.para(line, 2)


def about_fact(fact: Fact) -> Iterable[str]:
    """What a writer of cases must know of a fact, a sentence each."""
    if fact.look_for:
        yield f"Look for: {clean(fact.look_for)}"
    if fact.presumed is not None:
        yield f"Read as {value_text(fact.presumed, fact)} when undocumented; the report then says so."
    if fact.choices:
        yield f"One of: {clean(', '.join(fact.choices))}"
    if fact.measure:
        yield f"Measured: {_measure_words(fact.measure)}"


def _measure_words(measure: Measure) -> str:
    if measure.date_fact:
        return f"{_MEASURES[measure.of]}, from the {fact_name(measure.date_fact)}"
    kinds = ", ".join(humanise(kind) for kind in measure.episodes)
    where = "; ".join(f"{humanise(name)}: {_values(values)}" for name, values in measure.where.items())
    parts = (
        f"{_MEASURES[measure.of]} of {kinds}",
        f"where {where}" if where else "",
        f"within {window_words(measure.within)} before the request" if measure.within else "",
    )
    return clean(", ".join(part for part in parts if part))


def _values(values: Iterable[object]) -> str:
    words = {True: "yes", False: "no"}
    return " or ".join(words[value] if isinstance(value, bool) else str(value) for value in values)


def _readers(policy: Policy, rule: Rule, page: Page) -> None:
    """Where the rule is used: the rules that read it, and the decision."""
    readers = [other.id for other in policy.rules.values() if rule.id in rules_read(other.when)]
    decides = rule.id in rules_read(policy.decision.necessary_when)
    if readers or decides:
        page.heading("What reads it")
        for reader in readers:
            page.bullet(f"{clean(rule_title(reader, policy))} ({reader})")
        if decides:
            page.bullet("The decision itself")


def _references(policy: Policy, numbers: Numbers, page: Page) -> None:
    cited = [policy.references[id_] for id_ in numbers.given]
    if not cited:
        return
    page.heading("References")
    for number, (reference, citation) in enumerate(zip(cited, ama(cited), strict=True), 1):
        page.bullet(plain(citation), mark=f"{number}.")
        for remark in remarks(reference):
            page.para(remark, 2)
