from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as to_revision
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Row,
    Table,
    Time,
    select,
    text,
    types,
)

from camp import people, schema
from camp.app import create_app
from camp.config import Config
from camp.db import db, writing
from camp.paths import MIGRATIONS
from tests import databases, postgres

CHAIN = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
# Where the database takes certain words only.
WORDS = {"participant.state": "waiting", "role.name": "organiser", "slot.kind": "session", "session.state": "proposed", "question.kind": "text", "host.away": "morning", "reply.kind": "table", "pitch_turn.state": "waiting", "screen.kind": "beamer", "introduction.buddy": "guide",
         "person.email": "mai-{}@example.org", "camp.languages": ["de"]}


def test_the_chain_makes_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_is_current_sees_an_old_schema(app: Flask) -> None:
    with db.engine.connect().execution_options(write=True) as connection:
        assert schema.is_current(connection)
        connection.execute(text("update alembic_version set version_num = 'old'"))
        assert not schema.is_current(connection)


def test_upgrading_twice_changes_nothing(app: Flask) -> None:
    schema.upgrade()
    assert schema.is_current(db.session.connection())


@pytest.fixture
def chained(tmp_path: Path, database: databases.Database) -> Iterator[Flask]:
    """An application on a database without a schema, as it stands before the first step."""
    yield from _without_schema(tmp_path, database, "chain")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, database: databases.Database) -> Iterator[Flask]:
    """The same, kept for all steps of this process, which come in their order."""
    yield from _without_schema(tmp_path_factory.mktemp("walked"), database, "walked")


def _without_schema(folder: Path, database: databases.Database, name: str) -> Iterator[Flask]:
    on_postgresql = isinstance(database, databases.Postgresql)
    url = postgres.create(os.environ[postgres.ADDRESS], f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}") if on_postgresql else ""
    app = create_app(Config(folder=folder, database_url=url, secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43))
    with app.app_context():
        Migrate(app, db, directory=str(MIGRATIONS))
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("before", "after"), list(zip(CHAIN, CHAIN[1:], strict=False)))
def test_a_step_loses_nothing_of_a_filled_database(walked: Flask, before: str, after: str) -> None:
    to_revision(str(MIGRATIONS), before)
    assert schema.revision() == before
    tables = _tables()
    with writing():
        for table in reversed(tables.sorted_tables):
            db.session.execute(table.delete())
        for table in tables.sorted_tables:
            db.session.execute(table.insert(), [_row(table, number) for number in (1, 2)])
    old = _content(tables)
    db.session.rollback()
    to_revision(str(MIGRATIONS), after)
    now = _tables()
    both = {name: [column.name for column in tables.tables[name].columns if column.name in now.tables[name].columns] for name in old}
    new = _content(now)
    for name, columns in both.items():
        assert [_only(columns, row) for row in new[name]] == [_only(columns, row) for row in old[name]], name
        assert len(old[name]) == 2
    db.session.remove()


def test_texts_of_the_first_version_are_kept_in_the_camps_first_language_and_the_camp_is_open(chained: Flask) -> None:
    to_revision(str(MIGRATIONS), "0001")
    camps = _tables().tables["camp"]
    with writing():
        db.session.execute(camps.insert(), [_row(camps, 1)])
    schema.upgrade()
    texts = db.session.execute(text("select name, language, text from camp_text order by name")).tuples().all()
    assert texts == [(name, "de", f"camp-{name}-1") for name in ("accessibility", "imprint", "privacy")]
    assert db.session.execute(text("select opened_at = made_at from camp")).scalar_one() in (True, 1)


def test_domains_with_umlauts_are_found_after_the_step_and_nobody_is_mixed_up(chained: Flask) -> None:
    to_revision(str(MIGRATIONS), "mail_texts")
    stored = ("mai@händler.example", "ben@läden.example", "ben@xn--lden-loa.example", "eva@example.org")
    with writing():
        for number, address in enumerate(stored, 1):
            db.session.execute(text("insert into person (id, email, administrator, language) values (:id, :email, false, 'de')"),
                               {"id": number, "email": address})
    schema.upgrade()
    found = {address: who.id if (who := people.by_address(people.normal_address(address))) else None for address in stored}
    assert found == {"mai@händler.example": 1, "ben@läden.example": 3, "ben@xn--lden-loa.example": 3, "eva@example.org": 4}
    assert db.session.execute(text("select count(*) from person")).scalar_one() == len(stored)


def _tables() -> MetaData:
    """The tables as they are in the database now."""
    found = MetaData()
    db.session.rollback()
    found.reflect(db.session.connection())
    found.remove(found.tables["alembic_version"])
    db.session.rollback()
    return found


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(f"{table.name}.{column.name}", column.type, number) for column in table.columns}


def _value(name: str, kind: types.TypeEngine[Any], number: int) -> Any:
    """Something that this column takes; keys are the number of the row."""
    if name in WORDS:
        word = WORDS[name]
        return word.format(number) if isinstance(word, str) else word
    for wanted, value in ((Boolean, True), (Integer, number), (Float, 1.5), (types.LargeBinary, b"x"), (types.JSON, []), (DateTime, datetime(2027, 4, number, 9)),
                          (Date, date(2027, 4, number)), (Time, time(number))):
        if isinstance(kind, wanted):
            return value
    return f"{name.replace('.', '-')}-{number}"


def _content(tables: MetaData) -> dict[str, list[Row[Any]]]:
    return {table.name: list(db.session.execute(select(table).order_by(*table.primary_key.columns))) for table in tables.sorted_tables}


def _only(columns: list[str], row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in columns}
