"""`necessity questions`: the facts still needed, in the order that settles the outcome soonest."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cases import read_case
from harness.cli.options import find_policy, named, output_option, overlay_option, policies_option
from harness.cli.output import write
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place
from harness.model.policy import Policies, Policy
from harness.policies import read_policies
from harness.questionnaire import FORMATS, Questionnaire, of_case, of_policy, render


@click.command("questions")
@click.argument("policy", callback=named)
@click.option("--case", "case", metavar="FILE", help="Ask only what this case does not document.", callback=named)
@policies_option
@overlay_option
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@output_option
def command(policy: str, case: str | None, folder: str, overlay: str | None, form: str, output: str | None) -> None:
    """Print what to ask to settle the outcome under POLICY, in the order that needs the fewest questions.

    `POLICY@DATE` names a version; else it is the latest that is no draft, or with `--case` the one in force on the
    request date.
    """
    with telling(form):
        if output is not None and case is not None and Path(output).resolve() == Path(case).resolve():
            wrong = Mistake(Place(output), "the questions would replace the case", "name another file for `--output`")
            raise BadInputError([wrong])
        policies = read_policies(folder, overlay)
        found = find_policy(policies, policy)
        made = (of_policy(found),) if case is None else _of_case(policies, found, case, version="@" in policy)
        write(render(made, form), output)


def _of_case(policies: Policies, wanted: Policy, file: str, *, version: bool) -> tuple[Questionnaire, ...]:
    case = read_case(file, policies)
    made = of_case(policies, case, wanted.id)
    if not made:
        listed = ", ".join(dict.fromkeys(f"`{service.policy}`" for service in case.services))
        message = f"the case requests nothing under policy `{wanted.id}`"
        raise BadInputError([Mistake(Place(file), message, f"it requests a service under {listed}")])
    running = made[0].policy
    if version and running.effective != wanted.effective:
        message = f"version `{wanted.effective}` of `{wanted.id}` is not in force on the request date"
        cure = f"leave `@{wanted.effective}` out; the version of {running.effective} is in force then"
        raise BadInputError([Mistake(Place(file), message, cure)])
    return made
