"""One installation with two camps for all tests of this folder, put back to its first state where a call has written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event

from camp import schema
from camp.config import Config
from camp.db import db
from tests import databases, make
from tests.safety import world as worlds
from tests.safety.world import World


@pytest.fixture(scope="session")
def _rows(request: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """A database beside that of the other tests."""
    postgresql = request.config.getoption("database") == "postgresql"
    made = databases.Postgresql("two_camps") if postgresql else databases.Sqlite()
    yield made
    made.close()


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory, _rows: databases.Database) -> World:
    folder = tmp_path_factory.mktemp("two-camps")
    app = make.app(Config(folder=folder, database_url=_rows.url(), base_url="https://localhost", secret_key="s" * 43,
                          vote_key="v" * 43, badge_key="b" * 43))
    with app.app_context():
        schema.upgrade()
        db.engine.dispose()
    _rows.keep(folder)
    made = worlds.build(app)
    with app.app_context():
        db.engine.dispose()
        _rows.remember(folder)
        event.listen(db.engine, "before_cursor_execute", made.see)
    return made


@pytest.fixture
def restore(_built: World, _rows: databases.Database) -> Callable[[], None]:
    """Puts the database back to how it was built, if anybody has written."""

    def back() -> None:
        with _built.app.app_context():
            db.session.remove()
            if _built.written:
                db.engine.dispose()
                _rows.put_back(_built.app.config["CAMP"].folder)
                _built.written = False

    return back


@pytest.fixture
def world(_built: World, restore: Callable[[], None]) -> Iterator[World]:
    """Both camps as they were built, with the form token off, as in most tests."""
    _built.app.config["WTF_CSRF_ENABLED"] = False
    restore()
    with _built.app.app_context():
        yield _built
    restore()


@pytest.fixture
def guarded(world: World) -> World:
    """Both camps with the form token on, as people have it."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    return world
