"""The site: a policy compiled for the browser, and the self-check that runs there."""

from harness.site.compiled import compiled, compiled_json
from harness.site.selfcheck.html import assets, self_check_html, self_check_page

__all__ = ["assets", "compiled", "compiled_json", "self_check_html", "self_check_page"]
