"""A site of a few files, or of the shipped policies, as MkDocs builds it; and what its pages hold."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[2]

SETTINGS = """\
site_name: Criteria
theme: {name: material, font: false}
plugins: [search, necessity]
nav: [{Home: index.md}]
"""


@dataclass
class Html(HTMLParser):
    """The ids and addresses of a page, its text, and its scripts by type."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    text: str = ""
    scripts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._script: str | None = None
        self.feed(self.path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append(tag)
        self.ids += [held["id"]] if held.get("id") else []
        self.links += [value for key in ("href", "src") if (value := held.get(key))]
        if tag in ("script", "style"):
            self._script = held.get("type") or tag
            self.scripts.setdefault(self._script, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.text += data
        else:
            self.scripts[self._script][-1] += data


@dataclass
class Built:
    """A site below a folder."""

    folder: Path
    told: str = ""
    code: int = 0

    def __post_init__(self) -> None:
        self._pages: dict[Path, Html] = {}

    def page(self, path: str) -> Html:
        return self._html(self.folder / path / "index.html")

    def broken(self) -> list[str]:
        """The links and anchors within the site that lead nowhere."""
        return [
            f"{html.path.relative_to(self.folder)}: {link}"
            for html in map(self._html, sorted(self.folder.rglob("*.html")))
            for link in dict.fromkeys(html.links)
            if not self._leads_somewhere(html, link)
        ]

    def _html(self, path: Path) -> Html:
        if path not in self._pages:
            self._pages[path] = Html(path)
        return self._pages[path]

    def _leads_somewhere(self, html: Html, link: str) -> bool:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return True
        path = unquote(parts.path)
        below = self.folder if path.startswith("/") else html.path.parent  # 404.html counts from the top
        target = (below / path.lstrip("/")).resolve() if path else html.path
        target = target / "index.html" if target.is_dir() else target
        if not target.exists():
            return False
        return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in self._html(target).ids


def build(settings: Path, folder: Path, *options: str) -> Built:
    """Run MkDocs as its user does."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(settings), "-d", str(folder), *options]
    surroundings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://criteria.example/"}
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", cwd=settings.parent, env=surroundings, timeout=300
    )
    told = [line for line in (done.stdout + done.stderr).splitlines() if line and not line.startswith("INFO ")]
    return Built(folder, "\n".join(told), done.returncode)
