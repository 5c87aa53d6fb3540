"""`necessity assess`: the services of one case."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from harness.assessment import assess
from harness.cases import read_case
from harness.cli.options import named, output_option, overlay_option, policies_option
from harness.cli.output import keep_inputs, wants_colour, write
from harness.cli.telling import telling
from harness.model.assessment import Assessment
from harness.model.values import Outcome
from harness.policies import read_policies
from harness.report import FORMATS, render

EXIT_OUTCOME = {  # with --exit-code; of several services, the least favourable counts
    Outcome.NOT_MEDICALLY_NECESSARY: 3,
    Outcome.MORE_INFORMATION: 4,
    Outcome.MEDICALLY_NECESSARY: 0,
}


@click.command("assess")
@click.argument("case", callback=named)
@policies_option
@overlay_option
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@output_option
@click.option("--exit-code", is_flag=True, help="Exit with 0, 3 or 4: necessary, not necessary, more information.")
def command(case: str, folder: str, overlay: str | None, form: str, output: str | None, *, exit_code: bool) -> None:
    """Assess the services that CASE, a YAML file, requests."""
    with telling(form):
        keep_inputs("--output", output, case, folder)
        policies = read_policies(folder, overlay)
        assessments = assess(policies, read_case(case, policies))
        write(render(assessments, form, colour=output is None and wants_colour()), output)
    if exit_code:
        sys.exit(_outcome_code(assessments))


def _outcome_code(assessments: Iterable[Assessment]) -> int:
    outcomes = {assessment.outcome for assessment in assessments}
    return next(code for outcome, code in EXIT_OUTCOME.items() if outcome in outcomes)
