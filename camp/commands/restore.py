"""`camp restore`: a checked backup in the place of the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import example, opened, refusals, say

if TYPE_CHECKING:  # it loads the database's library, which help does without
    from camp.restore import Ready, Settled


@click.command(epilog=example("camp restore backups/camp-20270424T180000.000000Z.tar"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="The keys that belong to it. Default: the instance's own, else keys-….toml beside the backup.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def restore(folder: Path, file: Path, keys: Path | None, yes: bool) -> None:
    """Put the backup FILE in the place of the data, after it was checked to the last byte.

    Everybody is signed out, phones at doors are paired anew, unsent mails are dropped, and who was erased since is
    erased again. What was there stays beside it as .before-restore. End camp serve first.
    """
    from camp import restore as restoring
    with refusals(), restoring.ready(folder, file, keys) as found:
        _ask(folder, found, yes)
        with restoring.held(found):
            settled = _settled(found)
            restoring.put_in(found)
    if settled.factors:
        say(f"The sign-in secret is new: {settled.factors} people with a second factor need a recovery code once, and "
            "then set it up again.")
    say(f"{folder} is as it was on {found.manifest.made_at:%Y-%m-%d at %H:%M:%S} UTC.\n"
        f"Signed out: {settled.sign_ins}. Mails not sent: {settled.mails}. Jobs ended: {settled.jobs}. "
        f"Erased again: {settled.erased}.\n"
        "Phones at doors have to be paired again. Next: camp doctor, then camp serve")


def _ask(folder: Path, found: Ready, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to say yes. If you are sure: --yes")
    click.confirm(f"Put the data of {found.manifest.made_at:%Y-%m-%d %H:%M} UTC in the place of what is in {folder}?",
                  abort=True, err=True)


def _settled(found: Ready) -> Settled:
    """Make the backup's database fit for use while it is not in its place yet; a database server has only the one."""
    from camp import backup, database_file, erasers, schema
    from camp import restore as restoring
    from camp.db import writing
    from camp.erasure import Means
    embedded = backup.is_embedded(found.settings)
    if not embedded:
        restoring.play(found)
    with opened(found.staged) as app:
        if schema.revision() != schema.newest():
            schema.upgrade()
        with writing():
            settled = restoring.settle(found, Means(found.settings.vote_key, erasers.of(app)))
    if embedded and settled.erased:
        database_file.forget(found.database)
    return settled
