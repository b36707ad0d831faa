"""The databases that the suite runs on: each is made once per process and given to each test empty."""

from __future__ import annotations

import os
import shutil
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


class Postgresql:
    """A database in the cluster of this run. Rows are deleted where there are some: a tenth of the time of TRUNCATE."""

    def __init__(self) -> None:
        self._name = f"camp_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self._url = postgres.create(os.environ[postgres.ADDRESS], self._name)
        self._tables: list[str] = []
        self._version: tuple[str, ...] | None = None

    def url(self) -> str:
        return self._url

    def keep(self, folder: Path) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            self._tables = [name for name, in connection.execute(
                "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'")]
            self._version = connection.execute("select version_num from alembic_version").fetchone()

    def empty(self, folder: Path) -> None:
        with psycopg.connect(self._url) as connection:
            version = connection.execute("select to_regclass('alembic_version')").fetchone()
            assert version != (None,), "a test took the schema away"
            connection.execute("update alembic_version set version_num = %s", self._version)
            connection.execute("set local session_replication_role = replica")  # no key is looked after
            held = " union all ".join(f"select '{name}' where exists (select from \"{name}\")" for name in self._tables)  # noqa: S608
            for name, in connection.execute(held).fetchall():
                connection.execute(f'delete from "{name}"')
            connection.execute("select setval(oid::regclass, 1, false) from pg_class where relkind = 'S'")

    def instance(self, folder: Path) -> None:
        lay_out(folder)
        with (folder / "keys.toml").open("a", encoding="utf-8") as file:
            file.write(f'database_url = "{self._url}"\n')
        self.empty(folder)
