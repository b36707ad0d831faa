"""Alembic's way into the application's database: one chain for all three packages."""

from __future__ import annotations

from alembic import context
from flask import current_app

from camp.db import db

config = context.config


def run() -> None:
    """Run the chain in one writing transaction per step, so that a kill leaves the old or the new schema."""
    with db.engine.connect().execution_options(write=True) as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True,
                          compare_type=True, transaction_per_migration=True, user_module_prefix="camp.db.")
        with context.begin_transaction():
            context.run_migrations()


if current_app:
    run()
