"""`necessity test`: the tests of policies, and what of the policies they reach."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from harness.cli.options import named, optional, output_option
from harness.cli.output import keep_inputs, write
from harness.cli.telling import telling
from harness.errors import BadInputError, Mistake, Place, did_you_mean
from harness.suite import Judged, PolicyTest, Suite, judge, read_suites
from harness.suite.coverage import Coverage, coverage, percent, versions_to_cover
from harness.suite.coverage_report import coverage_data, coverage_text
from harness.suite.find import suites_below
from harness.suite.lcov import lcov
from harness.suite.outcome_report import run_data, run_text, summary
from harness.suite.telling import told

EXIT_FAILED = 3  # a test failed, or the tests reach too little of the policies
DEFAULT = "policies"
EXAMPLES = "examples"


@click.command("test")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--policies",
    "folder",
    metavar="DIR",
    help="The folder of policies; without it the one that each tests.yaml lies in, else `policies`.",
    callback=named,
)
@click.option("--overlay", metavar="NAME", help="Run only the tests under this overlay.", callback=named)
@click.option("-k", "text", metavar="TEXT", help="Run only the tests whose file or name holds this text.")
@click.option("-x", "stop", is_flag=True, help="Stop at the first failure.")
@click.option("-v", "verbose", is_flag=True, help="List every test.")
@click.option("--coverage", "cover", is_flag=True, help="Tell what of the policies no test reaches.")
@click.option(
    "--cover-min", type=click.IntRange(0, 100), metavar="PERCENT", help="Fail when the tests reach less of a policy."
)
@click.option("--prove", is_flag=True, help="Of what no test reaches, leave out what is proved that no case can reach.")
@click.option("--format", "form", type=click.Choice(["json", "lcov", "text"]), default="text", show_default=True)
@output_option
def command(  # noqa: PLR0913 - the options of a command
    paths: tuple[str, ...],
    folder: str | None,
    overlay: str | None,
    text: str | None,
    form: str,
    output: str | None,
    cover_min: int | None,
    *,
    stop: bool,
    verbose: bool,
    cover: bool,
    prove: bool,
) -> None:
    """Run the policy tests at each PATH, a file or a folder; else those in `policies` and `examples`.

    They are in `tests.yaml` beside a policy, and in cases with an `expect`. The exit code is 0 when all passed, 3 when
    one failed or --cover-min is not reached, 2 for bad input. `lcov` is the coverage on the lines of the policies.
    """
    with telling(form):
        suites = read_suites(paths or _default(folder), folder)
        read = dict.fromkeys((*(suite.file for suite in suites), *(suite.policies.folder for suite in suites)))
        keep_inputs("--output", output, *read)
        chosen = _chosen(_under([test for suite in suites for test in suite.tests], overlay), text)
        judged = _judged(chosen, stop=stop)
        covered = (
            _covered(suites, judged, paths or (folder or DEFAULT,), prove=prove)
            if prove or _wants_coverage(form, cover, cover_min)
            else ()
        )
        write(_rendered(form, judged, len(chosen), covered, verbose=verbose), output)
    failed = [one for one in judged if not one.passed]
    if form == "lcov":  # the failures have no place in it
        click.echo("\n".join([*map(told, failed), summary(judged, len(chosen))]), err=True)
    if too_little := _too_little(covered, cover_min):
        click.echo(too_little, err=True)
    if failed or too_little:
        sys.exit(EXIT_FAILED)


def _default(folder: str | None) -> tuple[str, ...]:
    """The policies, and the examples where there are any with an `expect`."""
    return (folder or DEFAULT, EXAMPLES) if any(suites_below(EXAMPLES)) else (folder or DEFAULT,)


def _under(tests: list[PolicyTest], overlay: str | None) -> list[PolicyTest]:
    """The tests under an overlay; all of them, each under its own, where none is named."""
    if overlay is None:
        return tests
    found = [test for test in tests if test.policy.overlay is not None and test.policy.overlay.id == overlay]
    if not found:
        known = dict.fromkeys(test.policy.overlay.id for test in tests if test.policy.overlay is not None)
        cure = did_you_mean(overlay, known, f"a test names its overlay: `overlay: {overlay}`")
        raise BadInputError([Mistake(Place("(command line)"), f"no test runs under overlay `{overlay}`", cure)])
    return found


def _chosen(tests: list[PolicyTest], text: str | None) -> list[PolicyTest]:
    if text is None:
        return tests
    chosen = [test for test in tests if text.casefold() in test.id.casefold()]
    if not chosen:
        message = f"none of the {len(tests)} tests holds `{text}` in its file or its name"
        raise BadInputError([Mistake(Place("(command line)"), message, "`-v` lists the tests")])
    return chosen


def _judged(tests: Sequence[PolicyTest], *, stop: bool) -> list[Judged]:
    judged = []
    for test in tests:
        judged.append(judge(test))
        if stop and not judged[-1].passed:
            break
    return judged


def _wants_coverage(form: str, cover: bool, cover_min: int | None) -> bool:
    return cover or cover_min is not None or form == "lcov"


def _covered(
    suites: Sequence[Suite], judged: Sequence[Judged], paths: Sequence[str], *, prove: bool
) -> tuple[Coverage, ...]:
    tests = [one.test for one in judged]
    versions = versions_to_cover([suite.policies for suite in suites], tests, paths)
    return coverage(versions, tests, optional("harness.cli.unreached", "--prove").impossible() if prove else None)


def _rendered(form: str, judged: Sequence[Judged], chosen: int, covered: Sequence[Coverage], *, verbose: bool) -> str:
    match form:
        case "json":
            data = run_data(judged, chosen)
            if covered:
                data["coverage"] = coverage_data(covered)
            return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        case "lcov":
            return lcov(covered)
        case _:
            first = f"{coverage_text(covered)}\n" if covered else ""
            return first + run_text(judged, chosen, verbose=verbose)


def _too_little(covered: Sequence[Coverage], least: int | None) -> str:
    """What is said of each policy that too little of is reached; well tested ones do not make up for another."""
    reached = {one.policy.version: percent(one.covered, len(one.hits)) for one in covered}
    return "\n".join(
        f"the tests reach {share} % of {version}, and {least} % are asked"
        for version, share in reached.items()
        if least is not None and share < least
    )
