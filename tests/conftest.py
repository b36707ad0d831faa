"""What all tests share: one application and one schema per run, a fresh copy of the database for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import ledger, schema
from camp.config import Config
from camp.db import db, writing
from tests import databases, make, postgres

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each server that tests start would compile everything anew, for two seconds
TESTS = Path(__file__).parent
_RUNNING = pytest.StashKey[ExitStack]()
# What a test asks for that knows of `--database`; whatever asks for neither does the same on both, and runs once.
_DATABASES = {"database", "postgresql", "_rows"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", choices=("short", "long"), default="short", help="how long tests/faults go on")
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("database") == "postgresql" and not hasattr(config, "workerinput") and postgres.programs():
        running = config.stash[_RUNNING] = ExitStack()
        os.environ[postgres.ADDRESS] = running.enter_context(postgres.cluster())


def pytest_unconfigure(config: pytest.Config) -> None:
    if _RUNNING in config.stash:
        config.stash[_RUNNING].close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_how_soon)
    if config.getoption("database") == "sqlite":
        return
    asks = [bool(_DATABASES & set(getattr(item, "fixturenames", ()))) for item in items]
    config.hook.pytest_deselected(items=[item for item, does in zip(items, asks, strict=True) if not does])
    items[:] = [item for item, does in zip(items, asks, strict=True) if does]
    for item in items:
        if postgres.ADDRESS not in os.environ:
            item.add_marker(pytest.mark.skip(reason="PostgreSQL is not installed: apt-get install postgresql"))
        for mark in item.iter_markers("sqlite_only"):
            item.add_marker(pytest.mark.skip(reason=f"about SQLite: {mark.args[0]}"))


def _how_soon(item: pytest.Item) -> tuple[int, ...]:
    """What takes long first, so that at the end no process of xdist waits for another's last long test."""
    browser = TESTS / "browser" in item.path.parents
    return not browser, item.path.name == "test_states.py", item.get_closest_marker("slow") is None


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """The database of this process, with the newest schema once `_app` was made."""
    made = databases.Postgresql() if request.config.getoption("database") == "postgresql" else databases.Sqlite()
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL cluster, for tests that need one whatever the others run on."""
    if postgres.ADDRESS in os.environ:
        yield os.environ[postgres.ADDRESS]
        return
    if postgres.programs() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(scope="session")
def _app(tmp_path_factory: pytest.TempPathFactory, database: databases.Database) -> Flask:
    folder = tmp_path_factory.mktemp("instance")
    config = Config(folder=folder, database_url=database.url(), base_url="https://localhost", secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43)
    app = make.app(config)
    with app.app_context():
        schema.upgrade()
        db.engine.dispose()
    database.keep(folder)
    return app


@pytest.fixture
def app(_app: Flask, database: databases.Database) -> Iterator[Flask]:
    """The application on an empty database, inside an application context."""
    folder: Path = _app.config["CAMP"].folder
    with _app.app_context():
        db.engine.dispose()
        database.empty(folder)
        for name in ("mail", "files"):  # what another test left there, and with which rights
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / ledger.NAME).unlink(missing_ok=True)
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
