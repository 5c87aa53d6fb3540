"""`necessity new`: a policy to begin with, or a new version of one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from harness.cli.options import named, policies_option, unknown
from harness.cli.output import write
from harness.cli.telling import telling
from harness.policies import read_policies
from harness.scaffold import new_policy, new_version, write_new

from_option = click.option(
    "--from", "effective", metavar="YYYY-MM-DD", help="The first day in force. It must be given: no clock is read."
)


@click.group("new")
def command() -> None:
    """Start a policy, or a new version of one. No file that is there is written over."""


@command.command("policy")
@click.argument("id_", metavar="AREA/NAME", callback=named)
@policies_option
@from_option
@click.option("--title", metavar="TEXT", help="The name a reader knows the service by; else it is made of NAME.")
def policy(id_: str, folder: str, effective: str | None, title: str | None) -> None:
    """Write a policy that works, with its tests and an example; each `[write: ...]` in it asks for your own words."""
    with telling("text"):
        files = new_policy(id_, effective, title, Path(folder))
        write_new(files)
        begun = [file.as_posix() for file in files if file.suffix == ".yaml"]
        schemas = sorted({file.parent.as_posix() for file in files if file.suffix == ".json"})
        beside = "" if folder == "policies" else f" --policies {shlex.quote(folder)}"
        lines = [
            *(f"wrote {file}" for file in begun),
            *(f"wrote {one}/: the schemas, by which an editor helps" for one in schemas),
            "",
            "It works as it is. Look at it, then write what each `[write: ...]` asks for, and look again:",
            f"  necessity check {shlex.quote(folder)}",
            f"  necessity test {shlex.quote(begun[1])} --coverage",
            f"  necessity prove {id_}{beside}",
            f"  necessity assess {shlex.quote(begun[2])}{beside}",
        ]
        write("\n".join(lines) + "\n", None)


@command.command("version")
@click.argument("id_", metavar="POLICY", callback=named)
@policies_option
@from_option
def version(id_: str, folder: str, effective: str | None) -> None:
    """Copy the newest version of POLICY to a new one, which is where a criterion is changed: the old one stays."""
    with telling("text"):
        policies = read_policies(folder)
        if id_ not in policies.versions:
            raise unknown("policy", id_, policies.versions)
        newest = policies.versions[id_][-1]
        made = new_version(newest, effective)
        write_new({made.file: made.text})
        lines = [f"wrote {made.file.as_posix()}, a copy of {made.source.name}"]
        if made.left_out:
            listed = " and ".join(f"`{key}`" for key in made.left_out)
            lines.append(f"left out {listed}: true of the old version alone")
        tests = made.file.with_name("tests.yaml").as_posix()
        lines += [
            "",
            "Change the new file, never the old one. The tests run the version that their date selects:",
            f'to test the new one, write `request_date: "{effective}"`, or a later day, in {tests}',
        ]
        write("\n".join(lines) + "\n", None)
