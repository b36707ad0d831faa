"""The databases that the suite runs on: each is made once per process and given to each test empty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from camp.commands.init import lay_out
from tests import postgres


class Database(Protocol):
    """Where the tests of one process keep their rows."""

    def url(self) -> str:
        """What `database_url` has to be; nothing for the file in the instance's folder."""

    def keep(self, folder: Path) -> None:
        """Remember the schema that was made, without rows."""

    def empty(self, folder: Path) -> None:
        """Take all rows away; nobody is connected."""

    def instance(self, folder: Path) -> None:
        """Lay out another instance on an empty database."""

    def remember(self, folder: Path) -> None:
        """Remember the rows that there are."""

    def put_back(self, folder: Path) -> None:
        """Bring back the rows that were remembered; nobody is connected. The next row gets the highest id."""

    def close(self) -> None:
        """Let go of what is open."""


class Sqlite:
    """A file; the empty one is copied over it."""

    def __init__(self) -> None:
        self._kept = Path()

    def url(self) -> str:
        return ""

    def keep(self, folder: Path) -> None:
        self._kept = folder / "empty.sqlite3"
        shutil.copy(folder / "camp.sqlite3", self._kept)

    def empty(self, folder: Path) -> None:
        for name in ("camp.sqlite3-wal", "camp.sqlite3-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.copy(self._kept, folder / "camp.sqlite3")

    def instance(self, folder: Path) -> None:
        lay_out(folder)
        self.empty(folder)

    def remember(self, folder: Path) -> None:
        shutil.copy(folder / "camp.sqlite3", folder / "filled.sqlite3")

    def put_back(self, folder: Path) -> None:
        shutil.copy(folder / "filled.sqlite3", folder / "camp.sqlite3")

    def close(self) -> None:
        """Nothing is open."""


class Postgresql:
    """A database in the cluster of this run. Rows are deleted where there are some: a tenth of the time of TRUNCATE."""

    def __init__(self, name: str = "camp") -> None:
        self._name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self._url = postgres.create(os.environ[postgres.ADDRESS], self._name)
        self._tables: list[str] = []
        self._version: tuple[str, ...] | None = None
        self._open: psycopg.Connection[tuple[str, ...]] | None = None

    def url(self) -> str:
        return self._url

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[tuple[str, ...]]]:
        """A transaction on the connection that is kept, so that each statement is planned once and not for each test."""
        if self._open is None or self._open.closed:
            self._open = psycopg.connect(self._url, autocommit=True, prepare_threshold=1)
        with self._open.transaction():
            yield self._open

    def keep(self, folder: Path) -> None:
        with self._connected() as connection:
            self._tables = [name for name, in connection.execute(
                "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version' order by 1")]
            self._version = connection.execute("select version_num from alembic_version").fetchone()

    def empty(self, folder: Path) -> None:
        held = " union all ".join(f"select '{name}' where exists (select from \"{name}\")" for name in self._tables)  # noqa: S608
        with self._connected() as connection:
            version = connection.execute("select to_regclass('alembic_version')").fetchone()
            assert version != (None,), "a test took the schema away"
            connection.execute("update alembic_version set version_num = %s", self._version)
            connection.execute("set local session_replication_role = replica")  # no key is looked after
            for name, in connection.execute(held).fetchall():
                connection.execute(f'delete from "{name}"')
            connection.execute("select setval(oid::regclass, 1, false) from pg_class where relkind = 'S'")

    def instance(self, folder: Path) -> None:
        lay_out(folder)
        with (folder / "keys.toml").open("a", encoding="utf-8") as file:
            file.write(f'database_url = "{self._url}"\n')
        self.empty(folder)
        self.close()  # a command may want the database alone

    def remember(self, folder: Path) -> None:
        """The rows, and where each sequence goes on: after the highest id."""
        with self._connected() as connection:
            connection.execute("create schema remembered")
            connection.execute("create table remembered.\"*\" (sequence regclass, last bigint)")
            for name in self._tables:
                connection.execute(f'create table remembered."{name}" as table public."{name}"')
                if connection.execute("select pg_get_serial_sequence(%s, attname) from pg_attribute where attrelid = %s::regclass "
                                      "and attname = 'id'", (name, name)).fetchone() not in (None, (None,)):
                    connection.execute(f"insert into remembered.\"*\" select pg_get_serial_sequence('{name}', 'id')::regclass, max(id) from \"{name}\"")  # noqa: S608

    def put_back(self, folder: Path) -> None:
        """Only tables whose rows are others now, which are few: most requests write into one or two."""
        differ = " union all ".join(
            f"select '{name}' where exists (select one::text from public.\"{name}\" one except all select one::text from remembered.\"{name}\" one) "
            f"or exists (select one::text from remembered.\"{name}\" one except all select one::text from public.\"{name}\" one)" for name in self._tables)  # noqa: S608
        with self._connected() as connection:
            connection.execute("set local session_replication_role = replica")
            for name, in connection.execute(differ).fetchall():
                connection.execute(f'delete from public."{name}"')
                connection.execute(f'insert into public."{name}" select * from remembered."{name}"')  # noqa: S608
            connection.execute("select setval(sequence, coalesce(last, 1), last is not null) from remembered.\"*\"")

    def close(self) -> None:
        if self._open:
            self._open.close()
