"""Rows about the pitch round: how long the app itself takes for a pitch while 300 phones keep the grid open and vote."""

from __future__ import annotations

import functools
import http.client
import math
import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from camp import camps
from camp.access import SIGN_IN_COOKIE
from camp.db import writing
from sessions import screens
from tests import make
from tests.bench.rows import Row
from tests.instances import filling
from tests.phones import Phones, people
from tests.servers import serving

PHONES, PROPOSALS, PITCHES = 300, 60, 50
# Seconds from pitch to pitch: eighteen times as fast as a round of 50 in an hour, so that the phones have loaded one when
# the next comes; and so fast that they have not.
PACE, RUSH = 4.0, 2.0


@dataclass
class Measured:
    """Seconds of each pitch: the write alone, and until desk, beamer and grid have answered; beside it /healthz."""

    writes: list[float] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)
    hellos: list[float] = field(default_factory=list)
    asked: int = 0
    wrong: dict[int, int] = field(default_factory=dict)


class Desk:
    """A typist's browser as plain requests."""

    def __init__(self, address: str, token: str, beamer: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._cookies, self._beamer = f"{SIGN_IN_COOKIE}={token}", beamer
        page, fresh = self._ask("GET", "/ecm27/organise/pitch", 200)
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found
        self._secret, self._cookies = found[1], "; ".join([self._cookies, *fresh])

    def pitch(self, number: int) -> tuple[float, float]:
        """Save one; gives the seconds of the write and until all show it."""
        began = time.perf_counter()
        self._ask("POST", "/ecm27/organise/pitch", 303, {"csrf_token": self._secret, "nonce": f"n{number}", "title": f"Neu {number}",
                                                        "host": f"Phone {number}", "hands": str(number % 40)})
        wrote = time.perf_counter() - began
        for path in ("/ecm27/organise/pitch", self._beamer, "/ecm27/agenda/part?view=grid"):
            assert f"Neu {number}" in self._ask("GET", path, 200)[0], path
        return wrote, time.perf_counter() - began

    def hello(self) -> float:
        """Seconds of the smallest answer."""
        began = time.perf_counter()
        self._ask("GET", "/healthz", 200)
        return time.perf_counter() - began

    def _ask(self, method: str, path: str, status: int, values: dict[str, str] | None = None) -> tuple[str, list[str]]:
        headers = {"Cookie": self._cookies} | ({"Content-Type": "application/x-www-form-urlencoded"} if values else {})
        for _ in range(2):
            try:
                self._connection.request(method, path, urlencode(values) if values else None, headers)
                answer = self._connection.getresponse()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):  # kept too long: connect anew
                self._connection.close()
        text = answer.read().decode()
        assert answer.status == status, (path, answer.status)
        return text, [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]


@contextmanager
def _site() -> Iterator[tuple[str, str, str, list[str], list[int]]]:
    """A served camp with an open round: its address, the typist's token, the beamer's address, the phones' tokens, the proposals."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "instance"
        with filling(folder):
            camp = make.camp(rooms=8, slots=8)
            with writing():
                for phase in ("call", "voting", "pitch"):
                    camps.set_phase(camp, phase, None, None)
            everybody = people(camp, PHONES + 1)
            host = make.participant(camp, "Host")
            sessions = [make.session(camp, f"Thema {number}", [host]).id for number in range(PROPOSALS)]
            make.role(camp, everybody[0][0].person, "moderator")
            with writing():
                beamer = "/ecm27/screen/" + screens.make(camp, "Stage", "beamer")[0] + "/part"
        with serving("--instance", str(folder), "serve", "--port", "0") as server:
            yield server.address, everybody[0][1], beamer, [token for _, token in everybody[1:]], sessions


@functools.cache
def measured(every: float) -> Measured:
    """A pitch every so many seconds among the phones, each of which votes about every half minute."""
    found = Measured()
    with _site() as (address, typist, beamer, tokens, sessions):
        def votes(number: int) -> Iterator[tuple[float, int]]:
            for session in random.Random(number).sample(sessions, len(sessions)):
                yield random.uniform(1, 60), session

        desk = Desk(address, typist, beamer)
        with Phones(address, tokens, votes) as phones:
            time.sleep(5)
            for number in range(PITCHES):
                began = time.perf_counter()
                wrote, whole = desk.pitch(number)
                found.writes.append(wrote)
                found.wholes.append(whole)
                found.hellos.append(desk.hello())
                time.sleep(max(0.0, every - (time.perf_counter() - began)))
        found.asked, found.wrong = sum(phones.statuses.values()), phones.wrong
    return found


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay under."""
    return sorted(times)[math.ceil(len(times) * 0.95) - 1]


def write_among_phones(every: float) -> tuple[str, bool]:
    """The write of a pitch, from the request to the answer."""
    found = measured(every)
    half, hello = (sorted(times)[PITCHES // 2] * 1000 for times in (found.writes, found.hellos))
    said = f"{p95(found.writes) * 1000:.0f} ms (half in {half:.0f} ms, /healthz in {hello:.1f} ms; {found.asked} requests of phones, wrong answers: {found.wrong or 'none'})"
    return said, p95(found.writes) < 0.1 and not found.wrong


def whole_among_phones() -> tuple[str, bool]:
    """A pitch until the desk, the beamer and the grid have answered with it, one after the other."""
    found = measured(PACE)
    return f"{p95(found.wholes):.2f} s (half in {sorted(found.wholes)[PITCHES // 2]:.2f} s)", p95(found.wholes) < 2


def write_in_a_rush() -> tuple[str, bool]:
    """For the reader: the same, while all phones still load the pitch before."""
    return f"{write_among_phones(RUSH)[0]} (no goal)", True


ROWS = [
    Row(f"the write of a pitch takes under 100 ms at p95 while {PHONES} phones vote and poll, a pitch every {PACE:.0f} s", functools.partial(write_among_phones, PACE)),
    Row(f"a pitch is saved, on the beamer and in the grid in under 2 s at p95 while {PHONES} phones vote and poll", whole_among_phones),
    Row(f"the write of a pitch while {PHONES} phones still load the one before, a pitch every {RUSH:.0f} s", write_in_a_rush),
]
