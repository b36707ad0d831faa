"""The embedded database as a file: copied in use, checked by content, replaced in one step, rewritten without traces."""

from __future__ import annotations

import stat
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from camp import database_file
from camp.archive import Refused
from camp.database_file import driver
from camp.errors import Conflict


def _make(path: Path, rows: int = 100) -> Any:
    database = driver.connect(str(path), timeout=5, isolation_level=None)
    database.execute("pragma journal_mode=WAL")
    database.execute("create table alembic_version (version_num text)")
    database.execute("insert into alembic_version values ('0001')")
    database.execute("create table a (id integer primary key, name text unique)")
    database.execute("create table b (a_id integer references a (id))")
    database.executemany("insert into a (name) values (?)", [(f"name {n}",) for n in range(rows)])
    return database


def _names(path: Path) -> int:
    with closing(driver.connect(str(path))) as database:
        return int(database.execute("select count(*) from a").fetchone()[0])


def test_a_copy_holds_what_lies_in_the_log_only_and_is_for_nobody_else(tmp_path: Path) -> None:
    with closing(_make(tmp_path / "one")):
        database_file.copy(tmp_path / "one", tmp_path / "two")
        assert (_names(tmp_path / "two"), database_file.revision(tmp_path / "two")) == (100, "0001")
        assert stat.S_IMODE((tmp_path / "two").stat().st_mode) == 0o600
        database_file.check(tmp_path / "two", "0001")
        with pytest.raises(FileExistsError):
            database_file.copy(tmp_path / "one", tmp_path / "two")


def test_a_copy_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        with closing(driver.connect(str(tmp_path / "one"), timeout=5, isolation_level=None)) as database:
            while not stop.is_set():  # two rows, always together
                database.execute("begin immediate")
                number = database.execute("insert into a (name) values (null)").lastrowid
                database.execute("insert into b values (?)", (number,))
                database.execute("commit")
                written.append(number)

    with closing(_make(tmp_path / "one")):
        thread = threading.Thread(target=write)
        thread.start()
        for number in range(5):
            before = len(written)
            database_file.copy(tmp_path / "one", tmp_path / f"copy{number}")
            with closing(driver.connect(str(tmp_path / f"copy{number}"))) as database:
                a, b = (database.execute(f"select count(*) from {table}").fetchone()[0] for table in "ab")
            assert a - 100 == b >= before
        stop.set()
        thread.join()


@pytest.mark.parametrize("at", [16, 100, 4096 + 8, 8192 + 3])
def test_r07_a_damaged_database_is_refused(tmp_path: Path, at: int) -> None:
    with closing(_make(tmp_path / "one", 2000)):
        database_file.copy(tmp_path / "one", tmp_path / "two")
    whole = (tmp_path / "two").read_bytes()
    (tmp_path / "two").write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40:])
    with pytest.raises(Refused):
        database_file.check(tmp_path / "two", "0001")


def test_r07_orphans_and_another_schema_are_refused(tmp_path: Path) -> None:
    with closing(_make(tmp_path / "one")) as database:
        with pytest.raises(Refused, match="another schema than it says"):
            database_file.check(tmp_path / "one", "0002")
        database.execute("insert into b values (4711)")
        with pytest.raises(Refused, match="1 rows that point to nothing"):
            database_file.check(tmp_path / "one", "0001")
    (tmp_path / "text").write_text("no database" * 100)
    with pytest.raises(Refused, match="cannot be read"):
        database_file.check(tmp_path / "text", "0001")


def test_replacing_keeps_what_was_there_and_leaves_no_log_to_play(tmp_path: Path) -> None:
    path, fresh = tmp_path / "one", tmp_path / "two"
    with closing(_make(path, 5)):
        pass
    with closing(_make(fresh, 7)):
        pass
    with database_file.alone(path):
        database_file.replace(path, fresh)
    assert (_names(path), _names(tmp_path / "one.before-restore")) == (7, 5)
    assert {found.name for found in tmp_path.iterdir()} == {"one", "one.before-restore"}


def test_a_damaged_database_is_replaced_with_its_log_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "one"
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"one{end}").write_bytes(b"rubbish" * 200)
    with closing(_make(tmp_path / "two", 7)):
        pass
    with database_file.alone(path):
        database_file.replace(path, tmp_path / "two")
    assert _names(path) == 7
    assert (tmp_path / "one.before-restore").read_bytes() == b"rubbish" * 200
    assert {found.name for found in tmp_path.iterdir()} <= {"one", "one.before-restore", "one.before-restore-wal"}


def test_a_database_in_use_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with database_file.alone(path):
        assert not path.exists()
    with closing(_make(path)) as database:
        assert database.execute("select count(*) from a").fetchone() == (100,)
        with pytest.raises(Conflict, match="in use"):
            with database_file.alone(path):
                raise AssertionError
    with database_file.alone(path):
        with closing(driver.connect(str(path), timeout=0.1, isolation_level=None)) as late, pytest.raises(driver.OperationalError):
            late.execute("select * from a")


def test_a37_forgetting_leaves_no_trace_in_file_and_log(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with closing(_make(path, 3000)) as database:
        database.execute("delete from a where id % 3 > 0")
        assert database_file.forget(path)
        traces = (tmp_path / "one").read_bytes() + (tmp_path / "one-wal").read_bytes()
        assert (b"name 1\x00" in traces, b"name 1000" in traces, b"name 2997" in traces, b"name 2999" in traces) == (False, False, False, True)
        database.execute("begin")
        database.execute("select * from a").fetchone()
