"""The table of contents of a page, and its anchors, read off its own HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 4


@dataclass(slots=True)
class Heading:
    level: int
    id: str
    text: str = ""
    below: list[Heading] = field(default_factory=list)

    def as_token(self) -> dict[str, object]:
        """As MkDocs reads it: the name is HTML."""
        below = [one.as_token() for one in self.below]
        return {"level": self.level, "id": self.id, "name": escape(self.text.strip()), "children": below}


class Contents(HTMLParser):
    """Reads the headings that have an id, but the first of the page; what links to a heading is no part of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.headings: list[Heading] = []
        self._open: Heading | None = None
        self._in_link = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        id_ = values.get("id")
        if id_:
            self.ids.add(id_)
        level = _HEADINGS.get(tag, 0)
        if id_ and 1 < level <= _DEEPEST:
            self._open = Heading(level, id_)
            self.headings.append(self._open)
        elif tag == "a" and values.get("class") == "headerlink":
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._open = None
        elif tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if self._open is not None and not self._in_link:
            self._open.text += data

    def tokens(self) -> list[dict[str, object]]:
        """The headings, each below the last one of a higher level."""
        top: list[Heading] = []
        above: list[Heading] = []
        for one in self.headings:
            while above and above[-1].level >= one.level:
                above.pop()
            (above[-1].below if above else top).append(one)
            above.append(one)
        return [one.as_token() for one in top]
