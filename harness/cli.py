"""The command `necessity`: words in, words out. The only room that prints, reads arguments or exits."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from harness.assessment import assess
from harness.cases import read_case
from harness.engine import compile_policy
from harness.errors import BadInputError, InternalError, Mistake, Mistakes, Place, did_you_mean
from harness.model.assessment import Assessment
from harness.model.policy import Policies, Policy
from harness.model.values import Outcome
from harness.policies import read_policies
from harness.report import FORMATS, policy_page, render, rule_page

EXIT_PROGRAM = 1  # a failure of the program
EXIT_INPUT = 2  # bad input
EXIT_OUTCOME = {  # with --exit-code; of several services, the least favourable counts
    Outcome.NOT_MEDICALLY_NECESSARY: 3,
    Outcome.MORE_INFORMATION: 4,
    Outcome.MEDICALLY_NECESSARY: 0,
}


def _named(_: click.Context, __: click.Parameter, word: str | None) -> str | None:
    """A word that is not empty, as one is that the shell made of a variable without a value."""
    if word == "":
        raise click.BadParameter("it is empty")
    return word


_policies = click.option(
    "--policies",
    "folder",
    default="policies",
    show_default=True,
    metavar="DIR",
    help="The folder of policies.",
    callback=_named,
)
_output = click.option(
    "--output",
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of printing.",
    callback=_named,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="necessity-harness")
def cli() -> None:
    """Assess requests for care against published medical-necessity policies.

    An assessment is a recommendation with its reasons; the determination is a person's.
    """


@cli.command("assess")
@click.argument("case", callback=_named)
@_policies
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
@_output
@click.option("--exit-code", is_flag=True, help="Exit with 0, 3 or 4: necessary, not necessary, more information.")
def assess_command(case: str, folder: str, form: str, output: str | None, *, exit_code: bool) -> None:
    """Assess the services that CASE, a YAML file, requests."""
    with _telling(form):
        if output is not None and Path(output).resolve() == Path(case).resolve():
            wrong = Mistake(Place(output), "the report would replace the case", "name another file for `--output`")
            raise BadInputError([wrong])
        policies = read_policies(folder)
        assessments = assess(policies, read_case(case, policies))
        _write(render(assessments, form, colour=output is None and _wants_colour()), output)
    if exit_code:
        sys.exit(_outcome_code(assessments))


@cli.command("check")
@click.argument("folder", default="policies", callback=_named)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
def check_command(folder: str, form: str) -> None:
    """Read every policy of FOLDER strictly, compile it, and tell all that is wrong."""
    with _telling(form):
        policies = read_policies(folder)
        mistakes = Mistakes()
        for policy in _versions(policies):
            try:
                compile_policy(policy)
            except BadInputError as error:
                mistakes.extend(error.mistakes)
        count = sum(1 for _ in _versions(policies))
        if not count:
            mistakes.add(Place(folder), "the folder holds no policy", "name the folder of policies")
        mistakes.raise_any()
        text = f"{folder}: {count} {'policy' if count == 1 else 'policies'}, nothing wrong\n"
        _write(f"{_errors_json(())}\n" if form == "json" else text, None)


@cli.command("compile")
@click.argument("policy")
@_policies
@_output
def compile_command(policy: str, folder: str, output: str | None) -> None:
    """Print the durable_rules ruleset of POLICY, as JSON. `POLICY@DATE` names a version; else it is the latest."""
    with _telling("text"):
        compiled = compile_policy(_find_policy(read_policies(folder), policy))
        _write(json.dumps(compiled.ruleset, indent=2, ensure_ascii=False) + "\n", output)


@cli.command("explain")
@click.argument("policy")
@click.argument("rule", required=False)
@_policies
def explain_command(policy: str, rule: str | None, folder: str) -> None:
    """Print RULE of POLICY: what it asks, what it says, on which sources.

    Without RULE, the policy: its rules, the facts to state, the treatment records that count. `POLICY@DATE` names a
    version; else it is the latest that is no draft.
    """
    with _telling("text"):
        found = _find_policy(read_policies(folder), policy)
        if rule is None:
            _write(policy_page(found), None)
        elif rule in found.rules:
            _write(rule_page(found, found.rules[rule]), None)
        else:
            raise _unknown("rule", rule, found.rules)


def main() -> None:
    """The entry point: every failure ends in one message and a code, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # a terminal or pipe; a replaced one may not
    try:
        cli(prog_name="necessity")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_PROGRAM)
    except Exception as error:  # noqa: BLE001 - the last stop: what is not foreseen is told without its data
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        spot = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "unknown"
        click.echo(f"error: the program failed ({type(error).__name__} at {spot}), and nothing was written", err=True)
        click.echo("  help: this is a defect; report it with the policy, not with the case", err=True)
        sys.exit(EXIT_PROGRAM)


@contextlib.contextmanager
def _telling(form: str) -> Iterator[None]:
    """Tell what is wrong, as text or as JSON, and exit with the code for it."""
    try:
        yield
    except BadInputError as error:
        text = _errors_json(error.mistakes) if form == "json" else "\n".join(_printable(m) for m in error.mistakes)
        click.echo(text, err=True)
        sys.exit(EXIT_INPUT)
    except InternalError as error:
        click.echo(json.dumps({"failure": str(error)}) if form == "json" else f"error: {error}", err=True)
        sys.exit(EXIT_PROGRAM)


def _wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()  # None: the caller closed it


def _printable(mistake: Mistake) -> str:
    """A mistake without what a terminal would obey: a key of a file may hold anything."""
    return "".join(
        one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in str(mistake)
    )


def _errors_json(mistakes: Iterable[Mistake]) -> str:
    errors = [
        {
            "file": mistake.place.file,
            "line": mistake.place.line,
            "column": mistake.place.column,
            "message": mistake.message,
            "help": mistake.help,
        }
        for mistake in mistakes
    ]
    return json.dumps({"errors": errors}, indent=2, ensure_ascii=False)


def _versions(policies: Policies) -> Iterator[Policy]:
    for versions in policies.versions.values():
        yield from versions


def _find_policy(policies: Policies, wanted: str) -> Policy:
    id_, _, day = wanted.partition("@")
    if id_ not in policies.versions:
        raise _unknown("policy", id_, policies.versions)
    versions = {policy.effective.isoformat(): policy for policy in policies.versions[id_]}
    if day and day not in versions:
        raise _unknown(f"version of `{id_}` from", day, versions)
    if day:
        return versions[day]
    return max(policies.versions[id_], key=lambda policy: (policy.status != "draft", policy.effective))


def _unknown(word: str, id_: str, known: Iterable[str]) -> BadInputError:
    listed = ", ".join(f"`{one}`" for one in known)
    help_ = did_you_mean(id_, known, f"there are {listed}")
    return BadInputError([Mistake(Place("(command line)"), f"there is no {word} `{id_}`", help_)])


def _outcome_code(assessments: Iterable[Assessment]) -> int:
    outcomes = {assessment.outcome for assessment in assessments}
    return next(code for outcome, code in EXIT_OUTCOME.items() if outcome in outcomes)


def _write(text: str, output: str | None) -> None:
    if output is None:
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:  # the reader has seen enough
            raise
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits there shall not be tried again
            raise _unwritable("(standard output)", error) from None
        return
    try:
        target = Path(output).resolve()  # a link is written through, not replaced
        if target.exists() and not target.is_file():  # a device or pipe cannot be renamed over
            target.write_text(text, encoding="utf-8", newline="\n")
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            # A report that was closed to others stays so.
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(output, error) from None


def _unwritable(output: str, error: OSError) -> BadInputError:
    message = f"the output cannot be written: {(error.strerror or 'unknown reason').lower()}"
    return BadInputError([Mistake(Place(output), message, "write to a file in a folder that exists and has room")])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    main()
