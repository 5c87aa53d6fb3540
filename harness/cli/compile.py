"""`necessity compile`: the ruleset that the engine runs."""

from __future__ import annotations

import json

import click

from harness.cli.options import find_policy, output_option, overlay_option, policies_option
from harness.cli.output import keep_inputs, write
from harness.cli.telling import telling
from harness.engine import compile_policy
from harness.policies import read_policies


@click.command("compile")
@click.argument("policy")
@policies_option
@overlay_option
@output_option
def command(policy: str, folder: str, overlay: str | None, output: str | None) -> None:
    """Print the durable_rules ruleset of POLICY, as JSON. `POLICY@DATE` names a version; else it is the latest."""
    with telling("text"):
        keep_inputs("--output", output, folder)
        compiled = compile_policy(find_policy(read_policies(folder, overlay), policy))
        write(json.dumps(compiled.ruleset, indent=2, ensure_ascii=False) + "\n", output)
