"""Instances that tests fill and then serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from camp import config, schema
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db


@contextmanager
def filling(folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[Flask]:
    """Inside the application of a new instance with the newest schema; nothing of it stays open."""
    lay_out(folder)
    app = create_app(config.load(folder, environ or {}))
    with app.app_context():
        schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()
