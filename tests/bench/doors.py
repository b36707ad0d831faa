"""Rows about the door: what a durable check-in costs, how fast a queue of scans and a long list come over."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient

from badges import jobs, pairing
from badges.models import Badge
from badges.views.phones import COOKIE
from camp import camps, tokens
from camp.db import db, writing
from camp.models import Camp
from tests import make
from tests.bench.rows import Row, cpu

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
    """First check-ins of people, each committed to the disk, against the smallest answer, processor time."""
    with _door() as (_, phone, codes):
        numbers = itertools.count()

        def scan() -> None:
            number = next(numbers)
            answer = phone.post("/ecm27/door/events", headers=HEADER, json={"events": [
                {"id": f"nonce-{number:06}", "text": codes[number], "live": True}]})
            assert answer.json["answers"][f"nonce-{number:06}"]["verdict"] == "admitted"
        one = cpu(scan, 40)
        hello = cpu(lambda: phone.get("/healthz"), 200)
    return f"{one / hello:.1f} times /healthz", one / hello <= 10


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
        from camp.models import Participant, Person
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
    Row("a durable check-in costs at most 10 times the processor time of /healthz", check_in_against_hello),
    Row("300 scans that waited on a phone come in within 10 s", queue_of_scans),
    Row("the list of 5,000 people comes to a phone in under 2 s", long_list),
]
