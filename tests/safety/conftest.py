"""One installation with two camps for all tests of this folder, put back to its first state where a test has written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from camp import schema
from camp.app import create_app
from camp.config import Config
from camp.db import db
from tests import make
from tests.safety import world as worlds
from tests.safety.world import World


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("two-camps")
    app = create_app(Config(folder=folder, base_url="https://localhost", secret_key="s" * 43, vote_key="v" * 43,
                            badge_key="b" * 43))
    app.test_client_class = make.Browser
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PREFERRED_URL_SCHEME="https", SERVER_NAME="localhost")
    with app.app_context():
        schema.upgrade()
        db.engine.dispose()
    made = worlds.build(app)
    with app.app_context():
        db.engine.dispose()
    shutil.copy(folder / "camp.sqlite3", folder / "first.sqlite3")
    return made


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The two camps lie in a file that is copied back; who may what is decided above the database."""
    for item in items:
        if "world" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sqlite_only("the camps of tests/safety lie in a file that is copied back"))


@pytest.fixture
def restore(_built: World) -> Callable[[], None]:
    """Puts the database back to how it was built."""
    folder: Path = _built.app.config["CAMP"].folder

    def back() -> None:
        with _built.app.app_context():
            db.session.remove()
            db.engine.dispose()
            shutil.copy(folder / "first.sqlite3", folder / "camp.sqlite3")

    return back


@pytest.fixture
def world(_built: World, restore: Callable[[], None]) -> Iterator[World]:
    """Both camps as they were built, with the form token off, as in most tests."""
    _built.app.config["WTF_CSRF_ENABLED"] = False
    with _built.app.app_context():
        yield _built
    restore()


@pytest.fixture
def guarded(world: World) -> World:
    """Both camps with the form token on, as people have it."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    return world
