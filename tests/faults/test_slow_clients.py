"""R-19: behind the documented proxy, clients that send half a request keep nobody else waiting."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import make
from tests.instances import filling
from tests.net import free_port
from tests.servers import until

ROOT = Path(__file__).parent.parent.parent
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


CADDY = shutil.which("caddy") or "/usr/bin/caddy"


@pytest.fixture(params=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """The port of a proxy with our example file in front of a served camp."""
    program = {"nginx": NGINX, "caddy": CADDY}[request.param]
    if not Path(program).exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{request.param} is missing; .ci/system says how to get it")
    folder, inside, outside = tmp_path / "instance", free_port(), free_port()
    with filling(folder, f'base_url = "https://camp.example.org:{outside}"\ntrusted_proxies = 1\n'):
        make.camp()
    _certificate(tmp_path)
    proxy = (_nginx if request.param == "nginx" else _caddy)(tmp_path, inside, outside)
    with ExitStack() as stack:
        for command in ([sys.executable, "-m", "camp", "--instance", str(folder), "serve", "--host", "127.0.0.1", "--port", str(inside)],
                        proxy):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": str(tmp_path)})
            stack.callback(process.wait, 60)
            stack.callback(process.terminate)
        until(lambda: _answers(outside))
        yield outside


def _certificate(folder: Path) -> None:
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=camp.example.org",
                    "-keyout", folder / "camp.key", "-out", folder / "camp.pem"], check=True, capture_output=True)


def _caddy(folder: Path, inside: int, outside: int) -> list[str]:
    """The example file with ports and certificate of this test; Caddy would fetch the certificate itself."""
    site = (ROOT / "camp/deploy/Caddyfile").read_text("utf-8")
    for old, new in [("\ncamp.example.org {", f"\n{{\n\tadmin off\n\tauto_https off\n}}\nhttps://camp.example.org:{outside} {{\n\ttls {folder}/camp.pem {folder}/camp.key"),
                     ("127.0.0.1:8000", f"127.0.0.1:{inside}")]:
        assert old in site, old
        site = site.replace(old, new)
    (folder / "Caddyfile").write_text(site)
    return [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _nginx(folder: Path, inside: int, outside: int) -> list[str]:
    """The example file with ports, certificate and folders of this test, inside the least that nginx needs around it."""
    site = (ROOT / "camp/deploy/nginx.conf").read_text("utf-8")
    plain = free_port()
    for old, new in [("listen 80;", f"listen 127.0.0.1:{plain};"), ("    listen [::]:80;\n", ""), ("listen 443 ssl http2;", f"listen 127.0.0.1:{outside} ssl http2;"),
                     ("    listen [::]:443 ssl http2;\n", ""), ("/etc/ssl/certs/camp.pem", str(folder / "camp.pem")), ("/etc/ssl/private/camp.key", str(folder / "camp.key")),
                     ("127.0.0.1:8000", f"127.0.0.1:{inside}"), ("Host              $host;", "Host              $http_host;")]:
        assert old in site, old
        site = site.replace(old, new)
    temp = "\n".join(f"    {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf = folder / "nginx.conf"
    conf.write_text(f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n    access_log off;\n{temp}\n{site}\n}}\n")
    return [NGINX, "-c", str(conf), "-p", str(folder)]


def _connect(port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60), server_hostname="camp.example.org")


def _answers(port: int) -> bool:
    try:
        return _seconds(port)[1] == 200
    except OSError:
        return False


def _seconds(port: int) -> tuple[float, int]:
    start = time.perf_counter()
    with _connect(port) as link:
        link.sendall(f"GET /ecm27/ HTTP/1.1\r\nHost: camp.example.org:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := link.recv(65536):
            answer += chunk
    return time.perf_counter() - start, int(answer.split(b" ", 2)[1])


@pytest.mark.slow
def test_r19_fifty_half_sent_posts_keep_nobody_waiting(proxied: int) -> None:
    quiet = [_seconds(proxied)[0] for _ in range(20)]
    with ExitStack() as stack:
        for _ in range(50):
            link = stack.enter_context(_connect(proxied))
            link.sendall(f"POST /sign-in HTTP/1.1\r\nHost: camp.example.org:{proxied}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                         "Content-Length: 1000\r\n\r\nemail=".encode())
        answers = [_seconds(proxied) for _ in range(40)]
    quiet += [_seconds(proxied)[0] for _ in range(20)]
    before, meanwhile = statistics.median(quiet), statistics.median(seconds for seconds, _ in answers)
    assert {status for _, status in answers} == {200}
    assert meanwhile < 5 * before  # without the buffering the first answer would never come
