"""All commands under one name, and what becomes of an error: two lines and an exit code."""

import importlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final

import click

from keten.cli.output import write_error
from keten.errors import KetenError, UsageError

# Each is a module of its own with a command of the same name, loaded when it is asked for.
NAMES: Final = (
    "demo", "build", "serve", "find", "show", "why", "methods", "rule", "review", "account",
    "workspace", "issues", "get", "sample", "export", "load", "chains", "tell", "connect", "diagnose",
    "fund", "financing", "choose", "act", "lists", "initiatives", "taxonomies", "members", "about",
    "suggestions", "metro",
)  # fmt: skip


class Commands(click.Group):
    """The group of all commands; ends with the exit code of `keten.errors`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, in the order in which one meets them."""
        del ctx
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in NAMES:
            near = get_close_matches(cmd_name, NAMES, 3, 0.5)
            hint = f" Perhaps: {', '.join(near)}." if near else ""
            ctx.fail(f"There is no command '{cmd_name}'.{hint}")
        found: click.Command = getattr(importlib.import_module(f"keten.cli.{cmd_name}"), cmd_name)
        return found

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run a command; never shows a traceback unless KETEN_TRACEBACK is set."""
        extra.pop("standalone_mode", None)
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(arguments, standalone_mode=False, **extra)
            sys.stdout.flush()
            sys.exit(code if isinstance(code, int) else 0)
        except KetenError as error:
            _end(error, arguments)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help())
            sys.exit(2)
        except click.ClickException as error:
            _end(_as_usage(error), arguments)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            sys.exit(130)
        except BrokenPipeError:
            # Whoever read us has seen enough (`keten issues | head`); nothing more can be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(141)
        except Exception as error:
            if os.environ.get("KETEN_TRACEBACK"):
                raise
            what = f"Something unexpected happened: {type(error).__name__}: {error}"
            _end(KetenError(what, "Set KETEN_TRACEBACK=1 to see where, and report it."), arguments)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Settings come from options, else the environment (KETEN_HOME, KETEN_DATA, ...), else "
    "keten.toml. Exit codes: 0 done, 2 asked wrongly, 3 not found, 4 a source failed, 5 no "
    "evidence, 6 busy, 7 the workspace failed.",
)
@click.version_option(package_name="keten", message="%(prog)s %(version)s")
def commands() -> None:
    """See a region's innovation ecosystem, from open data, with the evidence behind each number.

    Begin with: keten demo
    """


def main() -> None:
    """Run the command line."""
    commands(prog_name="keten")


def _end(error: KetenError, arguments: Sequence[str]) -> None:
    write_error(error, as_json="--json" in arguments)
    sys.exit(error.exit_code)


def _as_usage(error: click.ClickException) -> UsageError:
    """Say what click says in our two lines."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "keten"
    what = error.format_message().strip()
    return UsageError(what if what.endswith((".", "?")) else f"{what}.", f"See: {path} --help")
