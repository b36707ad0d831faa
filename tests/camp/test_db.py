from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text

from camp.db import Utc, begin_write, db, engine_options, writing
from camp.models import Person


def _pragma(name: str) -> object:
    return db.session.execute(text(f"PRAGMA {name}")).scalar()


def test_sqlite_is_kept_durable_and_strict(app: Flask) -> None:
    assert {name: _pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "mmap_size")} == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "mmap_size": 0}


def test_sqlite_library_is_outside_the_range_of_the_wal_reset_bug(app: Flask) -> None:
    version = tuple(map(int, str(db.session.execute(text("select sqlite_version()")).scalar()).split(".")))
    assert version >= (3, 51, 3)


def test_postgresql_gets_no_sqlite_options() -> None:
    assert engine_options("postgresql://localhost/camp") == {"pool_pre_ping": True, "hide_parameters": True}


def test_writing_commits_once_and_rolls_back_on_error(app: Flask) -> None:
    with writing():
        db.session.add(Person(email="a@example.org"))
    with pytest.raises(ZeroDivisionError):
        with writing():
            db.session.add(Person(email="b@example.org"))
            db.session.flush()
            _ = 1 / 0
    assert db.session.scalars(select(Person.email)).all() == ["a@example.org"]


def test_a_flush_outside_a_writing_transaction_is_refused(app: Flask) -> None:
    db.session.add(Person(email="a@example.org"))
    with pytest.raises(RuntimeError, match="begin_write"):
        db.session.flush()


def test_a_writer_holds_the_lock_before_its_first_read(app: Flask) -> None:
    begin_write()
    order: list[str] = []

    def second() -> None:
        with app.app_context():
            begin_write()
            order.append("second")
            db.session.rollback()

    other = threading.Thread(target=second)
    other.start()
    other.join(0.3)
    order.append("first")
    db.session.rollback()
    other.join(5)
    assert order == ["first", "second"]


def test_counting_and_inserting_in_threads_never_oversells(app: Flask) -> None:
    def take() -> None:
        with app.app_context():
            with writing():
                taken = db.session.scalars(select(Person.id)).all()
                if len(taken) < 5:
                    db.session.add(Person(email=f"{threading.get_ident()}-{len(taken)}@example.org"))

    threads = [threading.Thread(target=take) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(db.session.scalars(select(Person.id)).all()) == 5


def test_moments_are_utc_in_the_database_and_aware_outside() -> None:
    berlin = datetime(2027, 4, 24, 11, tzinfo=timezone(timedelta(hours=2)))
    kept = Utc().process_bind_param(berlin, None)  # type: ignore[arg-type]
    assert kept == datetime(2027, 4, 24, 9)
    assert Utc().process_result_value(kept, None) == datetime(2027, 4, 24, 9, tzinfo=UTC)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="time zone"):
        Utc().process_bind_param(datetime(2027, 4, 24), None)  # type: ignore[arg-type]
