"""A difference as JSON, its keys in a stable order. `docs/diff.md` documents them."""

from __future__ import annotations

import json
from decimal import Decimal

from harness.difference.change import Change, Spot
from harness.difference.comparison import Comparison, Difference
from harness.difference.meaning import Way
from harness.difference.side import Side
from harness.difference.summary import summary
from harness.difference.witness import fact_lines, rule_lines
from harness.difference.witness_files import case_under
from harness.model.values import Status
from harness.proof import Proved, Refuted, Unknown, Witness

SCHEMA_VERSION = "1.1"

Json = dict[str, object]


def render_json(difference: Difference) -> str:
    return json.dumps(as_json(difference), ensure_ascii=False, indent=2, default=_number) + "\n"


def as_json(difference: Difference) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "old": difference.old,
        "new": difference.new,
        "verdict": difference.verdict.value,
        "added": [_side(side) for side in difference.added],
        "removed": [_side(side) for side in difference.removed],
        "unchanged": difference.unchanged,
        "compared": [_comparison(one) for one in difference.compared],
    }


def _comparison(one: Comparison) -> Json:
    return {
        "old": _side(one.old),
        "new": _side(one.new),
        "identical": one.is_identical,
        "verdict": one.meaning.verdict.value,
        "summary": list(summary(one)),
        "changes": [_change(change) for change in one.changes],
        "measured_otherwise": [change.id for change in one.meaning.scope.measured],
        "values_of_one_side": list(one.meaning.scope.apart),
        "runs_otherwise": [change.id for change in one.meaning.scope.runs],
        "ways": [_way(one, way) for way in one.meaning.ways],
    }


def _side(side: Side) -> Json:
    policy = side.policy
    return {
        "policy": policy.id,
        "title": policy.title,
        "effective": policy.effective.isoformat(),
        "status": policy.status,
        "hash": policy.hash,
        "file": side.file,
        "overlay": None if policy.overlay is None else policy.overlay.id,
    }


def _change(change: Change) -> Json:
    return {
        "part": change.sort.value,
        "id": change.id,
        "title": change.title,
        "verb": change.verb,
        "bearing": change.bearing.word,
        "old": _spot(change.old),
        "new": _spot(change.new),
        "details": [
            {"key": d.key, "old": list(d.old), "new": list(d.new), "bearing": d.bearing.word} for d in change.details
        ],
        "read_by": [{"part": one.sort.value, "id": one.id, "title": one.title} for one in change.read_by],
    }


def _spot(spot: Spot | None) -> Json | None:
    return None if spot is None else {"file": spot.place.file, "line": spot.place.line, "module": spot.module}


def _way(one: Comparison, way: Way) -> Json:
    found: Json = {"old": way.old.value, "new": way.new.value}
    match way.answer:
        case Proved():
            return found | {"answer": "no_case", "reason": "", "witness": None}
        case Unknown(reason):
            return found | {"answer": "unknown", "reason": reason, "witness": None}
        case Refuted(witness):
            return found | {"answer": "case", "reason": "", "witness": _witness(one, way, witness)}


def _witness(one: Comparison, way: Way, witness: Witness) -> Json:
    return {
        "facts": [
            {"fact": line.fact, "old": line.old or None, "new": line.new or None, "presumed": line.is_presumed}
            for line in fact_lines(witness, one.changes)
        ],
        "rules": [
            {"rule": r.rule, "title": r.title, "decides": r.decides, "old": _status(r.old), "new": _status(r.new)}
            for r in rule_lines(witness)
        ],
        "case_old": case_under(way, witness.old),
        "case_new": case_under(way, witness.new),
    }


def _status(status: Status | None) -> str | None:
    return None if status is None else status.word


def _number(number: object) -> int | float:
    assert isinstance(number, Decimal)
    return int(number) if number == int(number) else float(number)
