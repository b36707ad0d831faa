from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from camp import schema
from camp.db import db


def test_the_chain_makes_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_is_current_sees_an_old_schema(app: Flask) -> None:
    with db.engine.connect().execution_options(write=True) as connection:
        assert schema.is_current(connection)
        connection.execute(text("update alembic_version set version_num = 'old'"))
        assert not schema.is_current(connection)


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    schema.upgrade()
    assert schema.is_current(db.session.connection())
