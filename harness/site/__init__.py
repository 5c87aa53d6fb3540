"""The site: a policy compiled for the browser, and the self-check that runs there."""

from harness.site.compiled import compiled, compiled_json
from harness.site.diagram import decision_figure, decision_svg, diagram_css
from harness.site.selfcheck.html import assets, self_check_html, self_check_page

__all__ = [
    "assets",
    "compiled",
    "compiled_json",
    "decision_figure",
    "decision_svg",
    "diagram_css",
    "self_check_html",
    "self_check_page",
]
