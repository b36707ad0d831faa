"""Web processes are killed while people vote: every acknowledged vote is there, none twice."""

from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from camp import tokens
from camp.access import SIGN_IN_COOKIE
from camp.db import db
from tests import make
from tests.instances import filling
from tests.net import free_port
from tests.servers import until

VOTERS, PROPOSALS = 6, 400


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, Path, list[str], list[int]]]:
    """A served camp: its port, its folder, a sign-in token for each voter, the proposals."""
    from camp import clock
    from camp.db import writing
    from camp.models import SignIn

    port = free_port()
    with filling(tmp_path):
        camp = make.camp()
        host = make.participant(camp, "Host")
        proposals = [make.session(camp, f"Proposal {n}", [host]).id for n in range(PROPOSALS)]
        secrets = [tokens.draw() for _ in range(VOTERS)]
        for secret in secrets:
            who = make.participant(camp)
            with writing():
                db.session.add(SignIn(person_id=who.person_id, token_hash=tokens.hash_of(secret), made_at=clock.now()))
    command = [sys.executable, "-m", "camp", "--instance", str(tmp_path), "serve", "--host", "127.0.0.1", "--port", str(port)]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until(lambda: _answers(port))
        yield port, tmp_path, secrets, proposals
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.close()


def _answers(port: int) -> bool:
    try:
        return _get(port, "/healthz", "")[0] == 200
    except OSError:
        return False


def _get(port: int, path: str, cookie: str) -> tuple[int, str, list[str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get_all("Set-Cookie") or []
    finally:
        connection.close()


def _post(port: int, path: str, cookie: str, token: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", path, urlencode({"wanted": "yes", "csrf_token": token}),
                           {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _vote(port: int, secret: str, proposals: list[int], acknowledged: list[tuple[str, int]], stop: threading.Event) -> None:
    cookie = f"{SIGN_IN_COOKIE}={secret}"
    page, cookies = "", []
    while not page:
        try:
            _, page, cookies = _get(port, "/ecm27/proposals/new", cookie)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found
    cookie += "; " + "; ".join(line.split(";")[0] for line in cookies)
    for proposal in proposals:
        while not stop.is_set():
            try:
                status = _post(port, f"/ecm27/proposals/{proposal}/vote", cookie, found[1])
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # no answer: the vote may be there or not; asked again
                continue
            if status == 303:
                acknowledged.append((secret, proposal))
                break
            assert status == 503, status
            time.sleep(0.2)
        if stop.is_set():
            return


def _web_processes(folder: Path) -> list[int]:
    """The processes that answer requests: children of the gunicorn of this instance."""
    masters = subprocess.run(["pgrep", "-f", "gunicorn.*camp.wsgi"], capture_output=True, text=True).stdout.split()
    mine = [pid for pid in masters if f"CAMP_INSTANCE={folder}" in _environment(pid)]
    return [int(pid) for pid in mine if _parent(pid) in mine]


def _environment(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _parent(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]
    except OSError:
        return ""


@pytest.mark.slow
def test_no_acknowledged_vote_is_lost_or_doubled_while_web_processes_are_killed(
        served: tuple[int, Path, list[str], list[int]], seconds: float) -> None:
    port, folder, secrets, proposals = served
    acknowledged: list[tuple[str, int]] = []
    stop = threading.Event()
    threads = [threading.Thread(target=_vote, args=(port, secret, proposals, acknowledged, stop)) for secret in secrets]
    for thread in threads:
        thread.start()
    kills, end, last = 0, time.monotonic() + seconds, time.monotonic() + 120 + seconds
    while time.monotonic() < end or len(acknowledged) <= 20 and time.monotonic() < last:
        time.sleep(0.5)
        seen = len(acknowledged)
        while len(acknowledged) == seen and time.monotonic() < last:
            time.sleep(0.05)  # the next one is killed while people vote, not while it starts
        for pid in _web_processes(folder)[:1]:
            os.kill(pid, signal.SIGKILL)
            kills += 1
    stop.set()
    for thread in threads:
        thread.join(120)
    with sqlite3.connect(folder / "camp.sqlite3") as database:
        rows = database.execute("select session_id, count(*), count(distinct pseudonym) from vote group by session_id").fetchall()
        sound = database.execute("pragma integrity_check").fetchone()[0]
    kept = {session: (votes, people) for session, votes, people in rows}
    expected: dict[int, int] = {}
    for _, proposal in acknowledged:
        expected[proposal] = expected.get(proposal, 0) + 1
    assert kills >= 2
    assert len(acknowledged) > 20
    assert sound == "ok"
    assert [proposal for proposal, number in expected.items() if kept.get(proposal, (0, 0))[0] < number] == []
    assert [proposal for proposal, (votes, people) in kept.items() if votes != people or votes > VOTERS] == []
