"""What is unsafe in the data of an installation: the library, durability, the drive, who can read it, and the clock."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from camp import clock
from camp.config import Config
from camp.db import db
from camp.models import LogEntry

# In these ranges a reset of the write-ahead log could lose a commit in rare races (https://sqlite.org/wal.html).
_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
_FULL = 2  # PRAGMA synchronous
_WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)  # this program is not older


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: its name, 'ok', 'warn' or 'fail', what was found, and what to do unless it is ok."""

    name: str
    level: str
    text: str
    remedy: str = ""


def library(config: Config) -> Finding:
    """Which database library runs, and whether it is outside the range of the WAL-reset bug."""
    if not config.database.startswith("sqlite"):
        return Finding("database", "ok", f"Another database: {db.engine.dialect.name}")
    version = str(getattr(db.engine.dialect.dbapi, "sqlite_version", "0"))
    if not mended(tuple(map(int, version.split(".")))):
        return Finding("database", "warn", f"SQLite {version} can lose a commit when its log is reset.",
                       "Use the platform for which the driver pysqlite3 comes ready-made, or a newer SQLite.")
    return Finding("database", "ok", f"SQLite {version}")


def mended(version: tuple[int, ...]) -> bool:
    """Whether a version of SQLite has the mended reset: 3.51.3 and later, or one of the back-ports."""
    return version >= _MENDED[0] or any(version[:2] == good[:2] and version >= good for good in _MENDED[1:])


def durability(config: Config) -> Finding:
    """Whether a commit that was answered survives a power cut."""
    if not config.database.startswith("sqlite"):
        return Finding("durability", "ok", "The database server keeps its own log.")
    try:
        with db.engine.connect() as connection:
            level = connection.execute(text("PRAGMA synchronous")).scalar()
    except DBAPIError as error:
        return Finding("durability", "fail", f"The database does not answer: {error.orig}.",
                       "Check the instance folder.")
    if level != _FULL:
        return Finding("durability", "fail", f"synchronous is {level}: a power cut can lose what was answered.",
                       "Take away what sets it; the program itself asks for FULL.")
    return Finding("durability", "ok", "Commits survive a power cut (synchronous=FULL).")


def drive(config: Config) -> Finding:
    """Whether the embedded database lies on a drive of this machine; its log needs one."""
    kind = _file_system(config.folder)
    if config.database.startswith("sqlite") and kind in _REMOTE:
        return Finding("drive", "fail", f"{config.folder} lies on a network drive ({kind}); SQLite needs a local one.",
                       "Move the instance to a local disk, or use PostgreSQL.")
    return Finding("drive", "ok", f"{config.folder} lies on {kind or 'a local disk'}.")


def _file_system(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    try:
        rows = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    places = [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
    here = [(place, kind) for place, kind in places if folder.resolve().is_relative_to(place)]
    return max(here, key=lambda row: len(row[0]), default=("", ""))[1]


def rights(config: Config) -> Finding:
    """Whether others on this machine can read the data."""
    if stat.S_IMODE(config.folder.stat().st_mode) & 0o007:
        open_to_all = [name for name in ("camp.sqlite3", "camp.sqlite3-wal", "config.toml", "mail", "files", "backups")
                       if (config.folder / name).exists()
                       and stat.S_IMODE((config.folder / name).stat().st_mode) & 0o004]
        if open_to_all:
            return Finding("rights", "fail", f"Everybody on this machine can read {', '.join(open_to_all)}.",
                           f"Run: chmod -R o= {config.folder}")
    return Finding("rights", "ok", "Nobody else on this machine can read the data.")


def time(config: Config) -> Finding:
    """Whether the clock can be right: not before this program, and not before what stands in the log."""
    now, newest = clock.now(), _WRITTEN
    try:
        newest = max(newest, db.session.scalar(select(func.max(LogEntry.at))) or newest)
    except DBAPIError:
        pass  # the look at the schema says what is wrong with the database
    finally:
        db.session.rollback()
    if now < newest - timedelta(minutes=5):
        return Finding("clock", "fail", f"It is {now:%Y-%m-%d %H:%M} UTC by the clock, "
                       f"but something is dated {newest:%Y-%m-%d %H:%M}.",
                       "Set the clock, for example by: timedatectl set-ntp true")
    return Finding("clock", "ok", f"It is {now:%Y-%m-%d %H:%M} UTC.")


LOOKS = (library, durability, drive, rights, time)
