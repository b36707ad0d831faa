"""The embedded database as a file: copied while it is in use, checked by its content, put in another one's place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from camp.archive import Refused
from camp.errors import Conflict
from camp.ledger import sync_folder

try:
    import pysqlite3 as driver
except ImportError:  # as in camp/db.py
    import sqlite3 as driver

BEFORE = ".before-restore"


def path_of(address: str) -> Path:
    """The file of a database's address, sqlite:///…"""
    return Path(address.removeprefix("sqlite:///"))


def copy(source: Path, target: Path) -> None:
    """A whole copy of one moment, while others read and write; without the traces of what was deleted.

    A plain copy would miss what lies in the write-ahead log (https://sqlite.org/lang_vacuum.html#vacuuminto).
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with _connected(source) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    _sync(target)


def revision(path: Path) -> str:
    """The schema's revision in a file; empty if there is none."""
    with _connected(path) as database:
        known = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = database.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else ""


def check(path: Path, expected: str) -> None:
    """Read a copy through: pages, indexes, keys and revision. Raises Refused for the first thing that is wrong."""
    try:
        with _connected(path) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
            orphans = database.execute("PRAGMA foreign_key_check").fetchall()
        if found != ["ok"]:
            raise Refused(f"The database in this backup is damaged: {found[0]}", "Take another backup.")
        if orphans:
            raise Refused(f"The database in this backup has {len(orphans)} rows that point to nothing.",
                          "Take another backup.")
        if revision(path) != expected:
            raise Refused("The database in this backup has another schema than it says.", "Take another backup.")
    except driver.DatabaseError as error:
        raise Refused(f"The database in this backup cannot be read: {error}.", "Take another backup.") from error


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a database so that nobody else opens it; tells whether it could be read. Raises Conflict if it is in use.

    Its write-ahead log is emptied into it, so that the one file is everything.
    """
    if not path.exists():
        yield False
        return
    database = driver.connect(str(path), timeout=2.0, isolation_level=None)
    with closing(database):
        yield _taken(database)


def replace(path: Path, fresh: Path) -> None:
    """Put a checked file in a database's place, in one step; what was there stays beside it as .before-restore."""
    seal_up(fresh)
    near = path.with_name(path.name + ".new")  # the database may lie on another drive than the instance
    shutil.move(fresh, near)
    _sync(near)
    if path.exists():
        kept = path.with_name(path.name + BEFORE)
        for end in ("", "-wal"):
            kept.with_name(kept.name + end).unlink(missing_ok=True)
        try:
            kept.hardlink_to(path)
        except OSError:  # a file system without links
            shutil.copy2(path, kept)
        kept.chmod(0o600)
        with suppress(FileNotFoundError):  # only a damaged one has its log left; it must not be played into the new
            path.with_name(path.name + "-wal").rename(kept.with_name(kept.name + "-wal"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    path.with_name(path.name + "-wal").unlink(missing_ok=True)
    near.replace(path)
    sync_folder(path.parent)


def seal_up(path: Path) -> None:
    """Empty a database's log into it and bring it to the disk, so that the one file is everything."""
    with _connected(path) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    path.chmod(0o600)
    _sync(path)


def forget(path: Path) -> bool:
    """Rewrite a database and empty its log, so that no trace of deleted rows is left; False if somebody is in the way.

    `secure_delete` clears what is deleted, but rows that were moved between pages leave copies in the gaps.
    """
    with _connected(path, timeout=10.0) as database:
        try:
            database.execute("PRAGMA secure_delete=ON")
            database.execute("VACUUM")
            return bool(database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        except driver.OperationalError:
            return False


@contextmanager
def _connected(path: Path, timeout: float = 5.0) -> Iterator[Any]:
    with closing(driver.connect(str(path), timeout=timeout, isolation_level=None)) as database:
        yield database


def _taken(database: Any) -> bool:
    """Only who is alone can leave WAL mode (https://sqlite.org/wal.html)."""
    try:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        if database.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise _in_use()
        database.execute("BEGIN EXCLUSIVE")
    except driver.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise _in_use() from error
        return False
    except driver.DatabaseError:  # damaged: perhaps the reason for the restore
        return False
    return True


def _in_use() -> Conflict:
    return Conflict("The database is in use.", "End camp serve and camp work first, then restore.")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
