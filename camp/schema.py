"""The schema: made and upgraded by a command, never by a starting worker."""

from __future__ import annotations

from functools import cache

from flask import current_app
from sqlalchemy import Connection

from camp.db import db
from camp.paths import MIGRATIONS


def upgrade() -> None:
    """Bring the database of the current application to the newest schema."""
    from flask_migrate import Migrate  # Alembic is slow to load and needed only here
    from flask_migrate import upgrade as run
    Migrate(current_app, db, directory=str(MIGRATIONS))
    run(directory=str(MIGRATIONS))


@cache
def newest() -> str | None:
    """The newest revision of the chain."""
    from alembic.script import ScriptDirectory  # see above
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def knows(revision: str) -> bool:
    """Whether a revision is one of the chain, so that a database of it can be upgraded."""
    from alembic.script import ScriptDirectory  # see above
    return any(script.revision == revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def revision() -> str | None:
    """The revision of the current application's database; none if it has no schema."""
    from alembic.runtime.migration import MigrationContext  # see above

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(connection: Connection) -> bool:
    """Whether a database has the newest schema."""
    from alembic.runtime.migration import MigrationContext  # see above
    return MigrationContext.configure(connection).get_current_revision() == newest()
