"""What several commands share: their options, and how a policy is named."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable
from typing import Any

import click

from harness.errors import BadInputError, Mistake, Place, did_you_mean
from harness.model.months import parse_date
from harness.model.policy import Policies, Policy


def named(_: click.Context, __: click.Parameter, word: str | None) -> str | None:
    """A word that is not empty, as one is that the shell made of a variable without a value."""
    if word == "":
        raise click.BadParameter("it is empty")
    return word


def day(_: click.Context, __: click.Parameter, word: str | None) -> dt.date | None:
    """A date of the calendar."""
    found = None if word is None else parse_date(word)
    if word is not None and found is None:
        raise click.BadParameter(f"`{word}` is not a date; write it as 2026-11-20")
    return found


policies_option = click.option(
    "--policies",
    "folder",
    default="policies",
    show_default=True,
    metavar="DIR",
    help="The folder of policies.",
    callback=named,
)
overlay_option = click.option(
    "--overlay",
    metavar="NAME",
    help="As the overlay of this name in the folder of policies changes them.",
    callback=named,
)
output_option = click.option(
    "--output",
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of printing.",
    callback=named,
)


def find_policy(policies: Policies, wanted: str) -> Policy:
    id_, _, day = wanted.partition("@")
    if id_ not in policies.versions:
        raise unknown("policy", id_, policies.versions)
    versions = {policy.effective.isoformat(): policy for policy in policies.versions[id_]}
    if day and day not in versions:
        raise unknown(f"version of `{id_}` from", day, versions)
    if day:
        return versions[day]
    return max(policies.versions[id_], key=lambda policy: (policy.status != "draft", policy.effective))


def unknown(word: str, id_: str, known: Iterable[str]) -> BadInputError:
    listed = ", ".join(f"`{one}`" for one in known)
    help_ = did_you_mean(id_, known, f"there are {listed}")
    return BadInputError([Mistake(Place("(command line)"), f"there is no {word} `{id_}`", help_)])


def optional(module: str, option: str, extra: str = "authoring") -> Any:
    """A module that one option needs, with a library that the command does not need without it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        message = f"`{option}` needs `{error.name}`, which is not installed"
        cure = f"pip install 'necessity-harness[{extra}]'"
        raise BadInputError([Mistake(Place("(command line)"), message, cure)]) from None
