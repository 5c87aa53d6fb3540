"""The command `necessity` and its entry point."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from pathlib import Path

import click

from harness.cli.progress import EXIT_INTERRUPTED
from harness.cli.telling import EXIT_INPUT, EXIT_PROGRAM
from harness.errors import did_you_mean, in_one_line

COMMANDS = {
    "assess": "Assess the services that a case requests.",
    "batch": "Assess a file of cases, one or millions.",
    "check": "Tell all that is wrong with the policies.",
    "compile": "Print the ruleset that the engine runs, or SQL.",
    "diff": "Tell what differs between two versions, and which cases change.",
    "explain": "Print a policy, or one of its rules.",
    "format": "Put files in canonical order and style.",
    "impact": "Tell which cases of a file end differently under another version, and why.",
    "mutate": "Tell which small mistakes in a policy its tests would not notice.",
    "new": "Start a policy, or a new version of one.",
    "policies": "List the policies, and which apply to a code.",
    "prove": "Prove what is said of every possible case, or refute it with one.",
    "questions": "Tell what to ask, in the order that settles the outcome soonest.",
    "sample": "Make up cases of a policy, as many as you like, edges included.",
    "test": "Run the tests of policies, and tell what of them no test reaches.",
}

# Libraries that only some commands need, by the name of their module, and the extras that bring them by command.
OPTIONAL = {
    "duckdb": "DuckDB",
    "ibis": "Ibis",
    "numpy": "NumPy",
    "polars": "Polars",
    "pyarrow": "PyArrow",
    "pytest": "pytest",
    "ruamel": "ruamel.yaml",
    "watchfiles": "watchfiles",
    "z3": "the solver z3",
}
EXTRAS = {"batch": "batch", "impact": "authoring,batch", "sample": "authoring,batch"}


class _Commands(click.Group):
    """Each command is in the module of its name, imported when it is asked for: few need what the others do."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            near = did_you_mean(cmd_name, COMMANDS, "`necessity --help` lists them")
            ctx.fail(f"there is no command `{in_one_line(cmd_name)}`; {near}")
        try:
            command: click.Command = importlib.import_module(f"harness.cli.{cmd_name}").command
        except ModuleNotFoundError as error:
            library = str(error.name).partition(".")[0]
            if library not in OPTIONAL:
                raise
            click.echo(f"error: `necessity {cmd_name}` needs {OPTIONAL[library]}, which is not installed", err=True)
            extras = EXTRAS.get(cmd_name, "authoring")
            click.echo(f"  help: pip install 'necessity-harness[{extras}]'", err=True)
            sys.exit(EXIT_INPUT)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="necessity-harness")
def cli() -> None:
    """Assess requests for care against published medical-necessity policies.

    An assessment is a recommendation with its reasons; the determination is a person's.
    """


def main() -> None:
    """The entry point: every failure ends in one message and a code, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # a terminal or pipe; a replaced one may not
    try:
        cli.main(prog_name="necessity", standalone_mode=False)
        sys.exit(0)
    except click.Abort:  # Ctrl-C before there was anything to keep
        click.echo("interrupted, nothing was done", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
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
