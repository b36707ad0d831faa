"""`camp db`: bring the schema up to date, and say which one there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp.commands.context import NOTHING, Exit, bare_application, example, say

if TYPE_CHECKING:  # Flask loads only when a command needs the application
    from flask import Flask


@click.group("db", epilog=example("camp db upgrade"))
def schema_commands() -> None:
    """The database's schema."""


@schema_commands.command(epilog=example("camp db upgrade"))
@click.option("--no-backup", is_flag=True, help="Make no backup first.")
@click.pass_obj
def upgrade(folder: Path, no_backup: bool) -> None:
    """Bring the database to the schema of this program. A break in between leaves the old or the new one, whole.

    If there is data, it is saved first, as camp backup does.
    """
    with bare_application(folder) as app:
        from camp import schema
        before = schema.revision()
        if before == schema.newest():
            raise Exit(NOTHING, "The schema is current; nothing to do.")
        if before is not None and not no_backup:
            save_first(app)
        schema.upgrade()
        say(f"The schema went from {before or 'nothing'} to {schema.revision()}.")


def save_first(app: Flask) -> None:
    """Make a backup before the schema changes, if there is anybody to lose."""
    from sqlalchemy import text

    from camp import backup
    from camp.db import db
    with db.engine.connect() as connection:  # by plain SQL: the models are already those of the new schema
        people = connection.execute(text("SELECT count(*) FROM person")).scalar()
    if people:
        say(f"Saved first: {backup.make(app.config['CAMP']).path}")


@schema_commands.command(epilog=example("camp db current"))
@click.pass_obj
def current(folder: Path) -> None:
    """Print the revision of the database; say on stderr if the program has a newer one."""
    with bare_application(folder):
        from camp import schema
        found = schema.revision()
        if found is None:
            raise Exit(NOTHING, "The database has no schema yet. Make it with: camp db upgrade")
        click.echo(found)
        if found != schema.newest():
            say(f"The program's is {schema.newest()}. Run: camp db upgrade")
