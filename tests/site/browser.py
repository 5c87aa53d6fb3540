"""A real browser for tests and pictures: Debian's Chromium, a folder served to it, and the self-check filled in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
REASONS = '.nc-found h3:has-text("What is missing or not met") + ul > li'


def missing() -> str:
    """What a browser test lacks on this machine, or nothing."""
    if sync_playwright is None:
        return "Playwright for Python"
    return "" if CHROMIUM else "Chromium"


@contextmanager
def launched() -> Iterator[Any]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield chromium
        chromium.close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # as it is called
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def field(page: Any, fact: str) -> Any:
    return page.locator(f'[data-fact="{fact}"]')


def reasons(page: Any) -> list[str]:
    return [item.get_attribute("data-rule") for item in page.locator(REASONS).all()]


def outcome(page: Any) -> str:
    return str(page.locator(".nc-check").get_attribute("data-outcome"))


def type_founding_case(page: Any) -> None:
    field(page, "request.date").locator("input").fill("2025-11-24")
    for fact, choice in (
        *(("request.level", "T12/L1"), ("request.side", "left"), ("request.setting", "inpatient")),
        *(("imaging.level", "T12/L1"), ("imaging.side", "left")),
        *(("imaging.canal_stenosis", "severe"), ("imaging.foraminal_stenosis", "severe")),
    ):
        field(page, fact).locator("select").select_option(choice)
    field(page, "pain.exacerbation").locator(".nc-how").select_option("at_most")
    field(page, "pain.exacerbation").locator(".nc-first input").fill("14")
    for fact in ("pain.intractable", "prior_surgery.present"):
        field(page, fact).get_by_label("Yes").check()
