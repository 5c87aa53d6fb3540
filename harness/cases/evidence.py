"""The documents of a case and the evidence that names them. A quote that its document does not hold is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

from harness.cases.nodes import Dates, Node
from harness.cases.quotes import folded, nearest, occurs
from harness.errors import Mistakes, Place, did_you_mean
from harness.model.case import Document, Evidence
from harness.model.wording import date_words
from harness.strict_yaml import read_text

MAX_TEXT = 4 * 1024 * 1024  # of one document, in bytes

_SHOWN_PASSAGES = 5  # of one document: looking for them takes time, and who invents more starts anew
_NO_WORD = "none of its words does; check which document it is from"
_FILE_HELP = "name a file in the case's folder, such as `documents/note.txt`"


@dataclass(frozen=True, slots=True)
class _Quote:
    text: str
    place: Place


@dataclass(slots=True)
class Documents:
    """The documents declared, and the quotes that wait to be looked up in their texts."""

    dates: Dates
    folder: Path
    declared: dict[str, Document] = field(default_factory=dict)
    files: dict[str, Node] = field(default_factory=dict)
    quotes: dict[str, list[_Quote]] = field(default_factory=dict)

    @property
    def mistakes(self) -> Mistakes:
        return self.dates.mistakes

    def declare(self, node: Node) -> None:
        """Take up one entry of `documents`."""
        name, kind = node.text("id"), node.text("type")
        if not name:
            return
        if name in self.declared:
            first = self.declared[name].place.line
            place = node.located.place((*node.path, "id"))
            self.mistakes.add(
                place,
                f"document `{name}` stands twice",
                f"the first is in line {first}; give this one an id of its own",
            )
            return
        day = self.dates.read(node.get("date"), f"document `{name}`")
        title = node.text("title") or (f"{kind}, {date_words(day)}" if day else kind)
        self.declared[name] = Document(name, title, kind, day, node.place)
        file = node.get("file")
        if file is not None and isinstance(file.data, str):
            self.files[name] = file

    def evidence(self, node: Node | None) -> tuple[Evidence, ...]:
        """The entries of an `evidence` list whose documents are declared; the rest is told."""
        if node is None:
            return ()
        return tuple(one for entry in node.inner() if (one := self._one(entry)) is not None)

    def _one(self, entry: Node) -> Evidence | None:
        named = entry.get("document")
        day = self.dates.read(entry.get("date"), "the evidence")
        if named is None or not isinstance(named.data, str):
            return None
        if named.data not in self.declared:
            self.mistakes.add(
                named.place,
                f"no document of the case is called `{named.data}`",
                did_you_mean(named.data, self.declared, "declare it under `documents`"),
            )
            return None
        quote = entry.get("quote")
        if quote is not None and isinstance(quote.data, str):
            self._wait(named.data, quote.data, quote.place)
        page = entry.get("page")
        return Evidence(named.data, day, "" if page is None else str(page.data), entry.text("quote"))

    def _wait(self, document: str, quote: str, place: Place) -> None:
        if not quote.strip():
            self.mistakes.add(place, "the quote is blank", "write the very words, or leave `quote` out")
            return
        self.quotes.setdefault(document, []).append(_Quote(folded(quote), place))

    def date_of(self, evidence: tuple[Evidence, ...]) -> date | None:
        """The latest day of some evidence: its own, else its document's; None when nothing of it is dated."""
        days = (one.date or self.declared[one.document].date for one in evidence)
        return max((day for day in days if day is not None), default=None)

    def check_quotes(self) -> None:
        """Look up every quote in its document's text, one text at a time so that memory stays bounded."""
        for document, file in self.files.items():
            text = self._text(document, file)
            if text is not None:
                self._look_up(document, text)

    def _look_up(self, document: str, text: str) -> None:
        whole = folded(text)
        quotes = self.quotes.get(document, ())
        absent = {quote for quote in {one.text for one in quotes} if not occurs(quote, whole)}
        if not absent:
            return
        passages = nearest(sorted(absent)[:_SHOWN_PASSAGES], text)
        for quote in quotes:
            if quote.text in absent:
                found = passages.get(quote.text)
                cure = f"the nearest passage is in line {found.line}: `{found.text}`" if found else _NO_WORD
                if quote.text not in passages:
                    cure = "copy it from the file; the nearest passages are shown of a few quotes only"
                self.mistakes.add(quote.place, f"the quote does not occur in the file of document `{document}`", cure)

    def _text(self, document: str, file: Node) -> str | None:
        name = str(file.data)
        if not _is_relative(name):
            self.mistakes.add(file.place, f"document `{document}`: the file lies outside its folder", _FILE_HELP)
            return None
        told = Mistakes()
        text = read_text(self.folder / name, name, self.folder, told, max_bytes=MAX_TEXT)
        for one in told:
            self.mistakes.add(file.place, f"document `{document}`: {one.message}", one.help)
        return text


def _is_relative(name: str) -> bool:
    """Whether a path goes down from the case's folder, as every system reads it."""
    windows = PureWindowsPath(name)
    return not (PurePosixPath(name).is_absolute() or windows.anchor or ".." in windows.parts)
