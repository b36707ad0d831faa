"""`camp db`: bring the schema up to date, and say which one there is."""

from __future__ import annotations

from pathlib import Path

import click

from camp.commands.context import NOTHING, Exit, bare_application, example, say


@click.group("db", epilog=example("camp db upgrade"))
def schema_commands() -> None:
    """The database's schema."""


@schema_commands.command(epilog=example("camp db upgrade"))
@click.pass_obj
def upgrade(folder: Path) -> None:
    """Bring the database to the schema of this program. A break in between leaves the old or the new one, whole."""
    with bare_application(folder):
        from camp import schema
        before = schema.revision()
        if before == schema.newest():
            raise Exit(NOTHING, "The schema is current; nothing to do.")
        schema.upgrade()
        say(f"The schema went from {before or 'nothing'} to {schema.revision()}.")


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
