"""A-06: 200 people register at the same moment for 50 places, in 4 web processes: 50 get one, the others wait in order."""

from __future__ import annotations

import http.client
import re
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from camp import config, schema
from camp.app import create_app
from camp.commands.init import lay_out
from camp.db import db
from tests import make, postgres
from tests.servers import Server, serving

PLACES, PEOPLE = 50, 200
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("a06")]


@pytest.fixture
def repeats(request: pytest.FixtureRequest) -> int:
    """How often everybody comes."""
    return 20 if request.config.getoption("--faults") == "long" else 2


def _instance(folder: Path, url: str = "") -> Path:
    lay_out(folder)
    (folder / "config.toml").write_text(f'processes = 4\nmails_per_network = 100000\nmails_per_hour = 100000\ndatabase_url = "{url}"\n', "utf-8")
    (folder / "config.toml").chmod(0o600)
    return folder


def _ask(server: Server, path: str, cookies: str = "", fields: str | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=300)
    try:
        connection.request("GET" if fields is None else "POST", path, fields, {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])
    finally:
        connection.close()


def _everybody(server: Server, run: int) -> Counter[int]:
    """Let all register at once; the statuses they got."""
    _, page, cookies = _ask(server, "/ecm27/register")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token
    line, given = threading.Barrier(PEOPLE), [0] * PEOPLE

    def come(number: int) -> None:
        fields = urlencode({"given_name": f"P{number}", "email": f"p{run}-{number}@example.org", "kind": "other", "photo": "no", "csrf_token": token[1]})
        line.wait(120)
        given[number] = _ask(server, "/ecm27/register", cookies, fields)[0]

    threads = [threading.Thread(target=come, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(400)
    return Counter(given)


def _query(folder: Path, url: str, query: str) -> list[tuple[object, ...]]:
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(query)
            return done.fetchall() if done.description else []
    with sqlite3.connect(folder / "camp.sqlite3", timeout=30) as connection:
        return connection.execute(query).fetchall()


def _hold(folder: Path, url: str, repeats: int) -> None:
    with create_app(config.load(folder, {})).app_context():
        schema.upgrade()
        make.camp(capacity=PLACES)
        db.session.remove()
        db.engine.dispose()
    with serving("--instance", str(folder), "serve", "--port", "0") as server:
        for run in range(repeats):
            assert _everybody(server, run) == {303: PEOPLE}
            rows = _query(folder, url, "select holds from reservation order by made_at, id")
            assert [bool(holds) for holds, in rows] == [True] * PLACES + [False] * (PEOPLE - PLACES)
            _query(folder, url, "delete from reservation")
            _query(folder, url, "delete from sign_in_ask")


@pytest.mark.sqlite_only("its twin runs on PostgreSQL")
def test_a06_exactly_as_many_as_there_are_places_on_sqlite(tmp_path: Path, repeats: int) -> None:
    _hold(_instance(tmp_path), "", repeats)


def test_a06_exactly_as_many_as_there_are_places_on_postgresql(tmp_path: Path, postgresql: str, repeats: int) -> None:
    url = postgres.create(postgresql, "a06")
    _hold(_instance(tmp_path, url), url, repeats)
