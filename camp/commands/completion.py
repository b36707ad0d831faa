"""`camp completion`: what a shell needs to complete words of the command line."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from camp.commands.context import example


@click.command(epilog=example('eval "$(camp completion bash)"'))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what lets a SHELL complete commands and options; the example's line belongs into its start-up file."""
    kind = get_completion_class(shell)
    assert kind is not None  # click brings these three
    click.echo(kind(ctx.find_root().command, {}, "camp", "_CAMP_COMPLETE").source())
