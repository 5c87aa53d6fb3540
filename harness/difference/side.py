"""One side of a comparison: a policy version, and how its places are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harness.errors import Place
from harness.model.policy import Policies, Policy


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of policies as read, and what is shown for it: itself, or `HEAD~1:policies` for a revision."""

    policies: Policies
    shown: str

    @property
    def folder(self) -> str:
        return self.policies.folder.rstrip("/") or self.policies.folder

    def place(self, place: Place) -> Place:
        """A place as the user would look for it."""
        below = place.file.removeprefix(f"{self.folder}/")
        return place if below == place.file else replace(place, file=f"{self.shown}/{below}")

    def module_of(self, place: Place) -> str | None:
        """The module whose file a place is in."""
        below = place.file.removeprefix(f"{self.folder}/")
        return below.removeprefix("modules/").removesuffix(".yaml") if below.startswith("modules/") else None


@dataclass(frozen=True, slots=True)
class Side:
    policy: Policy
    shelf: Shelf

    @property
    def file(self) -> str:
        return self.shelf.place(self.policy.place).file
