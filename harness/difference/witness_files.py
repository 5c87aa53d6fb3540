"""Witnesses as case files, one for each side: the same case, with the outcome that side gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from harness.cases.write import Content, case_file, request_date
from harness.difference.comparison import Difference
from harness.difference.facets import OUTCOMES
from harness.difference.meaning import Way
from harness.difference.side import Side
from harness.plain_yaml import written
from harness.proof import CaseUnder, Refuted


def witness_files(difference: Difference) -> Iterator[tuple[str, str]]:
    """The names and texts of the files of all witnesses."""
    for one in difference.compared:
        policy = re.sub(r"[/@]", "-", one.new.policy.version)
        for way in one.meaning.ways:
            if isinstance(way.answer, Refuted):
                witness = way.answer.witness
                for word, side, under in (("old", one.old, witness.old), ("new", one.new, witness.new)):
                    yield f"{policy}-{_id(way)}-{word}.yaml", _text(way, word, side, under)


def _id(way: Way) -> str:
    return f"{way.old}-to-{way.new}".replace("_", "-")


def case_under(way: Way, under: CaseUnder) -> Content:
    """The case as one side's policy can read it."""
    title = f"From {OUTCOMES[way.old]} to {OUTCOMES[way.new]}"
    return case_file(under.policy, under.facts, _id(way), title, under.outcome)


def _text(way: Way, word: str, side: Side, under: CaseUnder) -> str:
    lines = [
        f"Made by `necessity diff`: a smallest case that goes from {OUTCOMES[way.old]} to {OUTCOMES[way.new]}.",
        f"This is how it is stated for the {word} side, {side.file}.",
    ]
    day = request_date(under.facts)
    if side.shelf.policies.in_force(side.policy.id, day) is not side.policy:
        lines.append(_not_in_force(side, day))
    comment = "".join(f"# {' '.join(line.split())}\n" for line in lines)
    return comment + written(case_under(way, under))


def _not_in_force(side: Side, day: date) -> str:
    if side.policy.status == "draft":
        return "It is a draft, which `necessity assess` never runs."
    return (
        f"Its version of {side.policy.effective} is not the one in force on {day}, so `necessity assess` runs another."
    )
