"""A-15: whatever a request says of the host it asks, the link of a sign-in mail leads to the configured address."""

from __future__ import annotations

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests import make
from tests.instances import filling
from tests.servers import Server, serving, until

TRICKS = {
    "nothing": ("/sign-in", ()),
    "forwarded host": ("/sign-in", ("X-Forwarded-Host: evil.example",)),
    "forwarded scheme": ("/sign-in", ("X-Forwarded-Proto: http", "X-Forwarded-Ssl: off", "Front-End-Https: off")),
    "forwarded port and prefix": ("/sign-in", ("X-Forwarded-Port: 99", "X-Forwarded-Prefix: //evil.example", "X-Script-Name: //evil.example")),
    "RFC 7239": ("/sign-in", ("Forwarded: for=1.2.3.4;host=evil.example;proto=http",)),
    "other names for it": ("/sign-in", ("X-Host: evil.example", "X-Original-Host: evil.example", "X-Forwarded-Server: evil.example",
                                       "X-HTTP-Host-Override: evil.example", "X-Original-URL: //evil.example/", "X-Rewrite-URL: //evil.example/")),
    "absolute address": ("http://evil.example/sign-in", ()),
    "at and camp": ("/sign-in?at=//evil.example&then=//evil.example", ()),
}


@pytest.fixture(scope="module", params=[0, 1], ids=["no proxy trusted", "one proxy trusted"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A served camp with one person a trick; its base address is that of its socket."""
    folder = tmp_path_factory.mktemp("hosts") / "instance"
    with filling(folder, f"trusted_proxies = {request.param}\n"):
        for number in range(len(TRICKS)):
            make.person(f"person-{number}@example.org")
    with serving("--instance", str(folder), "serve", "--port", "0") as running:
        yield running, folder


@pytest.mark.slow
@pytest.mark.sqlite_only("nothing here stands on the database")
@pytest.mark.parametrize("trick", TRICKS)
def test_a15_the_link_of_the_mail_leads_to_the_configured_address(trick: str, server: tuple[Server, Path]) -> None:
    running, folder = server
    address = f"person-{list(TRICKS).index(trick)}@example.org"
    target, headers = TRICKS[trick]
    token, cookies = _form(running.address)
    status, _ = _send(running.address, "POST", target, (*headers, f"Cookie: {cookies}", f"Referer: {running.address}/sign-in"),
                      urlencode({"email": address, "csrf_token": token}))
    if status == 400:  # refused as a whole: then no mail goes out at all
        assert trick in ("forwarded host", "absolute address")
        assert _letter(folder, address) == ""
        return
    assert status == 303
    until(lambda: _letter(folder, address))
    links = re.findall(r"https?://\S+", _letter(folder, address))
    assert links and all(link.startswith(f"{running.address}/") for link in links), links
    assert "evil" not in _letter(folder, address)


@pytest.mark.slow
@pytest.mark.sqlite_only("nothing here stands on the database")
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example#127.0.0.1", ""])
def test_a15_another_host_is_refused(host: str, server: tuple[Server, Path]) -> None:
    port = urlsplit(server[0].address).port
    status, answer = _send(server[0].address, "GET", "/sign-in", (), host=host.format(port=port))
    assert (status, "evil.example" in answer) == (400, False)


def _send(base: str, method: str, target: str, headers: tuple[str, ...], body: str = "", host: str | None = None) -> tuple[int, str]:
    """A request byte by byte as it stands here; gives status, and head and body of the answer."""
    place = urlsplit(base)
    lines = [f"{method} {target} HTTP/1.1", f"Host: {place.netloc if host is None else host}", "Connection: close", *headers]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as link:
        link.sendall("\r\n".join([*lines, "", body]).encode())
        answer = b""
        while chunk := link.recv(65536):
            answer += chunk
    return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


def _form(base: str) -> tuple[str, str]:
    """The token of the sign-in form and the cookies that belong to it."""
    status, answer = _send(base, "GET", "/sign-in", ())
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer)
    assert status == 200 and found
    jar = SimpleCookie("".join(f"{line.split(':', 1)[1].split(';')[0]};" for line in answer.split("\r\n") if line.lower().startswith("set-cookie:")))
    return found[1], "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def _letter(folder: Path, address: str) -> str:
    """The text of the mail to an address; nothing while there is none."""
    for path in folder.glob("mail/*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if message["To"] == address:
            return str(message.get_body().get_content())  # type: ignore[union-attr]
    return ""
