"""`necessity policies`: which policies there are, and which apply."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import click

from harness.cli.options import day, named, output_option, overlay_option, policies_option
from harness.cli.output import write
from harness.cli.telling import telling
from harness.model.policy import Policies, Policy
from harness.policies import read_policies


@click.command("policies")
@click.option("--code", metavar="CODE", help="Those that apply to this code of a procedure.", callback=named)
@click.option("--area", metavar="AREA", help="Those of this area, the first word of a policy's id.", callback=named)
@click.option("--on", metavar="DATE", help="The versions in force on DATE, `YYYY-MM-DD`.", callback=day)
@policies_option
@overlay_option
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
@output_option
def command(
    code: str | None,
    area: str | None,
    on: dt.date | None,
    folder: str,
    overlay: str | None,
    form: str,
    output: str | None,
) -> None:
    """List the policies: of each the version in force on --on, or without it every version."""
    with telling(form):
        policies = read_policies(folder, overlay)
        found = [one for one in _in_force(policies, on) if _is_asked(one, code, area)]
        write(_json(found) if form == "json" else _text(found), output)


def _in_force(policies: Policies, on: dt.date | None) -> Iterator[Policy]:
    if on is None:
        yield from policies.all()
        return
    for id_ in policies.versions:
        version = policies.in_force(id_, on)
        if version is not None:
            yield version


def _is_asked(policy: Policy, code: str | None, area: str | None) -> bool:
    codes = {one for several in policy.applies_to for one in several.codes}
    return (code is None or code in codes) and (area is None or policy.id.partition("/")[0] == area)


def _text(found: list[Policy]) -> str:
    if not found:
        return "no policy applies\n"
    width = max(len(policy.version) for policy in found)
    return "".join(f"{policy.version:<{width}}  {policy.title}{_remark(policy)}\n" for policy in found)


def _remark(policy: Policy) -> str:
    words = [policy.status] if policy.status != "active" else []
    if policy.until is not None:
        words.append(f"until {policy.until}")
    return f" ({', '.join(words)})" if words else ""


def _json(found: list[Policy]) -> str:
    policies = [
        {
            "id": policy.id,
            "title": policy.title,
            "effective": policy.effective.isoformat(),
            "until": None if policy.until is None else policy.until.isoformat(),
            "status": policy.status,
            "overlay": None if policy.overlay is None else policy.overlay.id,
            "codes": [{"system": one.system, "codes": list(one.codes)} for one in policy.applies_to],
            "hash": policy.hash,
            "file": policy.place.file,
        }
        for policy in found
    ]
    return json.dumps({"policies": policies}, indent=2, ensure_ascii=False) + "\n"
