"""The command line: a plain click group whose commands load when called, so that help and mistakes answer at once."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from camp import config
from camp.commands.context import FAILED, INTERRUPTED, Exit, refusals, say

# name: (module:command, one line of help)
COMMANDS = {
    "init": ("camp.commands.init:init", "Make an instance: settings, keys, database, first administrator."),
    "sign-in": ("camp.commands.sign_in:sign_in", "A sign-in link, for somebody whose mail or second factor is lost."),
    "demo": ("camp.commands.demo:demo", "A full, invented camp that takes place today, served."),
    "load": ("camp.commands.load:load", "Make or update a camp from a folder of files."),
    "clone": ("camp.commands.clone:clone", "Make a camp after the pattern of another one, without its people."),
    "import": ("camp.commands.import_people:import_people", "People from a list: pretix, Eventbrite, XING, by hand."),
    "import-proposals": ("sessions.import_cli:import_proposals", "Proposals from a list."),
    "serve": ("camp.commands.serve:serve", "Web processes and the worker, until you press Ctrl-C."),
    "work": ("camp.commands.work:work", "The worker alone: sends mails, runs jobs."),
    "doctor": ("camp.commands.doctor:doctor", "What is missing or unsafe, and what to do about it."),
    "db": ("camp.commands.db:schema_commands", "The database's schema."),
    "backup": ("camp.commands.backup:backup", "Save everything in one archive, read back and sealed."),
    "restore": ("camp.commands.restore:restore", "Put a backup in the place of the data, once it is checked."),
    "erase": ("camp.commands.erase:erase", "Forget a person, at one camp or everywhere."),
    "plan": ("sessions.cli:plan", "Make and look at plans."),
    "publish": ("sessions.cli:publish", "Publish the plan as the next version of the agenda."),
    "badges": ("badges.cli:badges", "Badges as PDF."),
    "completion": ("camp.commands.completion:completion", "Let your shell complete commands and options."),
    "export": ("sessions.cli:export", "Give out what a camp holds, in open formats."),
}
_EPILOG = """\
\b
Examples:
  camp init --email you@example.org
  camp load ./our-camp && camp serve
  camp --instance /srv/camp doctor
\b
Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    nothing to do, or no plan possible
  4    done with warnings, under --strict
  130  interrupted
"""


class Commands(click.Group):
    """The commands of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in the order of a camp's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; none if there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context,
                        args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse an unknown command with the nearest one."""
        if args and args[0] not in COMMANDS:
            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            raise click.UsageError(f"There is no command “{args[0]}”. "
                                   + (f"The nearest one is “{near[0]}”." if near else "The list: camp --help"), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong becomes a sentence, unless --debug asks for the whole story."""
        try:
            with refusals():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            if ctx.params.get("debug"):
                import traceback  # only here
                traceback.print_exc()
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            what = f"{type(error).__name__}: {error}".rstrip(". ")
            raise Exit(FAILED, f"Our mistake. {what}. To see where, run it again with: camp --debug …") from error


@click.group(cls=Commands, epilog=_EPILOG,
             context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--instance", type=click.Path(file_okay=False), envvar="CAMP_INSTANCE", metavar="DIR",
              help="The folder that this installation owns (or CAMP_INSTANCE). Default: ./instance")
@click.option("--debug", is_flag=True, help="Show the whole story of an error.")
@click.pass_context
def camp(ctx: click.Context, instance: str | None, debug: bool) -> None:
    """Run a barcamp end to end: call, votes, plan, agenda, badges, door, outcomes, camp book."""
    ctx.obj = config.instance_folder(instance)


def run(args: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code."""
    try:
        code = camp.main(args=list(args) if args is not None else None, prog_name="camp", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.")
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def main() -> None:
    """The program `camp`."""
    try:
        sys.exit(run())
    except BrokenPipeError:  # the reader of stdout has gone (camp … | head): nothing is left to say, at the end neither
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
