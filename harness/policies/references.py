"""`references.yaml`: all bibliography, once, as CSL-JSON for the citation processor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.errors import Mistakes, did_you_mean
from harness.model.policy import Citation, Reference
from harness.strict_yaml import Located, Path_

_OURS = {"status", "verified", "note"}


def read_references(located: Located) -> dict[str, Reference]:
    """The references of a file that has the shape of its schema."""
    entries: Mapping[str, Mapping[str, Any]] = located.data["references"]  # type: ignore[index,call-overload,assignment]
    return {
        id_: Reference(
            id=id_,
            csl=_csl(id_, entry),
            status=entry["status"],
            verified=entry["verified"],
            note=entry.get("note", "").strip(),
            place=located.key_place(("references", id_)),
        )
        for id_, entry in entries.items()
    }


def _csl(id_: str, entry: Mapping[str, Any]) -> dict[str, object]:
    csl = {key: value for key, value in entry.items() if key not in _OURS}
    if "issued" in csl:
        csl["issued"] = {"date-parts": [[int(part) for part in str(csl["issued"]).split("-")]]}
    return {"id": id_, **csl}


def citations(
    located: Located, path: Path_, raw: list[dict[str, str]], known: Mapping[str, Reference] | None, mistakes: Mistakes
) -> tuple[Citation, ...]:
    """What a rule or parameter says of its sources.

    A source that is not in `references.yaml` is noted, unless that file itself is broken (`known` is None).
    """
    for number, entry in enumerate(raw):
        if known is not None and entry["cite"] not in known:
            help_ = did_you_mean(entry["cite"], known, "add it to `references.yaml`")
            place = located.place((*path, number, "cite"))
            mistakes.add(place, f"reference `{entry['cite']}` is not in `references.yaml`", help_)
    return tuple(
        Citation(
            cite=entry["cite"],
            at=entry.get("at", ""),
            says=entry["says"].strip(),
            strength=entry.get("strength", ""),
            place=located.place((*path, number)),
        )
        for number, entry in enumerate(raw)
    )
