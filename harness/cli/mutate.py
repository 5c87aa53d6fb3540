"""`necessity mutate`: whether the tests of a policy would notice a small mistake in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from harness.cli.options import find_policy, output_option, overlay_option, policies_option
from harness.cli.output import keep_inputs, write
from harness.cli.progress import EXIT_INTERRUPTED, Watched
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place
from harness.interrupt import heeded
from harness.model.policy import Policy
from harness.mutation import Fate, mutants, mutation_data, mutation_text, percent_killed, running_under, tried
from harness.policies import read_policies
from harness.suite import PolicyTest, judge_with, read_suites

EXIT_SURVIVED = 3
SECONDS = 2.0  # of the solver, for one mutant


@click.command("mutate")
@click.argument("policy")
@policies_option
@overlay_option
@click.option("--tests", "paths", metavar="PATH", multiple=True, help="Files or folders of tests, instead of its own.")
@click.option("--min", "least", type=click.FloatRange(0, 100), metavar="PERCENT", default=100.0, show_default=True)
@click.option("--time-limit", "seconds", type=click.FloatRange(0.01), default=SECONDS, show_default=True)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
@output_option
def command(  # noqa: PLR0913 - the options of a command
    policy: str,
    folder: str,
    overlay: str | None,
    paths: tuple[str, ...],
    least: float,
    seconds: float,
    form: str,
    *,
    output: str | None,
) -> None:
    """Put small mistakes into POLICY, one at a time, and tell which of them its tests do not notice.

    Thresholds are shifted by one step, operators changed, `all` and `any` swapped, conditions dropped, presumptions
    turned, exceptions removed. Of each mistake that every test passes, a case is given that tells it apart, to be
    pasted as a test, or the proof that there is none (--time-limit is in seconds, for each). The exit code is 3 when
    fewer than --min percent are noticed of those that a test can notice. `POLICY@DATE` names a version; else it is the
    latest that is no draft. With --overlay only what the overlay says is changed, and only the tests under it run.
    """
    with telling(form), heeded():
        keep_inputs("--output", output, *paths, folder)
        found = find_policy(read_policies(folder, overlay), policy)
        if overlay is not None and found.overlay is None:
            wrong = Mistake(
                found.place, f"overlay `{overlay}` does not change {found.version}", "leave `--overlay` out"
            )
            raise BadInputError([wrong])
        suite = running_under(found, _tests(found, folder, paths))
        _hold_up(found, suite)
        every = [one for one in mutants(found) if found.overlay is None or one.place.file == found.overlay.place.file]
        watched = Watched(tried(found, every, suite, seconds), f"trying mutants of {found.version}", len(every))
        done = list(watched)
        if form == "json":
            data = mutation_data(found, done, suite, len(every))
            text = json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n"
        else:
            text = mutation_text(found, done, suite, len(every))
        write(text, output)
    if watched.interrupted:
        sys.exit(EXIT_INTERRUPTED)
    if any(one.fate is Fate.SURVIVED for one in done) and percent_killed(done) < least:
        sys.exit(EXIT_SURVIVED)


def _tests(policy: Policy, folder: str, paths: tuple[str, ...]) -> list[PolicyTest]:
    beside = Path(policy.place.file).parent / "tests.yaml"
    if not paths and not beside.is_file():
        message = f"policy `{policy.id}` has no tests"
        raise BadInputError([Mistake(Place(str(beside)), message, "write them, or name them with `--tests`")])
    return [test for suite in read_suites(paths or (str(beside),), folder) for test in suite.tests]


def _hold_up(policy: Policy, tests: Sequence[PolicyTest]) -> None:
    """A mutant can only be killed by a test that passes without it."""
    if not tests:
        message = f"no test runs under {policy.version}"
        overlay = policy.overlay and f"write some with `overlay: {policy.overlay.id}`"
        raise BadInputError([Mistake(policy.place, message, overlay or "check the request dates of its tests")])
    failing = [
        Mistake(test.place, f"the test fails under the policy as it is: {test.name}", "`necessity test` tells why")
        for test in tests
        if judge_with(policy, test)
    ]
    if failing:
        raise BadInputError(failing)
