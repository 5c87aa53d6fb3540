"""The declared properties of a policy, proved of every possible case while the site is built, if z3 is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from harness.errors import Mistake, Place
from harness.model.policy import Policy, Property
from harness.report.wording import clean

if TYPE_CHECKING:
    from harness.proof.results import Result

try:
    from harness.proof.prove import prove
    from harness.proof.results import PropertyHolds, Verdict
except ImportError:  # z3 belongs to the extra `authoring`
    CAN_PROVE = False
else:
    CAN_PROVE = True

SECONDS = 10.0  # for one question to the solver
DECLARED, REFUTED = "declared", "refuted"

_SYMBOLS = {"proved": "✓", REFUTED: "✗"}


@dataclass(frozen=True, slots=True)
class Badge:
    """One property and what is known of it: proved, refuted, unknown, or only declared."""

    id: str
    title: str
    word: str
    symbol: str
    why: tuple[str, ...]
    command: str  # that proves it
    place: Place

    @property
    def mistake(self) -> Mistake | None:
        """That it does not hold, told where it is declared."""
        if self.word != REFUTED:
            return None
        return Mistake(
            self.place, f"property `{self.id}` does not hold: {self.title}", f"`{self.command}` shows a case"
        )


class Prover:
    """Proves each version once while the site is served; a version is known by the hash of its content."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[Property, ...], date | None], tuple[Badge, ...]] = {}

    def badges(self, policy: Policy, last: date | None) -> tuple[Badge, ...]:
        key = policy.hash, policy.properties, last
        if key not in self._known:
            self._known[key] = tuple(_badges(policy, last))
        return self._known[key]


def _badges(policy: Policy, last: date | None) -> Iterator[Badge]:
    if not CAN_PROVE:
        for one in policy.properties:
            yield Badge(one.id, clean(one.title), DECLARED, "", (), _command(policy), one.place)
        return
    claims = tuple(map(PropertyHolds, policy.properties))
    for claim, result in zip(claims, prove(policy, SECONDS, last=last, only=claims), strict=True):
        word = _word(result)
        yield Badge(
            claim.declared.id,
            clean(claim.declared.title),
            word,
            _SYMBOLS.get(word, "?"),
            tuple(map(clean, result.why)),
            _command(policy),
            claim.declared.place,
        )


def _word(result: Result) -> str:
    return "holds, of nothing" if result.verdict is Verdict.NOTE else result.verdict.value


def _command(policy: Policy) -> str:
    overlay = "" if policy.overlay is None else f" --overlay {policy.overlay.id}"
    return f"necessity prove {policy.id}@{policy.effective.isoformat()}{overlay}"
