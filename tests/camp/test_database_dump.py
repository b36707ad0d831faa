"""A PostgreSQL database as a dump: made, checked by its contents, played back whole or not at all."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from camp import database_dump
from camp.archive import Refused
from camp.errors import Conflict
from tests import postgres


@pytest.fixture
def address(postgresql: str) -> Iterator[str]:
    """A database with a schema and three people, and nobody connected."""
    url = postgres.create(postgresql, "dump")
    with psycopg.connect(url) as connection:
        connection.execute("create table alembic_version (version_num text)")
        connection.execute("insert into alembic_version values ('first')")
        connection.execute("create table person (id int primary key, email text)")
        connection.execute("insert into person select n, 'p' || n from generate_series(1, 3) n")
    yield url


def _people(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select email from person order by id")]


def test_r06_a_dump_played_back_is_the_database_of_its_moment(address: str, tmp_path: Path) -> None:
    dump = tmp_path / "database.dump"
    database_dump.make(address, dump)
    assert stat.S_IMODE(dump.stat().st_mode) == 0o600
    database_dump.check(dump)
    with psycopg.connect(address) as connection:
        connection.execute("delete from person where id = 2")
        connection.execute("create table of_later (id int)")
    database_dump.play(address, dump)
    assert _people(address) == ["p1", "p2", "p3"]
    with psycopg.connect(address) as connection:
        assert connection.execute("select to_regclass('of_later')").fetchone() == (None,)
    assert database_dump.revision(address) == "first"


def test_r07_a_damaged_or_foreign_dump_is_refused(address: str, tmp_path: Path) -> None:
    dump = tmp_path / "database.dump"
    database_dump.make(address, dump)
    whole = dump.read_bytes()
    for bad in (b"no dump at all" * 50, whole[:40], b"\xff" * 64 + whole[64:]):
        dump.write_bytes(bad)
        with pytest.raises(Refused, match="cannot be read"):
            database_dump.check(dump)
    with psycopg.connect(address) as connection:
        connection.execute("drop table alembic_version")
    foreign = tmp_path / "foreign.dump"
    database_dump.make(address, foreign)
    with pytest.raises(Refused, match="no database of this program"):
        database_dump.check(foreign)
    assert database_dump.revision(address) == ""


def test_what_cannot_be_played_changes_nothing(address: str, tmp_path: Path) -> None:
    dump = tmp_path / "database.dump"
    database_dump.make(address, dump)
    with psycopg.connect(address) as connection:
        connection.execute("insert into person values (4, 'p4')")
    with pytest.raises(Conflict, match="pg_restore failed"):
        dump.write_bytes(dump.read_bytes()[:-20])
        database_dump.play(address, dump)
    assert _people(address) == ["p1", "p2", "p3", "p4"]


def test_a_database_in_use_is_not_taken(address: str) -> None:
    database_dump.refuse_if_used(address)
    with psycopg.connect(address), pytest.raises(Conflict, match="in use"):
        database_dump.refuse_if_used(address)


def test_forgetting_rewrites_the_tables(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("delete from person where id > 1")
    size = "select pg_relation_filenode('person')"
    with psycopg.connect(address) as connection:
        before = connection.execute(size).fetchone()
    assert database_dump.forget(address)
    with psycopg.connect(address) as connection:
        assert connection.execute(size).fetchone() != before
    assert _people(address) == ["p1"]


def test_a_missing_program_is_named_with_its_package(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(database_dump.NoProgram, match="pg_dump is not installed") as refusal:
        database_dump.make(address, tmp_path / "database.dump")
    assert "apt-get install postgresql-client" in refusal.value.sentence()
