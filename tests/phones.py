"""A room full of phones: plain clients that poll, load and vote as the scripts of the pages do, and note every answer."""

from __future__ import annotations

import asyncio
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from camp import camps, clock, tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db, writing
from camp.models import Camp, Participant, Person, SignIn
from tests import make
from tests.instances import filling

Plan = Callable[[int], Iterator[tuple[float, int]]]
EVERY = 2.0  # seconds between two questions, while the pitch round goes on
_GONE = (ConnectionError, asyncio.IncompleteReadError)


def wall(folder: Path, phones: int, proposals: int = 12) -> tuple[list[str], list[int]]:
    """Fill an instance whose voting is open; gives everybody's tokens, and the proposals."""
    with filling(folder):
        camp = make.camp()
        with writing():
            camps.set_phase(camp, "voting", None, None)
        host = make.participant(camp, "Host")
        sessions = [make.session(camp, f"Proposal {number}", [host]).id for number in range(proposals)]
        return [token for _, token in people(camp, phones)], sessions


def spread(sessions: list[int], each: int, seconds: float) -> Plan:
    """A plan in which everybody votes so many times at any moment of so many seconds."""
    def plan(number: int) -> Iterator[tuple[float, int]]:
        drawn = random.Random(number)
        moments = sorted(drawn.uniform(0, seconds) for _ in range(each))
        for before, moment, session in zip([0.0, *moments], moments, drawn.sample(sessions, each), strict=False):
            yield moment - before, session
    return plan


def people(camp: Camp, number: int) -> list[tuple[Participant, str]]:
    """So many admitted people with a token of a sign-in for each, written at once."""
    made = [(Participant(camp_id=camp.id, person=Person(email=f"phone{n}@example.org"), given_name="Phone", family_name=str(n),
                         state="admitted", registered_at=make.EARLY), tokens.draw()) for n in range(number)]
    with writing():
        db.session.add_all(who for who, _ in made)
        db.session.flush()
        db.session.add_all(SignIn(person_id=who.person_id, token_hash=tokens.hash_of(token), made_at=clock.now()) for who, token in made)
    return made


@dataclass
class Phones:
    """Phones in front of a served camp, one for each token; they live from entering to leaving the block.

    `plan` says for each phone after how many seconds it votes for which session, one after the other; `polls`: they
    also keep the grid open. Noted: `statuses` of all answers, `took` seconds of each vote, `voted` what was
    acknowledged, `grids` what each shows.
    """

    address: str
    tokens: list[str]
    plan: Plan
    polls: bool = True
    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    voted: set[tuple[int, int]] = field(default_factory=set)
    grids: dict[int, str] = field(default_factory=dict)

    def __enter__(self) -> Phones:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(RuntimeError):  # they have ended by themselves
            self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(self._loop)])
        self._thread.join(60)


    @property
    def wrong(self) -> dict[int, int]:
        """Answers that no phone should get, with their number."""
        return {status: number for status, number in self.statuses.items() if status not in (200, 204, 303)}

    def _live(self) -> None:
        for course in (self._all(), asyncio.sleep(0.1)):  # in the latter what was cut closes
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(course)
        self._loop.close()

    async def _all(self) -> None:
        with closing(_Line(self.address)) as line:
            status, page, cookies = await line.ask("GET", "/ecm27/proposals/new", f"{SIGN_IN_COOKIE}={self.tokens[0]}")
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found, (status, page[:200])
        self._secret, self._session = found[1], cookies  # of one browser session, which all share
        await asyncio.gather(*(one for number in range(len(self.tokens)) for one in self._phone(number)))

    def _phone(self, number: int) -> Iterator[asyncio.Task[None]]:
        for act in (self._vote, self._look) if self.polls else (self._vote,):
            yield asyncio.ensure_future(self._hold(act, number))

    async def _hold(self, act: Callable[[_Line, int], Coroutine[None, None, None]], number: int) -> None:
        with closing(_Line(self.address)) as line:
            await act(line, number)

    async def _vote(self, line: _Line, number: int) -> None:
        cookies = f"{SIGN_IN_COOKIE}={self.tokens[number]}; {self._session}"
        for after, session in self.plan(number):
            await asyncio.sleep(after)
            began = time.perf_counter()
            status, _, _ = await line.ask("POST", f"/ecm27/proposals/{session}/vote", cookies, {"wanted": "yes", "csrf_token": self._secret})
            self.took.append(time.perf_counter() - began)
            self.statuses[status] += 1
            if status == 303:
                self.voted.add((number, session))

    async def _look(self, line: _Line, number: int) -> None:
        cookies, mark = f"{SIGN_IN_COOKIE}={self.tokens[number]}; {self._session}", ""
        await asyncio.sleep(random.uniform(0, EVERY))
        while True:
            began = time.perf_counter()
            status, _, _ = await line.ask("GET", f"/ecm27/changes?mark={mark}")
            self.statuses[status] += 1
            if status == 200:
                status, self.grids[number], _ = await line.ask("GET", "/ecm27/agenda/part?view=grid", cookies)
                self.statuses[status] += 1
                found = re.search(r'data-mark="([^"]+)"', self.grids[number])
                mark = found[1] if found else ""
            await asyncio.sleep(max(0.0, EVERY * random.uniform(0.9, 1) - (time.perf_counter() - began)))


class _Line:
    """A connection that is kept, and made anew when the server has closed it; HTTP/1.1 (RFC 9112) as gunicorn speaks it."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, cookies: str = "", values: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and new cookies of an answer; 0 if nobody answers."""
        body = urlencode(values or {}).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Language: en\r\n"
        head += f"Cookie: {cookies}\r\n" if cookies else ""
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if values else ""
        for _ in range(2):
            fresh = self._streams is None
            try:
                return await self._exchange(head.encode() + b"\r\n" + body)
            except _GONE:
                self.close()
                if fresh:
                    break
        return 0, "", ""

    def close(self) -> None:
        """Cut the connection."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _exchange(self, request: bytes) -> tuple[int, str, str]:
        if self._streams is None:
            host, _, port = self._host.partition(":")
            self._streams = await asyncio.open_connection(host, int(port))
        reader, writer = self._streams
        writer.write(request)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = [line.partition(": ") for line in lines[1:] if line]
        values = {name.lower(): value for name, _, value in fields}
        body = await reader.readexactly(int(values.get("content-length", 0)))
        if values.get("connection", "").lower() == "close":
            self.close()
        cookies = "; ".join(value.partition(";")[0] for name, _, value in fields if name.lower() == "set-cookie")
        return int(lines[0].split()[1]), body.decode(), cookies
