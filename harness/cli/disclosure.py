"""`necessity check --disclosure`: how much of its grounds each policy discloses, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from harness.errors import BadInputError, Mistake, Mistakes, Place, in_one_line
from harness.lint import wanted
from harness.model.disclosure import Disclosure, Part, Section, completeness
from harness.model.policy import Policy
from harness.policies import Library, read_library
from harness.strict_yaml import Json

Scores = Sequence[tuple[Policy, Disclosure]]

_HEADS = ("policy", "criteria", "other rules", "thresholds", "evidence", "rationale", "score")
_COUNTED = (Section.CRITERIA, Section.OTHER_RULES, Section.THRESHOLDS)
_TEXTS = (Section.EVIDENCE, Section.RATIONALE)

NOTE = """\
criteria: of the criteria and exceptions, those with basis and sources (and relation, where Medicare has a text)
other rules: of the definitions, considerations and pitfalls that cite sources, those with a basis
thresholds: of the parameters, those with sources
evidence: the summary of evidence
"""


def scores(paths: Iterable[str]) -> Scores:
    """The policies asked about, also as overlays change them. Raises BadInputError where there is none."""
    asked = tuple(paths)
    found = [
        policy
        for one in wanted(asked, Mistakes())
        for policy in _versions(read_library(one.folder))
        if one.holds(policy.place.file)
    ]
    if not found:
        raise BadInputError([Mistake(Place(asked[0]), "no policy is here", "name a policy or a folder of policies")])
    return [(policy, completeness(policy)) for policy in sorted(found, key=lambda policy: policy.version)]


def _versions(library: Library) -> Iterator[Policy]:
    yield from library.policies.all()
    for policies in library.overlaid.values():
        yield from (policy for policy in policies.all() if policy.overlay is not None)


def as_table(several: Scores) -> str:
    """What is missing, by policy, then a line a policy."""
    lines = [line for policy, score in several for line in _missing(policy, score)]
    return "\n".join(map(in_one_line, [*lines, *_rows(several)])) + f"\n\n{NOTE}"


def _missing(policy: Policy, score: Disclosure) -> Iterator[str]:
    if score.missing:
        yield f"{policy.version} does not disclose:"
        yield from (f"  {_place(policy, part)}: {_said(part)}" for part in score.missing)
        yield ""


def _place(policy: Policy, part: Part) -> Place:
    match part.section:
        case Section.EVIDENCE | Section.RATIONALE:
            return policy.place
        case Section.THRESHOLDS:
            return policy.parameters[part.subject].place
        case _:
            return policy.rules[part.subject].place


def _said(part: Part) -> str:
    return f"`{part.key}` of `{part.subject}`" if part.subject else f"`{part.key}`"


def _rows(several: Scores) -> Iterator[str]:
    rows = [
        (policy.version, *map(_count, _COUNTED, [score] * 3), *map(_yes, _TEXTS, [score] * 2), f"{score.percent} %")
        for policy, score in several
    ]
    widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    for name, *cells in [_HEADS, *rows]:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield "  ".join([name.ljust(widths[0]), *padded])


def _count(section: Section, score: Disclosure) -> str:
    whole, of = score.whole(section)
    return f"{whole} of {of}" if of else "none"


def _yes(section: Section, score: Disclosure) -> str:
    return "yes" if score.whole(section)[0] else "no"


def as_data(several: Scores) -> str:
    """The scores as JSON, with each part that is missing."""
    return json.dumps({"policies": [_data(*one) for one in several]}, indent=2, ensure_ascii=False) + "\n"


def _data(policy: Policy, score: Disclosure) -> Json:
    counted: dict[str, Json] = {}
    for section in _COUNTED:
        whole, of = score.whole(section)
        counted[section.replace(" ", "_")] = {"disclosed": whole, "of": of}
    missing: list[Json] = [
        {"section": part.section.replace(" ", "_"), "id": part.subject or None, "key": part.key}
        for part in score.missing
    ]
    return {
        "policy": policy.id,
        "effective": policy.effective.isoformat(),
        "overlay": None if policy.overlay is None else policy.overlay.id,
        **counted,
        "summary_of_evidence": bool(policy.summary_of_evidence),
        "rationale": bool(policy.rationale),
        "parts": score.asked,
        "met": score.met,
        "percent": score.percent,
        "missing": missing,
    }
