"""`necessity check`: read every policy strictly, and tell all that is wrong."""

from __future__ import annotations

import click

from harness.cli.options import named
from harness.cli.output import write
from harness.cli.telling import errors_json, telling
from harness.engine import compile_policy
from harness.errors import BadInputError, Mistakes, Place
from harness.policies import read_policies


@click.command("check")
@click.argument("folder", default="policies", callback=named)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
def command(folder: str, form: str) -> None:
    """Read every policy of FOLDER strictly, compile it, and tell all that is wrong."""
    with telling(form):
        policies = read_policies(folder)
        mistakes = Mistakes()
        for policy in policies.all():
            try:
                compile_policy(policy)
            except BadInputError as error:
                mistakes.extend(error.mistakes)
        count = sum(1 for _ in policies.all())
        if not count:
            mistakes.add(Place(folder), "the folder holds no policy", "name the folder of policies")
        mistakes.raise_any()
        text = f"{folder}: {count} {'policy' if count == 1 else 'policies'}, nothing wrong\n"
        write(f"{errors_json(())}\n" if form == "json" else text, None)
