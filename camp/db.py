"""The database: one SQLAlchemy object, SQLite kept durable, writers that begin IMMEDIATE, and times in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False})


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, kept as UTC without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; nobody could say later which one was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def begin_write() -> None:
    """Start the writing transaction of this request, job or command, before its first read.

    SQLite takes its one write lock now (BEGIN IMMEDIATE) and waits for it; a read that grows into a write would
    fail at once with "database is locked" (https://sqlite.org/lang_transaction.html).
    """
    db.session.rollback()
    db.session.connection(execution_options={"write": True})


@contextmanager
def writing() -> Iterator[None]:
    """A writing transaction for jobs and commands: commits once at the end, rolls back when it fails."""
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for a database address; for SQLite the driver that carries a mended library."""
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    options: dict[str, Any] = {"connect_args": {"isolation_level": None, "timeout": 5.0}}
    try:
        import pysqlite3
    except ImportError:  # no wheel for this platform: Python's own driver; `camp doctor` says which library runs
        return options
    return options | {"module": pysqlite3}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON",
                   "temp_store=MEMORY", "cache_size=-16000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


@event.listens_for(Session, "before_flush")
def _only_writers(session: Session, *_: object) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite" and not connection.get_execution_options().get("write"):
        raise RuntimeError("writing outside a writing transaction: call begin_write() first")
