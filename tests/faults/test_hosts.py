"""Several hosts on one PostgreSQL: real processes, one of which leads; the leader is killed and followed."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from camp.access import SIGN_IN_COOKIE
from camp.commands.context import application
from camp.commands.init import lay_out
from camp.db import db, writing
from camp.jobs import ask
from tests import make, postgres
from tests.servers import Server, family, kill, serving, until

LEASE = 2  # seconds
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hosts")]


@pytest.fixture
def hosts(postgresql: str, tmp_path: Path) -> tuple[Path, Path]:
    """The instance folders of two hosts: the same keys, one database without a schema."""
    url = postgres.create(postgresql, "hosts")
    folders = tmp_path / "one", tmp_path / "two"
    lay_out(folders[0])
    lay_out(folders[1])
    shutil.copy(folders[0] / "keys.toml", folders[1] / "keys.toml")
    for folder in folders:
        (folder / "config.toml").write_text(f'database_url = "{url}"\nlease_seconds = {LEASE}\nprocesses = 1\n', "utf-8")
        (folder / "config.toml").chmod(0o600)
    return folders


def _rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def _leader(url: str) -> int:
    """The process that leads; 0 if none does."""
    found = _rows(url, "select owner from lease where until > extract(epoch from clock_timestamp())")
    return int(str(found[0][0]).split("/")[1]) if found else 0


def _init(*folders: Path) -> list[str]:
    """Initialise all at the same moment; the links that they print."""
    begun = [subprocess.Popen([sys.executable, "-m", "camp", "--instance", str(folder), "init", "--email", "mai@example.org"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for folder in folders]
    told = [process.communicate(timeout=120) for process in begun]
    assert [process.returncode for process in begun] == [0] * len(folders), told
    return [out.strip() for out, _ in told]


@contextmanager
def _workers(*folders: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    begun = [subprocess.Popen([sys.executable, "-m", "camp", "--instance", str(folder), "work"]) for folder in folders]
    try:
        yield begun
    finally:
        for process in begun:
            process.kill()
            process.wait(60)


def _ask_for_plans(folder: Path, *slugs: str) -> None:
    with application(folder):
        for slug in slugs:
            camp = make.camp(slug)
            make.session(camp)
            with writing():
                ask(camp, "plan", {"seed": 1, "seconds": 0.3, "link": "/", "language": "de"}, None)
        db.session.rollback()


def test_two_workers_share_the_work_and_the_killed_leader_is_followed(hosts: tuple[Path, Path], postgresql: str) -> None:
    url = postgresql + "hosts"
    _init(*hosts)
    with _workers(*hosts) as (one, two):
        until(lambda: _leader(url))
        leader = _leader(url)
        assert leader in (one.pid, two.pid)
        _ask_for_plans(hosts[0], *[f"camp-{number}" for number in range(8)])
        until(lambda: _rows(url, "select count(*) from job where state = 'done'") == [(8,)])
        assert _rows(url, "select count(*), max(tries) from job") == [(8, 1)]
        assert _rows(url, "select count(*) from plan_draft where ready") == [(8,)]
        assert _leader(url) == leader
        kill(leader)
        survivor = two.pid if leader == one.pid else one.pid
        until(lambda: _leader(url) == survivor)
        assert _rows(url, "select fence from lease") == [(2,)]
        _ask_for_plans(hosts[1], "after")
        until(lambda: _rows(url, "select count(*) from job where state = 'done'") == [(9,)])
        (two if leader == one.pid else one).terminate()
        until(lambda: _rows(url, "select until from lease") == [(0,)])  # who ends in peace does not let others wait until it runs out


def _get(address: str, path: str, cookies: str = "", fields: str | None = None) -> tuple[int, str, str]:
    """Status, body and cookies of an answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST" if fields is not None else "GET", path, fields, headers)
        answer = connection.getresponse()
        given = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or []]
        return answer.status, answer.read().decode(), "; ".join(given)
    finally:
        connection.close()


def _sign_in(server: Server, link: str) -> str:
    """Press the button behind a link; the cookie of the sign-in."""
    path = urlsplit(link).path
    status, page, cookies = _get(server.address, path)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert status == 200 and token
    status, _, given = _get(server.address, path, cookies, f"csrf_token={token[1]}")
    assert status == 303
    return next(cookie for cookie in given.split("; ") if cookie.startswith(f"{SIGN_IN_COOKIE}="))


def test_an_installation_with_two_hosts_serves_on_both_and_one_leads(hosts: tuple[Path, Path], postgresql: str) -> None:
    url = postgresql + "hosts"
    links = _init(*hosts)
    with serving("--instance", str(hosts[0]), "serve", "--port", "0") as one, \
            serving("--instance", str(hosts[1]), "serve", "--port", "0") as two:
        assert one.ready() and two.ready()
        first, second = _sign_in(one, links[0]), _sign_in(two, links[1])
        for server in (one, two):
            assert _get(server.address, "/camps/new")[0] == 303
            assert [_get(server.address, "/camps/new", cookie)[0] for cookie in (first, second)] == [200, 200]
        until(lambda: _leader(url))
        seen = set()
        for _ in range(20):
            seen.add(_leader(url))
            time.sleep(0.1)
        [leader] = seen
        home, other = (one, two) if leader in family(one.process.pid) else (two, one)
        assert leader in family(home.process.pid)
        for pid in family(home.process.pid):  # the host goes down
            kill(pid)
        until(lambda: _leader(url) in family(other.process.pid))
        assert other.ready()
        assert _get(other.address, "/camps/new", first)[0] == 200
