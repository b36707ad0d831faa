"""A-17: behind a proxy that caches whatever it may, nobody ever gets a page that was made for somebody else."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from camp.access import SIGN_IN_COOKIE
from camp.models import Participant
from tests import make
from tests.net import free_port
from tests.servers import until

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PAGES = ("", "agenda", "proposals", "notes", "projects", "me", "agenda.ics")
CONF = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
{temp}
    proxy_cache_path {folder}/cache keys_zone=all:1m;
    server {{
        listen 127.0.0.1:{outside};
        location / {{
            proxy_pass http://127.0.0.1:{inside};
            proxy_set_header Host localhost;
            proxy_cache all;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


@pytest.fixture
def cached(app: Flask, tmp_path: Path) -> Iterator[int]:
    """The port of nginx, caching, in front of the application."""
    inside, outside = free_port(), free_port()
    temp = "\n".join(f"    {kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.getuid() == 0 else ""  # the folder of a test is its owner's alone
    (tmp_path / "nginx.conf").write_text(CONF.format(user=user, folder=tmp_path, temp=temp, inside=inside, outside=outside))
    server = make_server("127.0.0.1", inside, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    proxy = subprocess.Popen([NGINX, "-c", tmp_path / "nginx.conf", "-p", tmp_path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _answers(outside))
        yield outside
    finally:
        proxy.terminate()
        proxy.wait(60)
        server.shutdown()
        thread.join(60)
        server.server_close()


def _answers(port: int) -> bool:
    try:
        return _get(port, "/healthz")[0] == 200
    except OSError:
        return False


def _get(port: int, path: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, body, and what the cache says: HIT, MISS …; empty for what it does not touch."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, body, answer.headers.get("X-Cache", "")


def _cookie(app: Flask, who: Participant) -> str:
    found = make.browser(app, who).get_cookie(SIGN_IN_COOKIE)
    assert found is not None
    return f"{SIGN_IN_COOKIE}={found.value}"


@pytest.mark.slow
@pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is missing; .ci/system says how to get it (in CI that is an error)")
def test_a17_a_cache_in_front_mixes_nobody_up(app: Flask, cached: int) -> None:
    camp = make.camp()
    people = {name: _cookie(app, make.participant(camp, name)) for name in ("Xaverine", "Quirin")}
    make.session(camp, "One")
    seen = 0
    for _ in range(3):
        for page in PAGES:
            for name, cookie in (*people.items(), ("", "")):
                status, body, _hit = _get(cached, f"/ecm27/{page}", cookie)
                others = [other for other in people if other != name and other in body]
                assert (page, name, others) == (page, name, [])
                assert status in (200, 303)
                seen += bool(name and name in body)
    assert seen >= 3 * 2 * 5  # each page says who is signed in, so a mix would be seen


@pytest.mark.slow
@pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is missing; .ci/system says how to get it (in CI that is an error)")
def test_a17_the_cache_of_that_test_does_cache(app: Flask, cached: int) -> None:
    assert [_get(cached, "/static/camp.css")[2] for _ in range(2)] == ["MISS", "HIT"]
