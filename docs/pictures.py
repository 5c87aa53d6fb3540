"""Makes the pictures of docs/site.md anew, from the site as it was last built: `make pictures`."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.site.browser import launched, served

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/pictures"
POLICY = "policies/spine/thoracolumbar-decompression/"
DESK = {"width": 1200, "height": 800}
PHONE = {"width": 360, "height": 720}
MOST = 150_000  # bytes


@dataclass(frozen=True)
class Picture:
    """What is at the top of the window, by which scheme, and whether the founding case is loaded."""

    name: str
    at: str
    scheme: str = "light"
    window: tuple[tuple[str, int], ...] = tuple(DESK.items())
    loaded: bool = False
    below: int = 130  # pixels for the header and the heading; the self-check has a bar besides


ON_PHONE = tuple(PHONE.items())
PICTURES = (
    Picture("policy-light", ".nx-page h1"),
    Picture("policy-dark", ".nx-page h1", "dark"),
    Picture("policy-phone", ".nx-page h1", window=ON_PHONE),
    Picture("rule-light", ".nx-rule"),
    Picture("diagram-light", ".nd-figure"),
    Picture("diagram-phone", ".nd-figure", "dark", ON_PHONE),
    Picture("self-check-dark", ".nc-actions", "dark", loaded=True, below=190),
    Picture("self-check-phone", ".nc-outcome", window=ON_PHONE, loaded=True, below=170),
)


def taken(browser: Any, address: str, picture: Picture) -> bytes:
    context = browser.new_context(color_scheme=picture.scheme, viewport=dict(picture.window), reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + POLICY)
    if picture.loaded:
        page.set_input_files(".nc-load", ROOT / "examples/founding/case.yaml")
        page.get_by_text("Loaded: 11 answers.").wait_for()
    page.locator(picture.at).first.evaluate(
        "(one, below) => scrollTo({top: one.getBoundingClientRect().top + scrollY - below, behavior: 'instant'})",
        picture.below,
    )
    page.wait_for_timeout(500)  # the table of contents follows
    shot: bytes = page.screenshot()
    context.close()
    return shot


def small(shot: bytes) -> bytes:
    """The same in 128 colours, which is enough for letters."""
    out = BytesIO()
    Image.open(BytesIO(shot)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served(ROOT / "site") as address, launched() as browser:
        for picture in PICTURES:
            content = small(taken(browser, address, picture))
            assert len(content) < MOST, f"{picture.name} has {len(content)} bytes"
            (FOLDER / f"{picture.name}.png").write_bytes(content)
            print(f"docs/pictures/{picture.name}.png: {len(content) // 1000} kB")


if __name__ == "__main__":
    main()
