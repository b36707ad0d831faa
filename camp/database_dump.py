"""A PostgreSQL database as a dump file, made, checked and played back by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from camp.archive import Refused
from camp.errors import BadInput, Conflict


class NoProgram(BadInput):
    """A program of PostgreSQL is not installed."""


def make(address: str, target: Path) -> None:
    """Dump a database of one moment (custom format), while others read and write."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def revision(address: str) -> str:
    """The schema's revision in a database; empty if there is none."""
    if not _one(address, "select to_regclass('alembic_version') is not null"):
        return ""
    return str(_one(address, "select max(version_num) from alembic_version") or "")


def check(dump: Path) -> None:
    """Read a dump's table of contents. Raises Refused if it is none of this program."""
    try:
        told = _run("pg_restore", "", "--list", str(dump))
    except Conflict as error:
        raise Refused(f"The dump in this backup cannot be read: {error.sentence()}", "Take another backup.") from error
    if " TABLE DATA " not in told or " alembic_version " not in told:
        raise Refused("The dump in this backup holds no database of this program.", "Take another backup.")


def refuse_if_used(address: str) -> None:
    """Raise Conflict while anybody else is connected. Whoever has just hung up is given a second to be gone."""
    for _ in range(10):
        if not _one(address, "select count(*) from pg_stat_activity where datname = current_database() "
                             "and pid <> pg_backend_pid() and backend_type = 'client backend'"):
            return
        time.sleep(0.1)
    raise Conflict("The database is in use.", "End camp serve and camp work first, then restore.")


def play(address: str, dump: Path) -> None:
    """Put a dump's content in the place of a database's, in one transaction: all of it or nothing."""
    script = dump.with_suffix(".sql")
    _run("pg_restore", "", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    _run("psql", address, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
         "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public", f"--file={script}")


def forget(address: str) -> bool:
    """Rewrite the tables, so that no trace of deleted rows is left in them."""
    engine = create_engine(_url(address), hide_parameters=True)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text("VACUUM (FULL)"))
        return True
    except DBAPIError:
        return False
    finally:
        engine.dispose()


def _one(address: str, question: str) -> Any:
    engine = create_engine(_url(address), hide_parameters=True)
    try:
        with engine.connect() as connection:
            return connection.execute(text(question)).scalar()
    finally:
        engine.dispose()


def _url(address: str) -> URL:
    return make_url(address).set(drivername="postgresql+psycopg")


def _run(program: str, address: str, *args: str) -> str:
    """Run a program; the password goes by the environment, where other users of the machine cannot see it."""
    if shutil.which(program) is None:
        raise NoProgram(f"{program} is not installed; a PostgreSQL database is saved and restored with it.",
                        "On Debian: apt-get install postgresql-client")
    environ, target = dict(os.environ), []
    if address:
        url = make_url(address)
        environ |= {"PGPASSWORD": url.password} if url.password else {}
        plain = url.set(drivername="postgresql")._replace(password=None)
        target = [f"--dbname={plain.render_as_string(hide_password=False)}"]
    done = subprocess.run([program, *target, *args], env=environ, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Conflict(f"{program} failed: {' '.join(done.stderr.split())[:500]}")
    return done.stdout
