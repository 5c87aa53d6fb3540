"""The MkDocs plugin `necessity`: pages of the policies, made while the site is built and never written to `docs/`."""

from __future__ import annotations

import logging
import os
from importlib import resources
from pathlib import Path

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from harness.site.contents import Contents
from harness.site.diagram import diagram_css
from harness.site.pages import Kept, Site, site_of
from harness.site.published import publish
from harness.site.render import Href, rendered, tab_title
from harness.site.selfcheck.html import assets

_ASSETS = "assets/necessity"
_OWN = ("site.css", "tables.js")

log = logging.getLogger("mkdocs.plugins.necessity")  # MkDocs counts what it tells, which `--strict` makes fatal


class NecessityConfig(Config):  # type: ignore[no-untyped-call] # MkDocs has no types for making a subclass
    policies = config_options.Type(str, default="policies")  # the folder, as it counts from the configuration file
    overlay = config_options.Optional(config_options.Type(str))


class NecessityPlugin(BasePlugin[NecessityConfig]):  # type: ignore[no-untyped-call] # as above
    """Adds the pages. It lives as long as `mkdocs serve`, and keeps what took long."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._site = Site()

    def on_startup(self, **_: object) -> None:
        """That this exists makes MkDocs keep the plugin from one build of `mkdocs serve` to the next."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        for name in _asset_files():
            where = config.extra_css if name.endswith(".css") else config.extra_javascript
            where.append(f"{_ASSETS}/{name}")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        published = publish(_shown(_folder(config, self.config.policies)), self.config.overlay)
        self._site = site_of(published, self._kept)
        for mistake in (*published.mistakes, *self._site.refuted):
            log.error("%s", mistake)
        for page in self._site.pages.values():
            inclusion = InclusionLevel.INCLUDED if page.is_listed else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.address, content="", inclusion=inclusion))
        for one in self._site.files:
            files.append(_downloadable(config, one.address, one.content))
        for name, text in _asset_files().items():
            files.append(File.generated(config, f"{_ASSETS}/{name}", content=text))
        if config.nav is not None:
            config.nav.insert(1, {"Policies": self._site.nav})
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        made = self._site.pages.get(page.file.src_uri)
        if made is not None:
            page.title = tab_title(made.title)
            page.meta["description"] = str(escape(made.description))
            page.meta["search"] = {"exclude": not made.is_searched, "boost": made.boost}
        return markdown

    def on_page_content(self, html: str, *, page: Page, files: Files, **_: object) -> str:
        made = self._site.pages.get(page.file.src_uri)
        if made is None:
            return html
        html = rendered(made.template, made.content(page.canonical_url), *_links(page, files))
        contents = Contents(html)
        page.toc = get_toc(contents.tokens())  # type: ignore[arg-type]
        page.present_anchor_ids = contents.ids
        return html

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> None:
        server.watch(str(_folder(config, self.config.policies)))


def _folder(config: MkDocsConfig, named: str) -> Path:
    return Path(config.config_file_path or ".").absolute().parent / named


def _shown(folder: Path) -> str:
    """A folder as a terminal user would write it."""
    near = os.path.relpath(folder)
    return str(folder) if near.startswith("..") else Path(near).as_posix()


def _asset_files() -> dict[str, str]:
    templates = resources.files("harness.site") / "templates"
    own = {name: (templates / name).read_text("utf-8") for name in _OWN}
    return {**assets(), "diagram.css": diagram_css(), **own}


def _downloadable(config: MkDocsConfig, address: str, content: bytes) -> File:
    """A file that is copied as it is; Markdown too, which MkDocs would else make a page of."""
    if not address.endswith(".md"):
        return File.generated(config, address, content=content)
    file = File.generated(config, f"{address}.txt", content=content)
    file.dest_uri = address
    return file


def _links(page: Page, files: Files) -> tuple[Href, Href]:
    """Links from a page, to pages and to files; one to what is not there is a mistake of a template, and raises."""
    by_address = {file.dest_uri: file for file in files}

    def to_page(address: str, anchor: str = "") -> str:
        file = files.src_uris[address]
        return file.url_relative_to(page.file) + (f"#{anchor}" if anchor else "")

    def to_file(address: str) -> str:
        return by_address[address].url_relative_to(page.file)

    return to_page, to_file
