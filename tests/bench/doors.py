"""Rows about the door: what a durable check-in costs, how fast a queue of scans and a long list come over."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from badges import jobs, pairing, printing
from badges.models import Badge
from badges.views.phones import COOKIE
from camp import camps, tokens
from camp.db import db, writing
from camp.models import Camp, Participant, Person
from tests import make
from tests.bench.rows import Row
from tests.instances import filling
from tests.servers import family, serving

HEADER = {"X-Camp-Door": "1"}


@contextmanager
def _door() -> Iterator[tuple[Camp, FlaskClient, list[str]]]:
    """The sample camp, a paired phone, and everybody's codes."""
    from tests.bench import world
    with world.app() as site:
        camp = camps.by_slug("ecm27")
        assert camp is not None
        jobs.make_missing(camp)
        with writing():
            token, _ = pairing.pair(camp, pairing.offer(camp, "Haupteingang"))
        key = site.flask.config["CAMP"].badge_key
        codes = [tokens.badge_code(key, badge.uid, badge.issue) for badge in db.session.query(Badge)]
        client = make.browser(site.flask)
        client.set_cookie(COOKIE, token, path="/ecm27/door", secure=True)
        yield camp, client, codes


def check_in_against_hello() -> tuple[str, bool]:
    """First check-ins, each committed to the disk, against the same server's smallest answer; processor time of all its processes."""
    with tempfile.TemporaryDirectory() as name:
        token, codes = _instance(Path(name), 900)
        with serving("--instance", name, "serve", "--port", "0") as server:
            wire = http.client.HTTPConnection(urlsplit(server.address).netloc)
            head = {"Content-Type": "application/json", "X-Camp-Door": "1", "Authorization": f"Bearer {token}"}
            left = iter(enumerate(codes))

            def scan() -> None:
                number, code = next(left)
                wire.request("POST", "/ecm27/door/events", json.dumps({"events": [{"id": f"nonce-{number:06}", "text": code, "live": True}]}), head)
                answer = json.loads(wire.getresponse().read())
                assert answer["answers"][f"nonce-{number:06}"]["verdict"] == "admitted"

            def hello() -> None:
                wire.request("GET", "/healthz")
                assert wire.getresponse().read()

            one, other = (_server_time(server.process.pid, work, rounds) for work, rounds in ((scan, 150), (hello, 600)))
            wire.close()
    return f"{one / other:.1f} times /healthz ({one * 1000:.2f} ms against {other * 1000:.2f} ms)", one / other <= 10


def _instance(folder: Path, people: int) -> tuple[str, list[str]]:
    """A camp in a folder: a phone's token and everybody's codes."""
    with filling(folder) as app:
        camp, key = make.camp(capacity=people), app.config["CAMP"].badge_key
        make.crowd(camp, people)
        with writing():
            printing.ensure_badges(camp, key)
            token, _ = pairing.pair(camp, pairing.offer(camp, "Haupteingang"))
        codes = [tokens.badge_code(key, badge.uid, badge.issue) for badge in db.session.query(Badge)]
    return token, codes


def _server_time(process: int, work: Callable[[], None], rounds: int) -> float:
    """Processor seconds of a process and all its children for one call, the median of five series after one to warm up."""
    series = []
    for _ in range(6):
        before = _processor(process)
        for _ in range(rounds):
            work()
        series.append((_processor(process) - before) / rounds)
    return statistics.median(series[1:])


def _processor(process: int) -> float:
    """What a process and all its children have used so far: user and system time (proc(5), fields 14 and 15 of stat)."""
    ticks = 0
    for pid in family(process):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def queue_of_scans() -> tuple[str, bool]:
    """300 scans that waited on a phone, in its batches, wall time on one server thread."""
    with _door() as (_, phone, codes):
        events = [{"id": f"nonce-{number:06}", "text": codes[number % len(codes)], "decision": "admitted"} for number in range(300)]
        start = time.perf_counter()
        for first in range(0, 300, 50):
            answer = phone.post("/ecm27/door/events", headers=HEADER, json={"events": events[first:first + 50]})
            assert len(answer.json["answers"]) == 50
        took = time.perf_counter() - start
    return f"{took:.1f} s", took < 10


def long_list() -> tuple[str, bool]:
    """The list of 5,000 people as the server gives it to a phone that has none, packed; and to one that has all but one."""
    with _door() as (camp, phone, _):
        with writing():
            db.session.add_all(Participant(camp_id=camp.id, person=Person(email=f"n{number}@example.org"), given_name=f"Vorname{number}",
                                           family_name="Öztürk-Großmann", organisation="Donaudampfschifffahrtsgesellschaft", state="admitted",
                                           registered_at=make.EARLY) for number in range(4740))
        start = time.perf_counter()
        whole = phone.get("/ecm27/door/list", headers={"Accept-Encoding": "gzip"})
        took = time.perf_counter() - start
        known = phone.get("/ecm27/door/list").json["version"]
        make.participant(camp, "Spät", "Gekommen")
        unpacked = phone.get("/ecm27/door/list")
        part = phone.get("/ecm27/door/list", query_string={"have": known}, headers={"Accept-Encoding": "gzip"})
        assert unpacked.json["size"] == sum(len(drawer) for drawer in unpacked.json["drawers"].values()) > 5000
    return f"{took:.2f} s at the server, {len(whole.data) // 1000} kB; one more person: {len(part.data) // 1000} kB", took < 2


ROWS = [
    Row("a durable check-in costs the server at most 10 times the processor time of its smallest page, /healthz", check_in_against_hello),
    Row("300 scans in a phone's batches are taken in by the server within 10 s", queue_of_scans),
    Row("the server gives the list of 5,000 people in under 2 s", long_list),
]
