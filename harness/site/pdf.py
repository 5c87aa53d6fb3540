"""One policy as a PDF that can be filed and cited: tagged for screen readers, and the same bytes for the same policy.

The text of a policy reaches typst as data alone. The template reads it as JSON and never evaluates it as markup.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from importlib import resources
from typing import Literal

import typst

from harness.model.policy import Policy
from harness.site.pdf_content import pdf_content


def policy_pdf(policy: Policy) -> bytes:
    """The PDF, dated with the day on which the version came into force, so that no clock is in it.

    It keeps to PDF/UA-1. A policy with a letter that the fonts do not have cannot: then the PDF is tagged all the same,
    and claims no standard.
    """
    try:
        return _compiled(policy, "ua-1")
    except typst.TypstError:
        return _compiled(policy, None)


def _compiled(policy: Policy, standard: Literal["ua-1"] | None) -> bytes:
    pdf = typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"policy": json.dumps(pdf_content(policy), ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=dt.datetime.combine(policy.effective, dt.time(), dt.UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _template() -> bytes:
    return (resources.files("harness.site") / "templates" / "policy.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Those that typst brings and no others: the fonts of a machine would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
