"""An instance folder for commands: settings, keys and an empty database, without the second that migrations take."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.databases import Database


@pytest.fixture
def instance(_app: Flask, database: Database, tmp_path: Path) -> Path:
    """An initialised instance without people or camps."""
    folder = tmp_path / "instance"
    database.instance(folder)
    return folder
