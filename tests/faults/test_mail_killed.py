"""R-10: two senders share the outbox and are killed at random points: no mail is lost, at most one comes twice for each kill."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from camp.commands.context import application
from camp.commands.init import lay_out
from camp.db import db, writing
from camp.mail import CLAIM, put
from camp.models import Mail
from tests import postgres
from tests.servers import kill, until
from tests.smtp_box import Box, box

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS, MAILS = {"short": 3, "long": 20}, 60
# The short run claims for less long, so that nobody waits three quarters of a minute for the last mail.
SHORT = "from datetime import timedelta; from camp import mail; mail.CLAIM = timedelta(seconds=5); from camp.cli import main; main()"


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    if request.param == "postgresql" and request.config.getoption("--faults") == "short":
        pytest.skip("on PostgreSQL by `make faults`")
    url = postgres.create(request.getfixturevalue("postgresql"), "mail") if request.param == "postgresql" else ""
    with box() as made:
        made.delay = 0.02
        lay_out(tmp_path)
        (tmp_path / "config.toml").write_text(f'smtp_url = "{made.url}"\ndatabase_url = "{url}"\n')
        (tmp_path / "config.toml").chmod(0o600)
        subprocess.run([sys.executable, "-m", "camp", "--instance", str(tmp_path), "db", "upgrade"], check=True, capture_output=True)
        yield made


def _sender(folder: Path, long: bool) -> subprocess.Popen[bytes]:
    program = ["-m", "camp"] if long else ["-c", SHORT]
    return subprocess.Popen([sys.executable, *program, "--instance", str(folder), "work"], stderr=subprocess.DEVNULL)


def _lay_down(first: int) -> None:
    with writing():
        for number in range(first, first + MAILS):
            put("sign_in", to=f"m{number}@example.org", language="de", dedupe_key=f"mail/{number}", values={"token": "t"})


def _left() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Mail).where(Mail.state != "sent")) or 0


def test_r10_two_senders_that_are_killed_lose_nothing(server: Box, tmp_path: Path, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]) -> None:
    long = pytestconfig.getoption("faults") == "long"
    kills, chance = KILLS["long" if long else "short"], random.Random(10)
    senders = [_sender(tmp_path, long) for _ in range(2)]
    try:
        with application(tmp_path):
            for number in range(kills):
                _lay_down(number * MAILS)
                arrived = len(server.mails)
                until(lambda arrived=arrived: len(server.mails) > arrived)  # type: ignore[misc]
                time.sleep(chance.random())
                kill(senders[number % 2].pid)
                senders[number % 2].wait(60)
                killed_at = time.monotonic()
                senders[number % 2] = _sender(tmp_path, long)
            until(lambda: not _left(), 2 * CLAIM.seconds + 120)
            taken_over = time.monotonic() - killed_at
    finally:
        for sender in senders:
            kill(sender.pid, signal.SIGTERM)
            sender.wait(60)
    numbers = server.numbers()
    doubles = sum(numbers.values()) - len(numbers)
    with capsys.disabled():
        print(f"mails: {len(numbers)} of {kills * MAILS} arrived, {doubles} twice after {kills} kills; all out {taken_over:.0f} s after the last one")
    assert len(numbers) == kills * MAILS
    assert doubles <= kills
