"""Alembic's way into the application's database: one chain for all three packages."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import text

from camp.db import db

config = context.config


_GATE = 4_202_704  # any number of our own


def run() -> None:
    """Run the chain in one writing transaction per step, so that a kill leaves the old or the new schema.

    Several hosts of one PostgreSQL that upgrade at the same time go through one after the other.
    """
    with db.engine.connect() as gate, db.engine.connect().execution_options(write=True) as connection:
        if gate.dialect.name == "postgresql":
            gate.execute(text("set local lock_timeout = 0"))
            gate.execute(text("select pg_advisory_xact_lock(:gate)"), {"gate": _GATE})
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True,
                          compare_type=True, transaction_per_migration=True, user_module_prefix="camp.db.")
        with context.begin_transaction():
            context.run_migrations()


if current_app:
    run()
