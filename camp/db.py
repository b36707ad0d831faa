"""The database, SQLite or PostgreSQL: one SQLAlchemy object, readers cannot write, writers wait, times in UTC."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Select, event, func, literal, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=_NAMES)


Thing = TypeVar("Thing")
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
LARGEST_ID = 2**31 - 1  # what an INTEGER of PostgreSQL holds
# Seconds that a writer of SQLite waits while nobody gets on, and altogether; between two asks; how much sooner one asks
# again after a second.
_PATIENCE, _LONGEST = 5, 50
_BETWEEN, _URGENCY = (0.003, 0.012), 4.0
_READ_COMMITTED, _REPEATABLE_READ = 2, 3  # psycopg.IsolationLevel
# PostgreSQL's answer to SQLite's busy_timeout: who waits longer for a lock is told to come again. A lock that many want
# is given in the order of asking, each for a moment: there waiting is getting on.
_POSTGRESQL, _IN_LINE = "-c lock_timeout=5s -c timezone=UTC", "50s"
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
    fail at once with "database is locked" (https://sqlite.org/lang_transaction.html). On PostgreSQL writers run side
    by side (READ COMMITTED): what counts before it writes takes a lock, see `camp.camps.lock` and `hold`.
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


def once_read(name: Hashable, read: Callable[[], Thing]) -> Thing:
    """What `read` gives, once for each reading transaction: its snapshot stays as it is until it ends.

    A writing transaction reads every time, because it changes what it reads.
    """
    if db.session.connection().get_execution_options().get("write"):
        return read()
    session, now = db.session(), db.session().get_transaction()
    since, kept = session.info.get("once_read", (None, {}))
    if since is not now:
        session.info["once_read"] = now, (kept := {})
    if name not in kept:
        kept[name] = read()
    found: Thing = kept[name]
    return found


def hold(name: str) -> None:
    """Go on alone under this name until the transaction ends; for limits that belong to no camp.

    What was read before may have changed: read it anew. SQLite's writers are alone anyway.
    """
    if db.engine.dialect.name == "postgresql":
        in_line(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def in_line(statement: Select[Any]) -> None:
    """Take a lock of PostgreSQL for which many stand in line, each for a moment; the order is that of asking."""
    db.session.execute(select(func.set_config("lock_timeout", _IN_LINE, True)))  # for this transaction
    db.session.execute(statement)
    db.session.execute(text("RESET lock_timeout"))


def once(table: type[Model]) -> Any:
    """The statement that inserts a row unless a key says that it is there already; gives the new row's id, or nothing.

    It is made once for each table, and goes past the session's rows: for what is done hundreds of times a minute.
    """
    return _once(table, db.engine.dialect.name)


@cache
def _once(table: type[Model], dialect: str) -> Any:
    return _INSERTS[dialect](table.__table__).on_conflict_do_nothing().returning(table.__table__.c.id)


def insert_once(table: type[Model], **values: Any) -> bool:
    """Insert a row unless a key says that it is there already; tells whether it is new. Meets no race."""
    insert = _INSERTS[db.session.connection().dialect.name]
    done = db.session.execute(insert(table).values(**values).on_conflict_do_nothing().returning(literal(1)))
    return done.first() is not None


def trouble(error: DBAPIError) -> str:
    """What the database says about an error, for the log: without the detail that PostgreSQL quotes from rows."""
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for a database address; for SQLite the driver that carries a mended library."""
    # hidden, because a parameter may be an address or the hash of a secret, and errors go into the log
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True, "hide_parameters": True, "connect_args": {"options": _POSTGRESQL}}
    options: dict[str, Any] = {"hide_parameters": True, "connect_args": {"isolation_level": None, "timeout": 5.0},
                               "json_deserializer": _from_json}
    try:
        import pysqlite3
    except ImportError:  # no wheel for this platform: Python's own driver; `camp doctor` says which library runs
        return options
    return options | {"module": pysqlite3}


def _from_json(text: str) -> Any:
    """Most columns of this kind hold an empty list, and a plan reads hundreds of them."""
    return [] if text == "[]" else json.loads(text)


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_PATIENCE * 1000}", "foreign_keys=ON",
                   "temp_store=MEMORY", "cache_size=-16000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")  # nosemgrep: sql-put-together-from-text  # from the line above
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Readers see one snapshot and cannot write, writers see what others have committed: alike on both databases."""
    write = bool(connection.get_execution_options().get("write"))
    if connection.dialect.name == "sqlite":
        _begin_alone(connection) if write else connection.exec_driver_sql("BEGIN")
    else:
        driver = connection.connection.driver_connection  # the driver sends its BEGIN with the first statement
        driver.read_only, driver.isolation_level = not write, _READ_COMMITTED if write else _REPEATABLE_READ


class _Line:
    """The threads of a process that want SQLite's lock: one asks for it, the others wait in the order of coming."""

    def __init__(self) -> None:
        self._turn, self._waiting = threading.Condition(), deque[object]()

    @contextmanager
    def place(self, longest: float) -> Iterator[bool]:
        """Stand in line for so many seconds at most; tells whether it is one's turn."""
        me = object()
        with self._turn:
            self._waiting.append(me)
            mine = self._turn.wait_for(lambda: self._waiting[0] is me, longest)
        try:
            yield mine
        finally:
            with self._turn:
                self._waiting.remove(me)
                self._turn.notify_all()


_line = _Line()


def _begin_alone(connection: Any) -> None:
    """Take SQLite's one write lock: in line with the threads of this process, by asking anew among the processes.

    SQLite's own waiting asks ever more seldom, so that whoever came first starves where many come at once; here one
    asks the sooner the longer one has waited. Whoever waits goes on while others get on, however many they are; a lock
    that one keeps for five seconds without writing ends it.
    """
    driver, began = connection.connection.driver_connection, time.monotonic()
    with _line.place(_LONGEST) as mine:
        moved, version = time.monotonic(), None
        driver.execute("PRAGMA busy_timeout=0")
        try:
            while not _began(connection, driver):
                now = time.monotonic()
                if (found := _version(driver)) != version:
                    version, moved = found, now
                if not mine or now - moved > _PATIENCE or now - began > _LONGEST:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")  # a last time, and the refusal in SQLAlchemy's words
                    return
                time.sleep(random.uniform(*_BETWEEN) / (1 + _URGENCY * min(now - began, 1)))  # nosec B311
        finally:
            driver.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000}")  # nosemgrep: sql-put-together-from-text


def _began(connection: Any, driver: Any) -> bool:
    """Whether the write lock is ours now. A bare call of the driver: many ask often, and SQLAlchemy's errors cost."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except connection.dialect.dbapi.OperationalError as error:
        if "locked" in str(error):
            return False
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    return True


def _version(driver: Any) -> int:
    """A number that changes when another connection has written (https://sqlite.org/pragma.html#pragma_data_version)."""
    return int(driver.execute("PRAGMA data_version").fetchall()[0][0])


@event.listens_for(Session, "before_flush")
def _only_writers(session: Session, *_: object) -> None:
    if not session.connection().get_execution_options().get("write"):
        raise RuntimeError("writing outside a writing transaction: call begin_write() first")
