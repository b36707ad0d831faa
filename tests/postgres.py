"""A PostgreSQL of our own for tests: a cluster in a temporary folder on a free port of the loopback, and databases in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.net import free_port

ADDRESS = "TEST_POSTGRES"  # in the environment: the cluster of this run, which the processes of xdist share
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "max_connections": "60",
          "shared_buffers": "64MB", "listen_addresses": "127.0.0.1", "unix_socket_directories": "''", "log_min_messages": "fatal",
          "wal_level": "minimal", "max_wal_senders": "0", "jit": "off"}


def programs() -> Path | None:
    """The folder of the newest server programs of PostgreSQL 15 or newer; none if it is not installed."""
    found = {int(path.parent.parent.name): path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    newest = max(found, default=0)
    return found[newest] if newest >= 15 else None


@contextmanager
def cluster() -> Iterator[str]:
    """A cluster that lives as long as the block; gives the address of its databases, without a name at the end."""
    tools, port = programs(), free_port()
    assert tools is not None, "apt-get install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="camp-postgres-"))
    data, settings = folder / "data", " ".join(f"-c {name}={value}" for name, value in _QUICK.items())
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        _run(tools / "initdb", "-D", str(data), "-U", "camp", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N", "--no-instructions")
        _run(tools / "pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", f"-p {port} {settings}", "-s", "-w", "start")
        try:
            yield f"postgresql://camp@127.0.0.1:{port}/"
        finally:
            _run(tools / "pg_ctl", "-D", str(data), "-m", "immediate", "-s", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *args: str) -> None:
    """PostgreSQL does not run as root: then its own user does it."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    done = subprocess.run([*as_user, str(program), *args], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr


def create(server: str, name: str, template: str = "template0") -> str:
    """Make a database anew, empty or as a copy; gives its address."""
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')
        connection.execute(f'create database "{name}" template "{template}"')
    return server + name
