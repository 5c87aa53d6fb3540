"""What became of the mutants, as text for an author and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from harness.model.policy import Policy
from harness.mutation.mutant import Mutant, Sort
from harness.mutation.offered import offered, pasteable, usual_date
from harness.mutation.run import Fate, Tried
from harness.proof import Proved, Refuted, Unknown
from harness.strict_yaml import Json
from harness.suite import PolicyTest


def percent_killed(all_tried: Sequence[Tried]) -> Decimal:
    """How many in a hundred were killed, of those that a test could kill; rounded down, so that 100 means all."""
    counts = Counter(one.fate for one in all_tried)
    possible = counts[Fate.KILLED] + counts[Fate.SURVIVED]
    share = Decimal(100 * counts[Fate.KILLED]) / possible if possible else Decimal(100)
    return share.quantize(Decimal("0.1"), ROUND_FLOOR)


def mutation_text(policy: Policy, all_tried: Sequence[Tried], tests: Sequence[PolicyTest], of: int) -> str:
    """The survivors, each with a test that would kill it; then how many of each sort there were.

    `of` is how many mutants there are; fewer tried mean that it was interrupted.
    """
    usual = usual_date(tests)
    survived = [one for one in all_tried if one.fate is Fate.SURVIVED]
    equivalent = [one for one in all_tried if one.fate is Fate.EQUIVALENT]
    lines = [line for one in survived for line in (*_survivor(one, usual), "")]
    if equivalent:
        lines += ["proved to change no case, so that no test can tell them apart:"]
        lines += [f"  {one.mutant.place}: {_words(one.mutant)}" for one in equivalent] + [""]
    cut = [f"interrupted: only {len(all_tried)} of {of} mutants were tried"] if len(all_tried) < of else []
    return "\n".join([*lines, *_table(all_tried), "", _summary(policy, all_tried, len(tests)), *cut]) + "\n"


def _words(mutant: Mutant) -> str:
    return f"{mutant.where}: {mutant.sort}: {mutant.what}"


def _survivor(one: Tried, usual: date | None) -> Iterator[str]:
    yield f"{one.mutant.place}: survived: {_words(one.mutant)}"
    match one.answer:
        case Refuted(witness):
            yield "  every test passes all the same; this one would fail (give it a name that says what must be so):"
            yield from (f"    {line}" for line in pasteable(one.mutant.policy, offered(one.mutant, witness, usual)))
        case Proved() if one.told_by is not None:
            expected = ", ".join(sorted(one.told_by.expected.deficiencies or ()))
            yield "  every test passes all the same, and no outcome and no status is another; but what is missing is:"
            yield f"    {one.told_by.place}: add to what it expects `deficiencies: [{expected}]`"
        case Unknown(reason):
            yield f"  every test passes all the same; whether any case tells them apart is unknown: {reason}"


def _table(all_tried: Sequence[Tried]) -> Iterator[str]:
    yield f"{'mistake':<34}{'mutants':>8}{'killed':>8}{'equivalent':>12}{'survived':>10}"
    for sort in Sort:
        counts = Counter(one.fate for one in all_tried if one.mutant.sort is sort)
        if counts:
            row = (counts.total(), counts[Fate.KILLED], counts[Fate.EQUIVALENT], counts[Fate.SURVIVED])
            yield f"{sort:<34}{row[0]:>8}{row[1]:>8}{row[2]:>12}{row[3]:>10}"


def _summary(policy: Policy, all_tried: Sequence[Tried], tests: int) -> str:
    counts = Counter(one.fate for one in all_tried)
    parts = f"{counts[Fate.KILLED]} killed, {counts[Fate.EQUIVALENT]} equivalent, {counts[Fate.SURVIVED]} survived"
    said = f"{policy.version}: {len(all_tried)} mutants, {tests} tests: {parts}"
    return f"{said}; {percent_killed(all_tried)} % of those that a test can kill"


def mutation_data(
    policy: Policy, all_tried: Sequence[Tried], tests: Sequence[PolicyTest], of: int
) -> dict[str, object]:
    """The run as data, every mutant with its fate."""
    usual = usual_date(tests)
    return {
        "policy": policy.id,
        "effective": policy.effective.isoformat(),
        "overlay": None if policy.overlay is None else policy.overlay.id,
        "complete": len(all_tried) == of,
        "tests": len(tests),
        "mutants_in_all": of,
        "percent_killed": float(percent_killed(all_tried)),
        "mutants": [_data(one, usual) for one in all_tried],
    }


def _data(one: Tried, usual: date | None) -> Json:
    mutant, place = one.mutant, one.mutant.place
    content: dict[str, Json] = {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "mistake": mutant.sort.value,
        "where": mutant.where,
        "what": mutant.what,
        "fate": one.fate.value,
    }
    if one.killed_by is not None:
        content["killed_by"] = one.killed_by.id
    match one.answer:
        case Refuted(witness):
            content["test"] = offered(mutant, witness, usual)
        case Unknown(reason):
            content["unknown"] = reason
    return content
