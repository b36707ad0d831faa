"""Instances that tests fill and then serve."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from camp import config, schema
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db


@contextmanager
def filling(folder: Path, settings: str = "") -> Iterator[Flask]:
    """Inside the application of a new instance with these lines of config.toml and the newest schema; nothing stays open."""
    lay_out(folder)
    if settings:
        (folder / "config.toml").write_text(settings, "utf-8")
    app = create_app(config.load(folder, {}))
    with app.app_context():
        schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()
