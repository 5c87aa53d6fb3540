"""`necessity compile`: the ruleset that the engine runs, or a statement for a database."""

from __future__ import annotations

import json

import click

from harness.cli.options import find_policy, optional, output_option, overlay_option, policies_option
from harness.cli.output import keep_inputs, write
from harness.cli.telling import telling
from harness.engine import compile_policy
from harness.errors import BadInputError, Mistake, Place
from harness.model.policy import Policies
from harness.policies import read_policies

_DIALECTS = ("postgres", "bigquery", "snowflake", "duckdb")


@click.command("compile")
@click.argument("policy")
@click.option("--format", "form", type=click.Choice(["ruleset", "sql"]), default="ruleset", show_default=True)
@click.option("--dialect", type=click.Choice(_DIALECTS), help="Of the database that `--format sql` is for.")
@policies_option
@overlay_option
@output_option
def command(
    policy: str,
    folder: str,
    *,
    form: str,
    dialect: str | None,
    overlay: str | None,
    output: str | None,
) -> None:
    """Print the durable_rules ruleset of POLICY as JSON, or one SELECT that assesses the rows of a table `cases`.

    `POLICY@DATE` names a version; else it is the latest.
    """
    with telling("text"):
        if (form == "sql") != (dialect is not None):
            message = "`--format sql` and `--dialect` go together"
            raise BadInputError([Mistake(Place("(command line)"), message, f"dialects: {', '.join(_DIALECTS)}")])
        keep_inputs("--output", output, folder)
        policies = read_policies(folder, overlay)
        if dialect is not None:
            write(_statement(policies, policy, dialect), output)
            return
        compiled = compile_policy(find_policy(policies, policy))
        write(json.dumps(compiled.ruleset, indent=2, ensure_ascii=False) + "\n", output)


def _statement(policies: Policies, policy: str, dialect: str) -> str:
    """The statement of the version that the policy's name stands for."""
    batch = optional("harness.cli.batch", "--format sql", "batch")
    sql = optional("harness.batch.sql", "--format sql", "batch")
    made: str = sql.statement(batch.versions_of(policies, policy)[-1], dialect)
    return made
