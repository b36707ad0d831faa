"""`camp backup`: one verified archive of the installation, and its keys beside it."""

from __future__ import annotations

from pathlib import Path

import click

from camp.commands.context import FAILED, Exit, example, refusals, say, settings_of


@click.command(epilog=example("camp backup --keep 14"))
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Remove the oldest ones, so that N are left.")
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Where to. Default: backups in the instance.")
@click.pass_obj
def backup(folder: Path, keep: int | None, out: Path | None) -> None:
    """Save database, uploads and settings in one archive, read it back, and print its path.

    People may go on working. The keys of votes and badges come as a file of their own beside it: keep a copy of that
    somewhere else, and apart from the archives.
    """
    from camp import backup as saving  # loads the database's library, which help does without
    with refusals():
        settings = settings_of(folder)
        if not saving.has_schema(settings):
            raise Exit(FAILED, f"{folder} has no database yet, so there is nothing to save.")
        made = saving.make(settings, out, keep)
    click.echo(made.path)
    say(f"Read back and found whole: {made.path.stat().st_size / 1024 ** 2:.1f} MB.")
    if made.new_keys:
        say(f"Its keys are new: {made.keys}\n"
            "Copy this file to another place. Without it no backup can be restored; with it votes can be read.")
    if made.left_out:
        say(f"Not in it: {', '.join(made.left_out)}. After a restore on a new machine, set this again.")
    for old in made.gone:
        say(f"Removed: {old.name}")
