"""An impact as one HTML page that needs nothing else: no script, nothing loaded."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from harness.impact.as_text import CAUTION, sides
from harness.impact.count import Impact
from harness.impact.drawings import bars, flow
from harness.impact.tables import causes, groups, outcomes, rejected, summary
from harness.report.wording import clean


def render_html(impact: Impact) -> str:
    page = (
        _environment()
        .get_template("impact.html.jinja")
        .render(
            title=clean(impact.new.title),
            sides=list(sides(impact)),
            summary=list(summary(impact)),
            flow=flow(impact.whole, "flow"),
            outcomes=outcomes(impact.whole),
            causes=causes(impact) if impact.causes else None,
            groupings=[
                (clean(one.column), f"g{at}", bars(one, f"g{at}-bars"), groups(one))
                for at, one in enumerate(impact.groupings)
            ],
            rejected=rejected(impact) if impact.rejected else None,
            caution=CAUTION,
        )
    )
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader("harness.impact"), PackageLoader("harness.report")]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
