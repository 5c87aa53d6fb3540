"""What a difference does to cases, in a few sentences. Each says what was proved, found, or left open, never more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.difference.change import Bearing, Change, Sort
from harness.difference.comparison import Comparison
from harness.difference.facets import OUTCOMES
from harness.difference.meaning import FAVOURABLE, Meaning, Verdict, Way
from harness.difference.saying import name, on_one_line
from harness.difference.scope import bounded, retyped
from harness.difference.witness import example
from harness.model.policy import Fact
from harness.model.values import Outcome
from harness.proof import Proved, Refuted, Unknown
from harness.report.wording import capitalised

MOST_NAMED = 5

_REST = {
    Bearing.READS: "how the record of a case is read",
    Bearing.RUNS: "when the policy runs",
    Bearing.NAMES: "which deficiencies are named",
    Bearing.SAYS: "what is said only",
}


def title(one: Comparison) -> str:
    """What is compared; both, where the two are not versions of one policy."""
    old, new = one.old.policy, one.new.policy
    if old.id == new.id:
        return f"{new.title} ({new.id})"
    return f"{old.title} ({old.id}) and {new.title} ({new.id})"


def summary(one: Comparison) -> tuple[str, ...]:
    if one.is_identical:
        return ("The content is identical, so no case changes.",)
    return (*_structure(one.changes), *_meaning(one), *_unseen(one), *_apart(one))


def _structure(changes: Sequence[Change]) -> Iterator[str]:
    deciding = [change for change in changes if change.bearing is Bearing.DECIDES]
    for change in deciding[:MOST_NAMED]:
        yield _one(change)
    if len(deciding) > MOST_NAMED:
        yield f"{len(deciding) - MOST_NAMED} more changes can change an outcome; they are below."
    if not changes:
        yield (
            "The files differ in what is not compared here, such as spacing or notation: read them side by side "
            "(`git diff`)."
        )
        return
    if not deciding:
        yield "Nothing that differs can change the outcome of the same facts."
    counts = ((_REST[bearing], sum(change.bearing is bearing for change in changes)) for bearing in _REST)
    rest = [f"{number} in {where}" for where, number in counts if number]
    if rest:
        yield f"{'Besides' if deciding else 'Differences'}: {', '.join(rest)}."


def _one(change: Change) -> str:
    """`Parameter physical_therapy_weeks: 6 weeks -> 8 weeks`; longer differences are named only."""
    deciding = [detail for detail in change.details if detail.bearing is Bearing.DECIDES]
    named = capitalised(name(change))
    if change.verb != "changed":
        return f"{named}."
    short = on_one_line(deciding[0]) if len(deciding) == 1 else None
    if short is None:
        return f"{named} differs in {' and '.join(detail.key for detail in deciding)}."
    return f"{named}: {short}." if change.sort is Sort.PARAMETER else f"{named}: {deciding[0].key}: {short}."


def _meaning(one: Comparison) -> Iterator[str]:
    ways = one.meaning.ways
    if one.meaning.all_proved:
        its = " its outcome" if one.meaning.scope.named else ""
        yield f"{_no_case(one)} changes{its}: this is proved for each of the {len(ways)} ways an outcome can change."
        return
    yield _said([way for way in ways if way.new is FAVOURABLE], "favourable", one)
    yield _said([way for way in ways if way.old is FAVOURABLE], "unfavourable", one)
    between = [way for way in ways if FAVOURABLE not in (way.old, way.new)]
    if not all(isinstance(way.answer, Proved) for way in between):
        yield _between(between, one)


def _said(ways: Sequence[Way], word: str, one: Comparison) -> str:
    found = [way for way in ways if isinstance(way.answer, Refuted)]
    if found:
        return f"Cases become {word}, for example{_example(found[-1], one)}."
    if all(isinstance(way.answer, Proved) for way in ways):
        return f"{_no_case(one)} becomes {word}."
    return f"Whether a case becomes {word} is not known ({reasons(ways)})."


def _between(ways: Sequence[Way], one: Comparison) -> str:
    words = f"{OUTCOMES[Outcome.MORE_INFORMATION]} and {OUTCOMES[Outcome.NOT_MEDICALLY_NECESSARY]}"
    found = [way for way in ways if isinstance(way.answer, Refuted)]
    if found:
        return f"Cases move between {words}, for example{_example(found[0], one)}."
    return f"Whether a case moves between {words} is not known ({reasons(ways)})."


def _example(way: Way, one: Comparison) -> str:
    assert isinstance(way.answer, Refuted)
    named = example(way.answer.witness, one.changes)
    return f"{f' with {named}' if named else ''}: {OUTCOMES[way.old]} -> {OUTCOMES[way.new]}"


def reasons(ways: Sequence[Way]) -> str:
    """Why it is not known."""
    found = dict.fromkeys(way.answer.reason for way in ways if isinstance(way.answer, Unknown))
    return "; ".join(found)


def _no_case(one: Comparison) -> str:
    """The cases that a proof speaks of, and no others: `No case that both sides can read`."""
    limits = one.meaning.scope
    start = "Where the policy runs on both sides, no case" if limits.runs else "No case"
    read = " that both sides can read" if limits.apart else ""
    return f"{start}{read}{' with the same facts' if limits.measured else ''}"


def _unseen(one: Comparison) -> Iterator[str]:
    """What no comparison of outcomes over the same facts can see."""
    limits = one.meaning.scope
    if limits.named:
        which = ", ".join(f"rule {change.id}" for change in limits.named)
        yield f"Which deficiencies are named can change ({which}); the proof is of outcomes alone."
    if limits.runs:
        keys = ", ".join("policy id" if change.id == "policy" else change.id for change in limits.runs)
        yield (
            f"When the policy runs changes ({keys}): a request for which it runs on one side only gets an outcome "
            "there and none on the other."
        )
    facts = [change.id for change in limits.measured if change.sort is Sort.FACT]
    if facts:
        yield (
            f"The same records can give another value of {_facts(facts)}, which no comparison of facts can see: "
            "read what changes there."
        )


def _apart(one: Comparison) -> Iterator[str]:
    """Where the two sides do not read the same cases, and what was made of that."""
    old, new = one.old.policy, one.new.policy
    for fact in retyped(old, new):
        was, now = _kinds(old.facts[fact], new.facts[fact])
        yield (
            f"Fact {fact} is a {was} in the old policy and a {now} in the new one. "
            "No case states it for both, so either may hold anything."
        )
    deciding = one.meaning.scope.apart
    for facts in (deciding, tuple(fact for fact in bounded(old, new) if fact not in deciding)):
        if facts:
            said = f"Values of {_facts(facts)} that only one side can read are left out: a case that states one is "
            compared = " Which outcomes they reach is not compared." if facts is deciding else ""
            yield f"{said}refused on the other side.{compared}"


def _facts(ids: Sequence[str]) -> str:
    return f"fact {ids[0]}" if len(ids) == 1 else f"facts {', '.join(ids)}"


def _kinds(old: Fact, new: Fact) -> tuple[str, str]:
    """What each side says the fact is; its codes or unit, where the type is the same."""
    if old.type is not new.type:
        return str(old.type), str(new.type)
    was, now = (fact.system or fact.unit or "" for fact in (old, new))
    return f"{old.type} ({was or 'of no unit'})", f"{new.type} ({now or 'of no unit'})"


def verdict(meaning: Meaning) -> str:
    return {
        Verdict.NO_CASE_CHANGES: "no case changes",
        Verdict.OUTCOMES_CAN_CHANGE: "outcomes can change",
        Verdict.UNKNOWN: "not known whether an outcome can change",
    }[meaning.verdict]
