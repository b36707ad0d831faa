"""What all tests share: one application and one schema per run, a fresh copy of the database for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import schema
from camp.app import create_app
from camp.config import Config
from camp.db import db, writing
from tests import make

TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", choices=("short", "long"), default="short", help="how long tests/faults go on")


@pytest.fixture(scope="session")
def _app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("instance")
    config = Config(folder=folder, base_url="https://localhost", secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43)
    app = create_app(config)
    app.test_client_class = make.Browser
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PREFERRED_URL_SCHEME="https", SERVER_NAME="localhost")
    with app.app_context():
        schema.upgrade()
        db.engine.dispose()
    shutil.copy(folder / "camp.sqlite3", folder / "empty.sqlite3")
    return app


@pytest.fixture
def app(_app: Flask) -> Iterator[Flask]:
    """The application on an empty database, inside an application context."""
    folder: Path = _app.config["CAMP"].folder
    with _app.app_context():
        db.engine.dispose()
        for name in ("camp.sqlite3-wal", "camp.sqlite3-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.copy(folder / "empty.sqlite3", folder / "camp.sqlite3")
        shutil.rmtree(folder / "mail", ignore_errors=True)
        yield _app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def write(app: Flask) -> Iterator[None]:
    """A writing transaction around the test, for topics that need one."""
    with writing():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in."""
    return make.browser(app)
