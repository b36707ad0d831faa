"""An instance folder for commands: settings, keys and an empty database, without the second that migrations take."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from camp.commands.init import lay_out


@pytest.fixture
def instance(_app: Flask, tmp_path: Path) -> Path:
    """An initialised instance without people or camps."""
    folder = tmp_path / "instance"
    lay_out(folder)
    shutil.copy(_app.config["CAMP"].folder / "empty.sqlite3", folder / "camp.sqlite3")
    return folder
