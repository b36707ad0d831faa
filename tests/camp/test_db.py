from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from camp.db import Utc, _line, begin_write, db, engine_options, hold, insert_once, once, once_read, trouble, writing
from camp.models import Person
from tests.queries import count_queries
from tests.races import aside, race
from tests.servers import until


def _pragma(name: str) -> object:
    return db.session.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.sqlite_only("its pragmas")
def test_sqlite_is_kept_durable_and_strict(app: Flask) -> None:
    assert {name: _pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "mmap_size")} == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "mmap_size": 0}


@pytest.mark.sqlite_only("its version")
def test_sqlite_library_is_outside_the_range_of_the_wal_reset_bug(app: Flask) -> None:
    version = tuple(map(int, str(db.session.execute(text("select sqlite_version()")).scalar()).split(".")))
    assert version >= (3, 51, 3)


def test_postgresql_gets_no_sqlite_options() -> None:
    assert engine_options("postgresql://localhost/camp") == {
        "pool_pre_ping": True, "hide_parameters": True, "connect_args": {"options": "-c lock_timeout=5s -c timezone=UTC"}}


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


@pytest.mark.sqlite_only("its one write lock; PostgreSQL's row lock stands in tests/camp/test_camps.py")
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
    other.join(60)
    assert order == ["first", "second"]


class _Holder(threading.Thread):
    """Somebody who holds the write lock again and again, each time for `seconds` or until it is `over`, and writes or does not."""

    def __init__(self, app: Flask, turns: int, seconds: float, writes: bool) -> None:
        super().__init__()
        self.app, self.turns, self.seconds, self.writes = app, turns, seconds, writes
        self.has, self.over = threading.Event(), threading.Event()

    def run(self) -> None:
        """Hold it."""
        with self.app.app_context():
            for number in range(self.turns):
                begin_write()
                self.has.set()
                if self.writes:
                    db.session.add(Person(email=f"{number}@example.org"))
                    db.session.flush()
                self.over.wait(self.seconds)
                db.session.commit()
            db.session.remove()


@pytest.mark.sqlite_only("its one write lock")
@pytest.mark.parametrize(("turns", "seconds", "waits"), [(8, 0.25, True), (1, 120, False)])
def test_a_writer_waits_as_long_as_others_get_on_and_not_for_one_who_stands_still(
        app: Flask, monkeypatch: pytest.MonkeyPatch, turns: int, seconds: float, waits: bool) -> None:
    monkeypatch.setattr("camp.db._PATIENCE", 1)
    other = _Holder(app, turns, seconds, writes=True)
    other.start()
    assert other.has.wait(60)
    if waits:
        with writing():
            db.session.add(Person(email="mine@example.org"))
    else:
        with pytest.raises(OperationalError, match="locked"):
            begin_write()
    db.session.rollback()
    other.over.set()
    other.join(60)
    assert len(db.session.scalars(select(Person.id)).all()) == turns + waits


@pytest.mark.sqlite_only("its one write lock")
def test_nobody_waits_for_ever(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camp.db._LONGEST", 0.2)
    other = _Holder(app, 1, 120, writes=False)
    other.start()
    assert other.has.wait(60)
    with pytest.raises(OperationalError, match="locked"):
        begin_write()
    db.session.rollback()
    other.over.set()
    other.join(60)


@pytest.mark.sqlite_only("its one write lock")
def test_the_threads_of_a_process_write_in_the_order_in_which_they_came(app: Flask) -> None:
    order: list[int] = []

    def write(number: int) -> None:
        with app.app_context():
            begin_write()
            order.append(number)
            db.session.rollback()
            db.session.remove()

    def lined_up(number: int) -> bool:
        return len(_line._waiting) == number

    begin_write()
    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        until(partial(lined_up, number))
    db.session.rollback()
    for thread in threads:
        thread.join(60)
    assert order == list(range(5))


def test_whoever_stands_in_line_waits_longer_than_for_another_lock(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("its writers stand in one line")
    taken = threading.Event()

    def hold_it() -> None:
        with app.app_context(), writing():
            hold("mails")
            taken.set()
            time.sleep(0.5)

    other = threading.Thread(target=hold_it)
    other.start()
    assert taken.wait(60)
    with writing():
        db.session.execute(text("set local lock_timeout = '100ms'"))
        hold("mails")
        assert db.session.execute(text("show lock_timeout")).scalar() == "5s"
    other.join(60)


def test_a_reader_cannot_write_past_the_session_either(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets it, if nobody else writes")
    with pytest.raises(InternalError, match="read-only"):
        db.session.execute(text("delete from person"))


def test_a_reader_sees_one_moment_and_a_writer_the_newest(app: Flask) -> None:
    def add(address: str) -> None:
        with app.app_context(), writing():
            db.session.add(Person(email=address))

    add("a@example.org")
    assert len(db.session.scalars(select(Person.id)).all()) == 1
    aside(add, "b@example.org")
    assert len(db.session.scalars(select(Person.id)).all()) == 1
    begin_write()
    assert len(db.session.scalars(select(Person.id)).all()) == 2
    db.session.rollback()


def test_counting_and_inserting_in_threads_never_oversells(app: Flask) -> None:
    def take(number: int) -> None:
        with writing():
            hold("places")
            taken = db.session.scalars(select(Person.id)).all()
            if len(taken) < 5:
                db.session.add(Person(email=f"{number}@example.org"))

    assert race(app, *[partial(take, number) for number in range(12)]) == [None] * 12
    assert len(db.session.scalars(select(Person.id)).all()) == 5


def test_of_many_who_insert_the_same_row_one_is_told_that_it_is_new(app: Flask) -> None:
    def insert() -> bool:
        with writing():
            return insert_once(Person, email="a@example.org")

    assert sorted(race(app, *[insert] * 6)) == [False] * 5 + [True]


def test_what_the_log_is_told_quotes_no_row(app: Flask) -> None:
    with writing():
        db.session.add(Person(email="mai@example.org"))
    with pytest.raises(IntegrityError) as caught, writing():
        db.session.add(Person(email="mai@example.org"))
    assert "mai@" not in trouble(caught.value)
    assert "unique" in trouble(caught.value).lower()


def test_moments_are_utc_in_the_database_and_aware_outside() -> None:
    berlin = datetime(2027, 4, 24, 11, tzinfo=timezone(timedelta(hours=2)))
    kept = Utc().process_bind_param(berlin, None)  # type: ignore[arg-type]
    assert kept == datetime(2027, 4, 24, 9)
    assert Utc().process_result_value(kept, None) == datetime(2027, 4, 24, 9, tzinfo=UTC)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="time zone"):
        Utc().process_bind_param(datetime(2027, 4, 24), None)  # type: ignore[arg-type]


def test_the_id_of_a_row_is_given_when_it_is_new_and_nothing_when_its_key_is_there(app: Flask) -> None:
    values = {"email": "a@example.org", "language": "de", "administrator": False}
    with writing():
        first, second = (db.session.scalar(once(Person), values) for _ in range(2))
    assert (db.session.query(Person).one().id, second) == (first, None)


def test_a_reading_transaction_reads_a_thing_once_and_the_next_and_a_writing_one_anew(app: Flask) -> None:
    def read() -> int:
        return once_read("people", lambda: len(db.session.scalars(select(Person.id)).all()))

    assert (read(), read()) == (0, 0)
    with count_queries() as asked:
        read()
    assert asked == []
    with writing():
        db.session.add(Person(email="a@example.org"))
        db.session.flush()
        assert read() == 1
        db.session.add(Person(email="b@example.org"))
        db.session.flush()
        assert read() == 2
    assert read() == 2
