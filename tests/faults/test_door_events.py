"""R-01, R-03 and a full hall: what doors report gets lost on the way and comes again, web processes are killed, all come at once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from badges import pairing, printing
from badges.models import Badge
from camp import clock, tokens
from camp.db import db, writing
from tests import make, postgres
from tests.instances import filling
from tests.servers import command_line, family, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door faults")]
Query = Callable[[str], list[tuple[object, ...]]]


@dataclass
class Hall:
    """A served camp: where, its phones' tokens, everybody's codes, and how to ask its database."""

    address: str
    process: int
    phones: list[str]
    codes: list[str]
    query: Query


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Opens halls: hall(people, phones)."""
    if request.param == "postgresql" and request.config.getoption("--faults") == "short":
        pytest.skip("on PostgreSQL by `make faults`")
    url = postgres.create(request.getfixturevalue("postgresql"), "door") if request.param == "postgresql" else ""
    yield lambda people, phones: _open(tmp_path, url, people, phones)


@contextmanager
def _open(folder: Path, url: str, people: int, phones: int) -> Iterator[Hall]:
    with filling(folder, f'processes = 2\ndatabase_url = "{url}"\n') as app:
        camp, key = make.camp(capacity=people), app.config["CAMP"].badge_key
        make.crowd(camp, people)
        with writing():
            printing.ensure_badges(camp, key)
            paired = [pairing.pair(camp, pairing.offer(camp, f"door {n}"))[0] for n in range(phones)]
        codes = [tokens.badge_code(key, badge.uid, badge.issue) for badge in db.session.query(Badge)]
    with serving("--instance", str(folder), "serve", "--port", "0") as server:
        yield Hall(server.address, server.process.pid, paired, codes, lambda text: _query(folder, url, text))


def _query(folder: Path, url: str, text: str) -> list[tuple[object, ...]]:
    if url:
        with psycopg.connect(url) as connection:
            return connection.execute(text).fetchall()
    with sqlite3.connect(folder / "camp.sqlite3", timeout=30) as connection:
        return connection.execute(text).fetchall()


def _send(address: str, token: str, events: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """What the server answers to each event. Raises OSError or HTTPException when nothing comes back."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("POST", "/ecm27/door/events", json.dumps({"events": events}), {
            "Content-Type": "application/json", "X-Camp-Door": "1", "Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise http.client.HTTPException(answer.status)
        found: dict[str, dict[str, object]] = json.loads(body)["answers"]
        return found
    finally:
        connection.close()


def _until_answered(address: str, token: str, event: dict[str, object], stop: threading.Event | None = None) -> str:
    while not (stop and stop.is_set()):
        try:
            return str(_send(address, token, [event])[str(event["id"])]["verdict"])
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    return ""


def _all(work: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not any(thread.is_alive() for thread in threads)


@contextmanager
def _lossy(address: str) -> Iterator[str]:
    """A proxy that loses a third of the requests before the server sees them, and a third of the answers after it acted."""
    chance = random.Random(1)

    class Lossy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body, fate = self.rfile.read(int(self.headers["Content-Length"])), chance.random()
            if fate > 1 / 3:
                connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
                connection.request("POST", self.path, body, {name: self.headers[name] for name in ("Content-Type", "X-Camp-Door", "Authorization")})
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                if fate > 2 / 3:
                    self.send_response(answer.status)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Lossy)
    thread = threading.Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def test_r01_every_badge_is_let_in_once_though_a_third_of_requests_and_of_answers_are_lost(hall: Callable[..., object], request: pytest.FixtureRequest) -> None:
    badges, clients = (200, 8) if request.config.getoption("--faults") == "long" else (60, 8)
    with hall(badges, clients) as here, _lossy(here.address) as proxy:  # type: ignore[attr-defined]
        said: list[list[str]] = [[] for _ in range(clients)]

        def scan(number: int) -> None:
            for n, code in enumerate(here.codes[number % 2::2]):  # each badge at four of the doors
                said[number].append(_until_answered(proxy, here.phones[number], {"id": f"nonce-{n:06}", "text": code, "live": True}))

        _all([lambda number=number: scan(number) for number in range(clients)])
        rows = here.query("select participant_id, count(*) from admission group by participant_id")
        scans = here.query("select count(*), count(distinct badge_id) from scan")
    answers = [word for mine in said for word in mine]
    assert Counter(count for _, count in rows) == {1: badges}
    assert set(answers) <= {"admitted", "already"}
    assert len(answers) == scans[0][0]
    assert scans[0][1] == badges


def test_r03_nothing_acknowledged_is_missing_or_double_while_web_processes_are_killed(hall: Callable[..., object], seconds: float) -> None:
    with hall(1500, 4) as here:  # type: ignore[attr-defined]
        stop, acknowledged = threading.Event(), [[], [], [], []]  # type: ignore[var-annotated]

        def scan(number: int) -> None:
            for n, code in enumerate(here.codes[number::4]):
                event = {"id": f"nonce-{n:06}", "text": code, "live": False, "decision": "admitted", "at": clock.now().timestamp() * 1000}
                if _until_answered(here.address, here.phones[number], event, stop):
                    acknowledged[number].append(code)
                if stop.is_set():
                    return

        def kill() -> None:
            until = time.monotonic() + seconds
            last = until + 120
            while time.monotonic() < until or sum(map(len, acknowledged)) <= 20 and time.monotonic() < last:
                time.sleep(0.5)
                web = [pid for pid in family(here.process) if "gunicorn" in command_line(pid)]
                if len(web) > 1:
                    os.kill(web[-1], signal.SIGKILL)
                    kills.append(web[-1])
            stop.set()

        kills: list[int] = []
        _all([kill, *(lambda number=number: scan(number) for number in range(4))])
        rows = here.query("select b.code_hash, count(*) from admission a join badge b on b.participant_id = a.participant_id group by b.code_hash")
    assert len(kills) >= 2
    there = {str(code): count for code, count in rows}
    done = [tokens.hash_of(code) for mine in acknowledged for code in mine]
    assert len(done) > 20
    assert [code for code in done if code not in there] == []
    assert set(there.values()) == {1}


def test_two_doors_and_600_badges_at_the_same_instant(hall: Callable[..., object]) -> None:
    """Both doors report all of them, in batches as phones send them."""
    with hall(600, 2) as here:  # type: ignore[attr-defined]
        line, said = threading.Barrier(24), []  # type: ignore[var-annotated]

        def report(number: int, start: int) -> None:
            events = [{"id": f"nonce-{start + n:06}", "text": code, "live": False, "decision": "admitted", "at": 1.8e12}
                      for n, code in enumerate(here.codes[start:start + 50])]
            line.wait(60)
            while True:
                try:
                    said.extend(answer["verdict"] for answer in _send(here.address, here.phones[number], events).values())
                    return
                except (OSError, http.client.HTTPException):
                    time.sleep(0.2)

        _all([lambda number=number, start=start: report(number, start) for number in range(2) for start in range(0, 600, 50)])
        people = here.query("select count(*), count(distinct participant_id) from admission")
        scans = here.query("select verdict, count(*) from scan group by verdict order by verdict")
    assert people == [(600, 600)]
    assert scans == [("admitted", 600), ("already", 600)]
    assert Counter(said) == {"admitted": 600, "already": 600}
