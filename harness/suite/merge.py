"""The content of a test put together from its fixtures and itself, each value with the place where it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.errors import Place
from harness.strict_yaml import Json, Located, Path_

UNDOCUMENTED = "undocumented"


@dataclass(frozen=True, slots=True)
class Written:
    """A value of the file: the path to it, the place of its name, and the layer that wrote it (0 the lowest)."""

    path: Path_
    key: Place
    layer: int
    data: Json


@dataclass(slots=True)
class Content:
    """What layer upon layer, a fixture and what extends it, leaves: the last word on each fact and on the episodes."""

    located: Located
    facts: dict[str, Written] = field(default_factory=dict)
    episodes: Written | None = None
    layer: int = 0

    def copy(self) -> Content:
        return Content(self.located, dict(self.facts), self.episodes, self.layer)

    def is_undocumented(self, fact: str) -> bool:
        return fact in self.facts and self.facts[fact].data == UNDOCUMENTED

    def lay(self, holder: Path_, facts: str) -> None:
        """Lay what stands at a path over what there is; `facts` is the key its facts are under."""
        self.layer += 1
        data = at(self.located, holder)
        assert isinstance(data, dict)
        named = data.get(facts)
        for fact, value in named.items() if isinstance(named, dict) else ():
            path = (*holder, facts, fact)
            self.facts[fact] = Written(path, self.located.key_place(path), self.layer, value)
        if "episodes" in data:
            path = (*holder, "episodes")
            self.episodes = Written(path, self.located.key_place(path), self.layer, data["episodes"])

    def set(self, fact: str, path: Path_, key: Place) -> None:
        """Give one fact the value at a path, in the layer that was laid last."""
        self.facts[fact] = Written(path, key, self.layer, at(self.located, path))


def at(located: Located, path: Path_) -> Json:
    data: Json = located.data
    for step in path:
        assert isinstance(data, dict | list)
        data = data[step]  # type: ignore[index]
    return data


@dataclass(slots=True)
class Draft:
    """A file's content that is put together from parts of another, which keep their places."""

    file: str
    place: Place  # of what is not in the file
    data: dict[str, Json] = field(default_factory=dict)
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)

    def put(self, path: Path_, value: Json, place: Place, key: Place | None = None) -> None:
        """Put a value at a path, making the mappings and lists on the way."""
        holder: Json = self.data
        for depth, step in enumerate(path[:-1]):
            empty: Json = [] if isinstance(path[depth + 1], int) else {}
            if isinstance(holder, list):
                assert isinstance(step, int)
                if step == len(holder):
                    holder.append(empty)
                holder = holder[step]
            else:
                assert isinstance(holder, dict)
                holder = holder.setdefault(str(step), empty)
            self.values.setdefault(path[: depth + 1], self.place)
        assert isinstance(holder, dict)
        holder[str(path[-1])] = value
        self.values[path] = place
        self.keys[path] = key or place

    def take(self, path: Path_, source: Located, written: Written) -> None:
        """Put what was written in another file at a path, the places within it included."""
        self.put(path, written.data, source.place(written.path), written.key)
        for below in _paths(written.data):
            self.values[*path, *below] = source.place((*written.path, *below))
            if (*written.path, *below) in source.keys:
                self.keys[*path, *below] = source.keys[*written.path, *below]

    def located(self) -> Located:
        self.values[()] = self.place
        return Located(self.file, self.data, self.values, self.keys)


def _paths(data: Json) -> Iterable[Path_]:
    """The paths to all that is within a value."""
    inner: Iterable[tuple[str | int, Json]] = ()
    if isinstance(data, dict):
        inner = data.items()
    elif isinstance(data, list):
        inner = enumerate(data)
    for key, value in inner:
        yield (key,)
        yield from ((key, *below) for below in _paths(value))
