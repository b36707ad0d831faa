"""The supervisor with real processes: what dies comes back, what is queued is sent once, and nothing is left behind."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from camp import serve
from camp.commands.context import application
from camp.config import Config
from camp.db import db
from camp.errors import BadInput
from camp.models import Mail
from tests import make
from tests.servers import command_line, family, kill, serving, until, worker_of


@pytest.mark.slow
def test_the_worker_comes_back_and_sigterm_leaves_no_process(instance: Path) -> None:
    with serving("--instance", str(instance), "serve", "--port", "0") as server:
        first = worker_of(server)
        assert first
        kill(first)
        until(lambda: worker_of(server) not in (0, first))
        everybody = family(server.process.pid)
        assert sum("camp.wsgi:app" in command_line(pid) for pid in everybody) == 3  # gunicorn and its two processes
        assert server.ready()
        server.process.terminate()
        assert server.process.wait(60) == 0
        assert [pid for pid in everybody if command_line(pid)] == []
    assert any("The worker ended (-9); it starts again in 0.25 s." in line for line in server.said)


@pytest.mark.skipif(not hasattr(socket, "TCP_DEFER_ACCEPT"), reason="only Linux holds connections back")
def test_a_connection_on_which_nothing_comes_occupies_nobody() -> None:
    with serve.listen("127.0.0.1", 0) as plug, socket.create_connection(plug.getsockname()) as ahead:
        plug.settimeout(0.2)
        with pytest.raises(TimeoutError):
            plug.accept()
        ahead.send(b"GET")
        plug.settimeout(60)
        with plug.accept()[0] as taken:
            assert taken.recv(9) == b"GET"


def _ask_for_a_link(address: str, email: str) -> int:
    """Fill in the sign-in form as a browser does that knows no scripts."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.read().decode())
    assert token is not None
    cookies = "; ".join(value.partition(";")[0] for name, value in page.getheaders() if name.lower() == "set-cookie")
    connection.request("POST", "/sign-in", urlencode({"csrf_token": token[1], "email": email}), {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _stop_between_two_writes(pid: int, instance: Path) -> None:
    """Let a process stand still while it holds no lock, which nobody else would get then."""
    with closing(sqlite3.connect(instance / "camp.sqlite3", timeout=1, isolation_level=None)) as base:
        def free() -> bool:
            kill(pid, signal.SIGSTOP)
            try:
                base.execute("begin immediate")
            except sqlite3.OperationalError:
                kill(pid, signal.SIGCONT)
                return False
            base.execute("rollback")
            return True
        until(free)


def _mails(instance: Path) -> list[tuple[str, int]]:
    with application(instance):
        found = [(mail.state, mail.tries) for mail in db.session.scalars(db.select(Mail).order_by(Mail.id))]
        db.session.rollback()
        return found


@pytest.mark.slow
def test_a_mail_that_is_queued_when_everything_is_killed_is_sent_once(instance: Path) -> None:
    with application(instance):
        make.person("mai@example.org")
    with serving("--instance", str(instance), "serve", "--port", "0") as server:
        _stop_between_two_writes(worker_of(server), instance)
        assert _ask_for_a_link(server.address, "mai@example.org") == 303
        assert _mails(instance) == [("queued", 0)]
    assert not list(instance.glob("mail/*"))
    with serving("--instance", str(instance), "serve", "--port", "0") as server:
        until(lambda: _mails(instance) == [("sent", 1)])
        time.sleep(2.5)  # two more ticks of the worker
        everybody = family(server.process.pid)
        kill(server.process.pid)  # nobody is told; the children still end
        until(lambda: not any(command_line(pid) for pid in everybody if pid != server.process.pid))
    [letter] = instance.glob("mail/*")
    assert "To: mai@example.org" in letter.read_text()
    assert f"{server.address}/sign-in/" in letter.read_text()


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with serve.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as caught:
            serve.listen("127.0.0.1", port)
    assert caught.value.sentence() == (
        f"127.0.0.1:{port} cannot be used: Address already in use. Choose another one with --host or --port.")
    with pytest.raises(BadInput, match="cannot be used"):
        serve.listen("no.such.host.invalid", 0)


@pytest.mark.parametrize(("base_url", "host", "warned"), [
    ("http://127.0.0.1:8000", "127.0.0.1", False), ("http://localhost:8000", "localhost", False),
    ("http://127.0.0.1:8000", "0.0.0.0", True), ("http://192.168.1.5:8000", "192.168.1.5", True),
    ("http://camp.example", "127.0.0.1", True), ("https://camp.example", "0.0.0.0", False),
    ("https://camp.example", "127.0.0.1", False)])
def test_plain_http_for_others_is_warned_of(tmp_path: Path, base_url: str, host: str, warned: bool) -> None:
    text = serve.warning(Config(tmp_path, base_url=base_url), host)
    assert bool(text) is warned
    assert ("cannot sign in" in text and "camera" in text and str(tmp_path / "config.toml") in text) is warned
