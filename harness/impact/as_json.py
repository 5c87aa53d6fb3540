"""An impact as JSON: every count, by outcome old and new."""

from __future__ import annotations

import json
from typing import Any

from harness.impact.count import ORDER, Impact, Tally
from harness.model.policy import Policy


def render_json(impact: Impact) -> str:
    told = {
        "schema_version": 1,
        "old": _side(impact.old_named, impact.old),
        "new": _side(impact.new_named, impact.new),
        **_tally(impact.whole),
        "rejected_reasons": dict(impact.rejected),
        "same_outcome_other_deficiencies": impact.other_reasons,
        "changed_without_a_rule": impact.unexplained,
        "rules": [
            {
                "rule": cause.rule,
                "title": cause.title,
                "rows": cause.rows,
                "worse": cause.worse,
                "better": cause.better,
                "changed": list(cause.because),
            }
            for cause in impact.causes
        ],
        "groups": [
            {"column": one.column, "groups": [{"group": group, **_tally(tally)} for group, tally in one.groups.items()]}
            for one in impact.groupings
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _side(named: str, policy: Policy) -> dict[str, Any]:
    overlay = None if policy.overlay is None else policy.overlay.id
    effective = policy.effective.isoformat()
    return {"named": named, "policy": policy.id, "effective": effective, "overlay": overlay, "hash": policy.hash}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "rows": tally.rows,
        "compared": tally.compared,
        "rejected": tally.rows - tally.compared,
        "changed": tally.changed,
        "worse": tally.worse,
        "better": tally.better,
        "share_changed": tally.share(tally.changed),
        "outcomes": {old.value: {new.value: tally.of(old, new) for new in ORDER} for old in ORDER},
    }
