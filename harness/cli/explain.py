"""`necessity explain`: a policy or one of its rules, as readers will see it."""

from __future__ import annotations

import click

from harness.cli.options import find_policy, overlay_option, policies_option, unknown
from harness.cli.output import write
from harness.cli.telling import telling
from harness.policies import read_policies
from harness.report import policy_page, rule_page


@click.command("explain")
@click.argument("policy")
@click.argument("rule", required=False)
@policies_option
@overlay_option
def command(policy: str, rule: str | None, folder: str, overlay: str | None) -> None:
    """Print RULE of POLICY: what it asks, what it says, on which sources.

    Without RULE, the policy: its rules, the facts to state, the treatment records that count. `POLICY@DATE` names a
    version; else it is the latest that is no draft.
    """
    with telling("text"):
        found = find_policy(read_policies(folder, overlay), policy)
        if rule is None:
            write(policy_page(found), None)
        elif rule in found.rules:
            write(rule_page(found, found.rules[rule]), None)
        else:
            raise unknown("rule", rule, found.rules)
